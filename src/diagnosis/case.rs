//! One transaction of one claim, and the questions that a rule may ask about it, in the domain's words.

use std::time::Duration;

use jiff::Timestamp;

use crate::claim::Claim;
use crate::diagnosis::Policy;
use crate::evidence::{
    AddressRecord, AddressRole, AddressStatus, Deposit, DepositStatus, Evidence, ListedAsset, NetworkPolicy, Openness,
    Transaction, Transfer, Withdrawal,
};
use crate::inquiry::{named, required_finality};
use crate::terms::{Address, Amount, Cite, Direction, Finality, Gap, GapWhy, Network, Provenance, Seen, Shape, Txid};

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
    /// The claimant, at an address that is no longer watched.
    Retired(String),
    /// Another customer.
    OtherCustomer,
    /// The claimant, by an address that the platform has issued on another network only.
    OtherNetwork {
        /// Where the address was issued.
        issued: String,
        /// Whether the platform runs the network where it arrived.
        served: bool,
    },
    /// The platform itself.
    Wallet(AddressRole),
    /// Nobody whom the platform knows.
    Outsider,
}

/// One transaction of one claim.
pub struct Case<'a> {
    /// What was claimed.
    pub claim: &'a Claim,
    /// What was seen.
    pub evidence: &'a Evidence,
    /// What counts as normal.
    pub policy: &'a Policy,
    /// The network and the transaction that this case is about; nothing when there is no identifier.
    pub subject: Option<(&'a Network, Transaction)>,
    /// The same identifier on the networks that do not know it.
    pub elsewhere: Vec<(&'a Network, Transaction)>,
    /// The receiver that decides, once for all rules.
    destination: Seen<(Payment, Holder)>,
}

impl<'a> Case<'a> {
    /// The case of one identifier, given what each of its networks says.
    pub(super) fn new(
        claim: &'a Claim,
        evidence: &'a Evidence,
        policy: &'a Policy,
        mut candidates: Vec<(&'a Network, Transaction)>,
    ) -> Self {
        let known = candidates.iter().position(|(_, tx)| tx.known.is_yes());
        let first = known.or_else(|| (!candidates.is_empty()).then_some(0));
        let subject = first.map(|index| candidates.remove(index));
        let gap = Gap::new("in", "a transaction", GapWhy::NotAsked);
        let mut case =
            Self { claim, evidence, policy, subject, elsewhere: candidates, destination: Seen::Unknown(gap) };
        case.destination = case.find_destination();
        case
    }

    /// Deposit unless the claim, or a withdrawal in the ledger, says otherwise.
    pub fn direction(&self) -> Direction {
        let recorded = self.order().is_yes();
        match &self.claim.kind {
            Some(said) => said.value,
            None if recorded => Direction::Withdrawal,
            None => Direction::Deposit,
        }
    }

    /// The network of this case.
    pub fn network(&self) -> Option<&'a Network> {
        self.subject.as_ref().map(|(network, _)| *network)
    }

    /// The transaction of this case.
    pub fn tx(&self) -> Option<&Transaction> {
        self.subject.as_ref().map(|(_, tx)| tx)
    }

    /// The identifier of this case.
    pub fn txid(&self) -> Option<&Txid> {
        self.tx().map(|tx| &tx.txid)
    }

    /// The only "now" of a diagnosis.
    pub fn now(&self) -> Timestamp {
        self.evidence.asked_at
    }

    fn of_tx<T: Clone>(&self, fact: impl Fn(&Transaction) -> &Seen<T>) -> Seen<T> {
        match self.tx() {
            Some(tx) => fact(tx).clone(),
            None => Seen::Unknown(Gap::new("in", "a transaction", GapWhy::NotAsked)),
        }
    }

    /// Whether anybody knows the transaction.
    pub fn known(&self) -> Seen<()> {
        self.of_tx(|tx| &tx.known)
    }

    /// The block of the best chain that holds it.
    pub fn included(&self) -> Seen<crate::evidence::BlockRef> {
        self.of_tx(|tx| &tx.block)
    }

    /// Whether it ran without failing.
    pub fn executed(&self) -> Seen<()> {
        self.of_tx(|tx| &tx.executed)
    }

    /// What it moved; no when it ran and moved nothing.
    pub fn moved(&self) -> Seen<Vec<Transfer>> {
        self.of_tx(|tx| &tx.transfers).test(|transfers| {
            let moving: Vec<Transfer> = transfers.into_iter().filter(|t| t.units != "0").collect();
            (!moving.is_empty()).then_some(moving)
        })
    }

    /// Confirmations; the block that holds it counts as the first.
    pub fn confirmations(&self) -> Seen<u64> {
        self.of_tx(|tx| &tx.confirmations)
    }

    /// The address that the claim names, as the network writes it.
    pub fn claimed_address(&self) -> Option<Address> {
        let said = self.claim.address.as_ref()?;
        self.address_of(&said.value)
    }

    /// Where the value went: the payment that decides and whose address it reached.
    pub fn destination(&self) -> &Seen<(Payment, Holder)> {
        &self.destination
    }

    /// The payment to the claimant; no when it reached somebody else.
    pub fn payment(&self) -> Seen<Payment> {
        self.destination.clone().test(|(payment, holder)| matches!(holder, Holder::Claimant(_)).then_some(payment))
    }

    fn find_destination(&self) -> Seen<(Payment, Holder)> {
        self.moved().then(|transfers| self.receiver(&transfers))
    }

    fn receiver(&self, transfers: &[Transfer]) -> Seen<(Payment, Holder)> {
        let claimed = self.claimed_address();
        let mut receivers: Vec<&Address> = Vec::new();
        for to in transfers.iter().filter_map(|t| t.to.as_ref()) {
            if !receivers.contains(&to) {
                receivers.push(to);
            }
        }
        if let Some(claimed) = claimed.as_ref().filter(|claimed| receivers.contains(claimed)) {
            receivers = vec![claimed];
        }
        if !self.evidence.ledger.configured {
            return self.receiver_without_ledger(transfers, claimed.as_ref(), &receivers);
        }
        let mut best: Option<Seen<(Payment, Holder)>> = None;
        let mut claimants: Vec<Option<String>> = Vec::new();
        for address in receivers {
            let judged = self.holder(address).map(|holder| (self.paid(transfers, address, &holder), holder));
            if let Seen::Yes((_, Holder::Claimant(account)), _) = &judged
                && !claimants.contains(account)
            {
                claimants.push(account.clone());
            }
            best = Some(match best {
                Some(best) if rank(&best) <= rank(&judged) => best,
                _ => judged,
            });
        }
        if claimants.len() > 1 {
            let gap = Gap::new("in", "whose payment is meant: it pays several customers", GapWhy::NotAsked);
            return Seen::Unknown(gap.with("name the account or the address"));
        }
        best.unwrap_or_else(|| {
            Seen::Unknown(
                Gap::new("in", "to which address it paid", GapWhy::NotOffered).with("no output has an address"),
            )
        })
    }

    fn receiver_without_ledger(
        &self,
        transfers: &[Transfer],
        claimed: Option<&Address>,
        receivers: &[&Address],
    ) -> Seen<(Payment, Holder)> {
        let moved = self.moved();
        let Some(claimed) = claimed else {
            return Seen::Unknown(self.evidence.ledger.unasked("which address the payment should reach"));
        };
        let holder = if receivers.contains(&claimed) { Holder::Claimant(None) } else { Holder::Outsider };
        let address =
            if receivers.contains(&claimed) { claimed } else { receivers.first().copied().unwrap_or(claimed) };
        let payment = self.paid(transfers, address, &holder);
        moved.map(|_| (payment, holder))
    }

    /// Whose address it is, seen from the claimant.
    fn holder(&self, address: &Address) -> Seen<Holder> {
        let Some(network) = self.network() else {
            return Seen::Unknown(self.evidence.ledger.unasked("whose address it is"));
        };
        let owner = self.evidence.ledger.owner_of(&network.name, address);
        let claimed_owner = self
            .claimed_address()
            .filter(|claimed| claimed != address)
            .map(|claimed| self.evidence.ledger.owner_of(&network.name, &claimed));
        match owner {
            Seen::No(provenance) => self.issued_elsewhere(address, provenance),
            Seen::Unknown(gap) => Seen::Unknown(gap),
            Seen::Yes(record, provenance) => {
                let claimant = match (&self.claim.account, claimed_owner) {
                    (Some(said), _) => Some(said.value.clone()),
                    (None, Some(Seen::Yes(owner, _))) => owner.account.clone(),
                    (None, None | Some(Seen::No(_))) => None,
                    (None, Some(Seen::Unknown(gap))) => return Seen::Unknown(gap),
                };
                Seen::Yes(classify(record, claimant.as_deref()), provenance)
            }
        }
    }

    /// An address that is nobody's on this network may be the claimant's on another one of the same family.
    fn issued_elsewhere(&self, address: &Address, here: Provenance) -> Seen<Holder> {
        let account = self.claim.account.as_ref().map(|said| said.value.as_str());
        for network in self.siblings() {
            let key = (network.name.clone(), address.clone());
            match self.evidence.ledger.owners.get(&key) {
                Some(Seen::Yes(record, there)) => {
                    let Holder::Claimant(_) = classify(record, account) else { continue };
                    let issued = network.name.clone();
                    let provenance = here.and(there);
                    return self.network_policy_known().and_then(|served, policy| {
                        Seen::Yes(Holder::OtherNetwork { issued, served }, provenance.and(&policy))
                    });
                }
                Some(Seen::Unknown(gap)) => return Seen::Unknown(gap.clone()),
                Some(Seen::No(_)) | None => {}
            }
        }
        Seen::Yes(Holder::Outsider, here)
    }

    /// Yes with whether the platform runs this network; a gap where the ledger has not said.
    fn network_policy_known(&self) -> Seen<bool> {
        match self.network_policy() {
            Seen::Yes(_, provenance) => Seen::Yes(true, provenance),
            Seen::No(provenance) => Seen::Yes(false, provenance),
            Seen::Unknown(gap) => Seen::Unknown(gap),
        }
    }

    /// The other main networks on which one address means the same account.
    fn siblings(&self) -> impl Iterator<Item = &'a Network> {
        let own = self.network();
        self.policy.networks.iter().filter(move |other| own.is_some_and(|own| other.is_sibling_of(own)))
    }

    /// What the transfers pay to one address: the claimed asset where there is some of it, else the first.
    fn paid(&self, transfers: &[Transfer], address: &Address, holder: &Holder) -> Payment {
        let to: Vec<&Transfer> = transfers.iter().filter(|t| t.to.as_ref() == Some(address)).collect();
        let wanted = self.claim.asset.as_ref().map(|said| said.value.as_str());
        let is_wanted = |t: &&&Transfer| {
            wanted.zip(t.asset.as_deref()).is_some_and(|(wanted, asset)| asset.eq_ignore_ascii_case(wanted))
        };
        let chosen = to.iter().find(is_wanted).or_else(|| to.iter().find(|t| t.asset.is_some())).or(to.first());
        let same = |t: &&&Transfer| chosen.is_some_and(|c| c.asset == t.asset && c.contract == t.contract);
        let parts: Vec<Transfer> = to.iter().filter(same).map(|t| (*t).clone()).collect();
        let amounts: Option<Vec<&Amount>> = parts.iter().map(|t| t.amount.as_ref()).collect();
        let account = match holder {
            Holder::Claimant(account) => account.clone(),
            Holder::Retired(account) => Some(account.clone()),
            _ => None,
        };
        Payment {
            address: address.clone(),
            asset: chosen.and_then(|t| t.asset.clone()),
            contract: chosen.and_then(|t| t.contract.clone()),
            amount: amounts.map(|parts| parts.into_iter().fold(Amount::zero(), |sum, part| sum.plus(part))),
            transfers: parts,
            account,
        }
    }

    /// The ledger's policy of the network.
    pub fn network_policy(&self) -> Seen<&NetworkPolicy> {
        match self.network() {
            Some(network) => self.evidence.ledger.policy_of(&network.name),
            None => Seen::Unknown(self.evidence.ledger.unasked("the policy of the network")),
        }
    }

    /// How the platform lists the asset that arrived; no when it does not.
    pub fn listed(&self) -> Seen<Option<ListedAsset>> {
        self.payment().then(|payment| {
            let by_configuration = payment.asset.is_some() && !self.is_variant(&payment);
            match self.network_policy() {
                Seen::Yes(policy, provenance) if !policy.assets.is_empty() => {
                    match policy.assets.iter().find(|listed| self.is_listed(listed, &payment)) {
                        Some(listed) => Seen::Yes(Some(listed.clone()), provenance),
                        None => Seen::No(provenance),
                    }
                }
                Seen::Unknown(gap) if gap.why != GapWhy::NotConfigured => Seen::Unknown(gap),
                _ => self.moved().test(|_| by_configuration.then_some(None)),
            }
        })
    }

    fn is_listed(&self, listed: &ListedAsset, payment: &Payment) -> bool {
        let Some(network) = self.network() else { return false };
        let contract = listed.contract.as_ref().map(|c| Address::parse(&network.identity, c).ok().map(|p| p.address));
        match (contract, &payment.contract) {
            (Some(contract), Some(paid)) => contract.as_ref() == Some(paid),
            (None, None) => payment.asset.as_deref().is_some_and(|a| a.eq_ignore_ascii_case(&listed.asset)),
            _ => false,
        }
    }

    /// Whether what arrived is a known bridged or wrapped form of a listed asset.
    pub fn is_variant(&self, payment: &Payment) -> bool {
        let variant = |network: &Network| network.variant(payment.contract.as_ref()?).map(|_| ());
        self.network().and_then(variant).is_some()
    }

    /// The name that an unlisted token shares with an asset of the network or of the claim.
    pub fn borrowed_name(&self, payment: &Payment) -> Seen<String> {
        let unasked = || Gap::new("in", "what the token calls itself", GapWhy::NotAsked);
        let (Some(network), Some(contract)) = (self.network(), &payment.contract) else {
            return Seen::Unknown(unasked());
        };
        let claimed = self.claim.asset.as_ref().map(|said| said.value.as_str());
        let listed = network.assets.iter().map(|asset| asset.symbol.as_str());
        let names: Vec<&str> = listed.chain([network.native.as_str()]).chain(claimed).collect();
        let key = (network.name.clone(), contract.clone());
        let symbol = self.evidence.symbols.get(&key).map_or_else(|| Seen::Unknown(unasked()), Seen::as_ref);
        symbol
            .test(|symbol| names.iter().find(|name| name.eq_ignore_ascii_case(symbol.trim())).map(|n| (*n).to_owned()))
    }

    /// The smallest deposit of the asset that arrived, where one is set.
    pub fn minimum(&self) -> Seen<Option<Amount>> {
        self.listed().then(|listed| {
            let payment = self.payment();
            let configured =
                payment.yes().and_then(|payment| self.network()?.asset(payment.asset.as_deref()?)?.min_deposit.clone());
            payment.map(|_| listed.and_then(|listed| listed.min_deposit).or(configured))
        })
    }

    /// Whether the amount reaches the minimum.
    pub fn enough(&self) -> Seen<()> {
        self.minimum().then(|minimum| {
            let payment = self.payment();
            match (minimum, payment.yes().and_then(|p| p.amount.clone())) {
                (None, _) => payment.map(|_| ()),
                (Some(minimum), Some(amount)) => payment.test(|_| (amount >= minimum).then_some(())),
                (Some(_), None) => Seen::Unknown(Gap::new("in", "how much arrived", GapWhy::NotOffered)),
            }
        })
    }

    /// The finality that the deposit needs; unknown while a configured ledger has not said its word.
    pub fn required(&self) -> Seen<Finality> {
        let Some(network) = self.network() else { return Seen::Unknown(self.evidence.ledger.unasked("the finality")) };
        match self.network_policy() {
            Seen::Unknown(gap) if gap.why != GapWhy::NotConfigured => Seen::Unknown(gap),
            _ => self.included().map(|_| required_finality(self.evidence, network)),
        }
    }

    /// Whether the payment counts as final.
    pub fn is_final(&self) -> Seen<()> {
        self.required().then(|required| match required {
            Finality::Confirmations(need) => self.confirmations().test(|have| (have >= need).then_some(())),
            Finality::Safe | Finality::Finalized => {
                let mark = self.of_tx(|tx| &tx.finality_mark);
                self.included().then(|block| mark.test(|mark| (mark >= block.height).then_some(())))
            }
        })
    }

    /// The account whose payment it is: the claimed one, else the owner of the address that was paid.
    pub fn claimant(&self) -> Option<String> {
        let owner = || self.payment().yes().and_then(|payment| payment.account.clone());
        self.claim.account.as_ref().map(|said| said.value.clone()).or_else(owner)
    }

    /// The ledger's deposit for this very payment; no when it has none.
    pub fn record(&self) -> Seen<Deposit> {
        let Some(txid) = self.txid() else { return Seen::Unknown(self.evidence.ledger.unasked("a deposit")) };
        let payment = self.payment();
        let fits = |deposit: &&Deposit| payment.yes().is_none_or(|payment| self.is_record_of(deposit, payment));
        self.evidence.ledger.deposits_of(txid).test(|deposits| deposits.iter().find(fits).cloned())
    }

    fn is_record_of(&self, deposit: &Deposit, payment: &Payment) -> bool {
        let Some(network) = self.network() else { return false };
        let address = Address::parse(&network.identity, &deposit.address).ok().map(|parsed| parsed.address);
        let index = deposit.output_index;
        let here =
            index.is_none() || payment.transfers.iter().any(|t| t.output_index.is_none() || t.output_index == index);
        address.as_ref() == Some(&payment.address) && here
    }

    /// The withdrawal that the case is about: the one whose id was typed, else the one of the transaction.
    pub fn order(&self) -> Seen<Withdrawal> {
        let ledger = &self.evidence.ledger;
        if let Some(named @ Seen::Yes(..)) = &ledger.named_withdrawal {
            return named.clone();
        }
        let Some(txid) = self.txid() else {
            let named = ledger.named_withdrawal.clone();
            return named.unwrap_or_else(|| Seen::Unknown(ledger.unasked("the withdrawal")));
        };
        let address = self.claimed_address();
        let is_meant = |order: &&Withdrawal| {
            let to = address.as_ref().is_none_or(|address| self.address_of(&order.address).as_ref() == Some(address));
            to && self.claim.account.as_ref().is_none_or(|said| said.value == order.account)
        };
        ledger.withdrawals_of(txid).test(|orders| orders.iter().find(is_meant).or(orders.first()).cloned())
    }

    /// What the transaction moved to the ordered address, in the ordered asset; no when nothing.
    pub fn delivery(&self) -> Seen<Amount> {
        self.order().then(|order| {
            let to = self.address_of(&order.address);
            let fits = |t: &&Transfer| {
                let asset = t.asset.as_deref().is_some_and(|asset| asset.eq_ignore_ascii_case(&order.asset));
                t.to.is_some() && t.to == to && asset
            };
            self.moved().test(|transfers| {
                let amounts: Vec<&Amount> = transfers.iter().filter(fits).filter_map(|t| t.amount.as_ref()).collect();
                let sum = amounts.iter().fold(Amount::zero(), |sum, amount| sum.plus(amount));
                (!amounts.is_empty()).then_some(sum)
            })
        })
    }

    /// An address as the network of this case writes it.
    fn address_of(&self, text: &str) -> Option<Address> {
        Address::parse(&self.network()?.identity, text).ok().map(|parsed| parsed.address)
    }

    /// Whether withdrawals are open; no when the network or the asset is closed.
    pub fn withdrawals_open(&self, order: &Withdrawal) -> Seen<()> {
        self.evidence.ledger.policy_of(&order.network).test(|policy| {
            let listed = policy.assets.iter().find(|listed| listed.asset.eq_ignore_ascii_case(&order.asset));
            let asset_open = listed.is_none_or(|listed| listed.withdrawals == Openness::Open);
            (policy.withdrawals == Openness::Open && asset_open).then_some(())
        })
    }

    /// Whether the ledger has credited it, available or not.
    pub fn credited(&self) -> Seen<Deposit> {
        let done = |d: &Deposit| matches!(d.status, DepositStatus::Credited | DepositStatus::CreditedLocked);
        self.record().test(|deposit| done(&deposit).then_some(deposit))
    }

    /// Whether the customer can use it.
    pub fn available(&self) -> Seen<()> {
        self.record().test(|deposit| (deposit.status == DepositStatus::Credited).then_some(()))
    }

    /// The deposits' door of the asset: no when it is closed.
    pub fn deposits_open(&self) -> Seen<()> {
        let asset = self.listed().yes().cloned().flatten();
        self.network_policy().test(|policy| {
            let asset_open = asset.is_none_or(|asset| asset.deposits == Openness::Open);
            (policy.deposits == Openness::Open && asset_open).then_some(())
        })
    }

    /// Whether the scanner has read past the block.
    pub fn scanned(&self) -> Seen<u64> {
        let Some(height) = self.included().yes().map(|block| block.height) else {
            return Seen::Unknown(self.evidence.ledger.unasked("how far the scanner has read"));
        };
        self.network_policy().and_then(|policy, provenance| match policy.scanned_height {
            Some(scanned) if scanned >= height => Seen::Yes(scanned, provenance),
            Some(_) => Seen::No(provenance),
            None => Seen::Unknown(
                Gap::new("ledger", "how far the scanner has read", GapWhy::NotOffered).with("no scanned_height"),
            ),
        })
    }

    /// Every address known to be the claimant's: the claimed one and those that the ledger lists.
    pub fn claimants_addresses(&self) -> Vec<Address> {
        let Some(network) = self.network() else { return Vec::new() };
        let listed = self
            .claim
            .account
            .as_ref()
            .and_then(|said| self.evidence.ledger.accounts.get(&(said.value.clone(), network.name.clone()))?.yes());
        let listed = listed.into_iter().flatten().filter_map(|record| self.address_of(&record.address));
        self.claimed_address().into_iter().chain(listed).collect()
    }

    /// Whether anything of the transaction fits the claim. Where nothing is claimed, nothing can fail to fit.
    pub fn is_related(&self) -> bool {
        let moved = self.moved();
        let Some(transfers) = moved.yes() else { return true };
        let asset = self.claim.asset.as_ref().map(|said| {
            transfers.iter().any(|t| t.asset.as_deref().is_some_and(|asset| asset.eq_ignore_ascii_case(&said.value)))
        });
        let amount =
            self.claim.amount.as_ref().map(|said| transfers.iter().any(|t| t.amount.as_ref() == Some(&said.value)));
        let fits: Vec<bool> = [asset, amount].into_iter().flatten().collect();
        fits.is_empty() || fits.contains(&true)
    }

    /// Whether a transaction is on a public test network.
    pub fn is_test(&self, tx: &Transaction) -> bool {
        self.policy.networks.iter().any(|network| network.name == tx.network && network.is_test)
    }

    /// The claimed network where no source serves it, or the family of an identifier that nobody here serves.
    pub fn unserved(&self) -> Option<String> {
        let networks = &self.policy.networks;
        if let Some(said) = &self.claim.network {
            return named(networks, &said.value).is_none().then(|| said.value.clone());
        }
        let text = &self.claim.txids.first()?.value;
        let shape = Shape::of(text)?;
        if let Some(family) = shape.unserved_family() {
            return Some(family.to_owned());
        }
        (shape == Shape::BareHex).then(|| "tron, litecoin, xrpl and others".to_owned())
    }

    /// Since when something has been going on, where that is longer than `normal`.
    pub fn overdue(&self, since: Option<Timestamp>, normal: Duration) -> bool {
        since.is_some_and(|since| {
            let age = self.now().duration_since(since);
            age.as_secs() > i64::try_from(normal.as_secs()).unwrap_or(i64::MAX)
        })
    }

    /// Both answers of the first contradiction between sources.
    pub fn disagreement(&self) -> Option<Cite> {
        let disagreement = self.tx()?.disagreements.first()?;
        Seen::<()>::No(disagreement.provenance.clone()).cite()
    }
}

/// Lower is more telling: the claimant's address decides, an unknown owner leaves it open, outsiders come last.
fn rank(judged: &Seen<(Payment, Holder)>) -> u8 {
    match judged {
        Seen::Yes((_, Holder::Claimant(_)), _) => 0,
        Seen::Unknown(_) => 1,
        Seen::Yes((_, Holder::Retired(_) | Holder::OtherNetwork { .. }), _) => 2,
        Seen::Yes((_, Holder::OtherCustomer), _) => 3,
        Seen::Yes((_, Holder::Wallet(_)), _) => 4,
        Seen::Yes((_, Holder::Outsider), _) | Seen::No(_) => 5,
    }
}

fn classify(record: &AddressRecord, claimant: Option<&str>) -> Holder {
    if record.role != AddressRole::Deposit {
        return Holder::Wallet(record.role);
    }
    let account = record.account.clone();
    match (claimant, &account) {
        (Some(claimant), Some(owner)) if claimant != owner => Holder::OtherCustomer,
        (_, Some(owner)) if record.status == AddressStatus::Retired => Holder::Retired(owner.clone()),
        (None | Some(_), _) => Holder::Claimant(account),
    }
}
