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
        Box::pin(async move { list(line, &format!("/v1/deposits?txid={txid}"), &question).await })
    }

    fn withdrawals<'a>(&'a self, line: Line<'a>, txid: &'a Txid) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        let question = format!("withdrawals of transaction {txid}");
        Box::pin(async move { list(line, &format!("/v1/withdrawals?txid={txid}"), &question).await })
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Deposit>> {
        Box::pin(async move { one(line, &format!("/v1/deposits/{}", segment(id)), &format!("deposit {id}")).await })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str) -> Asked<'a, Seen<Withdrawal>> {
        Box::pin(
            async move { one(line, &format!("/v1/withdrawals/{}", segment(id)), &format!("withdrawal {id}")).await },
        )
    }

    fn owner<'a>(&'a self, line: Line<'a>, network: &'a str, address: &'a Address) -> Asked<'a, Seen<AddressRecord>> {
        let path = format!("/v1/addresses/{}?network={}", segment(address.as_str()), segment(network));
        Box::pin(async move { one(line, &path, &format!("whose address {address} is")).await })
    }

    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        account: &'a str,
        network: &'a str,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>> {
        let path = format!("/v1/accounts/{}/addresses?network={}", segment(account), segment(network));
        Box::pin(async move { list(line, &path, &format!("the addresses of account {account}")).await })
    }

    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>> {
        let path = format!("/v1/networks/{}", segment(network));
        Box::pin(async move { one(line, &path, &format!("the policy of {network}")).await })
    }
}
