//! What a message says: comments (<https://docs.ton.org/foundations/messages/internal>), jettons (TEP-74) and the
//! signed orders of wallets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::cell::{Bag, Slice, representation};
use crate::terms::{Family, Txid};

/// A comment in plain text.
const COMMENT: u32 = 0;
/// A comment that only its receiver can read.
const ENCRYPTED_COMMENT: u32 = 0x2167_da4b;
/// TEP-74: an owner orders the own jetton wallet to pay.
const TRANSFER: u32 = 0x0f8a_7ea5;
/// TEP-74: from jetton wallet to jetton wallet. It is what pays.
const INTERNAL_TRANSFER: u32 = 0x178d_4519;
/// TEP-74: the receiver's jetton wallet tells its owner; only where the sender has paid for that.
const NOTIFICATION: u32 = 0x7362_d09c;
/// TEP-74: coin that was not used up goes back.
const EXCESSES: u32 = 0xd532_76db;

/// What a message asks of the account that takes it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing but that its coin be kept, and what it tells beside that.
    Payment(Comment),
    /// A jetton wallet is to pay: its owner's order, and to whom.
    Transfer(Jettons),
    /// A jetton wallet is paid, and for whom by whom.
    InternalTransfer(Jettons),
    /// What jetton wallets tell afterwards.
    Aftermath,
    /// Anything else.
    Call,
}

/// What a payment tells its receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// Nothing.
    None,
    /// A text.
    Text(String),
    /// Something that is no text, or that only the receiver can read.
    Sealed,
}

impl Comment {
    /// What it says, where that can be read.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::None | Self::Sealed => None,
        }
    }
}

/// Jettons on their way, by TEP-74's messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Jettons {
    /// How many, in the smallest unit.
    pub(super) units: u128,
    /// The other owner, in raw form: the receiver in an order, the sender in a payment. Empty where it is nobody.
    pub(super) party: String,
    /// What is passed on to the receiver.
    pub(super) comment: Comment,
}

/// The bag of cells in a text of base64.
fn bag(boc: &str) -> Option<Bag> {
    Bag::read(&STANDARD.decode(boc).ok()?)
}

/// What the body of an internal message says; nothing where it cannot be read.
pub(super) fn read(boc: &str) -> Option<Body> {
    let bag = bag(boc)?;
    let mut slice = bag.root();
    if slice.is_empty() {
        return Some(Body::Payment(Comment::None));
    }
    let jettons = |mut slice: Slice<'_>, order: bool| {
        slice.skip(64)?;
        let (units, party) = (slice.coins()?, slice.address()?);
        slice.address()?;
        if order && slice.bit()? {
            slice.reference()?;
        }
        slice.coins()?;
        Some(Jettons { units, party, comment: payload(slice) })
    };
    Some(match slice.word() {
        Some(COMMENT | ENCRYPTED_COMMENT) => Body::Payment(comment(bag.root())),
        Some(TRANSFER) => jettons(slice, true).map_or(Body::Call, Body::Transfer),
        Some(INTERNAL_TRANSFER) => jettons(slice, false).map_or(Body::Call, Body::InternalTransfer),
        Some(NOTIFICATION | EXCESSES) => Body::Aftermath,
        _ => Body::Call,
    })
}

/// A forward payload: here, or in a cell of its own. Some wallets leave it out.
fn payload(mut slice: Slice<'_>) -> Comment {
    match slice.bit() {
        None => Comment::None,
        Some(false) => comment(slice),
        Some(true) => slice.reference().map_or(Comment::Sealed, comment),
    }
}

fn comment(mut slice: Slice<'_>) -> Comment {
    if slice.is_empty() {
        return Comment::None;
    }
    match slice.word() {
        Some(COMMENT) => match slice.text() {
            Some(text) if text.is_empty() => Comment::None,
            Some(text) => Comment::Text(text),
            None => Comment::Sealed,
        },
        _ => Comment::Sealed,
    }
}

/// Wallets' own numbers begin so in the main workchain, by the wallets' source: v3 and v4.
const WALLET: u32 = 698_983_191;
/// First word of an order to a wallet v5.
const SIGNED_V5: u32 = 0x7369_676e;

/// Until when a wallet takes an order; nothing where it is none of the usual wallets', or says no time.
pub(super) fn valid_until(boc: &str) -> Option<Timestamp> {
    let bag = bag(boc)?;
    let mut slice = order_v5(bag.root()).or_else(|| order(bag.root()))?;
    let seconds = slice.word().filter(|seconds| *seconds != u32::MAX)?;
    Timestamp::from_second(i64::from(seconds)).ok()
}

/// What follows a wallet's number in an order to a wallet v5.
fn order_v5(mut order: Slice<'_>) -> Option<Slice<'_>> {
    let signed = order.word()? == SIGNED_V5;
    order.skip(32).filter(|()| signed).map(|()| order)
}

/// What follows a wallet's number in an order to an older wallet, after the signature.
fn order(mut order: Slice<'_>) -> Option<Slice<'_>> {
    order.skip(512)?;
    (order.word()? == WALLET).then_some(order)
}

/// The hash of a message from outside by TEP-467, which leaves out what anybody on its way may change: the source, the
/// fee and the account's code. `to` is the raw address.
pub(super) fn normalised(to: &str, boc: &str) -> Option<Txid> {
    let below = bag(boc)?.hash();
    let (workchain, account) = to.split_once(':')?;
    let workchain = workchain.parse::<i8>().ok()?.to_be_bytes()[0];
    let account = data_encoding::HEXLOWER_PERMISSIVE.decode(account.as_bytes()).ok().filter(|id| id.len() == 32)?;
    // From outside (10), from nobody (00), to a standard address (10 and 0); no fee (0000), no code (0), a body of its
    // own (1): 7 bits, 8 and 256 of the address, 6 bits, and the one and the zeros that fill up the last byte.
    let mut bits = vec![true, false, false, false, true, false, false];
    let bytes = std::iter::once(&workchain).chain(&account);
    bits.extend(bytes.flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1 == 1)));
    bits.extend([false, false, false, false, false, true]);
    let count = bits.len();
    bits.push(true);
    bits.resize(bits.len().next_multiple_of(8), false);
    let data: Vec<u8> = bits.chunks(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit))).collect();
    let (hash, _) = representation(&data, count, &[below]);
    Txid::parse(Family::Ton, &data_encoding::HEXLOWER.encode(&hash))
}
