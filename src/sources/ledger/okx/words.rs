//! OKX's codes and words.

use crate::evidence::{DepositStatus, WithdrawalStatus};
use crate::sources::ledger::account::Word;
use crate::terms::GapWhy;

const fn deposit(code: &'static str, label: &'static str, status: DepositStatus) -> Word<DepositStatus> {
    Word { code, label, status, reason: None }
}

const fn held(code: &'static str, label: &'static str, reason: &'static str) -> Word<DepositStatus> {
    Word { code, label, status: DepositStatus::Held, reason: Some(reason) }
}

/// "Get deposit history", `state`; 17 stands in the list of the parameter only.
pub(super) const DEPOSITS: &[Word<DepositStatus>] = &[
    deposit("0", "waiting for confirmation", DepositStatus::Confirming),
    deposit("1", "deposit credited", DepositStatus::CreditedLocked),
    deposit("2", "deposit successful", DepositStatus::Credited),
    deposit("8", "pending due to temporary deposit suspension on this cryptocurrency", DepositStatus::Suspended),
    held("11", "match the address blacklist", "blacklist"),
    held("12", "account or deposit is frozen", "frozen"),
    held("13", "sub-account deposit interception", "sub_account"),
    held("14", "KYC limit", "kyc"),
    held("17", "pending response from Travel Rule vendor", "travel_rule"),
];

const fn order(code: &'static str, label: &'static str, status: WithdrawalStatus) -> Word<WithdrawalStatus> {
    Word { code, label, status, reason: None }
}

/// "Get withdrawal history", `state`; 3 is of older lists.
pub(super) const WITHDRAWALS: &[Word<WithdrawalStatus>] = &[
    order("0", "waiting withdrawal", WithdrawalStatus::Requested),
    order("10", "waiting transfer", WithdrawalStatus::Requested),
    order("17", "pending response from Travel Rule vendor", WithdrawalStatus::InReview),
    order("4", "waiting manual review", WithdrawalStatus::InReview),
    order("5", "waiting manual review", WithdrawalStatus::InReview),
    order("6", "waiting manual review", WithdrawalStatus::InReview),
    order("8", "waiting manual review", WithdrawalStatus::InReview),
    order("9", "waiting manual review", WithdrawalStatus::InReview),
    order("12", "waiting manual review", WithdrawalStatus::InReview),
    order("3", "awaiting email verification", WithdrawalStatus::AwaitingCustomer),
    order("7", "approved", WithdrawalStatus::Approved),
    order("19", "insufficient balance in the hot wallet", WithdrawalStatus::Processing),
    order("16", "can take up to 24 h because of local law", WithdrawalStatus::Processing),
    order("1", "broadcasting to chain", WithdrawalStatus::Broadcast),
    order("15", "pending transaction validation", WithdrawalStatus::Broadcast),
    order("-3", "canceling", WithdrawalStatus::Processing),
    order("-2", "canceled", WithdrawalStatus::Cancelled),
    order("-1", "failed", WithdrawalStatus::Failed),
    order("2", "success", WithdrawalStatus::Completed),
];

/// What follows the first hyphen of `chain`.
pub(super) const NETWORKS: &[(&str, &str)] = &[
    ("Bitcoin", "bitcoin"),
    ("ERC20", "ethereum"),
    ("Ethereum", "ethereum"),
    ("BSC", "bsc"),
    ("BEP20", "bsc"),
    ("Polygon", "polygon"),
    ("Polygon-Bridge", "polygon"),
    ("Polygon (Bridged)", "polygon"),
    ("Arbitrum One", "arbitrum"),
    ("Optimism", "optimism"),
    ("Optimism (V2)", "optimism"),
    ("Optimism (Bridged)", "optimism"),
    ("Base", "base"),
    ("Avalanche C-Chain", "avalanche"),
    ("TRC20", "tron"),
    ("Solana", "solana"),
    ("Ripple", "xrpl"),
    ("TON", "ton"),
    ("Litecoin", "litecoin"),
    ("Dogecoin", "dogecoin"),
    ("BitcoinCash", "bitcoin-cash"),
];

const QUESTION: &str = "the exchange does not take the question: its API may have changed";

/// "REST API error codes": what each is, and what to do about it.
pub(super) const ERRORS: &[(&str, GapWhy, &str)] = &[
    ("50113", GapWhy::Unauthorised, "the signature was refused: secret and key do not belong together"),
    ("50110", GapWhy::Unauthorised, "this machine's address is not on the key's list"),
    ("50111", GapWhy::Unauthorised, "the key is not valid"),
    ("50119", GapWhy::Unauthorised, "there is no such key on this host: European and American accounts have their own"),
    ("50101", GapWhy::Unauthorised, "the key is of another environment"),
    ("50105", GapWhy::Unauthorised, "the passphrase is not the key's"),
    ("50120", GapWhy::Unauthorised, "the key may not read this: it needs the permission Read"),
    ("50030", GapWhy::Unauthorised, "the key may not read this: it needs the permission Read"),
    ("50011", GapWhy::RateLimited, "too many requests"),
    ("50007", GapWhy::Unauthorised, "the account itself is blocked: its owner has to ask OKX"),
    ("50012", GapWhy::Unauthorised, "the account's state does not allow it: its owner has to ask OKX"),
    ("4088", GapWhy::Unauthorised, "the account's owner has to verify the identity once more"),
    ("50121", GapWhy::Unauthorised, "the exchange does not serve this machine's address or region"),
    ("50013", GapWhy::RateLimited, "the exchange is busy"),
    ("50001", GapWhy::ServerError, "the exchange is under maintenance: ask again later"),
    ("50004", GapWhy::Timeout, "the exchange's own servers did not answer in time: ask again later"),
    ("50014", GapWhy::ServerError, QUESTION),
    ("51000", GapWhy::ServerError, QUESTION),
];

/// Codes of a time that is out of the exchange's window of 30 seconds.
pub(super) const CLOCK: &[&str] = &["50102", "50112"];

/// Codes of a question that the exchange does not take: parameters that are missing or wrong.
pub(super) const REFUSED: &[&str] = &["50014", "51000"];
