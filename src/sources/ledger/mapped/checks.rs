//! What is wrong with a map as a whole: each mistake names the key.

use super::map::{Map, PagedBy, Question};
use crate::net::{HmacScheme, nearest};

/// A question of a map: its key, the places that it may name, and those that it has to.
struct Rule {
    key: &'static str,
    question: fn(&Map) -> Option<&Question>,
    /// The first has to be named, unless records are picked out.
    may: &'static [&'static str],
    /// The fields that it is read by.
    fields: (&'static str, fn(&Map) -> bool),
    /// Whether its answer is a list of more than one thing's records: a part of it must not pass for all.
    lists: bool,
}

const DEPOSIT: (&str, fn(&Map) -> bool) = ("deposit", |map| map.deposit.is_some());
const WITHDRAWAL: (&str, fn(&Map) -> bool) = ("withdrawal", |map| map.withdrawal.is_some());
const ADDRESS: (&str, fn(&Map) -> bool) = ("address", |map| map.address.is_some());
const ASSET: (&str, fn(&Map) -> bool) = ("asset", |map| map.asset.is_some());

const RULES: &[Rule] = &[
    Rule {
        key: "deposits",
        question: |map| map.ask.deposits.as_ref(),
        may: &["txid", "asset", "since", "until"],
        fields: DEPOSIT,
        lists: false,
    },
    Rule { key: "deposit", question: |map| map.ask.deposit.as_ref(), may: &["id"], fields: DEPOSIT, lists: false },
    Rule {
        key: "withdrawals",
        question: |map| map.ask.withdrawals.as_ref(),
        may: &["txid", "asset", "since", "until"],
        fields: WITHDRAWAL,
        lists: false,
    },
    Rule {
        key: "withdrawal",
        question: |map| map.ask.withdrawal.as_ref(),
        may: &["id"],
        fields: WITHDRAWAL,
        lists: false,
    },
    Rule {
        key: "owner",
        question: |map| map.ask.owner.as_ref(),
        may: &["address", "network"],
        fields: ADDRESS,
        lists: false,
    },
    Rule {
        key: "memo_owner",
        question: |map| map.ask.memo_owner.as_ref(),
        may: &["memo", "address", "network"],
        fields: ADDRESS,
        lists: false,
    },
    Rule {
        key: "addresses",
        question: |map| map.ask.addresses.as_ref(),
        may: &["account", "network"],
        fields: ADDRESS,
        lists: true,
    },
    Rule { key: "policy", question: |map| map.ask.policy.as_ref(), may: &["network"], fields: ASSET, lists: true },
];

/// Places of pages.
const TURNS: &[&str] = &["cursor", "page", "offset"];

impl Map {
    /// What is wrong with the map, with the key that it is wrong at.
    pub fn mistake(&self) -> Option<String> {
        let asks = RULES.iter().any(|rule| (rule.question)(self).is_some());
        if !asks {
            return Some("ask: it holds no question".to_owned());
        }
        let of_question = |rule: &Rule| {
            let question = (rule.question)(self)?;
            question.mistake(rule).map(|what| format!("ask.{}.{what}", rule.key)).or_else(|| {
                let (fields, is_there) = rule.fields;
                (!is_there(self)).then(|| format!("{fields}: missing, and ask.{} is read by it", rule.key))
            })
        };
        RULES.iter().find_map(of_question).or_else(|| self.mistaken_parts())
    }

    /// Whether a network is named in a question or in what is answered.
    fn names_networks(&self) -> bool {
        let asked = RULES.iter().filter_map(|rule| (rule.question)(self)).any(|question| question.names("network"));
        let fields = [
            self.deposit.as_ref().and_then(|fields| fields.network.as_ref()),
            self.withdrawal.as_ref().and_then(|fields| fields.network.as_ref()),
            self.address.as_ref().and_then(|fields| fields.network.as_ref()),
            self.asset.as_ref().and_then(|fields| fields.network.as_ref()),
            self.network.name.as_ref(),
        ];
        asked || fields.iter().any(Option::is_some)
    }

    fn mistaken_parts(&self) -> Option<String> {
        if self.networks.is_empty() && self.names_networks() {
            let what = "networks: missing; it holds the API's word for each network, also where it is the same: \
                        networks.ethereum = \"eth-mainnet\"";
            return Some(what.to_owned());
        }
        let looks = |question: &Question| question.pick;
        let whose = self.address.as_ref().is_some_and(|fields| fields.account.is_some());
        if self.ask.addresses.as_ref().is_some_and(looks) && !whose {
            return Some("address.account: missing, and ask.addresses picks records by it".to_owned());
        }
        if self.absent.pointer.is_some() == self.absent.words.is_empty() {
            return Some("absent: `pointer` and `words` go together".to_owned());
        }
        let untold = self.address.as_ref().is_some_and(|fields| fields.network.is_none());
        let questions =
            [("owner", &self.ask.owner), ("memo_owner", &self.ask.memo_owner), ("addresses", &self.ask.addresses)];
        let unnamed = |question: &Question| !question.names("network");
        let lost = questions.iter().find(|(_, question)| untold && question.as_ref().is_some_and(unnamed));
        if let Some((key, _)) = lost {
            return Some(format!("address.network: missing, and ask.{key} names no {{network}}"));
        }
        if let (Some(policy), Some(asset)) = (&self.ask.policy, &self.asset) {
            if asset.network.is_none() && unnamed(policy) {
                return Some("asset.network: missing, and ask.policy names no {network}".to_owned());
            }
            for (door, of_asset, of_network) in [
                ("deposits", &asset.deposits, &self.network.deposits),
                ("withdrawals", &asset.withdrawals, &self.network.withdrawals),
            ] {
                if of_asset.is_none() && of_network.is_none() {
                    return Some(format!("asset.{door}: missing, and so is network.{door}"));
                }
            }
        }
        let ways = [self.header.is_some(), self.hmac.is_some(), self.jws.is_some()];
        if ways.iter().filter(|way| **way).count() > 1 {
            return Some("header, hmac and jws: one of them at most".to_owned());
        }
        self.hmac.as_ref().and_then(HmacScheme::mistake).map(|what| format!("hmac.headers: {what}"))
    }
}

impl Question {
    /// What is wrong with it, behind the key of its part.
    fn mistake(&self, rule: &Rule) -> Option<String> {
        let turn = self.paging.by.and_then(PagedBy::place);
        let known = || rule.may.iter().copied().chain(turn);
        if let Some(other) = self.places().find(|place| !known().any(|own| own == *place)) {
            if TURNS.contains(&other) {
                return Some(format!(
                    "paging.by: `{{{other}}}` is named, and it does not say that pages go by {other}"
                ));
            }
            let near = nearest(other, known()).unwrap_or_default();
            return Some(format!("path: `{{{other}}}` is not known to this question; did you mean `{{{near}}}`?"));
        }
        let lacking = rule.may.first().filter(|first| !self.pick && **first != "network" && !self.names(first));
        if let Some(first) = lacking {
            return Some(format!("path: it names no {{{first}}}; `pick = true` looks through a list without it"));
        }
        if let Some(turn) = turn.filter(|turn| !self.names(turn)) {
            return Some(format!("paging.by: neither path nor body names {{{turn}}}"));
        }
        if (rule.lists || self.pick) && self.paging.by.is_none() {
            return Some("paging.by: missing; `none` where one answer holds the whole list".to_owned());
        }
        let lost = self.paging.by == Some(PagedBy::Cursor) && self.paging.next.is_none();
        lost.then(|| "paging.next: missing".to_owned())
    }
}
