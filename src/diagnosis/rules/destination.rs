//! Destination: whose address the value reached.

use super::{Act, Hit, RULE, Rule};
use crate::diagnosis::{Audience, Case, Handling, Holder, Keeper, Party, Payment, Priority, Verdict};
use crate::terms::{Address, AddressError, Cite, GapWhy, Seen};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "look-alike-address",
        verdict: Some(Verdict::Misdirected),
        responsible: Some(Party::Customer),
        keeper: Keeper::ThirdParty,
        recoverable: Some(false),
        acts: &[
            Act(Audience::Support, Priority::Normal),
            Act(Audience::Security, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["address", "expected", "network"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::Outsider)?;
            let imitated = imitated(case, &payment)?;
            let hit = Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str());
            Some(hit.fact("expected", imitated.as_str()).fact("network", case.network()?.name.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "not-related-to-claimant",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::ThirdParty,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["network"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::Outsider)?;
            let foreign = !case.is_related() && imitated(case, &payment).is_none();
            foreign.then(|| Hit::on(cite).fact("network", case.network().map_or("", |n| n.name.as_str())))
        },
        ..RULE
    },
    Rule {
        code: "address-not-ours",
        verdict: Some(Verdict::Misdirected),
        responsible: Some(Party::Customer),
        keeper: Keeper::ThirdParty,
        recoverable: Some(false),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address", "network"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| *holder == Holder::Outsider)?;
            let other = imitated(case, &payment).is_some() || !case.is_related();
            let hit = (!other).then(|| Hit::on(cite).and(case.included().cite()))?;
            Some(hit.fact("address", payment.address.as_str()).fact("network", case.network()?.name.as_str()))
        },
        ..RULE
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
            let (payment, cite) = reached(case, |holder| *holder == Holder::OtherCustomer)?;
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
        code: "platform-wallet",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Finance, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["address"],
        check: |case| {
            let (payment, cite) = reached(case, |holder| matches!(holder, Holder::Wallet(_)))?;
            Some(Hit::on(cite).and(case.included().cite()).fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "address-checksum-bad",
        facts: &["address"],
        check: |case| {
            let said = case.claim.address.as_ref()?;
            let parsed = Address::parse(&case.network()?.identity, &said.value);
            let bad = matches!(parsed, Err(AddressError::Checksum(_))) || parsed.is_ok_and(|p| !p.checksum_ok);
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
            let confirmations = case.confirmations();
            let (count, cite) = confirmations.cited()?;
            let certain = case.is_final().is_yes() && case.executed().is_yes() && case.moved().is_yes();
            let hit = certain.then(|| Hit::on(cite).and(case.included().cite()).and(case.moved().cite()))?;
            let mut hit = hit.fact("network", case.network()?.name.as_str()).fact("confirmations", *count);
            hit.gaps.push(gap);
            Some(hit)
        },
        ..RULE
    },
];

/// The payment that decides, where its holder is of the kind asked for, it really took place, and it is no other
/// payment that the same coins were used for instead.
fn reached(case: &Case<'_>, kind: fn(&Holder) -> bool) -> Option<(Payment, Cite)> {
    let included = case.included().is_yes() && case.executed().is_yes() && case.replaced_elsewhere().is_none();
    let Seen::Yes((payment, holder), _) = case.destination() else { return None };
    (included && kind(holder)).then(|| payment.clone()).zip(case.destination().cite())
}

/// A payment to the claimant's address on a network on which the address was not issued.
fn wrong_network(case: &Case<'_>, wanted: bool) -> Option<Hit> {
    let other = |holder: &Holder| matches!(holder, Holder::OtherNetwork { .. });
    let (payment, cite) = reached(case, other)?;
    let ((_, Holder::OtherNetwork { issued, served }), _) = case.destination().cited()? else { return None };
    let served = *served && case.is_served(&payment);
    let hit = (served == wanted).then(|| Hit::on(cite).and(case.included().cite()))?;
    let hit = hit.fact("address", payment.address.as_str()).fact("issued", issued.as_str());
    Some(hit.fact("network", case.network()?.name.as_str()))
}

/// Characters that must agree at each end, behind the prefix, for one address to pass for another at a glance.
const ALIKE: usize = 4;

/// The claimant's address that the paid one imitates: both ends agree, the middle does not.
fn imitated(case: &Case<'_>, payment: &Payment) -> Option<Address> {
    let core = |address: &Address| {
        let lower = address.as_str().to_ascii_lowercase();
        let prefixes = ["0x", "bcrt1q", "bcrt1p", "bc1q", "bc1p", "tb1q", "tb1p"];
        let cut = prefixes.iter().find_map(|prefix| lower.strip_prefix(prefix)).map(str::to_owned);
        cut.unwrap_or(lower)
    };
    let paid = core(&payment.address);
    let alike = |address: &Address| {
        let own = core(address);
        let long = own.len() > 2 * ALIKE && paid.len() > 2 * ALIKE;
        long && own != paid && own[..ALIKE] == paid[..ALIKE] && own[own.len() - ALIKE..] == paid[paid.len() - ALIKE..]
    };
    case.claimants_addresses().into_iter().find(alike)
}
