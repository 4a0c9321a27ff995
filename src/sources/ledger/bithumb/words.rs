//! What Bithumb's words mean: states, networks, errors (<https://apidocs.bithumb.com>).

use crate::evidence::{DepositStatus, Openness, WithdrawalStatus};
use crate::sources::ledger::account::{Read, Word, read};
use crate::terms::GapWhy;

const fn deposit(code: &'static str, label: &'static str, status: DepositStatus) -> Word<DepositStatus> {
    Word { code, label, status, reason: None }
}

const fn because(
    code: &'static str,
    label: &'static str,
    status: DepositStatus,
    reason: &'static str,
) -> Word<DepositStatus> {
    Word { code, label, status, reason: Some(reason) }
}

/// "Coin deposits", `state`, with the labels in English; those without a prefix are of won deposits and of the API that
/// this one is made after.
const DEPOSITS: &[Word<DepositStatus>] = &[
    because("REQUESTED_PENDING", "deposit application is waiting", DepositStatus::Held, "travel_rule"),
    // One code stands for two labels; in both the platform examines.
    because("REQUESTED_PROCESSING", "application received or under examination", DepositStatus::Held, "manual"),
    because(
        "REQUESTED_SYSTEM_REJECTED",
        "waiting for the application for a return",
        DepositStatus::AwaitingCustomer,
        "the customer has to apply for the return",
    ),
    because(
        "REQUESTED_ADMIN_REJECTED",
        "examination refused",
        DepositStatus::Rejected,
        "the examination of the deposit refused it",
    ),
    deposit("DEPOSIT_PROCESSING", "deposit waiting", DepositStatus::Confirming),
    deposit("DEPOSIT_ACCEPTED", "deposit complete", DepositStatus::Credited),
    because("DEPOSIT_CANCELLED", "deposit cancelled", DepositStatus::Rejected, "the deposit was cancelled"),
    deposit("REFUNDING_PENDING", "application for a return waits for examination", DepositStatus::Refunding),
    deposit("REFUNDING_PROCESSING", "return under examination", DepositStatus::Refunding),
    deposit("REFUNDING_ACCEPTED", "application for a return done", DepositStatus::Refunding),
    because("REFUNDING_SYSTEM_REJECTED", "return cancelled", DepositStatus::Rejected, RETURN_REFUSED),
    because("REFUNDING_ADMIN_REJECTED", "return cancelled", DepositStatus::Rejected, RETURN_REFUSED),
    deposit("REFUNDED_PROCESSING", "payment of the return approved", DepositStatus::Refunding),
    deposit("REFUNDED_ACCEPTED", "payment of the return complete", DepositStatus::Refunded),
    because("REFUNDED_CANCELLED", "payment of the return cancelled", DepositStatus::Held, "manual"),
    deposit("PROCESSING", "processing", DepositStatus::Confirming),
    deposit("ACCEPTED", "complete", DepositStatus::Credited),
    because("CANCELLED", "cancelled", DepositStatus::Rejected, "the deposit was cancelled"),
    deposit("REJECTED", "rejected", DepositStatus::Rejected),
    because("TRAVEL_RULE_SUSPECTED", "waiting for travel-rule data", DepositStatus::Held, "travel_rule"),
    deposit("REFUNDING", "return in progress", DepositStatus::Refunding),
    deposit("REFUNDED", "returned", DepositStatus::Refunded),
];

const RETURN_REFUSED: &str = "the return was refused, and the exchange still holds the value";

const fn order(code: &'static str, label: &'static str, status: WithdrawalStatus) -> Word<WithdrawalStatus> {
    Word { code, label, status, reason: None }
}

/// "Coin withdrawals", `state`; the last three are of the API that this one is made after.
const WITHDRAWALS: &[Word<WithdrawalStatus>] = &[
    order("PROCESSING", "processing", WithdrawalStatus::Processing),
    order("DONE", "complete", WithdrawalStatus::Completed),
    order("CANCELLED", "cancelled", WithdrawalStatus::Cancelled),
    order("WAITING", "waiting", WithdrawalStatus::Requested),
    order("FAILED", "failed", WithdrawalStatus::Failed),
    order("REJECTED", "rejected", WithdrawalStatus::Rejected),
];

/// The meaning of a deposit's state.
pub(super) fn deposit_state(state: &str) -> Read<DepositStatus> {
    known(DEPOSITS, state)
}

/// The meaning of a withdrawal's state.
pub(super) fn withdrawal_state(state: &str) -> Read<WithdrawalStatus> {
    known(WITHDRAWALS, state)
}

/// States come in either case, and cancelled ones in two spellings.
fn known<S: Clone + From<String>>(words: &[Word<S>], state: &str) -> Read<S> {
    let plain = state.trim().to_ascii_uppercase().replace("CANCELED", "CANCELLED");
    let is_known = words.iter().any(|word| word.code == plain);
    read(words, if is_known { &plain } else { state })
}

/// "Wallet status", `wallet_state`: whether deposits are open, and withdrawals; nothing for another word.
pub(super) fn doors(wallet_state: &str) -> Option<(Openness, Openness)> {
    match wallet_state {
        "working" => Some((Openness::Open, Openness::Open)),
        "deposit_only" => Some((Openness::Open, Openness::Suspended)),
        "withdraw_only" => Some((Openness::Suspended, Openness::Open)),
        "paused" | "unsupported" => Some((Openness::Suspended, Openness::Suspended)),
        _ => None,
    }
}

/// `network_name` and `net_type`. The names come first: one `net_type` may be of a token (`MTL_ETH`), another of a
/// network (`ARB_ETH`), and only the wallet status tells which.
pub(super) const NETWORKS: &[(&str, &str)] = &[
    ("Bitcoin", "bitcoin"),
    ("Ethereum", "ethereum"),
    ("BNB Smart Chain", "bsc"),
    ("Polygon", "polygon"),
    ("Arbitrum One", "arbitrum"),
    ("Optimism", "optimism"),
    ("Base", "base"),
    ("Avalanche C-Chain", "avalanche"),
    ("Tron", "tron"),
    ("Solana", "solana"),
    ("XRP Ledger", "xrpl"),
    ("The Open Network", "ton"),
    ("Litecoin", "litecoin"),
    ("Dogecoin", "dogecoin"),
    ("Bitcoin Cash", "bitcoin-cash"),
    ("BTC", "bitcoin"),
    ("ETH", "ethereum"),
    ("BSC", "bsc"),
    ("POL", "polygon"),
    ("MATIC", "polygon"),
    ("ARB", "arbitrum"),
    ("ARB_ETH", "arbitrum"),
    ("OP", "optimism"),
    ("OP_ETH", "optimism"),
    ("BASE_ETH", "base"),
    ("TRX", "tron"),
    ("SOL", "solana"),
    ("XRP", "xrpl"),
    ("TON", "ton"),
    ("LTC", "litecoin"),
    ("DOGE", "dogecoin"),
    ("BCH", "bitcoin-cash"),
];

/// "Error codes", `error.name`: what each is, and what to do about it.
pub(super) const ERRORS: &[(&str, GapWhy, &str)] = &[
    (
        "jwt_verification",
        GapWhy::Unauthorised,
        "the signature was refused: key and secret do not belong together, the key has ended (it lives for a year), or \
         its permissions do not include this",
    ),
    ("invalid_query_payload", GapWhy::Unauthorised, "the hash of the question was refused: it changed on its way"),
    ("NotAllowIP", GapWhy::Unauthorised, "this machine's address is not on the key's list"),
    (
        "out_of_scope",
        GapWhy::Unauthorised,
        "the key may not read this: it needs the permission to see deposits and withdrawals",
    ),
    ("blocked_member_id", GapWhy::Unauthorised, "the exchange has restricted the account"),
    ("invalid_parameter", GapWhy::ServerError, "the exchange does not take the question"),
];

/// Words of the message of a refusal whose name is a number or none that is known, in small letters.
pub(super) const TOLD: &[(&str, GapWhy, &str)] = &[
    ("currency does not have", GapWhy::NotOffered, "the exchange does not list the currency"),
    ("parameter", GapWhy::ServerError, "the exchange does not take the question"),
];

/// What an answer 429 means.
pub(super) const BLOCKED: &str = "the exchange refuses this machine's address for five minutes after too many requests";
/// What an answer of 500 and above means.
pub(super) const DOWN: &str = "the exchange is under maintenance or out of order: ask again later";

/// The code of a time outside the exchange's window, which is not published.
pub(super) const CLOCK: &str = "expired_jwt";

/// Codes of a record that is not there.
pub(super) const ABSENT: &[&str] = &["deposit_not_found", "withdraw_not_found"];
