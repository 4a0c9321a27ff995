//! Every finding code over evidence that calls for it, and what comes first where several do.

use std::collections::BTreeSet;

use txsleuth::claim::Claim;
use txsleuth::claim::reading::Route;
use txsleuth::diagnosis::Verdict::{
    Complete, CustomerAction, Inconclusive, Misdirected, PlatformAction, Settled, Waiting,
};
use txsleuth::diagnosis::{Diagnosis, Fact, Finding, Handling, Party, Rule, Verdict, rules};
use txsleuth::evidence::{
    AddressRole, AddressStatus, Alias, Before, Deposit, InnerFailure, Observation, Openness, Scope, Spends, Transfer,
    Way,
};
use txsleuth::terms::{By, Confidence, Direction, Finality, Gap, GapWhy, Said, Seen};

use crate::evidence::{
    BLOCK, HEIR, MINE, OTHER_TXID, OUTSIDE, THEIRS, TXID, USDT, World, address, ago, answered_at, arrival, coins,
    native, now, provenance_of, said, token, txid,
};

/// A code, evidence that calls for it, and who has to do what; neither for a note, no party where all is done.
type Row = (&'static str, fn() -> World, Option<Verdict>, Option<Party>);

const HOUR: u64 = 3600;
/// Both ends of the claimant's address, and another middle.
const LOOK_ALIKE: &str = "0x1000999999999999999999999999999999990001";
/// The claimant's address with two characters changed.
const TYPO: &str = "0x1000000000000000000000000000000000000110";
/// Nobody's address.
const ZERO: &str = "0x0000000000000000000000000000000000000000";
/// An address whose upper case letters are not those of its checksum.
const BAD_CHECKSUM: &str = "0xDAC17F958D2EE523A2206206994597C13D831ec7";

const CUSTOMER: Option<Party> = Some(Party::Customer);
const NETWORK: Option<Party> = Some(Party::Network);
const NOBODY_YET: Option<Party> = Some(Party::NobodyYet);
const RECEIVER: Option<Party> = Some(Party::ReceivingPlatform);
const PLATFORM: Option<Party> = Some(Party::Platform);
const SENDING_PLATFORM: Option<Party> = Some(Party::SendingPlatform);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("withdrawal-unknown", || World::new().withdrawal(), Some(Inconclusive), PLATFORM),
    ("withdrawal-internal", || World::new().unsent("internal"), Some(Complete), None),
    ("withdrawal-replaced", replaced_withdrawal, None, None),
    ("withdrawal-awaiting-customer", || World::new().unsent("awaiting_customer"), Some(CustomerAction), CUSTOMER),
    ("withdrawal-done-not-marked", || World::new().ordered("broadcast"), Some(PlatformAction), PLATFORM),
    ("withdrawal-done-not-marked", || World::new().ordered("processing"), Some(PlatformAction), PLATFORM),
    ("withdrawal-in-review", || World::new().unsent("in_review"), Some(Waiting), PLATFORM),
    ("withdrawal-in-review", || requested(73 * HOUR, "in_review"), Some(PlatformAction), PLATFORM),
    ("withdrawals-suspended", || World::new().unsent("approved").network(|p| p.withdrawals = Openness::Suspended), Some(PlatformAction), PLATFORM),
    ("withdrawals-suspended", || World::new().unsent("requested").network(|p| p.assets[0].withdrawals = Openness::Suspended), Some(PlatformAction), PLATFORM),
    ("withdrawal-queued", || World::new().unsent("requested"), Some(Waiting), PLATFORM),
    ("withdrawal-queued", || World::new().unsent("approved"), Some(Waiting), PLATFORM),
    ("withdrawal-queued", || requested(25 * HOUR, "processing"), Some(PlatformAction), PLATFORM),
    ("withdrawal-failed-marked-done", || World::new().ordered("completed").failed("reverted"), Some(PlatformAction), PLATFORM),
    ("withdrawal-failed", || World::new().unsent("failed"), Some(PlatformAction), PLATFORM),
    ("withdrawal-failed", || World::new().ordered("broadcast").failed("reverted"), Some(PlatformAction), PLATFORM),
    ("withdrawal-cancelled", || World::new().ordered("cancelled").replaced(THEIRS), Some(Complete), None),
    ("withdrawal-cancelled", || World::new().unsent("cancelled"), Some(Complete), None),
    ("withdrawal-cancelled", || World::new().unsent("rejected"), Some(Complete), None),
    ("withdrawal-misdelivered", || World::new().ordered("completed").pays(THEIRS), Some(PlatformAction), PLATFORM),
    ("withdrawal-misdelivered", || World::new().ordered("completed").transfers(&[token(OUTSIDE, 1)]), Some(PlatformAction), PLATFORM),
    ("withdrawal-delivered", || World::new().ordered("completed"), Some(Complete), RECEIVER),
    ("withdrawal-not-broadcast", || World::new().ordered("broadcast").absent().two_sources(), Some(PlatformAction), PLATFORM),
    ("withdrawal-not-broadcast", || World::new().ordered("completed").absent().two_sources(), Some(PlatformAction), PLATFORM),
    ("withdrawal-not-broadcast", || lapsed(World::new().ordered("broadcast")), Some(PlatformAction), PLATFORM),
    ("withdrawal-stuck", || World::new().ordered("broadcast").mempool().order(|o| o.broadcast_at = Some(ago(1801))), Some(PlatformAction), PLATFORM),

    ("txid-malformed", cut_txid, Some(CustomerAction), CUSTOMER),
    ("address-given-instead-of-txid", address_given, Some(CustomerAction), CUSTOMER),
    ("address-given-instead-of-txid", || address_given().searched(&[arrival(TXID, token(MINE, 500_000_000))]).payments(|p| p.unsearched.push(Gap::new("x", "more", GapWhy::TooLarge))), Some(CustomerAction), CUSTOMER),
    ("found-by-address", || World::new().searched(&[arrival(TXID, token(MINE, 500_000_000))]), None, None),
    ("several-candidates", || World::new().searched(&[arrival(TXID, token(MINE, 500_000_000)), arrival(OTHER_TXID, token(MINE, 500_000_000))]), Some(CustomerAction), CUSTOMER),
    ("no-txid-given", || World::new().searched(&[]), Some(CustomerAction), CUSTOMER),
    ("internal-id-given", foreign_id, Some(CustomerAction), CUSTOMER),
    ("off-chain-transfer", off_chain, Some(PlatformAction), SENDING_PLATFORM),
    ("no-txid-given", || World::new().unidentified(), Some(CustomerAction), CUSTOMER),
    ("txid-normalised", repaired_txid, None, None),
    ("txid-byte-reversed", reversed_txid, None, None),
    ("block-hash-given", || World::new().block_hash(), Some(CustomerAction), CUSTOMER),
    ("block-hash-given", || World::new().block_hash().two_sources(), Some(CustomerAction), CUSTOMER),
    ("user-operation-hash-given", || World::new().user_operation(), None, None),
    ("wtxid-given", || World::new().carried(Alias::Witness(txid(HEIR))), None, None),
    ("message-hash-given", || World::new().carried(Alias::Message(txid(HEIR))), None, None),
    ("safe-tx-hash-given", || World::new().alias(Alias::SafeTransaction(txid(HEIR))), Some(CustomerAction), CUSTOMER),
    ("testnet-transaction", || World::new().on_test_network(), Some(CustomerAction), CUSTOMER),
    ("transaction-not-found", || World::new().absent().two_sources(), Some(CustomerAction), CUSTOMER),
    ("transaction-not-found", || World::new().absent().two_sources().no_ledger(), Some(CustomerAction), CUSTOMER),
    ("transaction-not-found", || World::new().absent(), Some(CustomerAction), CUSTOMER),
    ("dropped", || World::new().absent().ahead(|source, outlook| outlook.known_before = Seen::Yes((), said(source, "memory"))), Some(CustomerAction), SENDING_PLATFORM),
    ("dropped", || World::new().absent().two_sources().recorded("detected"), Some(CustomerAction), SENDING_PLATFORM),
    ("dropped", || lapsed(World::new()), Some(CustomerAction), SENDING_PLATFORM),
    ("not-found-unproven", || World::new().absent().no_ledger(), Some(Inconclusive), NOBODY_YET),
    ("not-found-unproven", || World::new().absent().unknown_ledger(), Some(Inconclusive), NOBODY_YET),
    ("not-found-unproven", || World::new().absent().two_sources().one_operator().no_ledger(), Some(Inconclusive), NOBODY_YET),
    ("not-found-unproven", || World::new().absent().bare_txid(), Some(Inconclusive), NOBODY_YET),

    ("replaced-same-destination", || World::new().replaced(MINE), None, None),
    ("replaced-unjudged", || World::new().replaced(OUTSIDE).no_ledger().anonymous(), None, None),
    ("replaced-elsewhere", || World::new().replaced(THEIRS), Some(CustomerAction), CUSTOMER),
    ("replaced-elsewhere", || World::new().replaced(MINE).heir(|s| s.transfers = Seen::Yes(Vec::new(), provenance_of(&s.transfers))), Some(CustomerAction), CUSTOMER),
    ("replaced-elsewhere", || World::new().replaced(OUTSIDE), Some(CustomerAction), CUSTOMER),
    ("replaced-elsewhere", || World::new().replaced(LOOK_ALIKE).outside(LOOK_ALIKE), Some(CustomerAction), CUSTOMER),
    ("replaced-elsewhere", || World::new().nonce_used(), Some(CustomerAction), CUSTOMER),
    ("pending-low-fee", || World::new().going_rate("30.1"), Some(Waiting), CUSTOMER),
    ("pending-low-fee", || World::new().ordered("broadcast").order(|o| o.broadcast_at = Some(ago(60))).going_rate("31"), Some(Waiting), PLATFORM),
    ("pending-low-fee", low_fee_for_long, Some(CustomerAction), CUSTOMER),
    ("nonce-gap", || World::new().behind_others(Before::MissingNonce { missing: 5, next: 4 }), Some(CustomerAction), SENDING_PLATFORM),
    ("unconfirmed-ancestor", || World::new().behind_others(Before::Ancestors(2)), Some(Waiting), SENDING_PLATFORM),
    ("pending", || World::new().mempool(), Some(Waiting), NETWORK),
    ("pending", || World::new().going_rate("30"), Some(Waiting), NETWORK),
    ("reorged-out", || World::new().orphaned(), Some(Waiting), NETWORK),
    ("execution-failed", || World::new().failed("out of gas"), Some(CustomerAction), SENDING_PLATFORM),
    ("inner-call-failed", || World::new().transfers(&[]).sighted(|s| s.particulars.inner_failure = Some(InnerFailure::Safe)), Some(CustomerAction), SENDING_PLATFORM),
    ("address-not-ours", || World::new().pays(OUTSIDE).sighted(|s| s.particulars.inner_failure = Some(InnerFailure::UserOperation)), Some(Misdirected), CUSTOMER),
    ("withdrawal-failed-marked-done", || World::new().ordered("completed").transfers(&[]).sighted(|s| s.particulars.inner_failure = Some(InnerFailure::Safe)), Some(PlatformAction), PLATFORM),
    ("withdrawal-failed", || World::new().ordered("broadcast").transfers(&[]).sighted(|s| s.particulars.inner_failure = Some(InnerFailure::Safe)), Some(PlatformAction), PLATFORM),
    ("address-not-ours", || World::new().transfers(&[token(ZERO, 5_000_000), token(OUTSIDE, 495_000_000)]).outside(ZERO), Some(Misdirected), CUSTOMER),
    ("address-typo", || World::new().transfers(&[token(USDT, 5_000_000), token(TYPO, 495_000_000)]).outside(USDT).outside(TYPO), Some(Misdirected), CUSTOMER),
    ("address-not-ours", || World::new().transfers(&[token(ZERO, 5_000_000), token(OUTSIDE, 495_000_000)]).no_ledger(), Some(Misdirected), CUSTOMER),
    ("not-related-to-claimant", || World::new().pays(THEIRS).paid_out_by_platform(), Some(CustomerAction), CUSTOMER),
    ("credited-twice", || credited_to_both(&["A", "B"]), Some(PlatformAction), PLATFORM),
    ("credited-twice", || credited_to_both(&["B", "A"]), Some(PlatformAction), PLATFORM),
    ("credited-wrong-amount", two_credits_of_two_transfers, Some(PlatformAction), PLATFORM),
    ("testnet-transaction", || World::new().on_test_network().claim(|c| c.network = Some(Said::new("sepolia".into(), By::Flag))), Some(CustomerAction), CUSTOMER),
    ("wrong-direction", || World::new().ordered("completed").claims_address(MINE).claim(|c| c.kind = Some(Said::new(Direction::Deposit, By::TicketField))), None, None),
    ("not-related-to-claimant", || World::new().ordered("completed").anonymous().claim(|c| c.kind = Some(Said::new(Direction::Deposit, By::Flag))), Some(CustomerAction), CUSTOMER),
    ("inner-call-failed", || World::new().transfers(&[]).sighted(|s| s.particulars.inner_failure = Some(InnerFailure::UserOperation)), Some(CustomerAction), SENDING_PLATFORM),
    ("inner-call-failed", || World::new().pays(OUTSIDE).failed_inside(), Some(CustomerAction), SENDING_PLATFORM),
    ("deposit-missed", || World::new().sighted(|s| s.particulars.inner_failure = Some(InnerFailure::UserOperation)), Some(PlatformAction), PLATFORM),
    ("bridge-crossed", || World::new().crosses(Way::Deposit).arrives(MINE), None, None),
    ("deposit-missed", || World::new().crosses(Way::Deposit).arrives(MINE), Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().crosses(Way::Deposit).arrives(MINE).observed(|o| o.internals = None), Some(PlatformAction), PLATFORM),
    ("address-not-ours", || World::new().crosses(Way::Deposit).arrives(OUTSIDE), Some(Misdirected), CUSTOMER),
    ("execution-failed", || World::new().crosses(Way::Deposit).arrives(MINE).leg(failed_leg), Some(CustomerAction), SENDING_PLATFORM),
    ("bridge-incomplete", || World::new().crosses(Way::Deposit), Some(Waiting), NETWORK),
    ("bridge-incomplete", || World::new().crosses(Way::Ticket).no_ledger(), Some(Waiting), NETWORK),
    ("bridge-incomplete", || World::new().crosses(Way::Deposit).no_ledger().anonymous(), Some(Waiting), NETWORK),
    ("bridge-incomplete", || World::new().crosses(Way::Deposit).observed(|o| o.internals = None), Some(Waiting), NETWORK),
    ("bridge-incomplete", || World::new().crosses(Way::Withdrawal), Some(Waiting), NETWORK),
    ("bridge-incomplete", || World::new().crosses(Way::Redemption).transfers(&[]), Some(Waiting), NETWORK),
    ("bridge-incomplete", || World::new().crosses(Way::Relay).transfers(&[]).observed(|o| o.internals = None), Some(Waiting), NETWORK),
    ("deposit-missed", || World::new().ticket(MINE, true), Some(PlatformAction), PLATFORM),
    ("address-not-ours", || World::new().ticket(OUTSIDE, true), Some(Misdirected), CUSTOMER),
    ("bridge-incomplete", || World::new().ticket(MINE, false), Some(Waiting), NETWORK),
    ("bridge-leg-unnamed", || World::new().ticket(MINE, false).delivered(|source| Seen::Yes((), said(source, "delivery"))), Some(Inconclusive), NOBODY_YET),
    ("source-unavailable", || World::new().ticket(MINE, false).delivered(|_| Seen::Unknown(Gap::new("network.base.0", "delivery", GapWhy::ServerError))), Some(Inconclusive), NOBODY_YET),
    ("source-unavailable", || World::new().crosses(Way::Deposit).rollup_down(), Some(Inconclusive), NOBODY_YET),
    ("source-behind", || World::new().mined(60).crosses(Way::Deposit).leg(head_before), Some(Inconclusive), NOBODY_YET),
    ("source-lacks-history", || World::new().mined(301 * 24 * HOUR).crosses(Way::Deposit), Some(Inconclusive), NOBODY_YET),
    ("source-lacks-history", || World::new().mined(60 * 24 * HOUR).crosses(Way::Deposit).fast_rollup(), Some(Inconclusive), NOBODY_YET),
    ("bridge-incomplete", || World::new().mined(50 * 24 * HOUR).crosses(Way::Deposit).fast_rollup(), Some(Waiting), NETWORK),
    ("sources-disagree", || World::new().crosses(Way::Deposit).two_sources().source(1, show_no_crossing), Some(Inconclusive), NOBODY_YET),
    ("bridge-leg-unnamed", || World::new().crosses(Way::Withdrawal).delivered(|source| Seen::Yes((), said(source, "delivery"))), Some(Inconclusive), NOBODY_YET),
    ("source-unavailable", || World::new().crosses(Way::Deposit).without_rollup(), Some(Inconclusive), NOBODY_YET),
    ("source-unavailable", || World::new().crosses(Way::Deposit).paid_inside().ledger(|l| l.owners.retain(|(_, owned), _| *owned != address(MINE))), Some(Inconclusive), NOBODY_YET),
    ("deposit-missed", || World::new().crosses(Way::Deposit).pays(MINE), Some(PlatformAction), PLATFORM),
    ("platform-wallet", || World::new().crosses(Way::Deposit).pays(MINE).owner(|o| o.role = AddressRole::Hot), Some(PlatformAction), PLATFORM),

    ("approval-not-transfer", || World::new().transfers(&[]).sighted(|s| s.particulars.approval = true), Some(CustomerAction), CUSTOMER),
    ("nft-not-coin", || World::new().transfers(&[]).sighted(|s| (s.particulars.nft, s.particulars.approval) = (true, true)), Some(CustomerAction), CUSTOMER),
    ("no-value-moved", || World::new().transfers(&[]), Some(CustomerAction), CUSTOMER),
    ("no-value-moved", || World::new().transfers(&[token(MINE, 0)]), Some(CustomerAction), CUSTOMER),

    ("address-not-ours", || World::new().pays(OUTSIDE), Some(Misdirected), CUSTOMER),
    ("address-not-ours", || World::new().pays(OUTSIDE).ledger(|l| l.scope = Scope::Account), Some(Misdirected), CUSTOMER),
    ("address-not-ours", || World::new().pays(OUTSIDE).no_ledger(), Some(Misdirected), CUSTOMER),
    ("burn-address", || World::new().pays(ZERO).outside(ZERO), Some(Misdirected), CUSTOMER),
    ("burn-address", || World::new().pays(ZERO).no_ledger(), Some(Misdirected), CUSTOMER),
    ("token-contract-address", || World::new().pays(USDT).outside(USDT), Some(Misdirected), CUSTOMER),
    ("address-typo", || World::new().pays(TYPO).outside(TYPO), Some(Misdirected), CUSTOMER),
    ("tx-predates-address", || World::new().owner(|o| o.issued_at = Some(ago(60))).pays(OUTSIDE), Some(CustomerAction), CUSTOMER),
    ("tx-predates-address", || World::new().owner(|o| o.issued_at = Some(ago(60))), None, None),
    ("sub-account-address", || World::new().pays(THEIRS).one_customer(), Some(PlatformAction), PLATFORM),
    ("look-alike-address", || World::new().pays(LOOK_ALIKE).outside(LOOK_ALIKE), Some(Misdirected), CUSTOMER),
    ("look-alike-address", || World::new().pays(LOOK_ALIKE).outside(LOOK_ALIKE).claim(|c| c.address = None), Some(Misdirected), CUSTOMER),
    ("look-alike-address", || World::new().pays(LOOK_ALIKE).no_ledger(), Some(Misdirected), CUSTOMER),
    ("address-checksum-bad", || World::new().claim(|c| c.address = Some(Said::new(BAD_CHECKSUM.into(), By::Flag))), None, None),
    ("other-customer-address", || World::new().owner_account("B"), Some(PlatformAction), PLATFORM),
    ("other-customer-address", || World::new().pays(THEIRS), Some(PlatformAction), PLATFORM),
    ("memo-missing", || World::new().shared("1029384756").memo(None), Some(PlatformAction), CUSTOMER),
    ("memo-missing", || World::new().shared("1029384756").memo(Some(" ")), Some(PlatformAction), CUSTOMER),
    ("credit-unchecked", || World::new().no_ledger().claim(|c| c.memo = Some(Said::new("7".into(), By::Flag))), Some(Settled), NOBODY_YET),
    ("memo-unreadable", || World::new().shared("1029384756").memo(None).sighted(|s| s.particulars.sealed_memo = true), None, None),
    ("memo-wrong", || World::new().shared("1029384756").memo(Some("102938475")), Some(PlatformAction), CUSTOMER),
    ("memo-wrong", || World::new().shared("1029384756").memo(Some("55")).memo_owner("55", Some("B")), Some(PlatformAction), CUSTOMER),
    ("memo-wrong", || World::new().shared("1029384756").memo(Some("55")).memo_owner("55", None), Some(PlatformAction), CUSTOMER),
    ("memo-wrong", || World::new().shared("1029384756").memo(Some("55")).memo_owner("55", None).claim(|c| c.account = None), Some(PlatformAction), CUSTOMER),
    ("deposit-missed", || World::new().shared("1029384756").memo(Some("1029384756")), Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().shared("1029384756").memo(Some("55")).memo_owner("55", Some("A")), Some(PlatformAction), PLATFORM),
    ("memo-wrong", || World::new().shared("55").memo(Some("55")).claim(|c| c.account = Some(Said::new("B".into(), By::Flag))), Some(PlatformAction), CUSTOMER),
    ("deposit-missed", || World::new().shared("55").memo(Some("55")).claim(|c| c.account = None), Some(PlatformAction), PLATFORM),
    ("source-unavailable", || World::new().many_customers().memo(Some("55")), Some(Inconclusive), NOBODY_YET),
    ("partial-payment", || World::new().sighted(|s| s.particulars.promised = Some(coins("50000"))), Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().sighted(|s| s.particulars.promised = Some(coins("501"))), Some(PlatformAction), PLATFORM),
    ("retired-address", || World::new().owner(|o| o.status = AddressStatus::Retired), Some(PlatformAction), PLATFORM),
    ("wrong-network-supported", || World::new().issued_elsewhere(), Some(PlatformAction), PLATFORM),
    ("wrong-network-unsupported", || World::new().issued_elsewhere().not_served(), Some(Misdirected), CUSTOMER),
    ("platform-wallet", || World::new().owner(|o| o.role = AddressRole::Hot), Some(PlatformAction), PLATFORM),
    ("platform-wallet", || World::new().owner(|o| o.role = AddressRole::Cold), Some(PlatformAction), PLATFORM),
    ("platform-wallet", || World::new().owner(|o| o.role = AddressRole::Treasury), Some(PlatformAction), PLATFORM),
    ("platform-sweep", || World::new().owner(|o| o.role = AddressRole::Hot).sent_by_platform(), Some(CustomerAction), CUSTOMER),
    ("expected-address-unknown", || World::new().no_ledger().anonymous(), Some(Settled), NOBODY_YET),

    ("fake-token", || World::new().stranger("USDT"), Some(CustomerAction), CUSTOMER),
    ("fake-token", || World::new().stranger(" usdt "), Some(CustomerAction), CUSTOMER),
    ("bridged-variant", || World::new().bridged(), Some(PlatformAction), CUSTOMER),
    ("token-frozen", || World::new().frozen(), None, None),
    ("migrated-contract", || World::new().migrated(), Some(PlatformAction), CUSTOMER),
    ("asset-not-supported", || World::new().unlisted(), Some(PlatformAction), CUSTOMER),
    ("asset-not-supported", || World::new().stranger("SHIB"), Some(PlatformAction), CUSTOMER),
    ("internal-value-transfer", || World::new().paid_inside(), Some(PlatformAction), PLATFORM),
    ("asset-differs", || World::new().claim(|c| c.asset = Some(Said::new("USDC".into(), By::Flag))), None, None),
    ("below-minimum", || World::new().minimum("500.000001"), Some(CustomerAction), CUSTOMER),
    ("amount-differs", || World::new().claim(|c| c.amount = Some(Said::new(coins("501"), By::Flag))), None, None),

    ("coinbase-immature", || World::new().confirmations(99).sighted(|s| s.particulars.coinbase = true), Some(Waiting), NETWORK),
    ("waiting-confirmations", || World::new().confirmations(11), Some(Waiting), NETWORK),
    ("waiting-confirmations", || World::new().confirmations(3).no_ledger(), Some(Waiting), NETWORK),
    ("not-final-yet", || World::new().finalized(BLOCK - 1), Some(Waiting), NETWORK),

    ("credited-before-final", || World::new().recorded("credited").replaced(OUTSIDE), Some(PlatformAction), PLATFORM),
    ("credited-before-final", || World::new().recorded("credited").replaced(THEIRS), Some(PlatformAction), PLATFORM),
    ("credited-before-final", || World::new().recorded("credited").replaced(MINE).heir(|s| s.transfers = Seen::Yes(Vec::new(), provenance_of(&s.transfers))), Some(PlatformAction), PLATFORM),
    ("credited-before-final", credited_under_both, Some(PlatformAction), PLATFORM),
    ("credited-before-final", || World::new().recorded("credited").failed("reverted"), Some(PlatformAction), PLATFORM),
    ("credited-before-final", || World::new().recorded("credited").orphaned(), Some(PlatformAction), PLATFORM),
    ("credited-before-final", || World::new().recorded("credited_locked").mempool(), Some(PlatformAction), PLATFORM),
    ("credited-before-final", || World::new().recorded("credited").absent().two_sources(), Some(PlatformAction), PLATFORM),
    ("credited", || World::new().recorded("credited"), Some(Complete), None),
    ("credited", || World::new().recorded("credited").confirmations(3), Some(Complete), None),
    ("unlock-pending", || World::new().recorded("credited_locked"), Some(Waiting), NOBODY_YET),
    ("credited-other-account", credited_to_another, Some(PlatformAction), PLATFORM),
    ("credited-twice", credited_twice, Some(PlatformAction), PLATFORM),
    ("credited-wrong-amount", || World::new().recorded("credited").record(|d| d.amount = coins("50")), Some(PlatformAction), PLATFORM),
    ("partly-credited", || World::new().recorded("credited").transfers(&[token(MINE, 500_000_000), second_output()]), Some(PlatformAction), PLATFORM),
    ("deposit-rejected", || World::new().recorded("rejected"), Some(PlatformAction), PLATFORM),
    ("deposit-rejected", || World::new().recorded("wrong_deposit"), Some(PlatformAction), PLATFORM),
    ("refund-in-progress", || World::new().recorded("refunding"), Some(Waiting), PLATFORM),
    ("refunded", || World::new().recorded("refunded"), Some(Complete), None),
    ("awaiting-customer", || World::new().recorded("awaiting_customer"), Some(CustomerAction), CUSTOMER),
    ("ledger-stuck", || World::new().recorded("detected").replaced(MINE), Some(PlatformAction), PLATFORM),
    ("ledger-stuck", || World::new().recorded("confirming").record(|d| d.detected_at = Some(ago(3 * HOUR))).mined(3 * HOUR), Some(PlatformAction), PLATFORM),
    ("ledger-stuck", || World::new().recorded("detected").record(|d| d.detected_at = Some(ago(24 * HOUR))).mined(25 * HOUR), Some(PlatformAction), PLATFORM),
    ("ledger-confirming", || World::new().recorded("confirming"), Some(Waiting), NOBODY_YET),
    ("ledger-confirming", || World::new().recorded("detected"), Some(Waiting), NOBODY_YET),
    ("deposits-suspended", || World::new().suspended(), Some(PlatformAction), PLATFORM),
    ("deposits-suspended", || World::new().network(|p| p.assets[0].deposits = Openness::Suspended), Some(PlatformAction), PLATFORM),
    ("deposits-suspended", || World::new().recorded("suspended"), Some(PlatformAction), PLATFORM),
    ("scanner-behind", || World::new().scanned(BLOCK - 1), Some(PlatformAction), PLATFORM),
    ("deposit-missed", World::new, Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().scanned(BLOCK), Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().confirmations(12), Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().finalized(BLOCK), Some(PlatformAction), PLATFORM),
    ("deposit-missed", || World::new().two_sources(), Some(PlatformAction), PLATFORM),
    ("deposit-unrecorded", || World::new().network(|p| p.scanned_height = None), Some(Waiting), NOBODY_YET),
    ("deposit-unrecorded", || World::new().network(|p| p.scanned_height = None).mined(20_000), Some(PlatformAction), PLATFORM),
    ("scanner-blind-spot", || World::new().sighted(|s| s.particulars.called = Some(address(OUTSIDE))), None, None),
    ("scanner-blind-spot", || World::new().sighted(|s| s.spends = Some(Spends::Nonce { account: address(OUTSIDE), nonce: 1 })).sighted(|s| s.particulars.called = Some(address(USDT))), None, None),
    ("credit-unchecked", || World::new().no_ledger(), Some(Settled), NOBODY_YET),
    ("unknown-ledger-status", || World::new().recorded("on_fire"), Some(Inconclusive), PLATFORM),
    ("unknown-ledger-status", || World::new().unsent("on_fire"), Some(Inconclusive), PLATFORM),
    ("unknown-ledger-status", || World::new().ordered("on_fire"), Some(Inconclusive), PLATFORM),
    ("unknown-ledger-status", || World::new().ordered("on_fire").failed("reverted"), Some(Inconclusive), PLATFORM),
    ("unknown-ledger-status", || World::new().ordered("on_fire").pays(THEIRS), Some(Inconclusive), PLATFORM),
    ("below-minimum", || World::new().recorded("below_minimum"), Some(CustomerAction), CUSTOMER),
    ("below-minimum", || World::new().recorded("below_minimum").minimum("1000"), Some(CustomerAction), CUSTOMER),
    ("below-minimum", || World::new().recorded("below_minimum").minimum("1"), Some(PlatformAction), PLATFORM),
    ("held", || held("aml"), Some(PlatformAction), PLATFORM),
    ("held", || held("blacklist"), Some(PlatformAction), PLATFORM),
    ("held", || held("kyc"), Some(CustomerAction), CUSTOMER),
    ("held", || held("travel_rule"), Some(CustomerAction), CUSTOMER),

    ("sources-disagree", quarrel, Some(Inconclusive), NOBODY_YET),
    ("source-wrong-chain", || World::new().wrong_chain(), Some(Inconclusive), NOBODY_YET),
    ("answer-not-proven", || World::new().observed(|o| o.sighting = unknown(GapWhy::Mismatch)), Some(Inconclusive), NOBODY_YET),
    ("source-behind", || World::new().behind(), Some(Inconclusive), NOBODY_YET),
    ("source-behind", || World::new().behind().absent(), Some(Inconclusive), NOBODY_YET),
    ("source-lacks-history", || World::new().absent().pruned(), Some(Inconclusive), NOBODY_YET),
    ("source-unavailable", || World::new().chain_down(), Some(Inconclusive), NOBODY_YET),
    ("source-unavailable", || World::new().unknown_ledger(), Some(Inconclusive), NOBODY_YET),

    ("not-related-to-claimant", || World::new().owner(|o| o.role = AddressRole::Hot).paid_out_by_platform(), Some(CustomerAction), CUSTOMER),
    ("not-related-to-claimant", || World::new().pays(OUTSIDE).paid_out_by_platform(), Some(CustomerAction), CUSTOMER),
    ("not-related-to-claimant", || World::new().transfers(&[unrelated()]), Some(CustomerAction), CUSTOMER),
    ("secret-in-ticket", || World::new().claim(|claim| claim.secrets.push(Said::new("seed-phrase".to_owned(), By::TicketText))), None, None),
    ("not-a-transfer-case", || World::new().unidentified().routed(Route::Fiat).claim(unsaid), Some(CustomerAction), CUSTOMER),
    ("no-txid-given", || World::new().unidentified().routed(Route::Fiat), Some(CustomerAction), CUSTOMER),
    ("deposit-missed", || World::new().routed(Route::Security).claim(called_withdrawal), Some(PlatformAction), PLATFORM),
    ("address-not-ours", || World::new().pays(OUTSIDE).routed(Route::Security).claim(called_withdrawal), Some(Misdirected), CUSTOMER),
    ("not-a-transfer-case", || World::new().unidentified().routed(Route::Security), Some(CustomerAction), CUSTOMER),
    ("deposit-missed", || World::new().routed(Route::Trading), Some(PlatformAction), PLATFORM),
    ("withdrawal-unauthorised", || World::new().withdrawal().unidentified().routed(Route::Security), Some(PlatformAction), PLATFORM),
    ("withdrawal-unauthorised", || World::new().ordered("completed").routed(Route::Security), Some(PlatformAction), PLATFORM),
    ("ticket-overdue", || World::new().claim(|c| c.opened_at = Some(Said::new(ago(73 * HOUR), By::TicketField))), None, None),
    ("txid-claimed-by-several", || World::new().also_claimed("B"), None, None),
    ("wrong-direction", || World::new().ordered("completed").claim(|c| c.kind = Some(Said::new(Direction::Deposit, By::TicketField))), None, None),
    ("wrong-direction", || World::new().withdrawal(), None, None),
    // Whose words "deposit" is, gives way until it is known that the payment reached the claimant.
    ("deposit-missed", || World::new().ordered("completed").pays(MINE).claims_address(MINE).claim(|c| c.kind = Some(Said::new(Direction::Deposit, By::TicketText))), Some(PlatformAction), PLATFORM),
    ("claim-differs", || World::new().claim(|c| c.network = Some(Said::new("tron".into(), By::TicketField))), None, None),
    ("claim-differs", || World::new().claim(|c| c.address = Some(Said::new(OUTSIDE.into(), By::TicketField))), None, None),
    ("claim-differs", || World::new().claim(|c| c.at = Some(Said::new(ago(200_000), By::TicketField))), None, None),
];

/// Waiting for a block, after its time has run out.
fn lapsed(world: World) -> World {
    world.mempool().ahead(|source, outlook| outlook.lapsed = Some(Seen::Yes((), said(source, "expiration"))))
}

fn cut_txid() -> World {
    let cut = Said::new("0x4d5f2a9c0b1e…3a4b5c6d7e8f".to_owned(), By::TicketField);
    World::new().unidentified().claim(|claim| claim.malformed.push(cut))
}

fn address_given() -> World {
    let given = Said::new(MINE.to_owned(), By::Flag);
    World::new().unidentified().claim(|claim| claim.address_as_txid = Some(given))
}

fn foreign_id() -> World {
    let given = Said::new("OKX-7741".to_owned(), By::Flag);
    World::new().unidentified().claim(|claim| claim.unresolved = Some(given))
}

/// A payment of somebody to somebody, in another asset and another amount than the claim's.
fn unrelated() -> Transfer {
    Transfer { amount: Some(coins("0.7")), ..native(OUTSIDE) }
}

/// A withdrawal whose first transaction the platform itself replaced; the complaint names that one.
/// The rollup ran the other leg, which failed there.
fn failed_leg(leg: &mut Observation) {
    if let Seen::Yes(sighting, _) = &mut leg.sighting {
        sighting.executed = Seen::No(provenance_of(&sighting.executed));
        sighting.transfers = Seen::Yes(Vec::new(), provenance_of(&sighting.transfers));
    }
}

/// What the source shows of the events holds no crossing.
fn show_no_crossing(o: &mut Observation) {
    if let Seen::Yes(sighting, _) = &mut o.sighting {
        sighting.particulars.crossings = Some(Vec::new());
    }
}

/// The rollup's newest block is older than what left for it, and yet not so old that nothing of it counts.
fn head_before(leg: &mut Observation) {
    if let Seen::Yes(head, _) = &mut leg.head {
        head.time = Some(ago(100));
    }
}

fn replaced_withdrawal() -> World {
    let world = World::new().ordered("completed").order(|order| {
        order.txid = Some(OTHER_TXID.to_owned());
        order.replaced_txids = vec![TXID.to_owned()];
    });
    let orders = world.evidence.ledger.withdrawals.get(&txid(TXID)).cloned();
    let world = world.absent().further(OTHER_TXID, OUTSIDE).claim(|claim| drop(claim.txids.pop()));
    world.ledger(|ledger| drop(ledger.withdrawals.insert(txid(OTHER_TXID), orders.unwrap())))
}

/// Half an hour is normal on EVM; the claim is of an hour ago.
/// Nothing is said but who complains.
fn unsaid(claim: &mut Claim) {
    (claim.kind, claim.amount, claim.address) = (None, None, None);
}

/// The customer's own words call it a withdrawal: another platform's, perhaps.
fn called_withdrawal(claim: &mut Claim) {
    claim.kind = Some(Said::new(Direction::Withdrawal, By::TicketText));
}

fn low_fee_for_long() -> World {
    World::new().going_rate("31").claim(|claim| claim.at = Some(Said::new(ago(HOUR), By::Flag)))
}

/// A further payment to the claimant in the same transaction.
fn second_output() -> Transfer {
    Transfer { output_index: Some(4), ..token(MINE, 200_000_000) }
}

fn repaired_txid() -> World {
    World::new().claim(|claim| claim.repaired = Some(Said::new(TXID.to_owned(), By::Flag)))
}

/// The transaction is known; what was given is its identifier in the other byte order.
fn reversed_txid() -> World {
    World::new().no_ledger().anonymous().turned_round()
}

fn credited_to_another() -> World {
    World::new().recorded("credited").record(|deposit| deposit.account = "B".to_owned())
}

/// Two credits of the whole amount for one output.
fn credited_twice() -> World {
    World::new().recorded("credited").ledger(|ledger| {
        if let Some(Seen::Yes(deposits, _)) = ledger.deposits.get_mut(&txid(TXID)) {
            let again = deposits[0].clone();
            deposits.push(Deposit { id: "d-2".to_owned(), ..again });
        }
    })
}

/// Both the replaced transaction and the one in the chain are credited.
fn credited_under_both() -> World {
    let world = World::new().recorded("credited");
    let credits = world.evidence.ledger.deposits.get(&txid(TXID)).cloned().unwrap();
    world.replaced(MINE).ledger(|ledger| drop(ledger.deposits.insert(txid(HEIR), credits)))
}

/// One output that is credited to these accounts, one after the other.
fn credited_to_both(accounts: &[&str]) -> World {
    let accounts: Vec<String> = accounts.iter().map(|account| (*account).to_owned()).collect();
    credited_twice().ledger(|ledger| {
        if let Some(Seen::Yes(deposits, _)) = ledger.deposits.get_mut(&txid(TXID)) {
            deposits.iter_mut().zip(accounts).for_each(|(deposit, account)| deposit.account = account);
        }
    })
}

/// Two transfers, each with a record of its own that names no output, and one of them too large.
fn two_credits_of_two_transfers() -> World {
    let amounts = ["500", "250"];
    credited_twice().transfers(&[token(MINE, 500_000_000), second_output()]).ledger(|ledger| {
        if let Some(Seen::Yes(deposits, _)) = ledger.deposits.get_mut(&txid(TXID)) {
            for (deposit, amount) in deposits.iter_mut().zip(amounts) {
                (deposit.amount, deposit.output_index) = (coins(amount), None);
            }
        }
    })
}

fn off_chain() -> World {
    let given = Said::new("Internal transfer 51376627901".to_owned(), By::Flag);
    World::new().unidentified().claim(|claim| claim.unresolved = Some(given))
}

fn held(reason: &str) -> World {
    World::new().recorded("held").record(|deposit| deposit.reason = Some(reason.to_owned()))
}

/// A withdrawal ordered so long ago that is not sent.
fn requested(seconds: u64, status: &str) -> World {
    World::new().unsent(status).order(|order| order.requested_at = ago(seconds))
}

/// One source saw it fail, the other saw it succeed.
fn quarrel() -> World {
    World::new().two_sources().source(1, |o| {
        if let Seen::Yes(sighting, _) = &mut o.sighting {
            sighting.executed = Seen::No(provenance_of(&sighting.executed));
        }
    })
}

fn unknown<T>(why: GapWhy) -> Seen<T> {
    Seen::Unknown(Gap::new("network.ethereum.0", "the transaction", why))
}

/// The rows that are not as they should be, each with what is wrong.
fn wrong_rows(check: impl Fn(&Row, &Diagnosis) -> Result<(), String>) -> Vec<String> {
    let judge = |(index, row): (usize, &Row)| {
        let fault = check(row, &row.1().diagnose()).err()?;
        Some(format!("row {index}, {}: {fault}", row.0))
    };
    TABLE.iter().enumerate().filter_map(judge).collect()
}

fn require(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}

fn found<'a>(diagnosis: &'a Diagnosis, code: &str) -> Result<&'a Finding, String> {
    let found = diagnosis.findings.iter().find(|finding| finding.code == code);
    found.ok_or_else(|| format!("not found; {} decides", diagnosis.decisive().code))
}

fn rule(code: &str) -> (&'static str, &'static Rule) {
    rules().find(|(_, rule)| rule.code == code).unwrap()
}

fn codes(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_code_has_a_row_and_every_row_a_code() {
    let told: BTreeSet<&str> = TABLE.iter().map(|(code, ..)| *code).collect();
    let known: BTreeSet<&str> = rules().map(|(_, rule)| rule.code).collect();
    let without_row: Vec<_> = known.difference(&told).collect();
    let without_rule: Vec<_> = told.difference(&known).collect();
    assert!(without_row.is_empty() && without_rule.is_empty(), "no row: {without_row:?}; no rule: {without_rule:?}");
}

#[test]
fn every_code_is_found_with_its_verdict_and_party() {
    let wrong = wrong_rows(|(code, _, verdict, party), diagnosis| {
        let finding = found(diagnosis, code)?;
        let told = (finding.verdict, finding.responsible);
        require(told == (*verdict, *party), || format!("{told:?} instead of {:?}", (verdict, party)))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn codes_with_a_verdict_decide_and_notes_never_do() {
    let wrong = wrong_rows(|(code, _, verdict, party), diagnosis| {
        let decides = diagnosis.decisive().code;
        let Some(verdict) = verdict else {
            return require(decides != *code, || "a note decides".to_owned());
        };
        require(decides == *code, || format!("{decides} decides"))?;
        require(diagnosis.verdict == *verdict, || format!("the verdict is {:?}", diagnosis.verdict))?;
        require(diagnosis.responsible == *party, || format!("{:?} is responsible", diagnosis.responsible))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_note_leaves_the_verdict_as_it_was() {
    let wrong = wrong_rows(|(_, _, verdict, _), diagnosis| {
        let decides = diagnosis.decisive().code;
        let as_before = [
            "deposit-missed",
            "withdrawal-delivered",
            "expected-address-unknown",
            "withdrawal-unknown",
            "execution-failed",
            "memo-missing",
        ]
        .contains(&decides);
        require(verdict.is_some() || as_before, || format!("{decides} decides"))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_finding_rests_on_answers_and_only_source_and_settled_ones_on_gaps() {
    let wrong = wrong_rows(|_, diagnosis| {
        diagnosis.findings.iter().try_for_each(|finding| {
            let may_be_open = rule(finding.code).0 == "sources" || finding.verdict == Some(Settled);
            let rests = !finding.cites.is_empty() || !finding.gaps.is_empty();
            require(rests, || format!("{} rests on nothing", finding.code))?;
            require(may_be_open || finding.gaps.is_empty(), || format!("{} rests on a gap", finding.code))
        })
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_rests_on_a_gap_is_never_certain() {
    let wrong = wrong_rows(|_, diagnosis| {
        let open = !diagnosis.decisive().gaps.is_empty();
        let certain = !matches!(diagnosis.verdict, Inconclusive | Settled);
        require(!(open && certain), || format!("{:?} on a gap", diagnosis.verdict))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_finding_states_exactly_the_facts_of_its_rule() {
    let wrong = wrong_rows(|_, diagnosis| {
        diagnosis.findings.iter().try_for_each(|finding| {
            let declared: BTreeSet<&str> = rule(finding.code).1.facts.iter().copied().collect();
            let stated: BTreeSet<&str> = finding.facts.keys().copied().collect();
            require(stated == declared, || format!("{}: {stated:?} instead of {declared:?}", finding.code))
        })
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nobody_is_responsible_for_what_is_complete() {
    let wrong = wrong_rows(|_, diagnosis| {
        // Only a delivered withdrawal leaves somebody to ask: those who received it.
        let delivered = diagnosis.decisive().code == "withdrawal-delivered";
        let complete = diagnosis.verdict == Complete && !delivered;
        require(complete == diagnosis.responsible.is_none(), || format!("{:?}", diagnosis.responsible))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_chain_source_is_never_more_than_a_report() {
    let wrong = wrong_rows(|(_, build, ..), diagnosis| {
        let sources = build().evidence.observations.len();
        let certain = matches!(diagnosis.confidence, Confidence::Corroborated | Confidence::Proven);
        require(sources != 1 || !certain, || format!("{:?} by one source", diagnosis.confidence))
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn two_independent_chain_sources_corroborate() {
    let confidence = |world: World| world.two_sources().diagnose().confidence;
    for world in [World::new(), World::new().pays(OUTSIDE), World::new().confirmations(3), World::new().no_ledger()] {
        assert_eq!(confidence(world.clone()), Confidence::Corroborated, "{}", world.code());
        assert_eq!(world.two_sources().one_operator().diagnose().confidence, Confidence::Reported);
    }
    assert_eq!(quarrel().diagnose().confidence, Confidence::Conflicting);
}

/// A world, the code that decides in it, and codes that are listed besides.
type Precedence = (fn() -> World, &'static str, &'static [&'static str]);

/// A world in which a later group has something to say too, what decides, and the later code.
#[rustfmt::skip]
const PRECEDENCE: &[Precedence] = &[
    // A credit comes before everything, whether the chain contradicts it or not.
    (|| World::new().recorded("credited").absent().two_sources(), "credited-before-final", &[]),
    (|| World::new().recorded("credited").orphaned(), "credited-before-final", &["reorged-out"]),
    (|| World::new().recorded("credited").minimum("1000"), "credited", &["below-minimum"]),
    (|| World::new().recorded("credited").unlisted(), "credited", &["asset-not-supported"]),
    (|| World::new().recorded("credited").confirmations(3), "credited", &["waiting-confirmations"]),
    (|| World::new().recorded("credited_locked").minimum("1000").confirmations(3), "unlock-pending", &["below-minimum", "waiting-confirmations"]),
    // Execution before destination.
    (|| World::new().pays(OUTSIDE).mempool(), "pending", &[]),
    (|| World::new().pays(OUTSIDE).orphaned(), "reorged-out", &[]),
    (|| World::new().pays(OUTSIDE).failed("reverted"), "execution-failed", &[]),
    (|| World::new().mempool().suspended(), "pending", &[]),
    (|| World::new().mempool().recorded("held"), "pending", &["held"]),
    // Destination before asset, amount, finality and credit.
    (|| World::new().pays(OUTSIDE).unlisted(), "address-not-ours", &[]),
    (|| World::new().pays(THEIRS).minimum("1000").confirmations(3), "other-customer-address", &["waiting-confirmations"]),
    (|| World::new().pays(OUTSIDE).confirmations(3).suspended(), "address-not-ours", &["waiting-confirmations"]),
    // Asset before amount.
    (|| World::new().unlisted().transfers(&[token(MINE, 1)]).minimum("1000"), "asset-not-supported", &["amount-differs"]),
    (|| World::new().unlisted().confirmations(3), "asset-not-supported", &["waiting-confirmations"]),
    // Amount before finality.
    (|| World::new().minimum("1000").confirmations(3), "below-minimum", &["waiting-confirmations"]),
    (|| World::new().minimum("1000").finalized(BLOCK - 1), "below-minimum", &["not-final-yet"]),
    (|| World::new().minimum("1000").suspended(), "below-minimum", &["deposits-suspended"]),
    // Withdrawals: the ledger's word first, then the chain.
    (|| World::new().ordered("broadcast").mempool(), "pending", &[]),
    (|| World::new().ordered("broadcast").confirmations(3), "waiting-confirmations", &[]),
    (|| World::new().ordered("completed").confirmations(3), "waiting-confirmations", &[]),
    (|| World::new().ordered("completed").failed("reverted"), "withdrawal-failed-marked-done", &["execution-failed"]),
    (|| World::new().ordered("completed").transfers(&[]), "withdrawal-misdelivered", &["no-value-moved"]),
    (|| World::new().ordered("in_review"), "withdrawal-done-not-marked", &["withdrawal-in-review"]),
    // Finality before credit and hold.
    (|| World::new().confirmations(3).suspended(), "waiting-confirmations", &["deposits-suspended"]),
    (|| World::new().finalized(BLOCK - 1).recorded("rejected"), "not-final-yet", &["deposit-rejected"]),
    (|| World::new().confirmations(3).recorded("held"), "waiting-confirmations", &["held"]),
];

#[test]
fn the_first_blocking_finding_decides_and_later_ones_are_listed() {
    for (index, (build, decides, listed)) in PRECEDENCE.iter().enumerate() {
        let diagnosis = build().diagnose();
        assert_eq!(diagnosis.decisive().code, *decides, "row {index}: {:?}", codes(&diagnosis));
        for code in *listed {
            assert!(codes(&diagnosis).contains(code), "row {index}: no {code} in {:?}", codes(&diagnosis));
        }
    }
}

#[test]
fn identity_comes_before_credit_and_hold() {
    // The ledger knew it, so it may count as dropped; what it does not do is wait for a review.
    for status in ["held", "rejected", "confirming"] {
        let diagnosis = World::new().absent().two_sources().recorded(status).diagnose();
        assert_eq!(diagnosis.verdict, CustomerAction, "{status}: {}", diagnosis.decisive().code);
    }
}

#[test]
fn an_equal_credit_silences_every_blocker_into_a_note() {
    let blocked = World::new().minimum("1000").confirmations(3);
    for status in ["credited", "credited_locked"] {
        let diagnosis = blocked.clone().recorded(status).diagnose();
        for code in ["below-minimum", "waiting-confirmations"] {
            let finding = found(&diagnosis, code).unwrap();
            assert_eq!((finding.verdict, finding.responsible), (None, None), "{status}, {code}");
        }
    }
}

#[test]
fn a_credit_that_differs_silences_nothing() {
    let short = World::new().recorded("credited").record(|d| d.amount = coins("1")).minimum("1000");
    assert_eq!(short.code(), "below-minimum");
    let elsewhere = credited_to_another().pays(THEIRS);
    assert_ne!(elsewhere.diagnose().verdict, Complete);
}

/// Verdicts that make sense only for money that was sent to the platform.
const OF_DEPOSITS: &[&str] = &["destination", "asset", "amount", "credit", "hold"];

#[test]
fn a_withdrawal_never_gets_a_deposits_verdict() {
    let worlds: &[fn() -> World] = &[
        World::new,
        || World::new().pays(OUTSIDE),
        || World::new().pays(OUTSIDE).no_ledger(),
        || World::new().pays(THEIRS),
        || World::new().owner(|o| o.status = AddressStatus::Retired),
        || World::new().owner(|o| o.role = AddressRole::Hot),
        || World::new().unlisted(),
        || World::new().minimum("1000"),
        || World::new().suspended(),
        || World::new().scanned(BLOCK - 1),
        || World::new().no_ledger(),
        || World::new().no_ledger().anonymous(),
        || World::new().recorded("held"),
        || World::new().recorded("credited"),
        || World::new().recorded("rejected"),
        || World::new().recorded("on_fire"),
    ];
    let mut wrong = Vec::new();
    for (index, build) in worlds.iter().enumerate() {
        let orders = World::new().ordered("broadcast").evidence.ledger.withdrawals;
        let by_the_ledger =
            build().ledger(|l| l.withdrawals = orders).claim(|claim| (claim.kind, claim.address) = (None, None));
        for (by, world) in [("claim", build().withdrawal()), ("ledger", by_the_ledger)] {
            let code = world.code();
            if by == "ledger" && !world.evidence.ledger.configured {
                continue;
            }
            if OF_DEPOSITS.contains(&rule(code).0) {
                wrong.push(format!("world {index}, a withdrawal by the {by}: {code}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn of_several_transactions_the_one_that_pays_the_claimant_leads() {
    let diagnosis = World::new().pays(OUTSIDE).further(OTHER_TXID, MINE).diagnose();
    assert_eq!(diagnosis.decisive().code, "deposit-missed");
    assert_eq!(diagnosis.transactions[0].transaction.txid, txid(OTHER_TXID));
    assert_eq!(diagnosis.transactions[1].transaction.txid, txid(TXID));
    assert_eq!(World::new().further(OTHER_TXID, OUTSIDE).code(), "deposit-missed");
    assert_eq!(World::new().failed("reverted").further(OTHER_TXID, MINE).code(), "deposit-missed");
}

#[test]
fn of_several_payments_to_the_claimant_the_worst_verdict_leads() {
    let diagnosis = World::new().recorded("credited").further(OTHER_TXID, MINE).diagnose();
    assert_eq!(diagnosis.decisive().code, "deposit-missed");
    assert_eq!(diagnosis.transactions.len(), 2);
}

/// The keys of one account see its own addresses alone.
#[test]
fn whose_address_it_is_not_depends_on_what_the_ledger_sees() {
    for (scope, told) in [(Scope::Platform, "platform"), (Scope::Account, "account")] {
        let diagnosis = World::new().pays(OUTSIDE).ledger(|ledger| ledger.scope = scope).diagnose();
        assert_eq!(diagnosis.decisive().facts["scope"], Fact::from(told));
    }
}

/// Where the asset itself is closed, its own words are told and not the network's.
#[test]
fn a_closed_asset_is_told_in_its_own_words() {
    let world = World::new().network(|policy| {
        (policy.reason, policy.until) = (Some("fork".to_owned()), "2026-03-01T00:00:00Z".parse().ok());
        policy.deposits = Openness::Suspended;
    });
    assert_eq!(world.diagnose().decisive().facts["reason"], Fact::from("fork"));
    let own = world.network(|policy| {
        let asset = &mut policy.assets[0];
        (asset.deposits, asset.reason) = (Openness::Suspended, Some("migration".to_owned()));
        asset.until = "2026-02-02T00:00:00Z".parse().ok();
    });
    let diagnosis = own.diagnose();
    assert_eq!(diagnosis.decisive().facts["reason"], Fact::from("migration"));
    assert_eq!(diagnosis.decisive().facts["until"], Fact::from("2026-02-02T00:00:00Z"));
}

#[test]
fn the_ledger_alone_may_decide_where_the_chain_is_silent() {
    let alone = |status: &str| World::new().chain_down().recorded(status).diagnose();
    for (status, code) in [
        ("held", "held"),
        ("credited", "credited"),
        ("credited_locked", "unlock-pending"),
        ("confirming", "ledger-confirming"),
        ("rejected", "deposit-rejected"),
        ("below_minimum", "below-minimum"),
        ("refunding", "refund-in-progress"),
        ("refunded", "refunded"),
        ("awaiting_customer", "awaiting-customer"),
        ("suspended", "deposits-suspended"),
        ("on_fire", "unknown-ledger-status"),
    ] {
        let diagnosis = alone(status);
        assert_eq!(diagnosis.decisive().code, code);
        assert_eq!(diagnosis.confidence, Confidence::Reported);
    }
    assert_eq!(World::new().chain_down().diagnose().verdict, Inconclusive);
    assert_eq!(World::new().chain_down().suspended().diagnose().verdict, Inconclusive);
}

#[test]
fn the_ledger_alone_is_heard_where_too_few_sources_deny_the_transaction() {
    // One node that does not know it proves no more than a node that does not answer.
    assert_eq!(World::new().absent().recorded("held").code(), "held");
    assert_eq!(World::new().absent().recorded("confirming").code(), "ledger-confirming");
}

#[test]
fn a_credit_of_another_output_is_no_credit_of_this_one() {
    let to_another = || {
        let record = |d: &mut txsleuth::evidence::Deposit| {
            (d.account, d.address, d.output_index) = ("B".to_owned(), THEIRS.to_owned(), Some(9));
        };
        World::new().recorded("credited").record(record).claim(|claim| claim.account = None)
    };
    assert_eq!(to_another().code(), "deposit-missed");
    assert_eq!(to_another().chain_down().diagnose().verdict, Inconclusive);
}

#[test]
fn a_record_long_underway_is_not_normal_because_the_chain_is_silent() {
    let late = World::new().recorded("confirming").record(|d| d.detected_at = Some(ago(72 * HOUR))).mined(73 * HOUR);
    assert_eq!(late.code(), "ledger-stuck");
    assert_ne!(late.chain_down().diagnose().verdict, Waiting);
}

#[test]
fn a_closed_door_decides_nothing_about_a_payment_that_may_not_exist() {
    let closed = World::new().suspended();
    let unplaced = closed.clone().placed(|placement| placement.canonical = unknown(GapWhy::Timeout));
    assert_eq!(unplaced.diagnose().verdict, Inconclusive);
    let unrun = closed.sighted(|sighting| sighting.executed = unknown(GapWhy::Timeout));
    assert_eq!(unrun.diagnose().verdict, Inconclusive);
}

#[test]
fn a_network_that_the_ledger_does_not_run_is_not_suspended() {
    assert_ne!(World::new().not_served().code(), "deposits-suspended");
}

#[test]
fn a_silent_ledger_never_gives_settled() {
    let worlds = [
        World::new(),
        World::new().anonymous(),
        World::new().confirmations(3),
        World::new().pays(OUTSIDE),
        World::new().transfers(&[native(MINE)]),
        World::new().two_sources(),
        World::new().chain_down(),
    ];
    for world in worlds {
        let diagnosis = world.unknown_ledger().diagnose();
        assert_eq!(diagnosis.verdict, Inconclusive, "{}", diagnosis.decisive().code);
    }
    for world in [World::new().mempool(), World::new().failed("reverted")] {
        assert_ne!(world.unknown_ledger().diagnose().verdict, Settled);
    }
}

#[test]
fn no_ledger_gives_settled_only_when_final() {
    for world in [World::new(), World::new().anonymous()] {
        let settled = |world: World| world.no_ledger().diagnose().verdict;
        assert_eq!(settled(world.clone()), Settled);
        assert_eq!(settled(world.clone().confirmations(12)), Settled);
        assert_eq!(settled(world.clone().confirmations(11)), Waiting);
        assert_eq!(settled(world.clone().mempool()), Waiting);
        assert_eq!(settled(world.clone().orphaned()), Waiting);
        assert_eq!(settled(world.clone().failed("reverted")), CustomerAction);
        assert_eq!(settled(world.clone().behind()), Inconclusive);
        assert_eq!(settled(world.chain_down()), Inconclusive);
    }
}

#[test]
fn an_amount_that_differs_is_explained_only_by_figures_that_fit_exactly() {
    let fee = |units| Transfer { output_index: Some(4), ..token(OUTSIDE, units) };
    let elsewhere = |transfer| Transfer { from: Some(address(THEIRS)), ..transfer };
    let cases: [(&str, &[Transfer], &str); 7] = [
        ("500", &[token(MINE, 490_000_000), fee(10_000_000)], "token-fee"),
        ("500", &[token(MINE, 485_000_000), fee(10_000_000), fee(5_000_000)], "token-fee"),
        ("500", &[token(MINE, 490_000_000), fee(9_000_000)], "other"),
        ("500", &[token(MINE, 490_000_000), elsewhere(fee(10_000_000))], "other"),
        ("500", &[token(MINE, 490_000_000)], "other"),
        ("500000000", &[token(MINE, 500_000_000)], "units"),
        ("0.0005", &[token(MINE, 500_000_000)], "units"),
    ];
    for (claimed, transfers, reason) in cases {
        let claim = |claim: &mut Claim| claim.amount = Some(Said::new(coins(claimed), By::Flag));
        let diagnosis = World::new().transfers(transfers).claim(claim).diagnose();
        let stated = found(&diagnosis, "amount-differs").map(|finding| finding.facts["reason"].clone());
        assert_eq!(stated, Ok(Fact::from(reason)), "{claimed} {transfers:?}");
    }
}

#[test]
fn the_policy_chooses_between_two_verdicts() {
    let handled = |handling: Handling| {
        let mut world = World::new().minimum("1000");
        world.policy.below_minimum = handling;
        world.diagnose().verdict
    };
    assert_eq!(handled(Handling::Recover), PlatformAction);
    assert_eq!(handled(Handling::Accumulate), CustomerAction);
    let mut recovering = World::new().issued_elsewhere().not_served();
    recovering.policy.wrong_network = Handling::Recover;
    assert_eq!(recovering.diagnose().verdict, PlatformAction);
    let mut lenient = held("kyc");
    lenient.policy.held.insert("kyc".to_owned(), Party::Platform);
    assert_eq!(lenient.diagnose().verdict, PlatformAction);
}

/// The ledger's word for the asset, its word for the network, the configuration's for the asset, then for the network.
#[test]
fn what_is_required_of_an_asset_comes_before_what_is_of_its_network() {
    let configured = |of_asset: Option<u64>| {
        let mut world = World::new().confirmations(20).network(|policy| policy.required_confirmations = None);
        let own = world.policy.networks.iter_mut().find(|network| &*network.name == "ethereum").unwrap();
        own.finality = Finality::Confirmations(12);
        own.assets[0].finality = of_asset.map(Finality::Confirmations);
        world
    };
    assert_eq!(configured(None).code(), "deposit-missed");
    assert_eq!(configured(Some(96)).code(), "waiting-confirmations");
    let of_network =
        configured(Some(96)).network(|policy| policy.required_confirmations = Some(Finality::Confirmations(15)));
    assert_eq!(of_network.code(), "deposit-missed");
    let of_both = configured(None).network(|policy| {
        policy.required_confirmations = Some(Finality::Confirmations(15));
        policy.assets[0].required_confirmations = Some(Finality::Confirmations(30));
    });
    assert_eq!(of_both.code(), "waiting-confirmations");
}

/// What the scanner had read when the policy came says nothing of when the deposits were asked for.
#[test]
fn a_policy_that_is_much_younger_than_the_deposits_proves_no_miss() {
    let apart = |seconds: i64| {
        World::new().ledger(|ledger| {
            let policy = ledger.networks.get_mut("ethereum").unwrap();
            let Seen::Yes(own, _) = policy.clone() else { panic!("a policy") };
            *policy = Seen::Yes(own, answered_at("the policy", now() + jiff::SignedDuration::from_secs(seconds)));
        })
    };
    assert_eq!(apart(50).code(), "deposit-missed");
    assert_eq!(apart(-500).code(), "deposit-missed", "an older one is on the safe side");
    assert_eq!(apart(70).code(), "source-unavailable");
}

#[test]
fn a_locked_credit_tells_how_far_it_is_from_its_unlock() {
    let locked = |need: Option<u64>| {
        let world = World::new().recorded("credited_locked").confirmations(20);
        world.network(|policy| policy.assets[0].unlock_confirmations = need.map(Finality::Confirmations)).diagnose()
    };
    let open = found(&locked(None), "unlock-pending").unwrap().clone();
    assert_eq!(
        (&open.facts["required"], open.facts["confirmations"].clone()),
        (&Fact::from("unknown"), Fact::from("20"))
    );
    let told = found(&locked(Some(64)), "unlock-pending").unwrap().clone();
    assert_eq!(told.facts["required"], Fact::from("64"));
    assert!(locked(Some(64)).whereabouts.expected_by.is_some());
}

#[test]
fn several_customers_paid_at_once_are_told_apart_only_by_the_claim() {
    let both = World::new().transfers(&[token(MINE, 500_000_000), token(THEIRS, 500_000_000)]);
    assert_eq!(both.code(), "deposit-missed");
    let unsaid = both.anonymous();
    assert_eq!(unsaid.diagnose().verdict, Inconclusive);
    let half = unsaid.ledger(|ledger| {
        let gap = Gap::new("ledger", "whose address it is", GapWhy::Timeout);
        ledger.owners.insert(("ethereum".into(), address(THEIRS)), Seen::Unknown(gap));
    });
    assert_eq!(half.diagnose().verdict, Inconclusive, "knowing less cannot tell more");
}

#[test]
fn whether_it_is_a_deposit_is_not_guessed() {
    let unsaid = || World::new().pays(OUTSIDE).claim(|claim| claim.kind = None);
    assert_eq!(unsaid().code(), "address-not-ours", "the ledger knows of no withdrawal");
    let silent = unsaid().ledger(|ledger| {
        let gap = Gap::new("ledger", "withdrawals", GapWhy::Timeout);
        ledger.withdrawals.insert(txid(TXID), Seen::Unknown(gap));
    });
    assert_eq!(silent.diagnose().verdict, Inconclusive);
}

#[test]
fn a_customer_is_not_asked_for_the_platforms_own_transaction() {
    for status in ["broadcast", "completed"] {
        let diagnosis = World::new().unsent(status).diagnose();
        assert_ne!(diagnosis.verdict, CustomerAction, "{status}: {}", diagnosis.decisive().code);
    }
}

#[test]
fn a_withdrawal_that_may_be_on_the_chain_is_not_called_undone() {
    // Returning the balance of a payment that arrived pays twice.
    for status in ["failed", "cancelled", "rejected"] {
        let sent = World::new().ordered(status);
        assert_eq!(sent.code(), "withdrawal-done-not-marked", "{status}");
        let silent = sent.chain_down().diagnose();
        assert_eq!(silent.verdict, Inconclusive, "{status}: {}", silent.decisive().code);
    }
}

#[test]
fn a_delivery_in_a_token_that_only_the_ledger_lists_is_not_misdelivered() {
    let mut world =
        World::new().ordered("completed").transfers(&[Transfer { asset: None, ..token(OUTSIDE, 500_000_000) }]);
    world.policy.networks[0].assets.clear();
    assert_ne!(world.code(), "withdrawal-misdelivered");
}

#[test]
fn a_silent_test_network_does_not_keep_a_transaction_from_being_absent() {
    assert_eq!(World::new().absent().two_sources().test_network_down().code(), "transaction-not-found");
}

#[test]
fn a_bridged_token_is_not_fake_whatever_it_calls_itself() {
    assert_eq!(World::new().stranger("USDT").bridged().code(), "bridged-variant");
}

#[test]
fn a_foreign_payment_does_not_wait_for_confirmations() {
    let foreign = World::new().transfers(&[unrelated()]);
    for world in [foreign.clone(), foreign.clone().confirmations(3), foreign.finalized(BLOCK - 1)] {
        assert_eq!(world.code(), "not-related-to-claimant");
    }
}

#[test]
fn a_credit_to_the_claimant_is_complete_wherever_the_money_arrived() {
    // What went astray and was credited by hand needs no further action.
    let astray: &[fn(World) -> World] = &[
        |world| world.owner(|owner| owner.role = AddressRole::Hot),
        |world| world.owner(|owner| owner.status = AddressStatus::Retired),
        |world| world.owner_account("B"),
        World::issued_elsewhere,
    ];
    for twist in astray {
        let was = twist(World::new()).code();
        assert_eq!(twist(World::new().recorded("credited")).code(), "credited", "{was}");
    }
}

#[test]
fn another_customers_record_never_answers_the_claim() {
    let theirs = |status: &str| {
        World::new().recorded(status).record(|d| (d.account, d.address) = ("B".to_owned(), THEIRS.to_owned()))
    };
    for status in ["held", "rejected", "credited", "detected", "refunded", "on_fire"] {
        assert_eq!(theirs(status).code(), "deposit-missed", "{status}");
        assert_eq!(theirs(status).chain_down().diagnose().verdict, Inconclusive, "{status}");
    }
}

/// The second source has it in its mempool, at this height.
fn unconfirmed_at(world: World, height: u64) -> World {
    world.source(1, |o| {
        if let Seen::Yes(sighting, _) = &mut o.sighting {
            sighting.block = Seen::No(provenance_of(&sighting.block));
        }
        if let Seen::Yes(head, _) = &mut o.head {
            head.height = height;
        }
        o.placement = None;
    })
}

#[test]
fn a_source_that_has_not_read_so_far_does_not_deny_the_block_that_another_names() {
    let unplaced = World::new().two_sources().source(0, |o| o.placement = None);
    let denied = unconfirmed_at(unplaced, BLOCK - 1);
    assert_eq!(denied.diagnose().verdict, Inconclusive, "{}", denied.code());
    assert_ne!(denied.recorded("credited").code(), "credited-before-final");
}

#[test]
fn a_block_that_is_gone_does_not_deny_another_one_that_holds_it_again() {
    let again = World::new().two_sources().source(0, |o| {
        if let Some(placement) = &mut o.placement {
            placement.canonical = Seen::No(provenance_of(&placement.canonical));
        }
    });
    let again = again.source(1, |o| {
        if let Seen::Yes(sighting, _) = &mut o.sighting
            && let Seen::Yes(block, _) = &mut sighting.block
        {
            "0xa9a19".clone_into(&mut block.hash);
        }
        o.placement = None;
    });
    assert_eq!(again.diagnose().verdict, Inconclusive, "{}", again.code());
    assert_ne!(again.recorded("credited").code(), "credited-before-final");
}

#[test]
fn a_payment_that_waits_says_how_long_that_is_usual() {
    let facts = |world: World| {
        let diagnosis = world.diagnose();
        let decisive = diagnosis.decisive().clone();
        assert_eq!(decisive.code, "pending");
        let expected = diagnosis.whereabouts.expected_by.is_some();
        (decisive.facts["overdue"].clone(), decisive.facts["minutes"].clone(), expected)
    };
    let word = |text: &str| Fact::Text(text.to_owned());
    let said_at =
        |age: u64| World::new().going_rate("30").claim(|claim| claim.at = Some(Said::new(ago(age), By::Flag)));
    assert_eq!(facts(World::new().mempool()), (word("no"), word("unknown"), false));
    assert_eq!(facts(World::new().going_rate("30")), (word("no"), Fact::Number(2), true));
    assert_eq!(facts(said_at(60)), (word("no"), Fact::Number(2), true));
    assert_eq!(facts(said_at(HOUR)), (word("yes"), word("unknown"), false));
}

/// What is proven beats what is counted, and nothing is more certain than that its block is in the chain.
#[test]
fn enough_headers_prove_what_rests_on_the_chain_and_too_few_do_not() {
    use txsleuth::terms::Confidence;
    let confidence = |world: World| (world.code(), world.diagnose().confidence);
    assert_eq!(confidence(World::new()), ("deposit-missed", Confidence::Reported));
    assert_eq!(confidence(World::new().proven(12)), ("deposit-missed", Confidence::Proven));
    assert_eq!(confidence(World::new().proven(11)), ("deposit-missed", Confidence::Reported));
    let early = || World::new().confirmations(3);
    assert_eq!(confidence(early().proven(3)), ("waiting-confirmations", Confidence::Reported));
    assert_eq!(confidence(early().proven(12)), ("deposit-missed", Confidence::Proven), "headers beat a lagging head");
    assert_eq!(confidence(World::new().disproven(0)), ("answer-not-proven", Confidence::Reported));
    let beside = World::new().two_sources().disproven(1);
    assert_eq!(confidence(beside), ("deposit-missed", Confidence::Reported), "the honest one's word is left");
}
