//! Asset: whether the platform lists what arrived.

use super::{Act, Hit, RULE, Rule, stops};
use crate::diagnosis::{Audience, Case, Keeper, Party, Payment, Priority, Verdict};
use crate::evidence::TransferKind;
use crate::terms::{Address, Cite, Gap, Seen};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "fake-token",
        verdict: Some(Verdict::CustomerAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        recoverable: Some(false),
        acts: &[
            Act(Audience::Support, Priority::Normal),
            Act(Audience::Security, Priority::Low),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["symbol", "contract", "network"],
        check: |case| {
            let (payment, unlisted) = unlisted(case).filter(|(payment, _)| !case.is_variant(payment))?;
            let name = case.borrowed_name(payment);
            let (symbol, named) = name.cited()?;
            let hit = Hit::on(named).and(Some(unlisted)).and(case.payment().cite()).fact("symbol", symbol.as_str());
            let hit = hit.fact("contract", payment.contract.as_ref()?.as_str());
            Some(hit.fact("network", &*case.network()?.name))
        },
        ..RULE
    },
    Rule {
        code: "bridged-variant",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["variant", "asset", "network"],
        check: |case| {
            let (payment, unlisted) = unlisted(case)?;
            let network = case.network()?;
            let (variant, asset) = network.variant(payment.contract.as_ref()?).filter(|(form, _)| !form.is_former)?;
            let hit = Hit::on(unlisted).and(case.payment().cite()).fact("variant", variant.symbol.as_str());
            Some(hit.fact("asset", asset.symbol.as_str()).fact("network", &*network.name))
        },
        ..RULE
    },
    Rule {
        code: "migrated-contract",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["asset", "contract", "network"],
        check: |case| {
            let (payment, unlisted) = unlisted(case)?;
            let (network, contract) = (case.network()?, payment.contract.as_ref()?);
            let (_, asset) = network.variant(contract).filter(|(form, _)| form.is_former)?;
            let hit = Hit::on(unlisted).and(case.payment().cite()).fact("asset", asset.symbol.as_str());
            Some(hit.fact("contract", contract.as_str()).fact("network", &*network.name))
        },
        ..RULE
    },
    Rule {
        code: "asset-not-supported",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Customer),
        keeper: Keeper::Platform,
        acts: &[Act(Audience::Support, Priority::Normal), Act(Audience::Customer, Priority::Normal)],
        facts: &["asset", "network"],
        check: |case| {
            let (payment, unlisted) = unlisted(case).filter(|_| case.listed().is_no())?;
            let name = case.borrowed_name(payment);
            let unnamed = payment.contract.is_some() && name.gap().is_some();
            let known = unnamed || case.is_variant(payment) || name.is_yes();
            let contract = payment.contract.as_ref().map(|contract| contract.as_str().to_owned());
            let asset = payment.asset.clone().or(contract).unwrap_or_default();
            let hit = (!known).then(|| Hit::on(unlisted).and(case.payment().cite()))?;
            Some(hit.fact("asset", asset).fact("network", &*case.network()?.name))
        },
        ..RULE
    },
    Rule {
        code: "internal-value-transfer",
        verdict: Some(Verdict::PlatformAction),
        responsible: Some(Party::Platform),
        keeper: Keeper::Platform,
        recoverable: Some(true),
        acts: &[
            Act(Audience::Engineering, Priority::Normal),
            Act(Audience::Finance, Priority::Normal),
            Act(Audience::Customer, Priority::Normal),
        ],
        facts: &["amount", "asset", "address"],
        check: |case| {
            let (payment, record) = (case.paid()?, case.record());
            let inner = payment.transfers.iter().all(|t| t.kind == TransferKind::Internal);
            let missed = inner && record.is_no();
            let due = missed && case.listed().is_yes() && case.enough().is_yes() && case.is_final().is_yes();
            let paid = case.payment().cite().filter(|_| due)?;
            let hit = Hit::on(paid).and(record.cite()).and(case.included().cite());
            let hit = hit.fact("amount", payment.amount.as_ref().map(ToString::to_string).unwrap_or_default());
            let hit = hit.fact("asset", payment.asset.clone().unwrap_or_default());
            Some(hit.fact("address", payment.address.as_str()))
        },
        ..RULE
    },
    Rule {
        code: "token-frozen",
        facts: &["contract", "frozen", "network"],
        check: |case| {
            let tx = case.tx().filter(|tx| tx.block.is_yes() && tx.executed.is_no())?;
            let contract = tx.particulars.called.clone()?;
            let seen = case.evidence.frozen.get(&(tx.network.clone(), contract.clone()))?;
            let (frozen, cite) = seen.cited()?;
            let all: Vec<&str> = frozen.iter().map(Address::as_str).collect();
            let hit = Hit::on(cite).and(tx.executed.cite()).fact("contract", contract.as_str());
            Some(hit.fact("frozen", all.join(", ")).fact("network", &*tx.network))
        },
        ..RULE
    },
    Rule {
        code: "asset-differs",
        facts: &["claimed", "arrived"],
        check: |case| {
            let (claimed, arrived) = (case.claim.asset.as_ref()?, case.paid()?.asset.as_ref()?);
            let differs = !claimed.value.eq_ignore_ascii_case(arrived);
            let hit = Hit::on(case.payment().cite().filter(|_| differs)?);
            Some(hit.fact("claimed", claimed.value.as_str()).fact("arrived", arrived.as_str()))
        },
        ..RULE
    },
];

/// The payment to the claimant with the word that the platform does not list what arrived: the ledger's, or
/// without a ledger the configuration's, which knows only what an asset is not.
fn unlisted<'c>(case: &'c Case<'_>) -> Option<(&'c Payment, Cite)> {
    let payment = case.paid()?;
    let word = match case.listed() {
        listed @ Seen::No(_) => listed.cite()?,
        Seen::Unknown(_) if !case.evidence.ledger.configured => case.payment().cite()?,
        _ => return None,
    };
    Some((payment, word))
}

/// Whether what arrived is listed; and where it is not, what it calls itself.
pub(super) fn gate(case: &Case<'_>) -> Option<Gap> {
    let name = || {
        let payment = case.paid().filter(|payment| payment.contract.is_some())?;
        let unlisted = case.listed().is_no() || !case.evidence.ledger.configured && !case.listed().is_yes();
        unlisted.then(|| stops(&case.borrowed_name(payment))).flatten()
    };
    stops(case.listed()).or_else(name)
}
