//! Destination: whose address the value reached.

use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Handling, Holder, Keeper, Party, Payment, Priority, Verdict};
use crate::evidence::Scope;
use crate::terms::{Address, AddressError, Cite, GapWhy};

/// What every finding about value that reached nobody of the platform is like.
const STRAYED: Rule = Rule {
    verdict: Some(Verdict::Misdirected),
    responsible: Some(Party::Customer),
    keeper: Keeper::ThirdParty,
    recoverable: Some(false),
    acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
    ..RULE
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "burn-address",
        facts: &["address", "network"],
        keeper: Keeper::Nobody,
        check: |case| strayed(case, |stray| matches!(stray, Stray::Burnt)),
        ..STRAYED
    },
    Rule {
        code: "token-contract-address",
        facts: &["address", "network"],
        keeper: Keeper::Nobody,
        check: |case| strayed(case, |stray| matches!(stray, Stray::OwnContract)),
        ..STRAYED
    },
    Rule {
        code: "address-typo",
        facts: &["address", "expected", "network"],
        check: |case| strayed(case, |stray| matches!(stray, Stray::Mistyped(_))),
        ..STRAYED
    },
    Rule {
        code: "look-alike-address",
        acts: &[
            Act(Audience::Support, Priority::Normal),
            Act(Audience::Security, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["address", "expected", "network"],
        check: |case| strayed(case, |stray| matches!(stray, Stray::Imitation(_))),
        ..STRAYED
    },
    Rule {
        code: "tx-predates-address",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::ThirdParty,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["issued_at", "time"],
        check: predates,
        ..RULE
    },
    Rule {
        code: "not-related-to-claimant",
        verdict: Some(Verdict::CustomerAction),
        recoverable: None,
        facts: &["network", "why"],
        check: |case| {
            if !case.is_pay_out() {
                return Some(strayed(case, |stray| matches!(stray, Stray::Unrelated))?.fact("why", "unrelated"));
            }
            let others = |holder: &Holder| {
                !matches!(
                    holder,
                    Holder::Claimant(_) | Holder::Retired(_) | Holder::SubAccount | Holder::OtherNetwork { .. }
                )
            };
            let (_, cite) = reached(case, others)?;
            let hit = Hit::on(cite).and(case.filed_withdrawals().cite()).and(case.included().cite());
            Some(hit.fact("network", &*case.network()?.name).fact("why", "pay-out"))
        },
        ..STRAYED
    },
    Rule {
        code: "address-not-ours",
        facts: &["address", "network", "scope"],
        check: |case| {
            // The keys of one account tell nothing of the platform's other addresses.
            let scope = match case.evidence.ledger.scope {
                Scope::Platform => "platform",
                Scope::Account => "account",
            };
            Some(strayed(case, |stray| matches!(stray, Stray::Foreign))?.fact("scope", scope))
        },
        ..STRAYED
    },
    Rule {
        code: "other-customer-address",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Support, Priority::High),
            Act(Audience::Compliance, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["address"],
        check: |case| {
            // Among those whom the platform itself paid, others are not the claimant's concern.
            let other = reached(case, |holder| *holder == Holder::OtherCustomer);
            let (payment, cite) = other.filter(|_| !case.is_pay_out())?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "sub-account-address",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::SubAccount)?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "retired-address",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Engineering, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| matches!(holder, Holder::Retired(_)))?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "wrong-network-supported",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Finance, Priority::Normal),
            Act(Audience::Engineering, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["address", "network", "issued"],
        check: |case| wrong_network(case, true),
        ..RULE
    },
    Rule {
        code: "wrong-network-unsupported",
        verdict: Some(Verdict::Misdirected),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address", "network", "issued"],
        check: |case| {
            let hit = wrong_network(case, false)?;
            Some(match case.policy.wrong_network {
                Handling::Recover => hit.turned(Verdict::PlatformAction, Party::Platform),
                Handling::Accumulate | Handling::None => hit,
            })
        },
        ..RULE
    },
    Rule {
        code: "platform-sweep",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::Sweep).filter(|_| !case.is_pay_out())?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "platform-wallet",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Finance, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            // What the platform sent itself brings its own change back.
            let (payment, cite) =
                reached(case, |holder| matches!(holder, Holder::Wallet(_))).filter(|_| !case.is_pay_out())?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "address-checksum-bad",
        facts: &["address"],
        check: |case| {
            let (said, parsed) = (case.claim.address.as_ref()?, case.claimed()?);
            let bad = match parsed {
                Ok(parsed) => !parsed.checksum_ok,
                Err(error) => matches!(error, AddressError::Checksum(_)),
            };
            bad.then(|| Hit::on(said.cite()).fact("address", said.value.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "expected-address-unknown",
        verdict: Some(Verdict::Settled),
        responsible: Some(Party::NobodyYet),
        acts: &[Act(Audience::Support, Priority::Normal)],
        facts: &["network", "confirmations"],
        check: |case| {
            let gap = case.destination().gap().filter(|gap| gap.why == GapWhy::NotConfigured)?.clone();
            let certain = case.is_final().is_yes() && case.executed().is_yes() && case.moved().is_yes();
            let (count, cite) = case.confirmations().cited().filter(|_| certain)?;
            let hit = Hit::on(cite).and(case.included().cite()).and(case.moved().cite());
            let mut hit = hit.fact("network", &*case.network()?.name).fact("confirmations", *count);
            hit.gaps.push(gap);
            Some(hit)
        },
        ..RULE
    },
];

/// The payment that decides, where its holder is of the kind asked for, it really took place, and it is no other
/// payment that the same coins were used for instead.
pub(super) fn reached<'c>(case: &'c Case<'_>, kind: fn(&Holder) -> bool) -> Option<(&'c Payment, Cite)> {
    let (payment, _) = case.destination().yes().filter(|(_, holder)| kind(holder))?;
    let included = case.included().is_yes() && case.executed().is_yes() && case.replaced_elsewhere().is_none();
    Some(payment).zip(case.destination().cite().filter(|_| included))
}

/// A payment to the claimant's address on a network on which the address was not issued.
fn wrong_network(case: &Case<'_>, wanted: bool) -> Option<Hit> {
    let other = |holder: &Holder| matches!(holder, Holder::OtherNetwork { .. });
    let (payment, cite) = reached(case, other)?;
    let ((_, Holder::OtherNetwork { issued, served }), _) = case.destination().cited()? else { return None };
    let served = *served && case.is_served(payment);
    let hit = (served == wanted).then(|| Hit::on(cite).and(case.included().cite()))?;
    let hit = hit.fact("address", payment.address.as_str()).fact("issued", &**issued);
    Some(hit.fact("network", &*case.network()?.name))
}

/// How value came to an address of nobody whom the platform knows.
enum Stray {
    /// Nobody can have the key.
    Burnt,
    /// Tokens were sent to the contract that keeps them.
    OwnContract,
    /// The address is a few keys away from one of the claimant's.
    Mistyped(Address),
    /// The address passes for one of the claimant's at a glance.
    Imitation(Address),
    /// Nothing of the transaction fits the claim.
    Unrelated,
    /// Any other.
    Foreign,
}

impl Stray {
    fn of(case: &Case<'_>, payment: &Payment) -> Self {
        if case.is_pay_out() {
            return Self::Unrelated;
        }
        if payment.address.is_burnt() {
            return Self::Burnt;
        }
        if payment.contract.as_ref() == Some(&payment.address) {
            return Self::OwnContract;
        }
        let own = case.claimants_addresses();
        let prefixes = case.network().map_or(&[][..], |network| network.traits().prefixes);
        if let Some(meant) = own.iter().find(|address| is_mistyped(address, &payment.address, prefixes)) {
            return Self::Mistyped(meant.clone());
        }
        if let Some(meant) = own.iter().find(|address| is_imitated(address, &payment.address, prefixes)) {
            return Self::Imitation(meant.clone());
        }
        if case.is_related() { Self::Foreign } else { Self::Unrelated }
    }
}

/// A payment that reached nobody of the platform, where it came there in the way asked for. What a bridge has taken is on
/// its way.
fn strayed(case: &Case<'_>, way: fn(&Stray) -> bool) -> Option<Hit> {
    let (payment, cite) = reached(case, |holder| *holder == Holder::Outsider).filter(|_| !case.is_crossing())?;
    let stray = Stray::of(case, payment);
    let hit = way(&stray).then(|| Hit::on(cite).and(case.included().cite()))?;
    let hit = hit.fact("network", &*case.network()?.name);
    Some(match stray {
        Stray::Unrelated => hit,
        Stray::Mistyped(meant) | Stray::Imitation(meant) => {
            hit.fact("address", payment.address.as_str()).fact("expected", meant.as_str())
        }
        Stray::Burnt | Stray::OwnContract | Stray::Foreign => hit.fact("address", payment.address.as_str()),
    })
}

/// A payment made before the claimant's address was handed out. At that very address it is the claimant's all the
/// same, and only worth a note; elsewhere it cannot be what the claimant sent there.
fn predates(case: &Case<'_>) -> Option<Hit> {
    let network = case.network()?;
    let own = |address: &Address| {
        let owner = case.evidence.ledger.owners.get(&(network.name.clone(), address.clone()))?;
        Some((owner.yes()?.issued_at?, owner.cite()?))
    };
    let time = case.included().yes()?.time?;
    let mine = reached(case, |holder| matches!(holder, Holder::Claimant(_)));
    let elsewhere = || reached(case, |holder| *holder == Holder::Outsider).filter(|_| !case.is_pay_out());
    let (issued, cite) = match &mine {
        Some((payment, _)) => own(&payment.address)?,
        None => own(case.claimed_address().filter(|_| elsewhere().is_some())?)?,
    };
    let hit = (time < issued).then(|| Hit::on(cite).and(case.included().cite()))?;
    let hit = hit.fact("issued_at", issued.to_string()).fact("time", time.to_string());
    Some(if mine.is_some() { hit.as_note() } else { hit })
}

/// What of an address people read and type: without the part that all addresses of its kind begin with.
fn core(address: &Address, prefixes: &[&str]) -> String {
    let lower = address.as_str().to_ascii_lowercase();
    let cut = prefixes.iter().find_map(|prefix| lower.strip_prefix(prefix)).map(str::to_owned);
    cut.unwrap_or(lower)
}

/// Characters that are taken for slips of the hand, at most.
const SLIPS: usize = 3;

fn is_mistyped(meant: &Address, paid: &Address, prefixes: &[&str]) -> bool {
    meant != paid && strsim::levenshtein(&core(meant, prefixes), &core(paid, prefixes)) <= SLIPS
}

/// Characters that must agree at each end for one address to pass for another at a glance.
const ALIKE: usize = 4;

/// Both ends agree, the middle does not.
fn is_imitated(meant: &Address, paid: &Address, prefixes: &[&str]) -> bool {
    let (own, paid) = (core(meant, prefixes), core(paid, prefixes));
    let long = own.len() > 2 * ALIKE && paid.len() > 2 * ALIKE;
    long && own != paid && own[..ALIKE] == paid[..ALIKE] && own[own.len() - ALIKE..] == paid[paid.len() - ALIKE..]
}
