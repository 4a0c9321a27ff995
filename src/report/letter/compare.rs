//! A letter against what the chain shows: which of its details the answers contradict.

use super::chain::ChainPart;
use super::mask::shortened;
use super::{Letter, Reader};
use crate::report::document::{State, TransactionPart, TransferPart, reference};
use crate::report::moment::stamp;
use crate::report::{Language, Words, plain};
use crate::terms::Amount;

impl Letter {
    /// The names of the details that the chain's answers contradict; none where no answer is at hand.
    pub fn contradicts(&self, chain: &ChainPart) -> Vec<String> {
        let txid = self.told("txid").next();
        let Some(txid) = txid.filter(|_| !chain.transactions.is_empty()) else { return Vec::new() };
        let Some(tx) = chain.transactions.iter().find(|tx| tx.txid == txid) else { return vec!["txid".to_owned()] };
        let compared = Compared { letter: self, tx };
        let names = self.facts.items.iter().map(|fact| fact.name.as_str());
        let differing = names.filter(|name| !self.told(name).all(|value| compared.agrees(name, value)));
        let reference = self.reference.as_ref().filter(|one| !compared.refers(&one.value, chain));
        let headline = (!compared.is_headed_alike()).then_some("headline");
        let mut names: Vec<String> =
            differing.chain(reference.map(|_| "reference")).chain(headline).map(str::to_owned).collect();
        names.dedup();
        names
    }

    /// What is told under a name.
    fn told<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.facts.items.iter().filter(move |fact| fact.name == name).map(|fact| fact.value.as_str())
    }
}

/// A letter, and the transaction that it is about.
struct Compared<'a> {
    letter: &'a Letter,
    tx: &'a TransactionPart,
}

impl Compared<'_> {
    /// Whether the chain shows a detail as it is told. What only the sender can know is not compared.
    fn agrees(&self, name: &str, value: &str) -> bool {
        let tx = self.tx;
        let block = tx.block.as_ref();
        let any = |has: &dyn Fn(&TransferPart) -> bool| tx.transfers.iter().any(has);
        match name {
            "txid" => tx.txid == value,
            "network" => tx.network == value,
            // Fewer answers may show less, which is told of the answers; it says nothing against the letter.
            _ if tx.state.is_none() => true,
            "block" => block.is_some_and(|block| block.height.to_string() == value),
            "block-hash" => block.is_some_and(|block| block.hash == value),
            "time" => block.and_then(|block| block.time).is_some_and(|time| value.contains(&stamp(time))),
            "amount" => self.is_moved(value),
            "contract" => any(&|one| one.contract.as_deref() == Some(value)),
            "source-address" => any(&|one| one.from.as_deref() == Some(value)),
            "output" => any(&|one| one.output_index.is_some_and(|index| index.to_string() == value)),
            "memo" => any(&|one| is_marked(one, value)),
            // An address that nothing reached is one that was claimed or ordered.
            "address" if self.letter.told("amount").next().is_some() => any(&|one| is_at(one, value)),
            "confirmations" => tx.confirmations.is_some_and(|have| numbers(value).any(|number| number == have)),
            "status" => self.states().iter().any(|state| state == value),
            _ => true,
        }
    }

    /// Whether so much of one thing reached one address, which is the one told where one is told.
    fn is_moved(&self, sum: &str) -> bool {
        let (amount, ticker) = sum.split_once(' ').map_or((sum, None), |(amount, ticker)| (amount, Some(ticker)));
        let Ok(amount) = amount.parse::<Amount>() else { return false };
        let address = self.letter.told("address").next();
        let memo = self.letter.told("memo").next();
        let meant = |one: &TransferPart| memo.is_none_or(|memo| is_marked(one, memo));
        let paid = |one: &&TransferPart| address.is_none_or(|address| is_at(one, address)) && meant(one);
        let named = |one: &&TransferPart| one.asset.is_none() || ticker.is_none() || one.asset.as_deref() == ticker;
        self.tx.transfers.iter().filter(paid).filter(named).any(|first| {
            let same =
                |one: &&TransferPart| one.to == first.to && one.contract == first.contract && one.asset == first.asset;
            let all: Vec<&TransferPart> = self.tx.transfers.iter().filter(same).collect();
            // Whom a memo sets apart from others at the address is paid what came with it.
            let own: Vec<&TransferPart> = all.iter().copied().filter(|one| one.memo == first.memo).collect();
            [all, own].into_iter().any(|some| {
                let amounts: Option<Vec<&Amount>> = some.iter().map(|one| one.amount.as_ref()).collect();
                amounts.is_some_and(|amounts| amounts.into_iter().sum::<Amount>() == amount)
            })
        })
    }

    /// The words for where it stands. Whether that is final is for each reader to say.
    fn states(&self) -> Vec<String> {
        let names: &[&str] = match (self.tx.state, self.tx.executed) {
            (None, _) => &[],
            (Some(State::Included), Some(false)) => &["failed"],
            (Some(State::Included), _) => &["included", "final"],
            (Some(State::Pending), _) => &["pending"],
            (Some(State::NotFound), _) => &["not-found"],
            (Some(State::Dropped), _) => &["dropped"],
            (Some(State::Replaced), _) => &["replaced"],
            (Some(State::Orphaned), _) => &["orphaned"],
        };
        let words = Words::of(Language::of(&self.letter.language).unwrap_or_default());
        names.iter().map(|name| words.word(&format!("letter-state-{name}"))).collect()
    }

    /// Whether the line by which a platform finds the payment is one that the answers give.
    fn refers(&self, line: &str, chain: &ChainPart) -> bool {
        let ticker = self.letter.told("amount").next().and_then(|sum| sum.split_once(' ')).map(|(_, ticker)| ticker);
        chain.transactions.iter().any(|tx| {
            let named = |one: &TransferPart| {
                let asset = one.asset.clone().or_else(|| ticker.map(str::to_owned));
                reference(tx, Some(&TransferPart { asset, ..one.clone() }))
            };
            reference(tx, None) == line || tx.transfers.iter().any(|one| named(one) == line)
        })
    }

    /// Whether a platform's headline tells the amount and the network of the details.
    fn is_headed_alike(&self) -> bool {
        if self.letter.audience != Reader::Platform {
            return true;
        }
        let told: Vec<&str> =
            ["amount", "amount-told", "network"].into_iter().flat_map(|name| self.letter.told(name)).collect();
        self.letter.headline.split(" · ").skip(1).all(|part| told.contains(&part))
    }
}

/// Whether a movement reached an address, which customers are told without its middle.
fn is_at(transfer: &TransferPart, address: &str) -> bool {
    transfer.to.as_deref().is_some_and(|to| to == address || shortened(to) == address)
}

/// Whether a movement carries a memo, which letters tell without line breaks and without what nobody sees.
fn is_marked(transfer: &TransferPart, memo: &str) -> bool {
    transfer.memo.as_deref().is_some_and(|own| plain(own) == memo)
}

/// The numbers in a text.
fn numbers(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}
