//! The letter to a customer: what happened, who acts, by when, what to do. No reason of a hold, nothing of staff, ledger or
//! sources, and nothing of anybody else.

use std::collections::BTreeMap;

use super::mask::{shortened, without_mail};
use super::payment::Payment;
use super::{Letter, LetterFact, Reader, Writer, plain_text};
use crate::diagnosis::{Audience, Fact, Party, Rule, Verdict, rules};
use crate::report::document::{Document, FindingPart};

pub(super) fn letter(document: &Document, writer: &Writer<'_>) -> Letter {
    let decisive = document.decisive();
    let payment = Payment::of(document);
    let headline = writer.words.customer_title(&decisive.code, &masked(decisive));
    let mut letter = writer.begin(Reader::Customer, &headline, &writer.word("greeting-customer"));
    let usual = || writer.word(&format!("customer-{}", document.verdict.name()));
    letter.paragraphs = vec![plain_text(asked(decisive, writer).unwrap_or_else(usual))];
    letter.facts = writer.facts(facts(document, &payment, writer));
    // A note that asks the customer for something does so whatever decides.
    let is_note = |finding: &&FindingPart| rule_of(finding).is_some_and(|rule| rule.verdict.is_none());
    let notes = document.findings.iter().filter(|finding| !finding.decisive).filter(is_note);
    letter.actions = writer.list("actions", notes.filter_map(|note| asked(note, writer)).collect());
    let elsewhere = matches!(document.responsible, Some(Party::SendingPlatform | Party::ReceivingPlatform));
    letter.reference = document
        .whereabouts
        .reference
        .as_ref()
        .filter(|_| elsewhere && payment.pays_claimant)
        .and_then(|reference| writer.fact("reference", Some(reference)));
    letter
}

fn rule_of(finding: &FindingPart) -> Option<&'static Rule> {
    rules().find(|(_, rule)| rule.code == finding.code).map(|(_, rule)| rule)
}

/// What a finding says to the customer; nothing where it says nothing.
fn asked(finding: &FindingPart, writer: &Writer<'_>) -> Option<String> {
    let speaks = rule_of(finding)?.acts.iter().any(|act| act.0 == Audience::Customer);
    speaks.then(|| writer.words.customer_action(&finding.code, &masked(finding)))
}

/// The facts of a finding, without anybody's address of mail.
fn masked(finding: &FindingPart) -> BTreeMap<String, Fact> {
    let mask = |fact: &Fact| match fact {
        Fact::Text(text) => Fact::Text(without_mail(text)),
        Fact::Number(number) => Fact::Number(*number),
    };
    finding.facts.iter().map(|(name, fact)| (name.clone(), mask(fact))).collect()
}

fn facts(document: &Document, payment: &Payment<'_>, writer: &Writer<'_>) -> Vec<Option<LetterFact>> {
    let tx = payment.tx;
    let party = document.responsible.map_or("none", Party::name);
    let decisive = document.decisive();
    // Where words say what we are doing about it, policy may have handed it to the customer all the same.
    let usual = rule_of(decisive).and_then(|rule| rule.responsible);
    let ours = usual == Some(Party::Platform) && document.responsible == Some(Party::Customer);
    let is_told = !ours || decisive.code == "held";
    let kind = if payment.is_withdrawal { "kind-withdrawal" } else { "kind-deposit" };
    let at = |time| writer.words.moment(time);
    let time = tx.and_then(|tx| tx.block.as_ref()?.time).map(at);
    let depth = tx.filter(|tx| tx.block.is_some() && payment.pays_claimant).and_then(|tx| {
        let (have, need) = (tx.confirmations?, tx.required_confirmations);
        let of =
            |need: u64| writer.sentence("confirmations-of", &[("have", have.to_string()), ("need", need.to_string())]);
        Some(need.filter(|need| have < *need).map_or_else(|| have.to_string(), of))
    });
    let expected = document.whereabouts.expected_by;
    let again = document.look_again_at.filter(|_| document.verdict == Verdict::Waiting);
    vec![
        writer.fact("acts", is_told.then(|| writer.word(&format!("acts-{party}")))),
        writer.fact("expected", expected.or(again).map(at)),
        writer.fact("kind", payment.txid.or(payment.address).map(|_| writer.word(kind))),
        writer.fact("txid", payment.txid),
        writer.fact("network", payment.network),
        writer.fact("amount", payment.moved.as_deref().map(without_mail)),
        writer.fact("amount-told", payment.told.as_deref().map(without_mail)),
        writer.fact("address", payment.address.filter(|_| payment.pays_claimant).map(shortened)),
        writer.fact("time", time),
        writer.fact("status", payment.txid.map(|_| writer.word(&format!("state-{}", payment.state())))),
        writer.fact("confirmations", depth),
    ]
}
