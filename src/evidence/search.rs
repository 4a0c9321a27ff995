//! What a search finds: payments to an address, and how much of the stretch of time was really looked through.

use std::sync::Arc;

use jiff::Timestamp;

use super::observation::fit_head;
use super::{Head, SourceRef, Transfer};
use crate::terms::{Address, Gap, Network, Provenance, Seen, Txid};

/// Payments of one search that are kept; a stretch that holds more is left off at its older end.
pub const MOST_FOUND: usize = 500;

/// What is searched for: payments to one address within a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Search {
    /// The receiver.
    pub address: Address,
    /// Ticker of the only asset looked for; nothing for every one.
    pub asset: Option<String>,
    /// The beginning of the stretch, by the times of blocks.
    pub since: Timestamp,
    /// Its end. What is in no block yet belongs to the stretch whatever its end.
    pub until: Timestamp,
}

impl Search {
    /// Whether the network's own coin is looked for.
    pub fn wants_coin(&self, network: &Network) -> bool {
        self.asset.as_ref().is_none_or(|asset| asset.eq_ignore_ascii_case(&network.native))
    }

    /// The contracts that are looked for, former and bridged forms among them; nothing for any contract.
    pub fn contracts<'n>(&self, network: &'n Network) -> Option<Vec<&'n Address>> {
        let asset = self.asset.as_ref()?;
        let own = network.assets.iter().filter(|listed| listed.symbol.eq_ignore_ascii_case(asset));
        let forms = own.flat_map(|listed| listed.contract.iter().chain(listed.variants.iter().map(|v| &v.contract)));
        Some(forms.collect())
    }

    /// Whether something of this time belongs to the stretch; what is in no block does.
    pub fn covers(&self, time: Option<Timestamp>) -> bool {
        time.is_none_or(|time| self.since <= time && time <= self.until)
    }
}

/// One payment that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The transaction.
    pub txid: Txid,
    /// Height of its block; nothing while it is in none.
    pub height: Option<u64>,
    /// Time of its block, where the source tells.
    pub time: Option<Timestamp>,
    /// What moved; its receiver is the address that was asked about.
    pub transfer: Transfer,
}

/// What one source found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payments {
    /// The payments, in any order.
    pub found: Vec<Payment>,
    /// What of the search was not made, and why: an older part of the stretch, or a kind of payment that the source
    /// does not index. Empty when everything in blocks of the stretch was looked through.
    pub unsearched: Vec<Gap>,
    /// Since when every block was looked through for what the source can see.
    pub back_to: Option<Timestamp>,
}

impl Payments {
    /// The answer that this is: no only where everything was looked through and nothing was there.
    pub fn seen(mut self, search: &Search, provenance: Provenance) -> Seen<Self> {
        self.found.retain(|payment| search.covers(payment.time));
        if self.found.is_empty() && self.unsearched.is_empty() {
            return Seen::No(provenance);
        }
        Seen::Yes(self, provenance)
    }
}

/// What one source said of one search.
#[derive(Clone, Debug)]
pub struct Searched {
    /// Name of the network.
    pub network: Arc<str>,
    /// Who was asked.
    pub source: SourceRef,
    /// What was searched for.
    pub search: Search,
    /// Whether the source follows the configured chain; no when it proved another one.
    pub right_chain: Seen<()>,
    /// The source's newest block.
    pub head: Seen<Head>,
    /// What it found; no when it looked everything through and there is nothing.
    pub payments: Seen<Payments>,
}

impl Searched {
    /// What it found, where it follows the right chain: a source that lags finds less, but nothing that is not there.
    pub fn found(&self) -> impl Iterator<Item = (&Payment, Provenance)> {
        let said = self.payments.provenance().zip(self.right_chain.provenance().filter(|_| self.right_chain.is_yes()));
        let payments = self.payments.yes().into_iter().flat_map(|payments| &payments.found);
        said.map(|(said, chain)| said.clone().and(chain))
            .into_iter()
            .flat_map(move |said| payments.clone().map(move |payment| (payment, said.clone())))
    }

    /// The word of a source in step with the right chain that it looked everything through.
    pub fn completeness(&self, network: &Network, now: Timestamp) -> Seen<()> {
        fit_head(&self.source.service, &self.right_chain, &self.head, network, now).and_then(|_, fit| {
            match &self.payments {
                Seen::Yes(payments, said) => match payments.unsearched.first() {
                    Some(gap) => Seen::Unknown(gap.clone()),
                    None => Seen::Yes((), said.clone().and(&fit)),
                },
                Seen::No(said) => Seen::Yes((), said.clone().and(&fit)),
                Seen::Unknown(gap) => Seen::Unknown(gap.clone()),
            }
        })
    }
}

/// What one source says of the transaction of an account and a nonce.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Name of the network.
    pub network: Arc<str>,
    /// Who was asked, by service name.
    pub service: Arc<str>,
    /// The account.
    pub account: Address,
    /// How many of its transactions came before.
    pub nonce: u64,
    /// The transaction; no where the account has not got so far.
    pub txid: Seen<Txid>,
}
