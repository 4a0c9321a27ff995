//! The ledger contract over HTTP, as `schema/ledger.openapi.json` states it.

use std::fmt::Display;

use futures::future::join_all;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::account::{listed, listing_of};
use super::{Hints, Ledger, about};
use crate::evidence::{AddressRecord, Deposit, NetworkPolicy, Span, Withdrawal};
use crate::net::Group;
use crate::sources::contract::{Place, list, one, query, segment, share};
use crate::sources::{Asked, Line};
use crate::terms::{Address, Seen, Txid};

/// Any ledger that speaks the contract.
pub(super) struct Http;

/// So many things are asked about one by one, all at the same time; more are put into one query, where the ledger
/// offers it.
const SINGLY: usize = 3;

/// Deposits of many cases, by the contract.
const DEPOSITS: Group<'_> =
    Group { path: "/v1/deposits/query", beside: None, list: "txids", about: &["txid"], several: true };
/// Withdrawals of many cases, by the contract.
const WITHDRAWALS: Group<'_> = Group {
    path: "/v1/withdrawals/query",
    beside: None,
    list: "txids",
    about: &["txid", "replaced_txids"],
    several: true,
};

/// Most things in one query, by the contract.
const AT_ONCE: usize = 500;

/// What the ledger says of each of several things by queries; nothing where there are few of them, or the ledger does
/// not offer queries.
async fn together<T: Clone + DeserializeOwned, K: Display>(
    line: Line<'_>,
    path: &str,
    body: impl Fn(&[K]) -> Value,
    what: &str,
    asked: &[K],
    is_about: impl Fn(&T, &K) -> bool,
) -> Option<Vec<Seen<Vec<T>>>> {
    if asked.len() <= SINGLY {
        return None;
    }
    let mut seen = Vec::new();
    for part in asked.chunks(AT_ONCE) {
        let answered = query::<T>(line, path, &body(part), what).await?;
        seen.extend(share(line, part, |key| format!("{what} {key}"), &answered, &is_about));
    }
    Some(seen)
}

/// The records of a stretch. One of another account or asset makes the list worthless; what was made at another time is left
/// out, for a ledger may count by another of its times.
async fn records<T: DeserializeOwned + Send>(
    line: Line<'_>,
    what: &str,
    span: &Span,
    of: impl Fn(&T) -> (String, String, Option<Timestamp>) + Send + Sync,
) -> Seen<Vec<T>> {
    let asset = span.asset.as_ref().map(|asset| format!("&asset={}", segment(asset))).unwrap_or_default();
    let account = segment(&span.account);
    let path = format!("/v1/{what}?account={account}&since={}&until={}{asset}", span.since, span.until);
    let is_asked = |record: &T| {
        let (account, asset, _) = of(record);
        account == span.account && span.is_of(&asset)
    };
    let seen: Seen<Vec<T>> = list(line, &path, &listing_of(what, span), is_asked).await;
    seen.and_then(|all, said| {
        let here = |record: &T| {
            let (_, asset, at) = of(record);
            span.holds(&asset, at)
        };
        listed(all.into_iter().filter(here).collect(), said)
    })
}

impl Ledger for Http {
    fn deposits<'a>(&'a self, line: Line<'a>, txids: &'a [Txid], _: &'a Hints) -> Asked<'a, Vec<Seen<Vec<Deposit>>>> {
        const WHAT: &str = "deposits of transaction";
        let is_about = about::deposit;
        Box::pin(async move {
            let query =
                together(line, "/v1/deposits/query", |txids: &[Txid]| json!({ "txids": txids }), WHAT, txids, is_about);
            let single = async |txid: &Txid| {
                let path = ["/v1/deposits?txid=", txid.as_str()].concat();
                let place = Place::among(&path, DEPOSITS, txid.as_str());
                list(line, place, &[WHAT, " ", txid.as_str()].concat(), |d| is_about(d, txid)).await
            };
            match query.await {
                Some(seen) => seen,
                None => join_all(txids.iter().map(single)).await,
            }
        })
    }

    fn withdrawals<'a>(
        &'a self,
        line: Line<'a>,
        txids: &'a [Txid],
        _: &'a Hints,
    ) -> Asked<'a, Vec<Seen<Vec<Withdrawal>>>> {
        const WHAT: &str = "withdrawals of transaction";
        let is_about = about::withdrawal;
        Box::pin(async move {
            let query = together(
                line,
                "/v1/withdrawals/query",
                |txids: &[Txid]| json!({ "txids": txids }),
                WHAT,
                txids,
                is_about,
            );
            let single = async |txid: &Txid| {
                let path = ["/v1/withdrawals?txid=", txid.as_str()].concat();
                let place = Place::among(&path, WITHDRAWALS, txid.as_str());
                list(line, place, &[WHAT, " ", txid.as_str()].concat(), |order| is_about(order, txid)).await
            };
            match query.await {
                Some(seen) => seen,
                None => join_all(txids.iter().map(single)).await,
            }
        })
    }

    fn deposits_in<'a>(&'a self, line: Line<'a>, span: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Deposit>>> {
        let of = |deposit: &Deposit| (deposit.account.clone(), deposit.asset.clone(), deposit.detected_at);
        Box::pin(records(line, "deposits", span, of))
    }

    fn withdrawals_in<'a>(&'a self, line: Line<'a>, span: &'a Span, _: &'a Hints) -> Asked<'a, Seen<Vec<Withdrawal>>> {
        let of = |order: &Withdrawal| (order.account.clone(), order.asset.clone(), Some(order.requested_at));
        Box::pin(records(line, "withdrawals", span, of))
    }

    fn deposit<'a>(&'a self, line: Line<'a>, id: &'a str, _: &'a Hints) -> Asked<'a, Seen<Deposit>> {
        let path = format!("/v1/deposits/{}", segment(id));
        Box::pin(async move { one(line, &path, &format!("deposit {id}"), |deposit: &Deposit| deposit.id == id).await })
    }

    fn withdrawal<'a>(&'a self, line: Line<'a>, id: &'a str, _: &'a Hints) -> Asked<'a, Seen<Withdrawal>> {
        let path = format!("/v1/withdrawals/{}", segment(id));
        Box::pin(
            async move { one(line, &path, &format!("withdrawal {id}"), |order: &Withdrawal| order.id == id).await },
        )
    }

    fn owners<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        addresses: &'a [Address],
        _: &'a Hints,
    ) -> Asked<'a, Vec<Seen<AddressRecord>>> {
        const WHAT: &str = "the owner of address";
        let is_about = move |record: &AddressRecord, address: &Address| about::address(record, network, address);
        Box::pin(async move {
            let body = |addresses: &[Address]| json!({ "network": network, "addresses": addresses });
            let query = together(line, "/v1/addresses/query", body, WHAT, addresses, is_about);
            let single = async |address: &Address| {
                let path = ["/v1/addresses/", &segment(address.as_str()), "?network=", &segment(network)].concat();
                let group = Group {
                    path: "/v1/addresses/query",
                    beside: Some(("network", network)),
                    list: "addresses",
                    about: &["address"],
                    several: false,
                };
                let place = Place::among(&path, group, address.as_str());
                one(line, place, &[WHAT, " ", address.as_str()].concat(), |record| is_about(record, address)).await
            };
            match query.await {
                Some(owners) => {
                    owners.into_iter().map(|seen| seen.test(|records| records.into_iter().next())).collect()
                }
                None => join_all(addresses.iter().map(single)).await,
            }
        })
    }

    fn memo_owner<'a>(
        &'a self,
        line: Line<'a>,
        network: &'a str,
        address: &'a Address,
        memo: &'a str,
    ) -> Asked<'a, Seen<AddressRecord>> {
        let (at, network_of) = (segment(address.as_str()), segment(network));
        let path = format!("/v1/addresses/{at}?network={network_of}&memo={}", segment(memo));
        let question = format!("the owner of the memo at {address}");
        let is_about = move |record: &AddressRecord| about::address(record, network, address);
        Box::pin(async move {
            let seen = one(line, &path, &question, is_about).await;
            about::memo(line, &question, seen, memo)
        })
    }

    fn addresses<'a>(
        &'a self,
        line: Line<'a>,
        account: &'a str,
        network: &'a str,
        _: &'a Hints,
    ) -> Asked<'a, Seen<Vec<AddressRecord>>> {
        let path = format!("/v1/accounts/{}/addresses?network={}", segment(account), segment(network));
        let is_asked = move |record: &AddressRecord| about::account(record, account);
        Box::pin(async move { list(line, &path, &format!("the addresses of account {account}"), is_asked).await })
    }

    fn policy<'a>(&'a self, line: Line<'a>, network: &'a str) -> Asked<'a, Seen<NetworkPolicy>> {
        let path = format!("/v1/networks/{}", segment(network));
        let is_asked = |policy: &NetworkPolicy| policy.network.eq_ignore_ascii_case(network);
        Box::pin(async move { one(line, &path, &format!("the policy of {network}"), is_asked).await })
    }
}
