//! The one payment that a letter is about, out of all that a document holds.

use crate::diagnosis::{Fact, Keeper, Party};
use crate::report::document::{Document, State, TransactionPart, TransferPart};
use crate::terms::{Amount, Direction};

/// Findings whose address is somebody's who is not told to anybody.
const OF_OTHERS: [&str; 2] = ["other-customer-address", "sub-account-address"];

/// What may be said of a payment: the claimant's own, or what the chain shows to everybody.
pub(super) struct Payment<'a> {
    /// The deciding transaction.
    pub tx: Option<&'a TransactionPart>,
    /// Whether it leaves the platform.
    pub is_withdrawal: bool,
    /// Identifier, as far as one is known.
    pub txid: Option<&'a str>,
    /// Network name.
    pub network: Option<&'a str>,
    /// Ticker.
    pub asset: Option<&'a str>,
    /// Coin units.
    pub amount: Option<Amount>,
    /// The movements to the address.
    pub transfers: Vec<&'a TransferPart>,
    /// The address that was, or should have been, paid.
    pub address: Option<&'a str>,
    /// Whether the chain shows it at the claimant's own address.
    pub has_arrived: bool,
}

impl<'a> Payment<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let code = document.decisive().code.as_str();
        let claim = &document.claim;
        let tx = document.transactions.first();
        let all = || tx.into_iter().flat_map(|tx| &tx.transfers);
        let own: Vec<&TransferPart> = all().filter(|transfer| transfer.to_claimant == Some(true)).collect();
        let has_arrived = !own.is_empty();
        let stated = match document.decisive().facts.get("address") {
            Some(Fact::Text(address)) if !OF_OTHERS.contains(&code) => Some(address.as_str()),
            _ => None,
        };
        let transfers = match stated {
            Some(address) if !has_arrived => all().filter(|transfer| transfer.to.as_deref() == Some(address)).collect(),
            _ => own,
        };
        let said_kind = claim.kind.as_ref().map(|said| said.value);
        let is_withdrawal = said_kind == Some(Direction::Withdrawal) || code.starts_with("withdrawal");
        let account = claim.account.as_ref().map(|said| said.value.as_str());
        let order = document.ledger.withdrawals.iter().find(|order| account.is_none_or(|own| own == order.account));
        let order = order.filter(|_| is_withdrawal);
        let paid = transfers.first().and_then(|transfer| transfer.to.as_deref());
        let claimed = claim.address.as_ref().map(|said| said.value.as_str());
        let ordered = order.map(|order| order.address.as_str()).filter(|address| !address.is_empty());
        let shown = transfers.first().and_then(|transfer| transfer.asset.as_deref());
        let asset = shown.or(claim.asset.as_ref().map(|said| said.value.as_str()));
        Self {
            tx,
            is_withdrawal,
            txid: tx.map(|tx| tx.txid.as_str()).or(claim.txids.first().map(|said| said.value.as_str())),
            network: tx.map(|tx| tx.network.as_str()).or(claim.network.as_ref().map(|said| said.value.as_str())),
            asset: asset.or(order.map(|order| order.asset.as_str())),
            amount: sum(&transfers)
                .or_else(|| claim.amount.as_ref().map(|said| said.value.clone()))
                .or_else(|| order.map(|order| order.amount.clone())),
            address: paid.or(stated).or(claimed).or(ordered),
            transfers,
            has_arrived,
        }
    }

    /// Amount and ticker, as far as they are known.
    pub(super) fn sum(&self) -> Option<String> {
        let amount = self.amount.as_ref()?;
        Some(self.asset.map_or_else(|| amount.to_string(), |asset| format!("{amount} {asset}")))
    }

    /// Where it stands, as a word of the locales.
    pub(super) fn state(&self) -> &'static str {
        let Some((tx, state)) = self.tx.and_then(|tx| Some((tx, tx.state?))) else { return "unknown" };
        match state {
            State::Included if tx.executed == Some(false) => "failed",
            State::Included if tx.is_final == Some(true) => "final",
            State::Included => "included",
            State::Pending => "pending",
            State::NotFound => "not-found",
            State::Dropped => "dropped",
            State::Replaced => "replaced",
            State::Orphaned => "orphaned",
        }
    }
}

/// What those of the first one's asset move together; nothing where an amount is not known.
fn sum(transfers: &[&TransferPart]) -> Option<Amount> {
    let first = transfers.first()?;
    let same = |transfer: &&&TransferPart| transfer.asset == first.asset && transfer.contract == first.contract;
    let amounts: Option<Vec<&Amount>> =
        transfers.iter().filter(same).map(|transfer| transfer.amount.as_ref()).collect();
    amounts.map(|amounts| amounts.into_iter().sum())
}

/// Whose desk a letter to a platform goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Desk {
    /// The platform at which the account is that misses the money.
    Holding,
    /// The platform from which a deposit was sent.
    Sending,
    /// The platform to which a withdrawal went.
    Receiving,
}

impl Desk {
    /// Who has to act, else who holds the money.
    pub(super) fn of(document: &Document, is_withdrawal: bool) -> Self {
        match (document.responsible, document.whereabouts.holder) {
            (Some(Party::SendingPlatform), _) => Self::Sending,
            (Some(Party::ReceivingPlatform), _) => Self::Receiving,
            (Some(Party::Platform), _) => Self::Holding,
            (_, Keeper::ReceivingPlatform) => Self::Receiving,
            (_, Keeper::Sender | Keeper::ThirdParty | Keeper::Nobody) if !is_withdrawal => Self::Sending,
            _ => Self::Holding,
        }
    }

    /// The name in the locales.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Holding => "holding",
            Self::Sending => "sending",
            Self::Receiving => "receiving",
        }
    }
}
