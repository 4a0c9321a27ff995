//! The ledger's records in neutral form; the shapes are those of the ledger contract.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::terms::{Address, Amount, Finality, Gap, GapWhy, Seen, Txid};

/// A status word of the contract, or any other word kept as it came.
macro_rules! status_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A word outside the contract, as the ledger wrote it.
            Unknown(String),
        }

        impl $name {
            /// The words of the contract.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                match word.as_str() {
                    $($word => Self::$variant,)+
                    _ => Self::Unknown(word.strip_prefix("unknown:").map(str::to_owned).unwrap_or(word)),
                }
            }
        }

        impl From<$name> for String {
            fn from(status: $name) -> Self {
                match status {
                    $($name::$variant => $word.to_owned(),)+
                    $name::Unknown(raw) => format!("unknown:{raw}"),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&String::from(self.clone()))
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "description": "A word outside the list is kept as `unknown:<word>` and never guessed at.",
                    "examples": Self::WORDS,
                })
            }
        }
    };
}

status_words! {
    /// Where a deposit stands.
    DepositStatus {
        /// Seen by the scanner.
        Detected = "detected",
        /// Counting confirmations.
        Confirming = "confirming",
        /// Credited, not yet available for withdrawal.
        CreditedLocked = "credited_locked",
        /// Credited and available.
        Credited = "credited",
        /// Held by a person or a rule.
        Held = "held",
        /// Waiting because deposits are closed.
        Suspended = "suspended",
        /// Refused.
        Rejected = "rejected",
        /// Under the platform's minimum.
        BelowMinimum = "below_minimum",
        /// Declared a wrong deposit.
        WrongDeposit = "wrong_deposit",
        /// Waiting for the customer.
        AwaitingCustomer = "awaiting_customer",
        /// Being returned.
        Refunding = "refunding",
        /// Returned.
        Refunded = "refunded",
    }
}

impl DepositStatus {
    /// Whether the ledger gave it to an account, available or not.
    pub fn is_credited(&self) -> bool {
        matches!(self, Self::Credited | Self::CreditedLocked)
    }
}

status_words! {
    /// Where a withdrawal stands.
    WithdrawalStatus {
        /// Asked for.
        Requested = "requested",
        /// Waiting for the customer to confirm.
        AwaitingCustomer = "awaiting_customer",
        /// Under review.
        InReview = "in_review",
        /// Approved, not yet sent.
        Approved = "approved",
        /// Being prepared.
        Processing = "processing",
        /// Sent to the network.
        Broadcast = "broadcast",
        /// Done, by the ledger's word.
        Completed = "completed",
        /// Failed.
        Failed = "failed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Refused.
        Rejected = "rejected",
        /// Delivered inside the platform, without a chain.
        Internal = "internal",
    }
}

/// Why a deposit is held, in the words of the contract.
pub const HELD_FOR: &[&str] = &["kyc", "aml", "travel_rule", "frozen", "blacklist", "sub_account", "risk", "manual"];

/// A deposit as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deposit {
    /// The ledger's own id.
    pub id: String,
    /// The account credited, or to be credited.
    pub account: String,
    /// Ticker.
    pub asset: String,
    /// Network name; empty where the ledger does not tell.
    pub network: String,
    /// Transaction identifier.
    pub txid: String,
    /// Bitcoin's output number, or a token's log index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_index: Option<u64>,
    /// The deposit address; empty where the ledger does not tell.
    pub address: String,
    /// Memo or tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// Amount in coin units.
    pub amount: Amount,
    /// Where it stands.
    pub status: DepositStatus,
    /// The same in the platform's own words: code and label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_status: Option<String>,
    /// Why it is held: `kyc`, `aml`, `travel_rule`, `frozen`, `blacklist`, `sub_account`, `risk` or `manual`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Confirmations that the ledger has counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmations: Option<u64>,
    /// The finality that the ledger waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_confirmations: Option<Finality>,
    /// First seen by the scanner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detected_at: Option<Timestamp>,
    /// Credited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credited_at: Option<Timestamp>,
    /// Available for withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_at: Option<Timestamp>,
}

/// A withdrawal as the ledger has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Withdrawal {
    /// The ledger's own id.
    pub id: String,
    /// The account debited.
    pub account: String,
    /// Ticker.
    pub asset: String,
    /// Network name.
    pub network: String,
    /// The ordered destination; empty where the ledger does not tell.
    pub address: String,
    /// Memo or tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// What the receiver is to get, in coin units.
    pub amount: Amount,
    /// The platform's fee on top, in coin units.
    pub fee: Amount,
    /// Where it stands.
    pub status: WithdrawalStatus,
    /// The same in the platform's own words: code and label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw_status: Option<String>,
    /// Why it is held or was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Transaction identifier, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub txid: Option<String>,
    /// Identifiers of transactions that this one replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_txids: Vec<String>,
    /// Ordered.
    pub requested_at: Timestamp,
    /// Sent to the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broadcast_at: Option<Timestamp>,
    /// Done, by the ledger's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
}

/// What an address of the platform is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressRole {
    /// A customer's deposit address.
    Deposit,
    /// The wallet that pays withdrawals.
    Hot,
    /// Long-term storage.
    Cold,
    /// The platform's own money.
    Treasury,
}

/// Whether an address is still handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressStatus {
    /// In use.
    Active,
    /// No longer watched.
    Retired,
}

/// An address of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddressRecord {
    /// The address as the ledger writes it.
    pub address: String,
    /// Network name.
    pub network: String,
    /// What it is for.
    pub role: AddressRole,
    /// Whose deposit address it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The customer above the account, where the ledger tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Assets that it takes; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<String>,
    /// Whether a payment needs a memo to be told apart.
    #[serde(default)]
    pub memo_required: bool,
    /// The memo of this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// Whether it is in use.
    pub status: AddressStatus,
    /// Handed out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    /// Taken out of use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired_at: Option<Timestamp>,
}

/// Whether a direction is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    /// Working.
    Open,
    /// Closed.
    Suspended,
}

/// An asset as the ledger lists it on a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ListedAsset {
    /// Ticker.
    pub asset: String,
    /// Contract; absent for the native coin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Listed by its ticker alone: the ledger names no contracts, and an absent one tells nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_ticker: bool,
    /// Decimal places, where the ledger tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimals: Option<u8>,
    /// The smallest deposit that is credited, in coin units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_deposit: Option<Amount>,
    /// Whether deposits are open.
    pub deposits: Openness,
    /// Whether withdrawals are open.
    pub withdrawals: Openness,
    /// Finality needed to credit this asset; absent where the network's holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_confirmations: Option<Finality>,
    /// Finality needed to unlock it for withdrawal; absent where the network's holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlock_confirmations: Option<Finality>,
    /// Why it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Closed until, as announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// How far a deposit scanner of this asset's own has read the chain; absent where the network's holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_height: Option<u64>,
    /// When it read that block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_at: Option<Timestamp>,
}

/// The ledger's policy for a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkPolicy {
    /// Network name.
    pub network: String,
    /// Whether deposits are open.
    pub deposits: Openness,
    /// Whether withdrawals are open.
    pub withdrawals: Openness,
    /// Why a direction is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Closed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// Closed until, as announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// Finality needed to credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_confirmations: Option<Finality>,
    /// Finality needed to unlock for withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlock_confirmations: Option<Finality>,
    /// How far the deposit scanner has read the chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_height: Option<u64>,
    /// When it read that block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanned_at: Option<Timestamp>,
    /// Listed assets.
    #[serde(default)]
    pub assets: Vec<ListedAsset>,
}

impl NetworkPolicy {
    /// A network of which nothing is known but what is listed on it.
    pub fn listing(network: &str, assets: Vec<ListedAsset>) -> Self {
        Self {
            network: network.to_owned(),
            deposits: Openness::Open,
            withdrawals: Openness::Open,
            reason: None,
            since: None,
            until: None,
            required_confirmations: None,
            unlock_confirmations: None,
            scanned_height: None,
            scanned_at: None,
            assets,
        }
    }

    /// How the ledger lists an asset, whatever the case of its ticker.
    pub fn listed(&self, asset: &str) -> Option<&ListedAsset> {
        self.assets.iter().find(|listed| listed.asset.eq_ignore_ascii_case(asset))
    }
}

/// Whose records a ledger sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of the platform's.
    #[default]
    Platform,
    /// One account's own, as its keys at an exchange let it see them: that something is not there says nothing of the
    /// platform's other customers.
    Account,
}

/// The one account of a ledger of [`Scope::Account`].
pub const OWN_ACCOUNT: &str = "own";

/// A stretch of the records of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The account.
    pub account: String,
    /// Ticker; nothing for all.
    pub asset: Option<String>,
    /// Records from here on.
    pub since: Timestamp,
    /// The last that counts.
    pub until: Timestamp,
}

impl Span {
    /// Whether a record is of it: whose, of what, and when it was made, where it tells.
    pub fn holds(&self, asset: &str, at: Option<Timestamp>) -> bool {
        self.is_of(asset) && at.is_none_or(|at| self.since <= at && at <= self.until)
    }

    /// Whether a record is of the asset.
    pub fn is_of(&self, asset: &str) -> bool {
        self.asset.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(asset))
    }
}

/// What the ledger answered, by question. A question that is not there was not asked.
#[derive(Clone, Debug)]
pub struct LedgerEvidence {
    /// False when no ledger is configured.
    pub configured: bool,
    /// Whose records it sees.
    pub scope: Scope,
    /// Deposits by transaction; no means that the ledger has none.
    pub deposits: BTreeMap<Txid, Seen<Vec<Deposit>>>,
    /// Withdrawals by transaction.
    pub withdrawals: BTreeMap<Txid, Seen<Vec<Withdrawal>>>,
    /// Owners by network and address; no means that the address is not the platform's.
    pub owners: BTreeMap<(Arc<str>, Address), Seen<AddressRecord>>,
    /// Owners of memos at addresses of many, by network, address and memo; no means that a memo is nobody's.
    pub memos: BTreeMap<(Arc<str>, Address, String), Seen<AddressRecord>>,
    /// Addresses of an account, by account and network.
    pub accounts: BTreeMap<(String, Arc<str>), Seen<Vec<AddressRecord>>>,
    /// Policies by network; no means that the ledger does not run it.
    pub networks: BTreeMap<Arc<str>, Seen<NetworkPolicy>>,
    /// The deposit whose id was typed.
    pub named_deposit: Option<Seen<Deposit>>,
    /// The withdrawal whose id was typed.
    pub named_withdrawal: Option<Seen<Withdrawal>>,
    /// The account's deposits of a stretch of time, where the claim names none.
    pub listed_deposits: Option<(Span, Seen<Vec<Deposit>>)>,
    /// Its withdrawals of one.
    pub listed_withdrawals: Option<(Span, Seen<Vec<Withdrawal>>)>,
    /// Where the named record was taken from those lists: how many others fit and were set aside.
    pub set_aside: Option<u64>,
}

impl LedgerEvidence {
    /// Nothing asked yet.
    pub fn new(configured: bool) -> Self {
        Self {
            configured,
            scope: Scope::Platform,
            deposits: BTreeMap::new(),
            withdrawals: BTreeMap::new(),
            owners: BTreeMap::new(),
            memos: BTreeMap::new(),
            accounts: BTreeMap::new(),
            networks: BTreeMap::new(),
            named_deposit: None,
            named_withdrawal: None,
            listed_deposits: None,
            listed_withdrawals: None,
            set_aside: None,
        }
    }

    /// The gap of a question that was not put to the ledger.
    pub fn unasked(&self, question: impl Into<Arc<str>>) -> Gap {
        let why = if self.configured { GapWhy::NotAsked } else { GapWhy::NotConfigured };
        Gap::new("ledger", question, why)
    }

    /// The stretch of which the account's records were listed; nothing where none were.
    pub fn listed(&self) -> Option<&Span> {
        let deposits = self.listed_deposits.as_ref().filter(|(_, seen)| seen.gap().is_none()).map(|(span, _)| span);
        let orders = self.listed_withdrawals.as_ref().filter(|(_, seen)| seen.gap().is_none()).map(|(span, _)| span);
        deposits.or(orders)
    }

    /// Why the account's records could not be listed; of two reasons the less usual one.
    pub fn unlisted(&self) -> Option<&Gap> {
        let deposits = self.listed_deposits.as_ref().and_then(|(_, seen)| seen.gap());
        let orders = self.listed_withdrawals.as_ref().and_then(|(_, seen)| seen.gap());
        [deposits, orders].into_iter().flatten().min_by_key(|gap| gap.is_usual())
    }

    /// The deposits of a transaction.
    pub fn deposits_of(&self, txid: &Txid) -> Seen<&Vec<Deposit>> {
        let unasked = || Seen::Unknown(self.unasked(format!("deposits of transaction {txid}")));
        self.deposits.get(txid).map_or_else(unasked, Seen::as_ref)
    }

    /// The withdrawals of a transaction.
    pub fn withdrawals_of(&self, txid: &Txid) -> Seen<&Vec<Withdrawal>> {
        let unasked = || Seen::Unknown(self.unasked(["withdrawals of transaction ", txid.as_str()].concat()));
        self.withdrawals.get(txid).map_or_else(unasked, Seen::as_ref)
    }

    /// The owner of an address.
    pub fn owner_of(&self, network: &Arc<str>, address: &Address) -> Seen<&AddressRecord> {
        let unasked = || Seen::Unknown(self.unasked(format!("the owner of address {address}")));
        let key = (Arc::clone(network), address.clone());
        self.owners.get(&key).map_or_else(unasked, Seen::as_ref)
    }

    /// The owner of a memo at an address of many.
    pub fn memo_owner(&self, network: &Arc<str>, address: &Address, memo: &str) -> Seen<&AddressRecord> {
        let unasked = || Seen::Unknown(self.unasked(format!("the owner of the memo at {address}")));
        let key = (Arc::clone(network), address.clone(), memo.to_owned());
        self.memos.get(&key).map_or_else(unasked, Seen::as_ref)
    }

    /// The policy of a network.
    pub fn policy_of(&self, network: &str) -> Seen<&NetworkPolicy> {
        let unasked = || Seen::Unknown(self.unasked(format!("the policy of {network}")));
        self.networks.get(network).map_or_else(unasked, Seen::as_ref)
    }
}
