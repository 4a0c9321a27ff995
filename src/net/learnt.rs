//! What services have shown of how they want to be asked: how many things they take in one request, and what they do not
//! offer. All doors to the same hosts share it, and whoever looks again need not learn it again; it holds no answer.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use foldhash::HashMap;

use super::lock;

/// Full requests that are answered before a place that refused more is asked for more again.
const ENOUGH: u32 = 20;
/// The longest that this gets, doubled with each refusal: who has a fixed limit is soon hardly tried any more.
const MOST_ENOUGH: u32 = 640;
/// Refusals of the smallest groups, with none taken in between, after which it is not the size that is refused.
const IN_A_ROW: u32 = 3;

/// Where things are asked about together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// The service.
    pub service: Arc<str>,
    /// The address, or the path below the service's own.
    pub at: Arc<str>,
}

/// How many things a place takes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    /// So many, as far as is known.
    pub most: usize,
    /// Full requests answered since more was tried.
    answered: u32,
    /// As many are enough to try more.
    enough: u32,
    /// Whether a request for more is under way.
    tried: bool,
}

/// What is known of all services.
#[derive(Default)]
pub(super) struct Learnt {
    /// Nothing where no request was refused.
    sizes: Mutex<HashMap<Place, Size>>,
    not_offered: Mutex<HashMap<Arc<str>, BTreeSet<&'static str>>>,
    /// Refusals of the smallest groups in a row.
    refusals: Mutex<HashMap<(Arc<str>, &'static str), u32>>,
    /// How long the last request took, where it was answered: its turn at the host, waits for limits and every try
    /// included, for whoever asks next meets them too.
    times: Mutex<HashMap<Arc<str>, Duration>>,
}

impl Learnt {
    /// Most things in one request: as configured, or fewer where more were refused.
    pub(super) fn most(&self, place: &Place, configured: usize) -> usize {
        self.size(place).map_or(usize::MAX, |size| size.most).min(configured).max(1)
    }

    /// The size that requests to a place were cut to; nothing where none was refused.
    pub(super) fn size(&self, place: &Place) -> Option<Size> {
        lock(&self.sizes).get(place).copied()
    }

    /// The size of the next request of several, of which so many things wait: mostly the known one. After enough full ones
    /// a single one is twice as large, up to what is configured: one bad moment is not to cost the whole night.
    pub(super) fn next(&self, place: &Place, waiting: usize, configured: usize) -> usize {
        let configured = configured.max(1);
        let mut sizes = lock(&self.sizes);
        let Some(size) = sizes.get_mut(place).filter(|size| size.most < configured) else { return configured };
        if waiting <= size.most || size.answered < size.enough {
            return size.most;
        }
        (size.answered, size.tried) = (0, true);
        size.most.saturating_mul(2).min(configured)
    }

    /// More were refused, and so many taken.
    pub(super) fn cut(&self, place: &Place, most: usize) {
        let cut = Size { most, answered: 0, enough: ENOUGH, tried: false };
        let again = |size: &mut Size| {
            let enough = if size.tried { size.enough.saturating_mul(2).min(MOST_ENOUGH) } else { size.enough };
            *size = Size { enough, most: most.min(size.most), ..cut };
        };
        lock(&self.sizes).entry(place.clone()).and_modify(again).or_insert(cut);
    }

    /// What was learnt since then was wrong.
    pub(super) fn restore(&self, place: &Place, before: Option<Size>) {
        let mut sizes = lock(&self.sizes);
        match before {
            Some(size) => drop(sizes.insert(place.clone(), size)),
            None => drop(sizes.remove(place)),
        }
    }

    /// A request about so many things was answered.
    pub(super) fn answered(&self, place: &Place, things: usize) {
        if let Some(size) = lock(&self.sizes).get_mut(place).filter(|size| things >= size.most) {
            if things > size.most {
                *size = Size { most: things, answered: 0, enough: ENOUGH, tried: false };
            }
            size.answered = size.answered.saturating_add(1);
        }
    }

    /// A request to a service took so long; nothing where it failed: how fast it refuses says nothing of how it answers.
    pub(super) fn took(&self, service: &Arc<str>, time: Option<Duration>) {
        let mut times = lock(&self.times);
        match time {
            Some(time) => drop(times.insert(Arc::clone(service), time)),
            None => drop(times.remove(service)),
        }
    }

    /// Whether a service answered the last request, and within a time.
    pub(super) fn answers_within(&self, service: &str, time: Duration) -> bool {
        lock(&self.times).get(service).is_some_and(|took| *took <= time)
    }

    /// Whether a service is known not to offer a path.
    pub(super) fn is_not_offered(&self, service: &str, path: &'static str) -> bool {
        lock(&self.not_offered).get(service).is_some_and(|paths| paths.contains(path))
    }

    /// A service does not offer a path.
    pub(super) fn is_missing(&self, service: &Arc<str>, path: &'static str) {
        lock(&self.not_offered).entry(Arc::clone(service)).or_default().insert(path);
    }

    /// The smallest group was refused: where that goes on, whatever is put together is refused.
    pub(super) fn refuses_few(&self, service: &Arc<str>, path: &'static str) {
        let mut refusals = lock(&self.refusals);
        let times = refusals.entry((Arc::clone(service), path)).or_default();
        *times += 1;
        if *times >= IN_A_ROW {
            self.is_missing(service, path);
        }
    }

    /// A group was taken.
    pub(super) fn takes(&self, service: &Arc<str>, path: &'static str) {
        lock(&self.refusals).remove(&(Arc::clone(service), path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_as_fast_as_its_last_answer() {
        let (learnt, service) = (Learnt::default(), Arc::from("x"));
        let [fast, slow] = [Duration::from_millis(10), Duration::from_millis(11)];
        assert!(!learnt.answers_within(&service, Duration::MAX), "it was never asked");
        for (took, is_fast) in [(Some(fast), true), (Some(slow), false), (Some(fast), true), (None, false)] {
            learnt.took(&service, took);
            assert_eq!(learnt.answers_within(&service, fast), is_fast, "{took:?}");
        }
        assert!(!learnt.answers_within("y", slow));
    }

    fn place() -> Place {
        Place { service: "x".into(), at: "/".into() }
    }

    /// Asks for as many as may be, so often; whoever is asked takes so many. The sizes of the requests.
    fn asked(learnt: &Learnt, times: u32, takes: usize) -> Vec<usize> {
        let ask = |_| {
            let things = learnt.next(&place(), usize::MAX, 100);
            if things <= takes {
                learnt.answered(&place(), things);
            } else {
                learnt.cut(&place(), takes);
            }
            things
        };
        (0..times).map(ask).collect()
    }

    #[test]
    fn a_size_that_was_cut_grows_again_as_it_is_answered() {
        let learnt = Learnt::default();
        assert_eq!(asked(&learnt, 50, 100), [100; 50]);
        assert_eq!(learnt.size(&place()), None, "nothing was refused");
        learnt.cut(&place(), 30);
        (0..100).for_each(|_| learnt.answered(&place(), 29));
        assert_eq!(asked(&learnt, ENOUGH, 100), [30; 20], "only full ones tell");
        assert_eq!(learnt.next(&place(), 30, 100), 30, "there is no need for more");
        assert_eq!(asked(&learnt, ENOUGH, 100), [60; 20]);
        assert_eq!(asked(&learnt, 3, 100), [100; 3], "no more than configured");
    }

    #[test]
    fn a_fixed_size_is_tried_less_and_less() {
        let learnt = Learnt::default();
        let sizes = asked(&learnt, 1000, 30);
        assert_eq!(sizes[0], 100);
        let tried: Vec<usize> = (1..1000).filter(|at| sizes[*at] != 30).collect();
        assert_eq!(tried, [21, 62, 143, 304, 625]);
    }

    #[test]
    fn requests_that_are_refused_together_are_one_refusal() {
        let learnt = Learnt::default();
        learnt.cut(&place(), 50);
        let once = learnt.size(&place());
        learnt.cut(&place(), 50);
        learnt.cut(&place(), 100);
        assert_eq!(learnt.size(&place()), once);
    }
}
