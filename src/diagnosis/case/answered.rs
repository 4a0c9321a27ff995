//! What a case has answered already: the questions that rules ask again and again are worked out once, and then looked
//! at.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::Case;
use crate::evidence::{BlockRef, Deposit, ListedAsset, NetworkPolicy, Transfer, Withdrawal};
use crate::inquiry::Quest;
use crate::terms::{Address, AddressError, Amount, Direction, Finality, ParsedAddress, Seen};

/// Answers about claim and transaction, wherever the value went.
#[derive(Default)]
pub(super) struct OfSubject<'a> {
    pub(super) claimed: OnceCell<Option<Result<ParsedAddress, AddressError>>>,
    pub(super) claimants_addresses: OnceCell<Vec<Address>>,
    pub(super) quest: OnceCell<Option<Quest<'a>>>,
    pub(super) network_policy: OnceCell<Seen<&'a NetworkPolicy>>,
    pub(super) known: OnceCell<Seen<()>>,
    pub(super) moved: OnceCell<Seen<Vec<Transfer>>>,
    pub(super) filed_deposits: OnceCell<Seen<Vec<Cow<'a, Deposit>>>>,
    pub(super) filed_withdrawals: OnceCell<Seen<&'a [Withdrawal]>>,
    pub(super) order: OnceCell<Seen<&'a Withdrawal>>,
    pub(super) delivered: OnceCell<Seen<(Amount, Vec<usize>)>>,
}

/// Answers that hang on where the value went.
#[derive(Default)]
pub(super) struct OfDestination<'a> {
    pub(super) direction: OnceCell<Direction>,
    pub(super) included: OnceCell<Seen<BlockRef>>,
    pub(super) executed: OnceCell<Seen<()>>,
    pub(super) confirmations: OnceCell<Seen<u64>>,
    pub(super) required: OnceCell<Seen<Finality>>,
    pub(super) is_final: OnceCell<Seen<()>>,
    pub(super) listed: OnceCell<Seen<Option<&'a ListedAsset>>>,
    pub(super) minimum: OnceCell<Seen<Option<&'a Amount>>>,
    pub(super) enough: OnceCell<Seen<()>>,
    pub(super) records: OnceCell<Seen<Vec<Cow<'a, Deposit>>>>,
    pub(super) record: OnceCell<Seen<Cow<'a, Deposit>>>,
}

impl Case<'_> {
    /// Finds out where the value went. What was answered on the way here was about no destination, or another one.
    pub(super) fn find_destination(&mut self) {
        self.destination = self.reached();
        self.of_destination = OfDestination::default();
    }
}
