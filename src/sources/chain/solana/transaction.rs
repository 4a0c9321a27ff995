//! A transaction as a node prints it, and its identifier checked: it is the first signature, which its fee payer gave
//! for the message. The message's forms, legacy and version 0: <https://solana.com/docs/core/transactions>.

use bitcoin::base58;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::Value;

use super::key;

/// The newest version that is read: its JSON has the fields of the one before (SIMD-0385). Without it a node answers an
/// error for every newer transaction.
pub(super) const NEWEST: u8 = 1;

/// `getTransaction` in the form `json`, as far as it is used.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tx {
    /// The slot of its block.
    pub slot: u64,
    /// When that was, in seconds.
    pub block_time: Option<i64>,
    version: Option<Version>,
    transaction: Signed,
    /// What it did; null where the node no longer knows.
    pub meta: Option<Meta>,
}

/// `"legacy"` or a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Version {
    Number(u64),
    Name(String),
}

#[derive(Deserialize)]
struct Signed {
    signatures: Vec<String>,
    message: Message,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    header: Header,
    account_keys: Vec<String>,
    recent_blockhash: String,
    instructions: Vec<Instruction>,
    #[serde(default)]
    address_table_lookups: Option<Vec<Lookup>>,
}

/// How many of the accounts sign, and how many of those that do and do not are only read.
#[derive(Deserialize)]
struct Header {
    #[serde(rename = "numRequiredSignatures")]
    signers: u8,
    #[serde(rename = "numReadonlySignedAccounts")]
    read_signers: u8,
    #[serde(rename = "numReadonlyUnsignedAccounts")]
    read_others: u8,
}

/// A call of a program; accounts and program by their number.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Instruction {
    /// The program.
    pub program_id_index: u8,
    /// The accounts that it is given.
    pub accounts: Vec<u8>,
    /// In base58.
    data: String,
}

/// Characters of an instruction's data that are decoded: 4096 bytes, which is all that a transaction of version 1 holds.
const LONGEST_DATA: usize = 5600;
/// Accounts that a number of 8 bits can mean.
const ACCOUNTS: usize = 256;
/// Calls of one transaction: twice what the runtime allows (`MAX_INSTRUCTION_TRACE_LENGTH` of Agave).
const CALLS: usize = 128;

impl Instruction {
    /// What the program is told; nothing where it does not read as base58.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        Some(&self.data).filter(|data| data.len() <= LONGEST_DATA).and_then(|data| base58::decode(data).ok())
    }
}

/// Accounts that are named by their place in a table on the chain.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lookup {
    account_key: String,
    writable_indexes: Vec<u8>,
    readonly_indexes: Vec<u8>,
}

/// What a transaction did.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Meta {
    /// Null where it ran.
    pub err: Value,
    /// In lamports.
    pub fee: u64,
    /// Lamports of every account before it, the fee not yet taken.
    pub pre_balances: Vec<u64>,
    /// Lamports of every account after it.
    pub post_balances: Vec<u64>,
    /// Null where the node did not record them.
    pub pre_token_balances: Option<Vec<TokenBalance>>,
    /// The same after it.
    pub post_token_balances: Option<Vec<TokenBalance>>,
    /// Calls that programs made, by the number of the instruction; null where the node did not record them.
    pub inner_instructions: Option<Vec<Inner>>,
    #[serde(default)]
    loaded_addresses: Option<Loaded>,
}

/// What a token account holds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TokenBalance {
    /// The token account, by its number.
    pub account_index: usize,
    /// The token.
    pub mint: String,
    /// Whose account it is; older records do not tell.
    pub owner: Option<String>,
    /// How much.
    pub ui_token_amount: TokenAmount,
}

/// An amount of a token.
#[derive(Deserialize)]
pub(super) struct TokenAmount {
    /// In the smallest unit, as a decimal number.
    pub amount: String,
    /// Decimal places.
    pub decimals: u8,
}

/// The calls inside one instruction.
#[derive(Deserialize)]
pub(super) struct Inner {
    /// In their order.
    pub instructions: Vec<Instruction>,
}

/// The accounts that tables on the chain name.
#[derive(Deserialize, Default)]
struct Loaded {
    writable: Vec<String>,
    readonly: Vec<String>,
}

impl Tx {
    /// The identifier: the first signature.
    pub(super) fn id(&self) -> &str {
        self.transaction.signatures.first().map_or("", String::as_str)
    }

    /// Every account that it names, in the order of their numbers: the fee payer first, those of tables last.
    pub(super) fn accounts(&self) -> Vec<&str> {
        let loaded = self.meta.as_ref().and_then(|meta| meta.loaded_addresses.as_ref());
        let loaded = loaded.into_iter().flat_map(|loaded| loaded.writable.iter().chain(&loaded.readonly));
        self.transaction.message.account_keys.iter().chain(loaded).map(String::as_str).collect()
    }

    /// Its own calls, in their order.
    pub(super) fn instructions(&self) -> &[Instruction] {
        &self.transaction.message.instructions
    }

    /// Every call, those that programs made included.
    pub(super) fn calls(&self) -> impl Iterator<Item = &Instruction> {
        let inner = self.meta.as_ref().and_then(|meta| meta.inner_instructions.as_deref()).unwrap_or_default();
        self.instructions().iter().chain(inner.iter().flat_map(|inner| &inner.instructions))
    }

    /// Whether it is no larger than a transaction can be, so that reading it takes a moment.
    pub(super) fn is_bounded(&self) -> bool {
        self.accounts().len() <= ACCOUNTS && self.calls().take(CALLS + 1).count() <= CALLS
    }

    /// Whether its fee payer signed this very message under this identifier; nothing for a version whose form is not
    /// known here, or where a field is missing.
    pub(super) fn is_signed(&self) -> Option<bool> {
        let message = &self.transaction.message;
        let bytes = message.bytes(self.version.as_ref()?)?;
        let payer = key(message.account_keys.first()?)?;
        let signature = Some(self.id()).filter(|id| id.len() <= 88).and_then(|id| base58::decode(id).ok())?;
        Some(UnparsedPublicKey::new(&ED25519, payer).verify(&bytes, &signature).is_ok())
    }
}

impl Message {
    /// The bytes that are signed.
    fn bytes(&self, version: &Version) -> Option<Vec<u8>> {
        let lookups = self.address_table_lookups.as_deref().unwrap_or_default();
        let mut bytes = Vec::new();
        match version {
            Version::Name(name) if name == "legacy" && lookups.is_empty() => {}
            Version::Number(0) => bytes.push(0x80),
            _ => return None,
        }
        let Header { signers, read_signers, read_others } = self.header;
        bytes.extend([signers, read_signers, read_others]);
        append_length(&mut bytes, self.account_keys.len())?;
        for account in &self.account_keys {
            bytes.extend(key(account)?);
        }
        bytes.extend(key(&self.recent_blockhash)?);
        append_length(&mut bytes, self.instructions.len())?;
        for instruction in &self.instructions {
            bytes.push(instruction.program_id_index);
            append(&mut bytes, &instruction.accounts)?;
            append(&mut bytes, &instruction.bytes()?)?;
        }
        if matches!(version, Version::Number(_)) {
            append_length(&mut bytes, lookups.len())?;
            for lookup in lookups {
                bytes.extend(key(&lookup.account_key)?);
                append(&mut bytes, &lookup.writable_indexes)?;
                append(&mut bytes, &lookup.readonly_indexes)?;
            }
        }
        Some(bytes)
    }
}

fn append(bytes: &mut Vec<u8>, part: &[u8]) -> Option<()> {
    append_length(bytes, part.len())?;
    bytes.extend(part);
    Some(())
}

/// A length as messages hold it: seven bits a byte, the lowest first, of a number of 16 bits.
fn append_length(bytes: &mut Vec<u8>, length: usize) -> Option<()> {
    let mut rest = u16::try_from(length).ok()?;
    while rest > 0x7f {
        bytes.push(u8::try_from(rest & 0x7f).ok()? | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).ok()?);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Vector {
        name: String,
        transaction: Value,
    }

    /// Signed by an independent implementation (the npm package @solana/kit), and run by Solana's own runtime (litesvm).
    fn vectors() -> Vec<Vector> {
        serde_json::from_str(include_str!("../../../../tests/vectors/solana_transactions.json")).unwrap()
    }

    fn signed(transaction: Value) -> Option<bool> {
        serde_json::from_value::<Tx>(transaction).unwrap().is_signed()
    }

    #[test]
    fn the_identifier_is_a_signature_of_every_form_of_message() {
        for Vector { name, transaction } in vectors() {
            assert_eq!(signed(transaction), Some(true), "{name}");
        }
    }

    #[test]
    fn nothing_that_is_signed_can_be_changed() {
        const OTHER: &str = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
        for Vector { name, transaction } in vectors() {
            let changes: [(&str, Value); 5] = [
                ("/transaction/message/accountKeys/1", OTHER.into()),
                ("/transaction/message/recentBlockhash", OTHER.into()),
                ("/transaction/message/instructions/0/data", "3Bxs4126ZQrQJFM8".into()),
                ("/transaction/message/instructions/0/accounts", vec![1, 0].into()),
                ("/transaction/message/header/numReadonlyUnsignedAccounts", 0.into()),
            ];
            for (at, value) in changes {
                let mut other = transaction.clone();
                *other.pointer_mut(at).unwrap() = value;
                assert_eq!(signed(other), Some(false), "{name} with another {at}");
            }
        }
    }

    #[test]
    fn a_form_that_is_not_known_is_not_guessed_at() {
        for version in [Value::Null, 1.into(), "newest".into()] {
            let mut transaction = vectors().remove(0).transaction;
            transaction["version"] = version;
            assert_eq!(signed(transaction), None);
        }
    }

    #[test]
    fn lengths_take_seven_bits_a_byte() {
        let encoded = |length| {
            let mut bytes = Vec::new();
            append_length(&mut bytes, length).map(|()| bytes)
        };
        // The examples of Solana's documentation of compact-u16.
        assert_eq!(encoded(0x7f), Some(vec![0x7f]));
        assert_eq!(encoded(0x80), Some(vec![0x80, 0x01]));
        assert_eq!(encoded(0x3fff), Some(vec![0xff, 0x7f]));
        assert_eq!(encoded(0x4000), Some(vec![0x80, 0x80, 0x01]));
        assert_eq!(encoded(0x1_0000), None);
    }
}
