//! The words that complaints are written in: English, Chinese, Korean. Tables only; letters are in lower case.

mod coins;
mod labels;
mod routes;
mod scripts;

pub(super) use coins::{Chain, Coin, chain, coin};
pub(super) use routes::Cue;
pub(super) use scripts::simplified;

use super::lexicon::Sense;

/// Every known word with what it means.
pub(super) fn all() -> Vec<(&'static str, Sense)> {
    let labels = labels::LABELS.iter().flat_map(|(sense, words)| words.iter().map(|word| (*word, *sense)));
    let coins = coins::COINS.iter().flat_map(|coin| coin.names.iter().map(move |name| (*name, Sense::Coin(coin))));
    let chains =
        coins::CHAINS.iter().flat_map(|chain| chain.names.iter().map(move |name| (*name, Sense::Chain(chain))));
    let cues = routes::CUES.iter().flat_map(|(cue, words)| words.iter().map(|word| (*word, Sense::Route(*cue))));
    labels.chain(coins).chain(chains).chain(cues).collect()
}
