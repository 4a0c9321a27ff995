//! How the rules' conclusions become one diagnosis: precedence, and what ignorance stops.

use std::borrow::Cow;

use super::checks::checks;
use super::rules::{GROUPS, Group, Hit, Rule, source_finding};
use super::{Case, Diagnosis, Finding, Judged, Keeper, Meant, Party, Policy, Verdict, Whereabouts};
use crate::claim::Claim;
use crate::evidence::{Evidence, Transaction};
use crate::inquiry::{candidates, identifiers};
use crate::terms::{Confidence, Direction, Gap, GapWhy, Provenance, Seen};

/// Concludes what happened. Total: every claim and evidence has a diagnosis.
pub fn diagnose(claim: &Claim, evidence: &Evidence, policy: &Policy) -> Diagnosis {
    let mut all = concluded(claim, evidence, policy);
    let mut leading = all.remove(lead(&all)).diagnosis;
    for judged in all.into_iter().flat_map(|other| other.diagnosis.transactions) {
        let same = |known: &Judged| {
            (&known.transaction.network, &known.transaction.txid)
                == (&judged.transaction.network, &judged.transaction.txid)
        };
        if !leading.transactions.iter().any(same) {
            leading.transactions.push(judged);
        }
    }
    leading
}

/// The diagnosis of one case, and what makes it lead among several.
struct Concluded {
    diagnosis: Diagnosis,
    pays: bool,
    is_known: bool,
}

impl Concluded {
    fn of(case: Case<'_>) -> Self {
        let (pays, is_known) = (case.paid().is_some(), case.known().is_yes());
        Self { diagnosis: conclude(case), pays, is_known }
    }
}

/// What is concluded of each identifier of the claim, or of the one that searching found; of the claim alone where there
/// is none.
fn concluded(claim: &Claim, evidence: &Evidence, policy: &Policy) -> Vec<Concluded> {
    let identifiers = identifiers(claim, evidence, &policy.networks);
    if identifiers.is_empty() {
        return vec![Concluded::of(Case::new(claim, evidence, policy, None, Vec::new()))];
    }
    let case = |given: Cow<'_, str>| {
        let on = candidates(claim, evidence, &policy.networks, &given).into_iter();
        let merged = on.map(|(network, txid)| (network, evidence.transaction(network, &txid))).collect();
        Concluded::of(Case::new(claim, evidence, policy, Some(given.into_owned()), merged))
    };
    identifiers.into_iter().map(case).collect()
}

/// The transaction that pays the claimant leads; among several that do, the one with the worst verdict. What
/// nobody answered about may still be the payment that is missing, so it leads before an end that is good.
fn lead(all: &[Concluded]) -> usize {
    let key = |index: &usize| {
        let Concluded { diagnosis, pays, is_known } = &all[*index];
        let open = diagnosis.verdict == Verdict::Inconclusive;
        let worst = if *pays || open { severity(diagnosis.verdict) } else { 0 };
        (worst, *pays, *is_known, usize::MAX - *index)
    };
    (0..all.len()).max_by_key(key).unwrap_or(0)
}

fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Complete => 1,
        Verdict::Settled | Verdict::Waiting => 2,
        Verdict::Inconclusive => 3,
        Verdict::CustomerAction => 4,
        Verdict::PlatformAction => 5,
        Verdict::Misdirected => 6,
    }
}

/// A rule that fired.
type Fired = (&'static Rule, Hit);

fn conclude(case: Case<'_>) -> Diagnosis {
    let direction = case.direction();
    let fire = |group: &Group| -> Vec<Fired> {
        let rules = if group.is_about(direction) { group.rules } else { &[] };
        rules.iter().filter_map(|rule| Some((rule, (rule.check)(&case)?))).collect()
    };
    let fired: Vec<Vec<Fired>> = GROUPS.iter().map(fire).collect();
    let decision = decisive(&case, direction, &fired);
    let mut fired: Vec<Fired> = fired.into_iter().flatten().collect();
    let (rule, hit) = match decision {
        Decision::Rule(rule, hit) => (rule, hit),
        Decision::Gap(gap) => {
            let (rule, hit) = source_finding(&case, &gap);
            fired.retain(|(other, _)| other.code != rule.code);
            fired.insert(0, (rule, hit.clone()));
            (rule, hit)
        }
    };
    let found = |(other, hit): Fired| {
        let decides = other.code == rule.code;
        let mut found = finding(other, hit, decides);
        if rule.preempts && !decides {
            // The money is there: what would have blocked it is a note.
            (found.verdict, found.responsible) = (None, None);
        }
        found
    };
    let findings = fired.into_iter().map(found).collect();
    told(case, rule, &hit, findings)
}

/// What decides: a rule that fired, or a gap that stops the line of facts.
enum Decision {
    Rule(&'static Rule, Hit),
    Gap(Gap),
}

fn decisive(case: &Case<'_>, direction: Direction, fired: &[Vec<Fired>]) -> Decision {
    let decides = |(rule, hit): &&Fired| rule.verdict.is_some() && !hit.is_note;
    let decision = |(rule, hit): &Fired| Decision::Rule(rule, hit.clone());
    if let Some(fired) = fired.iter().flatten().find(|(rule, _)| rule.preempts) {
        return decision(fired);
    }
    let about = GROUPS.iter().zip(fired).filter(|(group, _)| group.is_about(direction));
    for (group, hits) in about {
        // A conclusion inside a group beats what the same group does not know, but not what an earlier one does not.
        let hit = hits.iter().find(decides);
        if let Some(fired) = hit.filter(|(rule, _)| rule.verdict != Some(Verdict::Inconclusive)) {
            return decision(fired);
        }
        // Where the chain leaves it open, the ledger's own word may still decide.
        let open = hit.map(decision).or_else(|| (group.gate)(case).map(Decision::Gap));
        if let Some(open) = open {
            return alone(fired).map_or(open, decision);
        }
    }
    Decision::Gap(nothing_fits())
}

/// The first conclusion that rests on the ledger alone.
fn alone(fired: &[Vec<Fired>]) -> Option<&Fired> {
    let stands = |(rule, hit): &&Fired| rule.stands_alone && !hit.needs_chain;
    fired.iter().flatten().find(stands)
}

/// The last resort: every fact is known and no rule speaks.
fn nothing_fits() -> Gap {
    Gap::new("in", "what this combination of facts means", GapWhy::NotAsked)
        .with("no rule covers it; please report this case with its bundle")
}

fn finding(rule: &Rule, hit: Hit, decisive: bool) -> Finding {
    let (verdict, responsible) = outcome(rule, &hit);
    Finding { code: rule.code, decisive, verdict, responsible, facts: hit.facts, cites: hit.cites, gaps: hit.gaps }
}

fn outcome(rule: &Rule, hit: &Hit) -> (Option<Verdict>, Option<Party>) {
    let (verdict, party) = match hit.outcome {
        Some((verdict, party)) => (Some(verdict), Some(party)),
        None => (rule.verdict.filter(|_| !hit.is_note), rule.responsible),
    };
    (verdict, party.filter(|_| verdict.is_some()))
}

fn told(case: Case<'_>, rule: &'static Rule, hit: &Hit, findings: Vec<Finding>) -> Diagnosis {
    let (verdict, responsible) = outcome(rule, hit);
    // A finding that rests on a gap can yield nothing more certain than this.
    let verdict = match verdict.unwrap_or(Verdict::Inconclusive) {
        Verdict::Settled => Verdict::Settled,
        _ if !hit.gaps.is_empty() => Verdict::Inconclusive,
        verdict => verdict,
    };
    let holder = match verdict {
        Verdict::Inconclusive => Keeper::Unknown,
        _ => hit.keeper.unwrap_or(rule.keeper),
    };
    let since = case.included().yes().and_then(|block| block.time);
    let soon = |wait: std::time::Duration| case.now().checked_add(wait).ok();
    Diagnosis {
        verdict,
        responsible,
        confidence: confidence(&case, hit),
        checks: checks(&case),
        whereabouts: Whereabouts { holder, since, why: rule.code, expected_by: hit.expected_by },
        recoverable: rule.recoverable,
        look_again_at: hit.look_again.or(rule.look_again).and_then(soon),
        meant: meant(&case),
        findings,
        transactions: judged(case),
    }
}

/// The support of the weakest chain fact cited; ledger facts do not lower it. What a transaction did, however well
/// proven, is worth no more than that it is in the chain at all.
fn confidence(case: &Case<'_>, hit: &Hit) -> Confidence {
    if hit.gaps.iter().any(|gap| gap.why == GapWhy::Conflicting) {
        return Confidence::Conflicting;
    }
    let cited = hit.cites.iter().filter_map(crate::terms::Cite::provenance);
    let weakest = cited.filter_map(Provenance::confidence).min();
    let included = case.included().provenance().and_then(Provenance::confidence);
    weakest.map_or(Confidence::Reported, |weakest| included.map_or(weakest, |included| weakest.min(included)))
}

/// Of a withdrawal what reached the ordered address, and its order; else the payment that decides, and its record.
fn meant(case: &Case<'_>) -> Meant {
    let (order, record) = (case.order(), case.record());
    let ordered = order.yes().map(|order| order.status.to_string());
    let recorded = record.yes().map(|record| record.status.to_string());
    let outgoing = case.direction() == Direction::Withdrawal;
    let delivery = outgoing.then(|| case.delivered());
    let delivered_by = match delivery {
        Some(Seen::Yes((_, by), _)) => Some(by.clone()),
        Some(Seen::No(_)) if case.order().is_yes() => Some(Vec::new()),
        _ => None,
    };
    let delivered = delivery.and_then(|delivered| delivered.yes().map(|(amount, _)| amount.clone()));
    let paid = case.destination().yes().map(|(payment, _)| payment);
    let (amount, asset) = match (delivered, order.yes()) {
        (Some(amount), Some(order)) => (Some(amount), Some(order.asset.clone())),
        _ => (paid.and_then(|paid| paid.amount.clone()), paid.and_then(|paid| paid.asset.clone())),
    };
    let status = if outgoing { ordered.or(recorded) } else { recorded.or(ordered) };
    let ordered_to = order.yes().filter(|_| outgoing).and_then(|order| case.ordered_address(order));
    Meant { amount, asset, status, delivered_by, ordered_to: ordered_to.map(|address| address.to_string()) }
}

fn judged(case: Case<'_>) -> Vec<Judged> {
    let claimant_address = case.paid().map(|payment| payment.address.clone());
    let is_final = match case.is_final() {
        Seen::Yes(..) => Some(true),
        Seen::No(_) => Some(false),
        Seen::Unknown(_) => None,
    };
    let required = case.required().yes().copied();
    let subject = case.subject.map(|(_, transaction)| {
        let is_replaced = !transaction.block.is_yes() && transaction.successor.yes() == Some(&None);
        Judged { transaction, required, is_final, is_replaced, claimant_address }
    });
    let other = |transaction: Transaction, is_replaced: bool| Judged {
        transaction,
        required: None,
        is_final: None,
        is_replaced,
        claimant_address: None,
    };
    let crossed = case.crossed.into_iter().map(|transaction| other(transaction, false));
    let replaced = case.replaced.map(|transaction| other(transaction, true));
    subject.into_iter().chain(crossed).chain(replaced).collect()
}
