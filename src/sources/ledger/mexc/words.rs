//! MEXC's codes and words.

use crate::evidence::{DepositStatus, WithdrawalStatus};
use crate::sources::ledger::account::{DAY, Reach, Word};
use crate::sources::ledger::query_signed::Dialect;
use crate::terms::GapWhy;

/// The exchange's own time.
pub(super) const TIME: &str = "/api/v3/time";

/// An hour in milliseconds, by which a list is asked for less than it has: time goes on while it is asked.
const HOUR: i64 = DAY / 24;

/// Its way of speaking: 7 days in one stretch, 90 days in all.
pub(super) const MEXC: Dialect = Dialect {
    time: TIME,
    maintenance: None,
    clock: &["700003", "10073"],
    errors: ERRORS,
    told: &[
        ("400", "earlier than", GapWhy::LacksHistory, "the exchange keeps its lists for 90 days"),
        ("400", "api key", GapWhy::Unauthorised, "the key is missing"),
    ],
    reach: Reach { window: 7 * DAY, usual: 90 * DAY - HOUR, most: 90 * DAY - HOUR },
    paged: false,
};

const SECRET: &str = "the signature was refused: secret and key do not belong together";
const ADDRESS: &str = "this machine's address is not on the key's list";
const KEY: &str = "the key is not valid";
const PERMISSION: &str = "the key may not read this: it needs SPOT_WITHDRAW_READ";
const MANY: &str = "too many requests: ask again in ten minutes";
const ACCOUNT: &str = "the account itself is restricted: its owner has to ask MEXC";
const DOWN: &str = "the exchange is out of order or under maintenance: ask again later";

/// "Error Code".
const ERRORS: &[(&str, GapWhy, &str)] = &[
    ("700002", GapWhy::Unauthorised, SECRET),
    ("602", GapWhy::Unauthorised, SECRET),
    ("700005", GapWhy::Unauthorised, "the request's window is too long"),
    ("700006", GapWhy::Unauthorised, ADDRESS),
    ("406", GapWhy::Unauthorised, ADDRESS),
    ("700001", GapWhy::Unauthorised, KEY),
    ("10072", GapWhy::Unauthorised, KEY),
    ("400", GapWhy::ServerError, "the exchange does not take the question: its API may have changed"),
    ("402", GapWhy::Unauthorised, "the key has expired: without a list of addresses it lives 90 days"),
    ("700007", GapWhy::Unauthorised, PERMISSION),
    ("401", GapWhy::Unauthorised, PERMISSION),
    ("403", GapWhy::Unauthorised, PERMISSION),
    ("429", GapWhy::RateLimited, MANY),
    ("510", GapWhy::RateLimited, MANY),
    ("60005", GapWhy::Unauthorised, ACCOUNT),
    ("10265", GapWhy::Unauthorised, ACCOUNT),
    ("730100", GapWhy::Unauthorised, ACCOUNT),
    ("10232", GapWhy::NotOffered, "the exchange does not list the currency"),
    ("500", GapWhy::ServerError, DOWN),
    ("503", GapWhy::ServerError, DOWN),
    ("504", GapWhy::ServerError, DOWN),
];

const fn deposit(code: &'static str, label: &'static str, status: DepositStatus) -> Word<DepositStatus> {
    Word { code, label, status, reason: None }
}

const fn held(code: &'static str, label: &'static str, reason: &'static str) -> Word<DepositStatus> {
    Word { code, label, status: DepositStatus::Held, reason: Some(reason) }
}

/// "Deposit History", `status`. The Chinese text explains 8 to 12: what is completed in 12 is the return.
pub(super) const DEPOSITS: &[Word<DepositStatus>] = &[
    deposit("1", "SMALL", DepositStatus::BelowMinimum),
    deposit("2", "TIME_DELAY", DepositStatus::Confirming),
    held("3", "LARGE_DELAY", "manual"),
    deposit("4", "PENDING", DepositStatus::Confirming),
    deposit("5", "SUCCESS", DepositStatus::Credited),
    held("6", "AUDITING", "risk"),
    deposit("7", "REJECTED", DepositStatus::Rejected),
    deposit("8", "REFUND", DepositStatus::Refunding),
    deposit("9", "PRE_SUCCESS", DepositStatus::CreditedLocked),
    deposit("10", "INVALID", DepositStatus::WrongDeposit),
    held("11", "RESTRICTED", "risk"),
    deposit("12", "COMPLETED (returned)", DepositStatus::Refunded),
];

const fn order(code: &'static str, label: &'static str, status: WithdrawalStatus) -> Word<WithdrawalStatus> {
    Word { code, label, status, reason: None }
}

/// "Withdraw History", `status`.
pub(super) const WITHDRAWALS: &[Word<WithdrawalStatus>] = &[
    order("1", "APPLY", WithdrawalStatus::Requested),
    order("2", "AUDITING", WithdrawalStatus::InReview),
    order("3", "WAIT", WithdrawalStatus::Processing),
    order("4", "PROCESSING", WithdrawalStatus::Processing),
    order("5", "WAIT_PACKAGING", WithdrawalStatus::Broadcast),
    order("6", "WAIT_CONFIRM", WithdrawalStatus::Broadcast),
    order("7", "SUCCESS", WithdrawalStatus::Completed),
    order("8", "FAILED", WithdrawalStatus::Failed),
    order("9", "CANCEL", WithdrawalStatus::Cancelled),
    order("10", "MANUAL", WithdrawalStatus::InReview),
];

/// `netWork`, and the forms of the older `network`.
pub(super) const NETWORKS: &[(&str, &str)] = &[
    ("BTC", "bitcoin"),
    ("Bitcoin(BTC)", "bitcoin"),
    ("ETH", "ethereum"),
    ("ERC20", "ethereum"),
    ("Ethereum(ERC20)", "ethereum"),
    ("BSC", "bsc"),
    ("BEP20(BSC)", "bsc"),
    ("BNB Smart Chain(BEP20)", "bsc"),
    ("BNB Smart Chain(BEP20-RACAV1)", "bsc"),
    ("BNB Smart Chain(BEP20-RACAV2)", "bsc"),
    ("MATIC", "polygon"),
    ("ARB", "arbitrum"),
    ("Arbitrum One(ARB)", "arbitrum"),
    ("OP", "optimism"),
    ("BASE", "base"),
    ("TRX", "tron"),
    ("TRC20", "tron"),
    ("Tron(TRC20)", "tron"),
    ("SOL", "solana"),
    ("Solana(SOL)", "solana"),
    ("XRP", "xrpl"),
    ("Ripple(XRP)", "xrpl"),
    ("TONCOIN", "ton"),
    ("Toncoin(TON)", "ton"),
    ("LTC", "litecoin"),
];
