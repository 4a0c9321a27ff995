//! How deep the transaction is, against how deep it has to be.

use crate::report::Teller;

/// A bar of blocks.
pub(super) struct Depth {
    /// Confirmations.
    pub have: u64,
    /// Confirmations needed, or the name of the finality.
    pub need: Option<String>,
    /// The same in words.
    pub text: String,
    /// Its name in the style: `part` while it is not final.
    pub class: &'static str,
    /// From left to right.
    pub bars: Vec<Bar>,
}

/// A part of the bar, in units of which it has [`WIDTH`].
pub(super) struct Bar {
    /// `have` or `lack`.
    pub class: &'static str,
    pub x: u64,
    pub width: u64,
}

/// Width of the bar.
const WIDTH: u64 = 320;
/// Confirmations up to which each is a block of its own.
const BLOCKS: u64 = 32;

/// The depth of the deciding transaction; nothing where it is not known.
pub(super) fn depth(told: &Teller<'_>) -> Option<Depth> {
    let tx = told.document.transactions.first()?;
    let have = tx.confirmations?;
    let is_final = tx.is_final == Some(true);
    let bars = match tx.required_confirmations {
        Some(need) => bars(have, need.max(1)),
        None => bars(u64::from(is_final), 1),
    };
    let need = tx.required_confirmations.map(|need| need.to_string());
    Some(Depth {
        have,
        need: need.or_else(|| tx.required_finality.as_deref().map(crate::report::plain)),
        text: told.deep(tx)?,
        class: if is_final { "whole" } else { "part" },
        bars,
    })
}

fn bars(have: u64, need: u64) -> Vec<Bar> {
    if need <= BLOCKS {
        let at = |n: u64| n * WIDTH / need;
        let gap = if need > 1 { 2 } else { 0 };
        let class = |n: u64| if n < have { "have" } else { "lack" };
        return (0..need).map(|n| Bar { class: class(n), x: at(n), width: at(n + 1) - at(n) - gap }).collect();
    }
    let full = u128::from(have.min(need)) * u128::from(WIDTH) / u128::from(need);
    let full = u64::try_from(full).unwrap_or(WIDTH);
    let parts = [Bar { class: "have", x: 0, width: full }, Bar { class: "lack", x: full, width: WIDTH - full }];
    parts.into_iter().filter(|bar| bar.width > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_full_as_it_is_deep() {
        let have = |have, need| -> (u64, usize) {
            let bars = bars(have, need);
            (bars.iter().filter(|bar| bar.class == "have").map(|bar| bar.width).sum(), bars.len())
        };
        assert_eq!(have(2, 10), (60, 10));
        assert_eq!(have(150, 12).1, 12);
        assert_eq!(have(16, 64), (80, 2));
        assert_eq!(have(u64::MAX, u64::MAX), (320, 1));
        assert_eq!(have(0, 1), (0, 1));
    }
}
