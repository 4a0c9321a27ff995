//! Binance's codes and words.

use crate::evidence::{DepositStatus, WithdrawalStatus};
use crate::sources::ledger::account::{DAY, Reach, Word};
use crate::sources::ledger::query_signed::Dialect;
use crate::terms::GapWhy;

/// The exchange's own time.
pub(super) const TIME: &str = "/api/v3/time";
/// Whether it is under maintenance.
pub(super) const STATUS: &str = "/sapi/v1/system/status";

/// Its way of speaking. A stretch is shorter than 90 days; that older ones are answered is not limited.
pub(super) const BINANCE: Dialect = Dialect {
    time: TIME,
    maintenance: Some(STATUS),
    clock: &["-1021"],
    errors: ERRORS,
    told: &[],
    reach: Reach { window: 89 * DAY, usual: 365 * DAY, most: 3 * 365 * DAY },
    paged: true,
};

const QUESTION: &str = "the exchange does not take the question: its API may have changed";

/// "Error codes".
const ERRORS: &[(&str, GapWhy, &str)] = &[
    ("-1022", GapWhy::Unauthorised, "the signature was refused: secret and key do not belong together"),
    ("-2014", GapWhy::Unauthorised, "the key is not written as one: look for a missing or a further character"),
    (
        "-2015",
        GapWhy::Unauthorised,
        "the key is not valid, or this machine's address is not on its list, or it lacks Enable Reading: Binance does \
         not tell which",
    ),
    ("-1002", GapWhy::Unauthorised, "the key may not read this: it needs Enable Reading"),
    ("-1003", GapWhy::RateLimited, "too many requests: ask again in a minute"),
    ("-1000", GapWhy::ServerError, "the exchange failed at it: ask again later"),
    ("-1001", GapWhy::ServerError, "the exchange is out of order: ask again later"),
    ("-1007", GapWhy::Timeout, "the exchange's own servers did not answer in time: ask again later"),
    ("-1008", GapWhy::RateLimited, "the exchange is busy: ask again later"),
    ("-1100", GapWhy::ServerError, QUESTION),
    ("-1101", GapWhy::ServerError, QUESTION),
    ("-1102", GapWhy::ServerError, QUESTION),
    ("-1103", GapWhy::ServerError, QUESTION),
    ("-1104", GapWhy::ServerError, QUESTION),
    ("-1105", GapWhy::ServerError, QUESTION),
    ("-1106", GapWhy::ServerError, QUESTION),
];

const fn deposit(code: &'static str, label: &'static str, status: DepositStatus) -> Word<DepositStatus> {
    Word { code, label, status, reason: None }
}

/// "Deposit History", `status`.
pub(super) const DEPOSITS: &[Word<DepositStatus>] = &[
    deposit("0", "pending", DepositStatus::Confirming),
    deposit("1", "success", DepositStatus::Credited),
    deposit("2", "rejected", DepositStatus::Rejected),
    deposit("6", "credited but cannot withdraw", DepositStatus::CreditedLocked),
    deposit("7", "wrong deposit", DepositStatus::WrongDeposit),
    deposit("8", "waiting user confirm", DepositStatus::AwaitingCustomer),
];

/// Version 2 of the list for the travel rule, `travelRuleReqStatus`: its label, and what it makes of a deposit.
pub(super) const TRAVEL_RULE: &[(&str, &str, Option<DepositStatus>)] = &[
    ("0", "PASS", None),
    ("2", "REJECTED", Some(DepositStatus::Rejected)),
    ("3", "PENDING", Some(DepositStatus::Held)),
    ("-1", "FAILED", Some(DepositStatus::Rejected)),
];

/// Version 2 of the list for the travel rule, `travelRuleStatus` of a withdrawal: its label, and what it makes of one. The
/// order goes on once it is complete.
pub(super) const ORDERED_TRAVEL_RULE: &[(&str, &str, Option<WithdrawalStatus>)] = &[
    ("0", "Completed", None),
    ("1", "Pending", Some(WithdrawalStatus::InReview)),
    ("2", "Failed", Some(WithdrawalStatus::Rejected)),
];

const fn order(code: &'static str, label: &'static str, status: WithdrawalStatus) -> Word<WithdrawalStatus> {
    Word { code, label, status, reason: None }
}

/// "Withdraw History", `status`; 1 and 5 are of older lists. 1 is success on a deposit, and not here.
pub(super) const WITHDRAWALS: &[Word<WithdrawalStatus>] = &[
    order("0", "email sent", WithdrawalStatus::Requested),
    order("1", "cancelled", WithdrawalStatus::Cancelled),
    order("2", "awaiting approval", WithdrawalStatus::InReview),
    order("3", "rejected", WithdrawalStatus::Rejected),
    order("4", "processing", WithdrawalStatus::Processing),
    order("5", "failure", WithdrawalStatus::Failed),
    order("6", "completed", WithdrawalStatus::Completed),
];

/// `network`; the first of each is the one that is asked for.
pub(super) const NETWORKS: &[(&str, &str)] = &[
    ("BTC", "bitcoin"),
    ("SEGWITBTC", "bitcoin"),
    ("ETH", "ethereum"),
    ("BSC", "bsc"),
    ("MATIC", "polygon"),
    ("ARBITRUM", "arbitrum"),
    ("OPTIMISM", "optimism"),
    ("BASE", "base"),
    ("AVAXC", "avalanche"),
    ("TRX", "tron"),
    ("SOL", "solana"),
    ("XRP", "xrpl"),
    ("TON", "ton"),
    ("LTC", "litecoin"),
    ("DOGE", "dogecoin"),
    ("BCH", "bitcoin-cash"),
];

/// "Get API Key Permission": rights that read.
pub(super) const READING: &[&str] = &["enableReading", "enableFixReadOnly"];
