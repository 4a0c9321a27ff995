//! The ten facts that every report shows, in their order; they are never merged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnosis::Case;
use crate::terms::{Cite, Direction, Gap, Seen};

/// A fact that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckName {
    /// A block of the best chain holds it.
    Included,
    /// It ran without failing.
    Executed,
    /// It moved value.
    MovedValue,
    /// The value reached the claimant's address.
    ToClaimant,
    /// The platform lists what arrived.
    RightAsset,
    /// It reaches the minimum.
    Enough,
    /// It is as deep as the platform asks.
    Final,
    /// The ledger knows it.
    Recorded,
    /// The ledger credited it.
    Credited,
    /// The customer can use it.
    Available,
}

impl CheckName {
    /// The name in the document and in the locales.
    pub fn name(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Executed => "executed",
            Self::MovedValue => "moved-value",
            Self::ToClaimant => "to-claimant",
            Self::RightAsset => "right-asset",
            Self::Enough => "enough",
            Self::Final => "final",
            Self::Recorded => "recorded",
            Self::Credited => "credited",
            Self::Available => "available",
        }
    }
}

/// What a check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckAnswer {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody answered: not checked.
    Unknown,
    /// The question does not arise.
    NotApplicable,
}

/// One fact with its answer.
#[derive(Clone, Debug)]
pub struct Check {
    /// The fact.
    pub fact: CheckName,
    /// The answer.
    pub answer: CheckAnswer,
    /// The answers behind it.
    pub cite: Option<Cite>,
    /// Why it is unknown.
    pub gap: Option<Gap>,
}

/// The ten facts of a case. For a withdrawal, the receiver is the ordered one and the record is the order.
pub(super) fn checks(case: &Case<'_>) -> Vec<Check> {
    let deposit = case.direction() == Direction::Deposit;
    let mut chain = Chain { open: case.tx().is_some(), checks: Vec::with_capacity(10) };
    chain.ask(CheckName::Included, case.included());
    chain.ask(CheckName::Executed, case.executed());
    chain.ask(CheckName::MovedValue, case.moved());
    if deposit {
        chain.ask(CheckName::ToClaimant, &case.payment());
    } else {
        chain.ask(CheckName::ToClaimant, case.delivered());
    }
    chain.open &= deposit;
    chain.ask(CheckName::RightAsset, case.listed());
    chain.ask(CheckName::Enough, case.enough());
    // Depth is asked whatever became of the value, and the ledger whatever became of the chain.
    chain.open = case.included().is_yes();
    chain.ask(CheckName::Final, case.is_final());
    chain.open = case.tx().is_some() || !deposit;
    if deposit {
        chain.ask(CheckName::Recorded, case.record());
    } else {
        chain.ask(CheckName::Recorded, case.order());
    }
    chain.open &= deposit;
    chain.ask(CheckName::Credited, &case.credited());
    chain.ask(CheckName::Available, &case.available());
    chain.checks
}

/// A fact that is not so makes the following ones pointless; one that is unknown leaves them unknown.
struct Chain {
    open: bool,
    checks: Vec<Check>,
}

impl Chain {
    fn ask<T>(&mut self, fact: CheckName, seen: &Seen<T>) {
        let answer = match seen {
            _ if !self.open => CheckAnswer::NotApplicable,
            Seen::Yes(..) => CheckAnswer::Yes,
            Seen::No(_) => CheckAnswer::No,
            Seen::Unknown(_) => CheckAnswer::Unknown,
        };
        let cite = seen.cite().filter(|_| self.open);
        let gap = seen.gap().filter(|_| self.open).cloned();
        self.open &= answer != CheckAnswer::No;
        self.checks.push(Check { fact, answer, cite, gap });
    }
}
