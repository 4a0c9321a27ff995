//! The letter to the desk of another platform: the reference, the proof, the request, and what that platform asks for.

use super::payment::{Desk, Payment};
use super::{Letter, LetterFact, Reader, Writer, plain_text};
use crate::diagnosis::{Keeper, Verdict};
use crate::profile::{About, Item, Profile};
use crate::report::document::{Document, ProofPart, TransactionPart};
use crate::terms::Confidence;

/// Findings about transactions that ran, and moved nothing to anybody who could be meant.
const MOVED_NOTHING: [&str; 4] = ["approval-not-transfer", "inner-call-failed", "nft-not-coin", "no-value-moved"];

/// Findings by the ledger's word, which is asked about and never told.
const OF_LEDGER: [&str; 9] = [
    "awaiting-customer",
    "deposit-rejected",
    "deposits-suspended",
    "held",
    "ledger-confirming",
    "ledger-stuck",
    "refund-in-progress",
    "unknown-ledger-status",
    "unlock-pending",
];

pub(super) fn letter(document: &Document, profile: Option<&Profile>, writer: &Writer<'_>) -> Letter {
    let payment = Payment::of(document);
    let desk = Desk::of(document, payment.is_withdrawal);
    let wish = wish(document, &payment, desk);
    let about = about(&document.decisive().code);
    let asks = profile.map(|profile| profile.asks_about(about)).unwrap_or_default();
    let named = |profile: &Profile| writer.sentence("greeting-platform", &[("desk", profile.title.clone())]);
    let greeting = profile.map_or_else(|| writer.word("greeting-desk"), named);
    let sum = payment.moved.clone().or_else(|| payment.told.clone());
    let parts = [Some(writer.word(&format!("topic-{wish}"))), sum, payment.network.map(str::to_owned)];
    let headline = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut letter = writer.begin(Reader::Platform, &headline, &greeting);
    let moved_nothing = MOVED_NOTHING.contains(&document.decisive().code.as_str());
    let situation = if moved_nothing { "nothing-moved" } else { payment.state() };
    letter.paragraphs = vec![writer.word(&format!("situation-{situation}"))];
    letter.facts = writer.facts(facts(document, &payment, profile, about, &asks, writer));
    letter.request = Some(writer.word(&format!("request-{wish}")));
    let reference = document.whereabouts.reference.as_ref();
    letter.reference = reference.and_then(|reference| writer.fact("reference", Some(reference)));
    let there: Vec<&str> = letter.facts.items.iter().map(|fact| fact.name.as_str()).collect();
    let missing: Vec<Item> = match profile {
        Some(_) => asks.into_iter().filter(|item| !is_there(*item, &there)).collect(),
        // Every desk wants to know whose account it is about.
        None if desk != Desk::Receiving => vec![Item::Account],
        None => Vec::new(),
    };
    let place = profile.map_or_else(
        || Some(writer.sentence("send-to", &[("desk", writer.word(&format!("desk-{}", desk.name())))])),
        |profile| channel(profile, about, writer),
    );
    let ask = |item: &Item| writer.sentence("add", &[("item", writer.words.word(&format!("ask-{}", item.name())))]);
    let published = profile.map(|profile| published(profile, about, writer)).unwrap_or_default();
    let before = place.into_iter().chain(published).chain(missing.iter().map(ask)).collect();
    letter.before_sending = writer.list("before-sending", before);
    letter
}

/// Where a platform wants it filed.
fn channel(profile: &Profile, about: About, writer: &Writer<'_>) -> Option<String> {
    let channel = profile.channel_about(about)?;
    let url = channel.url.as_ref().map(|url| format!(" ({url})")).unwrap_or_default();
    Some(writer.sentence("file-at", &[("place", format!("{}{url}", channel.place))]))
}

/// What a platform has published about recovering what went wrong in this way, in its own pages' words.
fn published(profile: &Profile, about: About, writer: &Writer<'_>) -> Vec<String> {
    let own = profile.recoveries.iter().filter(|recovery| recovery.about == about);
    let said = |note: String| writer.sentence("published", &[("desk", profile.title.clone()), ("note", note)]);
    own.map(|recovery| said(recovery.told())).collect()
}

/// Whether the letter holds what is asked for.
fn is_there(item: Item, facts: &[&str]) -> bool {
    let name = match item {
        Item::Txid => "txid",
        Item::Network => "network",
        Item::Asset | Item::Amount if facts.contains(&"amount-told") => return true,
        Item::Asset | Item::Amount => "amount",
        Item::Address => "address",
        Item::SourceAddress => "source-address",
        Item::Time => "time",
        // The memo is to be shown, and the rest is nobody's but the sender's to give.
        Item::Memo | Item::Account | Item::SendingRecord | Item::IdentityCheck => return false,
    };
    facts.contains(&name)
}

/// What exchanges treat a finding as.
fn about(code: &str) -> About {
    match code {
        "memo-missing" | "memo-wrong" => About::Memo,
        "wrong-network-supported" | "wrong-network-unsupported" => About::WrongNetwork,
        "asset-not-supported" | "bridged-variant" | "fake-token" => About::UnlistedAsset,
        "migrated-contract" => About::FormerContract,
        "below-minimum" => About::BelowMinimum,
        "platform-wallet" => About::PlatformWallet,
        "retired-address" => About::RetiredAddress,
        "address-not-ours" | "address-typo" | "look-alike-address" => About::ForeignAddress,
        _ => About::Deposit,
    }
}

/// What is asked of the desk, as a word of the locales.
fn wish(document: &Document, payment: &Payment<'_>, desk: Desk) -> &'static str {
    let code = document.decisive().code.as_str();
    match desk {
        Desk::Receiving => return "receive",
        Desk::Sending if code == "off-chain-transfer" => return "off-chain",
        Desk::Sending => {
            let gone = code != "not-related-to-claimant"
                && matches!(document.whereabouts.holder, Keeper::ThirdParty | Keeper::Nobody);
            return if gone { "misdirected" } else { "send" };
        }
        Desk::Holding if document.verdict == Verdict::Complete => return "none",
        Desk::Holding if payment.is_withdrawal => return "withdrawal",
        Desk::Holding => {}
    }
    match (code, about(code)) {
        (_, About::Memo) => "memo",
        (_, about) if about != About::Deposit => "recovery",
        ("other-customer-address" | "sub-account-address", _) => "recovery",
        _ if OF_LEDGER.contains(&code) => "state",
        (code, _) if code.starts_with("credited-") => "state",
        _ if document.verdict == Verdict::Waiting => "watch",
        _ if payment.pays_claimant && payment.state() == "final" => "credit",
        _ => "state",
    }
}

fn facts(
    document: &Document,
    payment: &Payment<'_>,
    profile: Option<&Profile>,
    about: About,
    asks: &[Item],
    writer: &Writer<'_>,
) -> Vec<Option<LetterFact>> {
    let tx = payment.tx;
    let transfer = payment.transfers.first();
    let from = transfer.and_then(|transfer| transfer.from.as_deref()).filter(|_| asks.contains(&Item::SourceAddress));
    let own_memo = document.claim.memo.as_ref().filter(|_| about == About::Memo).map(|said| said.value.as_str());
    let output = transfer.and_then(|transfer| transfer.output_index).map(|index| index.to_string());
    let block = tx.and_then(|tx| tx.block.as_ref());
    let depth = tx.and_then(|tx| tx.confirmations);
    let depth = depth.map(|have| writer.sentence("confirmations-counted", &[("have", have.to_string())]));
    let mut facts = vec![
        writer.fact("txid", payment.txid),
        writer.fact("network", payment.network),
        writer.fact("amount", payment.moved.as_deref()),
        writer.fact("amount-told", payment.told.as_deref()),
        writer.fact("contract", transfer.and_then(|transfer| transfer.contract.as_deref())),
        writer.fact("address", payment.address),
        writer.fact("source-address", from),
        writer.fact("memo", transfer.and_then(|transfer| transfer.memo.as_deref())),
        writer.fact("own-memo", own_memo),
        writer.fact("output", output),
        writer.fact("block", block.map(|block| block.height.to_string())),
        writer.fact("block-hash", block.map(|block| block.hash.as_str())),
        writer.fact("time", block.and_then(|block| block.time).map(|time| writer.words.moment(time))),
        writer.fact("confirmations", depth),
        writer.fact("status", payment.txid.map(|_| writer.word(&format!("state-{}", payment.state())))),
    ];
    if let Some(tx) = tx {
        facts.extend(links(tx, profile).iter().map(|link| writer.fact("explorer", Some(link))));
        facts.push(writer.fact("proven", tx.proof.as_ref().map(|proof| proven(proof, writer))));
        facts.push(writer.fact("support", Some(writer.word(support(document.confidence)))));
    }
    facts
}

/// Public pages that show the transaction.
fn links(tx: &TransactionPart, profile: Option<&Profile>) -> Vec<String> {
    let published = profile.into_iter().flat_map(|profile| &profile.explorers);
    let of_profile = published.filter(|one| one.network == tx.network).map(|one| one.link.replace("{txid}", &tx.txid));
    let mut links: Vec<String> = of_profile.chain(tx.explorer.clone()).collect();
    links.retain(|link| link.starts_with("https://"));
    links.dedup();
    links
}

fn proven(proof: &ProofPart, writer: &Writer<'_>) -> String {
    let parts = crate::report::proof_parts(proof, writer.words);
    plain_text(writer.words.joined(&parts))
}

fn support(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Proven => "by-proven",
        Confidence::Corroborated => "by-corroborated",
        Confidence::Reported => "by-reported",
        Confidence::Conflicting => "by-conflicting",
    }
}
