//! How the rules' conclusions become one diagnosis: precedence, and what ignorance stops.

use super::checks::checks;
use super::rules::{GROUPS, Group, Hit, Rule, source_finding};
use super::{Case, Diagnosis, Finding, Judged, Keeper, Party, Policy, Verdict, Whereabouts};
use crate::claim::Claim;
use crate::evidence::{Evidence, Transaction};
use crate::inquiry::candidates;
use crate::terms::{Confidence, Gap, GapWhy, Network, Provenance, Seen, Txid};

/// Concludes what happened. Total: every claim and evidence has a diagnosis.
pub fn diagnose(claim: &Claim, evidence: &Evidence, policy: &Policy) -> Diagnosis {
    let mut cases = cases(claim, evidence, policy);
    let mut diagnoses: Vec<Diagnosis> = cases.iter().map(conclude).collect();
    let lead = lead(&cases, &diagnoses);
    let mut leading = diagnoses.remove(lead);
    cases.remove(lead);
    leading.transactions.extend(diagnoses.into_iter().flat_map(|other| other.transactions));
    leading
}

/// One case for each identifier of the claim; one without an identifier where there is none.
fn cases<'a>(claim: &'a Claim, evidence: &'a Evidence, policy: &'a Policy) -> Vec<Case<'a>> {
    let merged = |(network, txid): (&'a Network, Txid)| (network, evidence.transaction(network, &txid));
    let mut by_digits: Vec<(String, Vec<(&'a Network, Transaction)>)> = Vec::new();
    for candidate in candidates(claim, evidence, &policy.networks) {
        let digits = candidate.1.digits().to_owned();
        let merged = merged(candidate);
        match by_digits.iter_mut().find(|(known, _)| *known == digits) {
            Some((_, list)) => list.push(merged),
            None => by_digits.push((digits, vec![merged])),
        }
    }
    if by_digits.is_empty() {
        return vec![Case::new(claim, evidence, policy, Vec::new())];
    }
    by_digits.into_iter().map(|(_, list)| Case::new(claim, evidence, policy, list)).collect()
}

/// The transaction that pays the claimant leads; among several that do, the one with the worst verdict.
fn lead(cases: &[Case<'_>], diagnoses: &[Diagnosis]) -> usize {
    let key = |index: &usize| {
        let pays = cases[*index].payment().is_yes();
        let known = cases[*index].known().is_yes();
        (pays, known, if pays { severity(diagnoses[*index].verdict) } else { 0 }, usize::MAX - *index)
    };
    (0..cases.len()).max_by_key(key).unwrap_or(0)
}

fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Complete => 0,
        Verdict::Settled => 1,
        Verdict::Waiting => 2,
        Verdict::Inconclusive => 3,
        Verdict::CustomerAction => 4,
        Verdict::PlatformAction => 5,
        Verdict::Misdirected => 6,
    }
}

/// A rule that fired.
type Fired = (&'static Rule, Hit);

fn conclude(case: &Case<'_>) -> Diagnosis {
    let direction = case.direction();
    let fire = |group: &Group| -> Vec<Fired> {
        let rules = group.rules.iter().filter(|_| group.is_about(direction));
        rules.filter_map(|rule| Some((rule, (rule.check)(case)?))).collect()
    };
    let fired: Vec<Vec<Fired>> = GROUPS.iter().map(fire).collect();
    let decisive = decisive(case, &fired);
    let mut findings = Vec::new();
    let mut deciding: Option<(&'static Rule, Hit)> = None;
    let (code, gap) = match decisive {
        Decision::Code(code) => (code, None),
        Decision::Gap(gap) => {
            let (rule, hit) = source_finding(case, &gap);
            (rule.code, Some((rule, hit)))
        }
    };
    for (rule, hit) in fired.into_iter().flatten() {
        if gap.as_ref().is_some_and(|(decisive, _)| decisive.code == rule.code) {
            continue;
        }
        let decides = rule.code == code;
        if decides {
            deciding = Some((rule, hit.clone()));
        }
        findings.push(finding(rule, hit, decides));
    }
    if let Some((rule, hit)) = gap {
        deciding = Some((rule, hit.clone()));
        findings.insert(0, finding(rule, hit, true));
    }
    let (rule, hit) = deciding.unwrap_or_else(|| source_finding(case, &nothing_fits()));
    if findings.iter().all(|finding| !finding.decisive) {
        findings.insert(0, finding(rule, hit.clone(), true));
    }
    told(case, rule, &hit, findings)
}

/// What decides: a rule by its code, or a gap that stops the line of facts.
enum Decision {
    Code(&'static str),
    Gap(Gap),
}

fn decisive(case: &Case<'_>, fired: &[Vec<Fired>]) -> Decision {
    let decides = |(rule, _): &&Fired| rule.verdict.is_some();
    if let Some((rule, _)) = fired.iter().flatten().find(|(rule, _)| rule.preempts) {
        return Decision::Code(rule.code);
    }
    let about = GROUPS.iter().zip(fired).filter(|(group, _)| group.is_about(case.direction()));
    for (group, hits) in about {
        // A conclusion inside a group beats what the same group does not know, but not what an earlier one does not.
        if let Some((rule, _)) = hits.iter().find(decides) {
            return Decision::Code(rule.code);
        }
        if let Some(gap) = (group.gate)(case) {
            let alone = fired.iter().flatten().find(|(rule, _)| rule.stands_alone && rule.verdict.is_some());
            return alone.map_or(Decision::Gap(gap), |(rule, _)| Decision::Code(rule.code));
        }
    }
    Decision::Gap(nothing_fits())
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
        None => (rule.verdict, rule.responsible),
    };
    let nobody = verdict.is_none() || verdict == Some(Verdict::Complete);
    (verdict, party.filter(|_| !nobody))
}

fn told(case: &Case<'_>, rule: &'static Rule, hit: &Hit, findings: Vec<Finding>) -> Diagnosis {
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
        confidence: confidence(hit),
        checks: checks(case),
        whereabouts: Whereabouts { holder, since, why: rule.code, expected_by: hit.expected_by },
        recoverable: rule.recoverable,
        look_again_at: rule.look_again.and_then(soon),
        transactions: judged(case),
        findings,
    }
}

/// The support of the weakest chain fact cited; ledger facts do not lower it.
fn confidence(hit: &Hit) -> Confidence {
    if hit.gaps.iter().any(|gap| gap.why == GapWhy::Conflicting) {
        return Confidence::Conflicting;
    }
    let chain = |provenance: &&Provenance| provenance.answers().iter().any(|a| a.service.starts_with("network."));
    let cited = hit.cites.iter().filter_map(crate::terms::Cite::provenance);
    cited.filter(chain).map(Provenance::confidence).min().unwrap_or(Confidence::Reported)
}

fn judged(case: &Case<'_>) -> Vec<Judged> {
    let claimant_address = case.payment().yes().map(|payment| payment.address.clone());
    let is_final = match case.is_final() {
        Seen::Yes(..) => Some(true),
        Seen::No(_) => Some(false),
        Seen::Unknown(_) => None,
    };
    let subject = case.tx().map(|tx| Judged {
        transaction: tx.clone(),
        required: case.required().yes().copied(),
        is_final,
        claimant_address,
    });
    subject.into_iter().collect()
}
