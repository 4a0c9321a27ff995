//! Why a transaction failed, in words: the names of `TransactionError` and `InstructionError` in Solana's SDK, and the
//! numbers that the programs most used for payments give their own errors.

use serde_json::Value;

use super::programs::{Calls, SYSTEM, TOKENS};

/// `SystemError`.
const SYSTEM_ERRORS: &[(u64, &str)] = &[(0, "account already in use"), (1, "insufficient lamports")];

/// `TokenError`, which Token-2022 continues.
const TOKEN_ERRORS: &[(u64, &str)] = &[
    (0, "not rent exempt"),
    (1, "insufficient funds"),
    (2, "invalid mint"),
    (3, "mint mismatch"),
    (4, "owner mismatch"),
    (17, "account frozen"),
    (18, "mint decimals mismatch"),
    (36, "the receiver requires a memo"),
    (37, "the token is not transferable"),
];

/// Letters of a name that are told: it is the node's word.
const LONGEST: usize = 60;

/// The error of a transaction in words.
pub(super) fn words(err: &Value, calls: &Calls<'_>) -> String {
    if let Some([number, error]) = err.get("InstructionError").and_then(Value::as_array).map(Vec::as_slice) {
        let program = number.as_u64().and_then(|number| calls.program(usize::try_from(number).ok()?));
        let number =
            number.as_u64().map_or_else(|| "unknown".to_owned(), |number| number.saturating_add(1).to_string());
        let custom = error.get("Custom").and_then(Value::as_u64);
        let what = custom.map_or_else(|| spaced(name(error)), |code| own_error(program, code));
        return format!("instruction {number}: {what}");
    }
    spaced(name(err))
}

/// The error that a program gave a number of its own.
fn own_error(program: Option<&str>, code: u64) -> String {
    let known = match program {
        Some(SYSTEM) => SYSTEM_ERRORS,
        Some(program) if TOKENS.contains(&program) => TOKEN_ERRORS,
        _ => &[],
    };
    let known = known.iter().find(|(number, _)| *number == code);
    known.map_or_else(|| format!("the program's own error {code}"), |(_, words)| (*words).to_owned())
}

/// The name of a variant, with or without something in it.
fn name(error: &Value) -> &str {
    let only = || error.as_object()?.keys().next().map(String::as_str);
    error.as_str().or_else(only).unwrap_or("unknown error")
}

/// `InsufficientFundsForFee` as people write it.
fn spaced(name: &str) -> String {
    let letters = name.chars().take(LONGEST).filter(|letter| letter.is_ascii_alphanumeric() || *letter == ' ');
    let words: String = letters
        .flat_map(|letter| [letter.is_ascii_uppercase().then_some(' '), Some(letter.to_ascii_lowercase())])
        .flatten()
        .collect();
    words.trim().to_owned()
}
