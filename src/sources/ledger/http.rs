//! The ledger contract over HTTP, as `schema/ledger.openapi.json` states it.

use super::Ledger;
use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};
use crate::sources::contract::{list, one, segment};
use crate::sources::{Asked, Line};
use crate::terms::{Address, Seen, Txid};

/// Any ledger that speaks the contract.
pub(super) struct Http;

impl Ledger for Http {
    fn deposits<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Deposit>>> {
        let question = format!("deposits of transaction {txid}");
        let is_asked = |deposit: &Deposit| txid.is_written(&deposit.txid);
        Box::pin(async move { list(line, &format!("/v1/deposits?txid={txid}"), &question, is_asked).await })
    }

    fn withdrawals<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        let question = format!("withdrawals of transaction {txid}");
        let is_asked = |order: &Withdrawal| order.txid.iter().chain(&order.replaced_txids).any(|t| txid.is_written(t));
        Box::pin(async move { list(line, &format!("/v1/withdrawals?txid={txid}"), &question, is_asked).await })
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Deposit>> {
        let path = format!("/v1/deposits/{}", segment(id));
        Box::pin(async move { one(line, &path, &format!("deposit {id}"), |deposit: &Deposit| deposit.id == id).await })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Withdrawal>> {
        let path = format!("/v1/withdrawals/{}", segment(id));
        Box::pin(
            async move { one(line, &path, &format!("withdrawal {id}"), |order: &Withdrawal| order.id == id).await },
        )
    }

    fn owner<'a>(&'a self, line: Line<'a>, network: &'a str, address: &'a Address) -> Asked<'a, Seen<AddressRecord>> {
        let path = format!("/v1/addresses/{}?network={}", segment(address.as_str()), segment(network));
        let is_asked = |record: &AddressRecord| {
            address.is_written(&record.address) && record.network.eq_ignore_ascii_case(network)
        };
        Box::pin(async move { one(line, &path, &format!("whose address {address} is"), is_asked).await })
    }

    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        account: &'a str,
        network: &'a str,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>> {
        let path = format!("/v1/accounts/{}/addresses?network={}", segment(account), segment(network));
        let is_asked = move |record: &AddressRecord| record.account.as_deref().is_none_or(|owner| owner == account);
        Box::pin(async move { list(line, &path, &format!("the addresses of account {account}"), is_asked).await })
    }

    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>> {
        let path = format!("/v1/networks/{}", segment(network));
        let is_asked = |policy: &NetworkPolicy| policy.network.eq_ignore_ascii_case(network);
        Box::pin(async move { one(line, &path, &format!("the policy of {network}"), is_asked).await })
    }
}
