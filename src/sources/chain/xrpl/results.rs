//! What a transaction's result means: <https://xrpl.org/docs/references/protocol/transactions/transaction-results>.

/// The result of a transaction that did what it says.
pub(super) const SUCCESS: &str = "tesSUCCESS";

/// What begins the result of a transaction that is in a ledger, paid its fee, and did nothing else.
pub(super) const FAILED: &str = "tec";

/// Results of payments, and of what takes one, in words.
const MEANINGS: &[(&str, &str)] = &[
    ("tecDST_TAG_NEEDED", "the receiver takes payments with a destination tag only"),
    ("tecNO_DST", "the receiver's account does not exist"),
    ("tecNO_DST_INSUF_XRP", "the receiver's account does not exist, and this is too little to open it"),
    ("tecPATH_DRY", "no path had anything to deliver: no trust line, no liquidity, or a frozen token"),
    ("tecPATH_PARTIAL", "the paths could not deliver the whole amount"),
    ("tecUNFUNDED_PAYMENT", "the sender had too little"),
    ("tecUNFUNDED", "the sender had too little"),
    ("tecINSUFFICIENT_FUNDS", "the sender had too little"),
    ("tecINSUFF_FEE", "the sender could not pay the fee"),
    ("tecINSUFFICIENT_RESERVE", "the sender would have fallen below its reserve"),
    ("tecNO_PERMISSION", "the receiver takes payments from approved senders only"),
    ("tecFROZEN", "the token is frozen"),
    ("tecLOCKED", "the token is locked"),
    ("tecNO_AUTH", "the issuer has not authorised the account to hold the token"),
    ("tecNO_LINE", "the receiver has no trust line for the token"),
    ("tecNO_ISSUER", "the token's issuer does not exist"),
    ("tecNO_ENTRY", "what it acts upon does not exist"),
    ("tecNO_TARGET", "what it acts upon does not exist"),
    ("tecEXPIRED", "it came too late"),
    ("tecCRYPTOCONDITION_ERROR", "the condition of the escrow was not met"),
    ("tecKILLED", "it could not be filled at once"),
    ("tecOVERSIZE", "it would have touched too much"),
];

/// A result with its meaning, where it is known.
pub(super) fn words(result: &str) -> String {
    let known = MEANINGS.iter().find(|(code, _)| *code == result);
    known.map_or_else(|| result.to_owned(), |(code, meaning)| format!("{code}: {meaning}"))
}
