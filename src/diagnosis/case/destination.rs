//! Where the value went, and whose address that is.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Case, MemoFault};
use crate::evidence::{AddressRecord, AddressRole, AddressStatus, SENDERS, Transfer, TransferKind};
use crate::terms::{
    Address, AddressError, Amount, By, Direction, Gap, GapWhy, Network, ParsedAddress, Provenance, Seen,
};

/// What one transaction paid to one address, in one asset.
#[derive(Clone, Debug)]
pub struct Payment {
    /// The address paid.
    pub address: Address,
    /// Ticker, where the asset is known.
    pub asset: Option<String>,
    /// Contract of a token.
    pub contract: Option<Address>,
    /// The sum, where the decimals are known.
    pub amount: Option<Amount>,
    /// The movements that make it up.
    pub transfers: Vec<Transfer>,
    /// The account whose address it is, where the ledger tells.
    pub account: Option<String>,
}

/// Whom an address belongs to, seen from the claimant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The claimant, or the address that the claim names where there is no ledger.
    Claimant(Option<String>),
    /// The claimant, at an address that was no longer watched when the payment came.
    Retired(String),
    /// The claimant, at the address of another account of the same customer.
    SubAccount,
    /// Another customer.
    OtherCustomer,
    /// The claimant, by an address that the platform has issued on another network only.
    OtherNetwork {
        /// Where the address was issued.
        issued: Arc<str>,
        /// Whether the platform runs the network where it arrived.
        served: bool,
    },
    /// Nobody in particular: an address of many, and a memo that does not name the claimant.
    Unassigned(MemoFault),
    /// The platform itself.
    Wallet(AddressRole),
    /// The platform itself, from addresses of its own: it gathers deposits so, and nobody sent it anything.
    Sweep,
    /// Nobody whom the platform knows.
    Outsider,
}

/// A receiver that was judged.
type Judged = Seen<(Payment, Holder)>;

impl<'a> Case<'a> {
    /// Where the value went: the payment that decides and whose address it reached.
    pub fn destination(&self) -> &Judged {
        &self.destination
    }

    /// The payment to the claimant; no when it reached somebody else.
    pub fn payment(&self) -> Seen<&Payment> {
        self.destination.as_ref().test(|(payment, holder)| matches!(holder, Holder::Claimant(_)).then_some(payment))
    }

    /// The same where there is one, without who says so.
    pub fn paid(&self) -> Option<&Payment> {
        match &self.destination {
            Seen::Yes((payment, Holder::Claimant(_)), _) => Some(payment),
            _ => None,
        }
    }

    /// Whether nothing of the value reached the platform: it moved none, or to outsiders only.
    pub fn missed_claimant(&self) -> bool {
        match &self.destination {
            Seen::No(_) => true,
            Seen::Yes((_, holder), _) => *holder == Holder::Outsider,
            Seen::Unknown(_) => false,
        }
    }

    /// The address that the claim names, as the network reads it.
    pub fn claimed(&self) -> Option<&Result<ParsedAddress, AddressError>> {
        let read = || Some(Address::parse(&self.network()?.identity, &self.claim.address.as_ref()?.value));
        self.of_subject.claimed.get_or_init(read).as_ref()
    }

    /// The same as the network writes it; nothing where its checksum does not fit.
    pub fn claimed_address(&self) -> Option<&Address> {
        let parsed = self.claimed()?.as_ref().ok()?;
        parsed.checksum_ok.then_some(&parsed.address)
    }

    /// Every address known to be the claimant's: the claimed one and those that the ledger lists.
    pub fn claimants_addresses(&self) -> &[Address] {
        self.of_subject.claimants_addresses.get_or_init(|| {
            let listed = self.listed_records().filter_map(|record| self.address_of(&record.address));
            self.claimed_address().cloned().into_iter().chain(listed).collect()
        })
    }

    /// What the ledger lists of the claimed account's addresses on the network.
    pub(super) fn listed_records(&self) -> impl Iterator<Item = &'a AddressRecord> {
        let account = self.claim.account.as_ref().map(|said| said.value.as_str());
        self.records_of(account)
    }

    /// The same of an account.
    pub(super) fn records_of(&self, account: Option<&str>) -> impl Iterator<Item = &'a AddressRecord> {
        let key = account.zip(self.network()).map(|(account, own)| (account.to_owned(), own.name.clone()));
        key.and_then(|key| self.evidence.ledger.accounts.get(&key)?.yes()).into_iter().flatten()
    }

    /// Whether anything of the transaction may fit the claim. What is not known may; where nothing is claimed,
    /// nothing can fail to.
    pub fn is_related(&self) -> bool {
        let Some(transfers) = self.moved().yes() else { return true };
        let fits = |t: &Transfer| {
            let asset = self
                .claim
                .asset
                .as_ref()
                .map(|said| t.asset.as_deref().is_none_or(|asset| asset.eq_ignore_ascii_case(&said.value)));
            let amount =
                self.claim.amount.as_ref().map(|said| t.amount.as_ref().is_none_or(|amount| *amount == said.value));
            match (asset, amount) {
                (Some(asset), Some(amount)) => asset || amount,
                (one, other) => one.or(other).unwrap_or(true),
            }
        };
        transfers.iter().any(fits)
    }

    /// Where the value went, as it is found out.
    pub(super) fn reached(&self) -> Judged {
        self.moved().as_ref().then(|transfers| self.receiver(transfers))
    }

    fn receiver(&self, transfers: &[Transfer]) -> Judged {
        let mut receivers: Vec<&Address> = transfers.iter().filter_map(|t| t.to.as_ref()).collect();
        receivers.sort_unstable();
        receivers.dedup();
        let found = if self.evidence.ledger.configured {
            self.receiver_by_ledger(transfers, &receivers)
        } else {
            self.receiver_by_claim(transfers, &receivers)
        };
        let deposit = self.direction() == Direction::Deposit;
        let outside = deposit && matches!(&found, Seen::Yes((_, Holder::Outsider), _));
        let internals = self.internals().filter(|_| outside && !self.is_about_a_token() && !self.is_taken_along());
        match internals.and_then(Seen::gap) {
            // A contract may have passed the coin on to an address that no surface shows.
            Some(gap) => Seen::Unknown(gap.clone()),
            None => found,
        }
    }

    /// Whether the claim is about a token, which moves by logs and never by inner calls alone.
    fn is_about_a_token(&self) -> bool {
        let asset = self.claim.asset.as_ref().zip(self.network());
        asset.is_some_and(|(said, network)| !said.value.eq_ignore_ascii_case(&network.native))
    }

    fn receiver_by_ledger(&self, transfers: &[Transfer], receivers: &[&Address]) -> Judged {
        let claimed = self.claimed_address();
        let judge = |address: &Address| {
            let judged = self.holder(address).map(|holder| (self.paid_to(transfers, address, &holder), holder));
            self.unless_account_open(transfers, address, judged)
        };
        let mut judged: Vec<Judged> = receivers.iter().map(|address| judge(address)).collect();
        let is_claimed = |judged: &Judged| judged.yes().is_some_and(|(paid, _)| Some(&paid.address) == claimed);
        judged.sort_by_cached_key(|judged| {
            let weight = judged.yes().map(|(paid, _)| self.weight(paid));
            (rank(judged), !is_claimed(judged), weight)
        });
        let accounts = judged.iter().filter_map(|judged| match judged {
            Seen::Yes((_, Holder::Claimant(account)), _) => account.clone(),
            _ => None,
        });
        let mut accounts: Vec<String> = accounts.collect();
        accounts.sort_unstable();
        accounts.dedup();
        if accounts.len() > 1 {
            let gap = Gap::new("in", "whose payment is meant: it pays several customers", GapWhy::NotAsked);
            return Seen::Unknown(gap.with("name the account or the address"));
        }
        // Nobody said whose payment is meant, so every receiver may be the one.
        let named = self.claim.account.is_some() || judged.first().is_some_and(is_claimed);
        if let Some(gap) = judged.iter().find_map(|judged| judged.gap().filter(|_| !named)) {
            return Seen::Unknown(gap.clone());
        }
        let first = judged.into_iter().next().unwrap_or_else(|| {
            let gap = Gap::new("in", "to which address it paid", GapWhy::NotOffered);
            Seen::Unknown(gap.with("no output has an address"))
        });
        self.unless_swept(first)
    }

    /// An owner who is nobody's may have been paid at an account that is somebody's: that must be known too.
    fn unless_account_open(&self, transfers: &[Transfer], owner: &Address, judged: Judged) -> Judged {
        let (Seen::Yes((_, Holder::Outsider), _), Some(network)) = (&judged, self.network()) else { return judged };
        let paid = transfers.iter().filter(|transfer| transfer.to.as_ref() == Some(owner));
        let mut accounts = paid.filter_map(|transfer| transfer.through.as_ref());
        let open = accounts.find_map(|account| self.evidence.ledger.owner_of(&network.name, account).gap().cloned());
        open.map_or(judged, Seen::Unknown)
    }

    /// The same, or a sweep where a wallet of the platform was paid from addresses of the platform.
    fn unless_swept(&self, judged: Judged) -> Judged {
        let (Seen::Yes((payment, Holder::Wallet(_)), _), Some(network)) = (&judged, self.network()) else {
            return judged;
        };
        let named = payment.transfers.iter().filter_map(|t| t.from.as_ref());
        let mut senders: Vec<&Address> = named.chain(self.tx().into_iter().flat_map(|tx| &tx.senders)).collect();
        senders.sort_unstable();
        senders.dedup();
        if senders.len() > SENDERS {
            return judged;
        }
        // Who signs for one of several coins signs for all of the transaction.
        let one_suffices = network.traits().spends_outputs;
        let owner = |sender: &&Address| self.evidence.ledger.owner_of(&network.name, sender).map(|_| ());
        let own = senders.iter().map(owner).reduce(|one, other| match (&one, &other) {
            (Seen::Yes(..), _) if one_suffices => one,
            (_, Seen::Yes(..) | Seen::Unknown(_)) if one_suffices => other,
            _ => one.then(|()| other),
        });
        match own {
            Some(Seen::Yes((), said)) => {
                let payment = payment.clone();
                // Bitcoin's own bytes do not say whose coins they spend: that is the word of whoever shows the transaction.
                let known = self.known();
                let shown = known.provenance().filter(|_| one_suffices);
                let said = shown.map_or_else(|| said.clone(), |shown| said.clone().and(shown));
                judged.and_then(|_, paid| Seen::Yes((payment, Holder::Sweep), paid.and(&said)))
            }
            Some(Seen::Unknown(gap)) if !gap.is_usual() => Seen::Unknown(gap),
            _ => judged,
        }
    }

    fn receiver_by_claim(&self, transfers: &[Transfer], receivers: &[&Address]) -> Judged {
        let Some(said) = &self.claim.address else {
            return Seen::Unknown(self.evidence.ledger.unasked("which address the payment should reach"));
        };
        let meant = receivers.iter().find(|receiver| receiver.is_written(&said.value));
        if let Some(address) = meant {
            let amiss = self.memo_amiss(transfers, address);
            let holder = amiss.map_or(Holder::Claimant(None), Holder::Unassigned);
            return self.moved().as_ref().map(|_| (self.paid_to(transfers, address, &holder), holder));
        }
        let gap =
            |why: &str| Seen::Unknown(Gap::new("in", "which address should be paid", GapWhy::Malformed).with(why));
        let paid = receivers.iter().map(|address| self.paid_to(transfers, address, &Holder::Outsider));
        match (self.claimed_address(), paid.min_by_key(|paid| self.weight(paid))) {
            (None, _) => gap("the address given is not one of this network, or fails its checksum"),
            (Some(_), None) => gap("no output has an address"),
            // Which of several addresses in it was meant, the customer's own words do not prove.
            (Some(_), Some(_)) if said.by == By::TicketText => gap("the address in the complaint was not paid"),
            (Some(_), Some(paid)) => self.moved().as_ref().map(|_| (paid, Holder::Outsider)),
        }
    }

    /// How far a payment to an outsider is from being the one that is meant; the least is judged. What is destroyed or
    /// left with the token itself on the way, as a fee is, comes last; then what is not the claimed asset or amount.
    fn weight(&self, paid: &Payment) -> (bool, bool, bool, Reverse<Option<Amount>>) {
        let aside = paid.address.is_burnt() || paid.contract.as_ref() == Some(&paid.address);
        let other_asset =
            self.claim.asset.as_ref().is_some_and(|said| {
                !paid.asset.as_deref().is_some_and(|asset| asset.eq_ignore_ascii_case(&said.value))
            });
        let other_amount = self.claim.amount.as_ref().is_some_and(|said| paid.amount.as_ref() != Some(&said.value));
        (aside, other_asset, other_amount, Reverse(paid.amount.clone()))
    }

    /// Whose address it is, seen from the claimant.
    fn holder(&self, address: &Address) -> Seen<Holder> {
        let ledger = &self.evidence.ledger;
        let Some(network) = self.network() else { return Seen::Unknown(ledger.unasked("whose address it is")) };
        let claimed = self.claimed_address().filter(|claimed| *claimed != address);
        let claimed_owner = claimed.map(|claimed| ledger.owner_of(&network.name, claimed));
        match ledger.owner_of(&network.name, address) {
            Seen::No(provenance) => self.issued_elsewhere(address, provenance),
            Seen::Unknown(gap) => Seen::Unknown(gap),
            Seen::Yes(record, provenance) => {
                let claimant = match (&self.claim.account, claimed_owner) {
                    (Some(said), _) => Some(said.value.clone()),
                    (None, Some(Seen::Yes(owner, _))) => owner.account.clone(),
                    (None, None | Some(Seen::No(_))) => None,
                    (None, Some(Seen::Unknown(gap))) => return Seen::Unknown(gap),
                };
                let record = self.with_own_memo(record);
                if record.memo_required && record.role == AddressRole::Deposit {
                    return self.holder_by_memo(&record, provenance, claimant.as_deref());
                }
                match self.classify(&record, claimant.as_deref()) {
                    Ok(holder) => Seen::Yes(holder, provenance),
                    Err(gap) => Seen::Unknown(gap),
                }
            }
        }
    }

    /// Whom a deposit address belongs to whose record names its account.
    pub(super) fn classify(&self, record: &AddressRecord, claimant: Option<&str>) -> Result<Holder, Gap> {
        if record.role != AddressRole::Deposit {
            return Ok(Holder::Wallet(record.role));
        }
        let unclear = |why: &str| {
            Gap::new("ledger", format!("whose address {} is", record.address), GapWhy::NotOffered).with(why)
        };
        let account = record.account.clone().ok_or_else(|| unclear("the ledger names no account for it"))?;
        // What came before the address was retired came in time.
        let paid = self.included().yes().and_then(|block| block.time);
        let in_time = record.retired_at.zip(paid).is_some_and(|(retired, paid)| paid < retired);
        Ok(match claimant {
            Some(claimant) if claimant != account => {
                let same = record.customer.is_some() && record.customer == self.claimants_customer();
                if same { Holder::SubAccount } else { Holder::OtherCustomer }
            }
            _ if record.status == AddressStatus::Retired && !in_time => Holder::Retired(account),
            _ => Holder::Claimant(Some(account)),
        })
    }

    /// The customer above the claimant's account, where the ledger tells of any address whose that is.
    fn claimants_customer(&self) -> Option<String> {
        let ledger = &self.evidence.ledger;
        let network = self.network()?;
        let claimed = self.claimed_address().map(|address| ledger.owner_of(&network.name, address));
        let account = self.claim.account.as_ref().map(|said| &said.value);
        let own = |owner: &&&AddressRecord| account.is_none() || owner.account.as_ref() == account;
        let of_claimed = claimed.as_ref().and_then(Seen::yes).filter(own).and_then(|owner| owner.customer.clone());
        of_claimed.or_else(|| self.listed_records().find_map(|record| record.customer.clone()))
    }

    /// An address that is nobody's on this network may be the platform's on another one of the same family.
    fn issued_elsewhere(&self, address: &Address, here: Provenance) -> Seen<Holder> {
        let account = self.claim.account.as_ref().map(|said| said.value.as_str());
        let mut looked = here;
        for (network, address) in self.siblings(address) {
            match self.evidence.ledger.owner_of(&network.name, &address) {
                Seen::Yes(record, there) => {
                    let provenance = looked.and(&there);
                    return match self.classify(record, account) {
                        Ok(Holder::Claimant(_) | Holder::Retired(_)) => {
                            let issued = network.name.clone();
                            self.served().and_then(|served, policy| {
                                Seen::Yes(Holder::OtherNetwork { issued, served }, provenance.and(&policy))
                            })
                        }
                        Ok(other) => Seen::Yes(other, provenance),
                        Err(gap) => Seen::Unknown(gap),
                    };
                }
                Seen::Unknown(gap) => return Seen::Unknown(gap),
                Seen::No(there) => looked = looked.and(&there),
            }
        }
        // A ledger that does not know the network cannot say whose addresses are on it.
        match self.served() {
            Seen::Yes(true, policy) => Seen::Yes(Holder::Outsider, looked.and(&policy)),
            Seen::Unknown(gap) => Seen::Unknown(gap),
            _ => Seen::Unknown(self.unknown_network()),
        }
    }

    /// The gap of a network that the ledger does not know by this name.
    pub(super) fn unknown_network(&self) -> Gap {
        let name = self.network().map_or("", |network| &*network.name);
        let gap = Gap::new("ledger", format!("what the ledger holds on {name}"), GapWhy::NotOffered);
        gap.with("the ledger does not know a network of this name")
    }

    /// Yes with whether the platform runs this network; a gap where the ledger has not said.
    fn served(&self) -> Seen<bool> {
        match self.network_policy() {
            Seen::Yes(_, provenance) => Seen::Yes(true, provenance.clone()),
            Seen::No(provenance) => Seen::Yes(false, provenance.clone()),
            Seen::Unknown(gap) => Seen::Unknown(gap.clone()),
        }
    }

    /// The other main networks on which the address may be used by mistake, and what the same key is there.
    fn siblings(&self, address: &Address) -> impl Iterator<Item = (&'a Network, Address)> {
        let own = self.network();
        self.policy.networks.iter().filter_map(move |other| {
            let own = own.filter(|own| other.is_sibling_of(own))?;
            Some((other, address.on(&own.identity, &other.identity)?))
        })
    }

    /// What the transfers pay to one address: the claimed asset where there is some of it, else the first.
    fn paid_to(&self, transfers: &[Transfer], address: &Address, holder: &Holder) -> Payment {
        let to = transfers.iter().filter(|t| t.to.as_ref() == Some(address));
        let mut parts: Vec<Transfer> = to.map(|t| self.identified(t)).collect();
        let wanted = self.claim.asset.as_ref().map(|said| said.value.as_str());
        let is_wanted = |t: &&Transfer| {
            wanted.zip(t.asset.as_deref()).is_some_and(|(wanted, asset)| asset.eq_ignore_ascii_case(wanted))
        };
        let chosen = parts.iter().find(is_wanted).or_else(|| parts.iter().find(|t| t.asset.is_some()));
        let chosen = chosen.or(parts.first()).map(|chosen| (chosen.asset.clone(), chosen.contract.clone()));
        let (asset, contract) = chosen.unwrap_or_default();
        parts.retain(|t| t.asset == asset && t.contract == contract);
        Payment {
            address: address.clone(),
            asset,
            contract,
            amount: parts.iter().map(|t| t.amount.as_ref()).sum(),
            transfers: parts,
            account: match holder {
                Holder::Claimant(account) => account.clone(),
                Holder::Retired(account) => Some(account.clone()),
                _ => None,
            },
        }
    }

    /// A transfer with ticker and amount where only the ledger lists its contract.
    pub(super) fn identified(&self, transfer: &Transfer) -> Transfer {
        let mut transfer = transfer.clone();
        if transfer.kind == TransferKind::Token && transfer.asset.is_none() {
            let listed = self.network_policy().yes().and_then(|policy| {
                policy.assets.iter().find(|listed| {
                    let contract = listed.contract.as_deref().and_then(|contract| self.address_of(contract));
                    contract.is_some() && contract == transfer.contract
                })
            });
            transfer.asset = listed.map(|listed| listed.asset.clone());
            transfer.amount = listed.and_then(|listed| Amount::from_units(&transfer.units, listed.decimals?).ok());
        }
        transfer
    }
}

/// Lower is more telling: the claimant's address decides, an unknown owner leaves it open, outsiders come last.
fn rank(judged: &Judged) -> u8 {
    match judged {
        Seen::Yes((_, Holder::Claimant(_)), _) => 0,
        Seen::Unknown(_) => 1,
        Seen::Yes((_, Holder::Retired(_) | Holder::OtherNetwork { .. } | Holder::Unassigned(_)), _) => 2,
        Seen::Yes((_, Holder::SubAccount | Holder::OtherCustomer), _) => 3,
        Seen::Yes((_, Holder::Wallet(_) | Holder::Sweep), _) => 4,
        Seen::Yes((_, Holder::Outsider), _) | Seen::No(_) => 5,
    }
}
