//! The calls of a transaction, as far as they say more than the balances do: memos, accounts made for programs, and
//! permissions to take tokens. Programs: <https://spl.solana.com>, <https://docs.anza.xyz/runtime/programs>.

use std::collections::BTreeSet;

use super::transaction::{Instruction, Tx};
use crate::terms::Address;

/// The program that moves coin and makes accounts.
pub(super) const SYSTEM: &str = "11111111111111111111111111111111";
/// SPL Token, and Token-2022.
pub(super) const TOKENS: [&str; 2] =
    ["TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"];
/// SPL Memo, the present one and the first.
const MEMOS: [&str; 2] = ["MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"];

/// The system program's instructions that give an account to a program, and which of their accounts that is:
/// `CreateAccount`, `Assign`, `CreateAccountWithSeed`, `AllocateWithSeed`, `AssignWithSeed`. The new owner comes last.
const HANDED_OVER: [(u8, usize); 5] = [(0, 1), (1, 0), (3, 1), (9, 0), (10, 0)];

/// The token programs' `Approve` and `ApproveChecked`.
const APPROVE: [u8; 2] = [4, 13];

/// Every call of a transaction, those that programs made included.
pub(super) struct Calls<'a> {
    own: &'a [Instruction],
    all: Vec<&'a Instruction>,
    accounts: &'a [Address],
}

impl<'a> Calls<'a> {
    /// The calls of a transaction that names these accounts.
    pub(super) fn of(tx: &'a Tx, accounts: &'a [Address]) -> Self {
        Self { own: tx.instructions(), all: tx.calls().collect(), accounts }
    }

    /// The program of one of its own calls, by the number of the call.
    pub(super) fn program(&self, number: usize) -> Option<&str> {
        self.program_of(self.own.get(number)?)
    }

    fn program_of(&self, call: &Instruction) -> Option<&str> {
        self.accounts.get(usize::from(call.program_id_index)).map(Address::as_str)
    }

    /// The calls of some programs.
    fn to(&self, programs: &[&str]) -> impl Iterator<Item = &Instruction> {
        let all = self.all.iter().copied();
        all.filter(|call| self.program_of(call).is_some_and(|program| programs.contains(&program)))
    }

    /// What its memos say, one a line; the program takes nothing but UTF-8.
    pub(super) fn memo(&self) -> Option<String> {
        let memos = self.to(&MEMOS).filter_map(|call| String::from_utf8(call.bytes()?).ok());
        let memos: Vec<String> = memos.collect();
        (!memos.is_empty()).then(|| memos.join("\n"))
    }

    /// Whether it lets somebody take tokens.
    pub(super) fn approve(&self) -> bool {
        self.to(&TOKENS).filter_map(Instruction::bytes).any(|data| data.first().is_some_and(|b| APPROVE.contains(b)))
    }

    /// The accounts that were handed over to programs: coin on them is the rent of what a program keeps there.
    pub(super) fn handed_over(&self) -> BTreeSet<&Address> {
        let handed = |call: &Instruction| {
            let data = call.bytes()?;
            // A number of 32 bits, and the owner at the end; that of a wallet is the system program, whose key is zero.
            let [kind, 0, 0, 0, rest @ ..] = data.as_slice() else { return None };
            let (_, at) = HANDED_OVER.iter().find(|(known, _)| known == kind)?;
            let owned = rest.last_chunk::<32>().is_some_and(|owner| *owner != [0; 32]);
            self.accounts.get(usize::from(*call.accounts.get(*at)?)).filter(|_| owned)
        };
        self.to(&[SYSTEM]).filter_map(handed).collect()
    }
}
