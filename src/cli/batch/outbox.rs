//! What a worker has to tell, told in one go: whoever hears it is woken once for many rows.

use std::cell::RefCell;
use std::sync::mpsc::Sender;

use super::crew::Heard;

/// Most that is kept back while there is more to do.
const MOST: usize = 64;

/// What is heard, each with the place of its row.
pub(super) type Letters = Vec<(u64, Heard)>;

/// Keeps what is to be told until the worker has nothing else to do.
pub(super) struct Outbox {
    kept: RefCell<Letters>,
    out: Sender<Letters>,
}

impl Outbox {
    pub(super) fn new(out: Sender<Letters>) -> Self {
        Self { kept: RefCell::default(), out }
    }

    /// Takes one thing to tell.
    pub(super) fn put(&self, place: u64, heard: Heard) {
        self.kept.borrow_mut().push((place, heard));
        if self.kept.borrow().len() >= MOST {
            self.send();
        }
    }

    /// Whether something waits to be told.
    pub(super) fn has_any(&self) -> bool {
        !self.kept.borrow().is_empty()
    }

    /// Tells everything that waits.
    pub(super) fn send(&self) {
        let kept = self.kept.take();
        if !kept.is_empty() {
            // Whoever hears may have gone away.
            let _ = self.out.send(kept);
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.send();
    }
}
