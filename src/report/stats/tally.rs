//! Counting names without keeping all of them.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Names that are counted at a time; where there are more, the rarest are let go.
const MOST: usize = 50_000;
/// Characters of a name that are kept.
const LONGEST: usize = 200;
/// Names that are told.
pub(super) const TOLD: usize = 20;

/// How often each name came, within bounds. A count may be too low by `missed`, never too high.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    names: HashMap<String, u64>,
    total: u64,
    missed: u64,
}

/// The most frequent names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// The most frequent ones, at most 20, the most frequent first.
    pub top: Vec<Count>,
    /// How many different ones there are; where `missed` is not 0, at least so many.
    pub distinct: u64,
    /// What falls to those that are not among the top.
    pub others: u64,
    /// By how much each count may be too low, because there were more names than are kept; 0 where all are exact.
    pub missed: u64,
}

/// A name, and how often it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    /// The name.
    pub name: String,
    /// How often.
    pub count: u64,
}

impl Tally {
    /// Counts a name.
    pub(super) fn add(&mut self, name: &str) {
        self.add_times(name, 1);
    }

    /// Counts a name so many times.
    pub(super) fn add_times(&mut self, name: &str, times: u64) {
        let end = name.char_indices().nth(LONGEST).map_or(name.len(), |(end, _)| end);
        let name = &name[..end];
        self.total += times;
        if let Some(count) = self.names.get_mut(name) {
            *count += times;
            return;
        }
        if self.names.len() >= MOST {
            self.let_go();
        }
        self.names.insert(name.to_owned(), times);
    }

    /// Lets the rarest half go. What is let go again and again loses the sum of what it had each time, which is no more
    /// than the sum of the limits.
    fn let_go(&mut self) {
        let mut counts: Vec<u64> = self.names.values().copied().collect();
        let middle = counts.len() / 2;
        let limit = *counts.select_nth_unstable(middle).1;
        self.names.retain(|_, count| *count > limit);
        self.missed += limit;
    }

    /// How often a name came.
    pub(super) fn of(&self, name: &str) -> u64 {
        self.names.get(name).copied().unwrap_or_default()
    }

    /// The most frequent of the names that came at least so often.
    pub(super) fn top(&self, least: u64) -> Counts {
        let named = self.names.iter().filter(|(_, count)| **count >= least);
        let mut top: Vec<Count> = named.map(|(name, count)| Count { name: name.clone(), count: *count }).collect();
        top.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        let distinct = u64::try_from(top.len()).unwrap_or(u64::MAX);
        // What came too rarely to be told is no other: it is not asked for.
        let asked: u64 = if least > 1 { top.iter().map(|one| one.count).sum() } else { self.total };
        top.truncate(TOLD);
        let told: u64 = top.iter().map(|one| one.count).sum();
        Counts { top, distinct, others: asked - told, missed: self.missed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_names_there_are_the_frequent_are_kept_and_the_bound_holds() {
        let mut tally = Tally::default();
        let rounds = 4 * MOST;
        for round in 0..rounds {
            tally.add(&format!("once {round}"));
            if round % 10 == 0 {
                tally.add("often");
            }
        }
        assert!(tally.names.len() <= MOST);
        let told = tally.top(2);
        let often = u64::try_from(rounds / 10).unwrap();
        assert_eq!(told.top[0].name, "often");
        assert!(told.missed > 0 && told.top[0].count <= often && told.top[0].count + told.missed >= often, "{told:?}");
    }

    #[test]
    fn the_rest_is_counted_together() {
        let mut tally = Tally::default();
        for number in 0..30_u64 {
            tally.add_times(&format!("{number:02}"), number + 1);
        }
        let told = tally.top(1);
        assert_eq!((told.top.len(), told.distinct, told.missed), (TOLD, 30, 0));
        assert_eq!((told.top[0].name.as_str(), told.top[0].count), ("29", 30));
        assert_eq!(told.others, (1..=10).sum::<u64>());
    }
}
