//! The one payment that a letter is about, out of all that a document holds.

use crate::diagnosis::{Fact, Keeper, Party};
use crate::evidence::Withdrawal;
use crate::report::document::{Document, State, TransactionPart, TransferPart};
use crate::terms::{Amount, Direction};

/// Findings whose address is somebody's who is not told to anybody, or the house's own.
const OF_OTHERS: [&str; 3] = ["other-customer-address", "sub-account-address", "platform-sweep"];

/// What may be said of a payment: the claimant's own, or what the chain shows to everybody.
pub(super) struct Payment<'a> {
    /// The transaction that is meant.
    pub tx: Option<&'a TransactionPart>,
    /// Whether it leaves the platform.
    pub is_withdrawal: bool,
    /// Identifier, as far as one is known.
    pub txid: Option<&'a str>,
    /// Network name.
    pub network: Option<&'a str>,
    /// Amount and ticker that the chain shows at the address.
    pub moved: Option<String>,
    /// Amount and ticker that were claimed or ordered, where the chain shows none.
    pub told: Option<String>,
    /// The movements to the address.
    pub transfers: Vec<&'a TransferPart>,
    /// The address that was, or should have been, paid.
    pub address: Option<&'a str>,
    /// Whether it pays the claimant's own address, or the ordered one.
    pub pays_claimant: bool,
}

impl<'a> Payment<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let decisive = document.decisive();
        let code = decisive.code.as_str();
        let claim = &document.claim;
        let said_kind = claim.kind.as_ref().map(|said| said.value);
        let is_withdrawal = said_kind == Some(Direction::Withdrawal) || code.starts_with("withdrawal");
        let account = claim.account.as_ref().map(|said| said.value.as_str());
        // One transaction may pay the orders of many customers: whose is meant must be certain.
        let told = claim.address.as_ref().map(|said| said.value.as_str());
        let is_meant = |order: &&Withdrawal| {
            account.is_none_or(|own| own == order.account)
                && told.is_none_or(|own| own.eq_ignore_ascii_case(&order.address))
                && (account.is_some() || told.is_some() || document.ledger.withdrawals.len() == 1)
        };
        let mut orders = document.ledger.withdrawals.iter().filter(is_meant);
        let order = orders.next().filter(|_| is_withdrawal && orders.next().is_none());
        let (tx, txid) = meant(document);
        let all = || tx.into_iter().flat_map(|tx| &tx.transfers);
        let to = |address: &str| all().filter(|transfer| transfer.is_to(address)).collect::<Vec<_>>();
        let claimed = claim.address.as_ref().map(|said| said.value.as_str());
        let ordered = order.map(|order| order.address.as_str()).filter(|address| !address.is_empty());
        // One transaction may pay others at the same address: what carried out the order is known by asset and memo as well.
        let is_first = tx.zip(document.transactions.first()).is_some_and(|(tx, first)| std::ptr::eq(tx, first));
        let delivered = document.delivered_by.as_ref().filter(|_| is_first);
        let own: Vec<&TransferPart> = match (ordered.or(claimed).filter(|_| is_withdrawal), delivered) {
            (Some(_), Some(by)) => {
                tx.into_iter().flat_map(|tx| by.iter().filter_map(|at| tx.transfers.get(*at))).collect()
            }
            (Some(address), None) => to(address),
            (None, _) => all().filter(|transfer| transfer.to_claimant == Some(true)).collect(),
        };
        let pays_claimant = !own.is_empty();
        let stated = text(document, "address").filter(|_| !OF_OTHERS.contains(&code));
        let transfers = if pays_claimant { own } else { stated.map(to).unwrap_or_default() };
        let paid = transfers.first().and_then(|transfer| transfer.to.as_deref());
        // What calls itself by the name of an asset is not called so here.
        let shown = transfers.first().and_then(|transfer| transfer.asset.as_deref()).filter(|_| code != "fake-token");
        let asset = claim.asset.as_ref().map(|said| said.value.as_str()).or(order.map(|order| order.asset.as_str()));
        let amount = claim.amount.as_ref().map(|said| &said.value).or(order.map(|order| &order.amount));
        Self {
            tx,
            is_withdrawal,
            txid,
            network: tx.map(|tx| tx.network.as_str()).or(claim.network.as_ref().map(|said| said.value.as_str())),
            moved: sum(&transfers).map(|amount| with_ticker(&amount, shown)),
            told: amount.filter(|_| transfers.is_empty()).map(|amount| with_ticker(amount, asset)),
            address: paid.or(stated).or(ordered).or(claimed),
            transfers,
            pays_claimant,
        }
    }

    /// Where it stands, as a word of the locales.
    pub(super) fn state(&self) -> &'static str {
        if self.txid.is_none() {
            return "none";
        }
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

/// The transaction that is meant, and its identifier: the one that was replaced, where that decides.
fn meant(document: &Document) -> (Option<&TransactionPart>, Option<&str>) {
    let replaced = text(document, "replaced").filter(|_| document.decisive().code == "replaced-elsewhere");
    if let Some(txid) = replaced {
        return (document.transactions.iter().find(|tx| tx.txid == txid), Some(txid));
    }
    let tx = document.transactions.first();
    (tx, tx.map(|tx| tx.txid.as_str()).or(document.claim.txids.first().map(|said| said.value.as_str())))
}

/// A fact of the decisive finding that is a text.
fn text<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    match document.decisive().facts.get(name)? {
        Fact::Text(text) => Some(text),
        Fact::Number(_) => None,
    }
}

fn with_ticker(amount: &Amount, asset: Option<&str>) -> String {
    asset.map_or_else(|| amount.to_string(), |asset| format!("{amount} {asset}"))
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
            (Some(Party::Platform), _) => Self::Holding,
            (Some(Party::SendingPlatform), _) => Self::Sending,
            (Some(Party::ReceivingPlatform), _) | (_, Keeper::ReceivingPlatform) => Self::Receiving,
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
