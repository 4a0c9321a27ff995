//! The ledger's side of a payment: how it lists the asset, and what it made of the deposit.

use std::borrow::Cow;

use jiff::SignedDuration;

use super::plain_memo;
use super::{Case, Holder, Payment};
use crate::evidence::{Deposit, DepositStatus, ListedAsset, NetworkPolicy, Openness};
use crate::inquiry::named;
use crate::terms::{Address, Amount, Gap, GapWhy, Network, Provenance, Seen};

/// The network's own coin, or a token.
#[derive(PartialEq, Eq)]
pub(super) enum Currency {
    /// The coin.
    Coin,
    /// The token of a contract.
    Token(Address),
}

impl Currency {
    /// What a contract stands for; none is the coin's.
    fn of(contract: Option<Address>) -> Self {
        contract.map_or(Self::Coin, Self::Token)
    }

    /// Whether it is what a contract stands for; none is the coin's.
    pub(super) fn is_of(&self, contract: Option<&Address>) -> bool {
        match self {
            Self::Coin => contract.is_none(),
            Self::Token(own) => contract == Some(own),
        }
    }
}

/// Between two answers of one look at a case, at most, for them to be about the same moment: what is asked for in one round
/// comes within seconds, unless a host makes one wait.
const APART: SignedDuration = SignedDuration::from_secs(60);

impl<'a> Case<'a> {
    /// The ledger's policy of the network.
    pub fn network_policy(&self) -> &Seen<&'a NetworkPolicy> {
        self.of_subject.network_policy.get_or_init(|| match self.network() {
            Some(network) => self.evidence.ledger.policy_of(&network.name),
            None => Seen::Unknown(self.evidence.ledger.unasked("the policy of the network")),
        })
    }

    /// How the platform lists the asset that arrived; no only by the ledger's own word.
    pub fn listed(&self) -> &Seen<Option<&'a ListedAsset>> {
        self.of_destination.listed.get_or_init(|| self.find_listed())
    }

    fn find_listed(&self) -> Seen<Option<&'a ListedAsset>> {
        self.payment().then(|payment| match self.network_policy().clone() {
            Seen::Yes(policy, provenance) if !policy.assets.is_empty() => {
                match policy.assets.iter().find(|listed| self.is_listed(listed, payment)) {
                    Some(listed) => Seen::Yes(Some(listed), provenance),
                    None if !self.is_configured(payment)
                        && policy.assets.iter().any(|l| self.currency_of(l).is_none()) =>
                    {
                        let gap = Gap::new("ledger", "whether the platform lists what arrived", GapWhy::NotOffered);
                        Seen::Unknown(gap.with("it lists tickers without their contracts: configure the token's"))
                    }
                    None => Seen::No(provenance),
                }
            }
            Seen::No(_) => Seen::Unknown(self.unknown_network()),
            Seen::Unknown(gap) if gap.why != GapWhy::NotConfigured => Seen::Unknown(gap),
            _ if self.is_configured(payment) => self.moved().as_ref().map(|_| None),
            _ => Seen::Unknown(self.evidence.ledger.unasked("whether the platform lists what arrived")),
        })
    }

    /// Whether the configuration lists what arrived, and not as a variant of something else.
    fn is_configured(&self, payment: &Payment) -> bool {
        let token = |network: &Network| payment.contract.as_ref().is_none_or(|c| network.token(c).is_some());
        self.network().is_some_and(token)
    }

    /// Whether the ledger's policy of this network lists what arrived; a policy without a list takes everything.
    pub fn is_served(&self, payment: &Payment) -> bool {
        self.network_policy().yes().is_some_and(|policy| {
            policy.assets.is_empty() || policy.assets.iter().any(|listed| self.is_listed(listed, payment))
        })
    }

    fn is_listed(&self, listed: &ListedAsset, payment: &Payment) -> bool {
        self.currency_of(listed).is_some_and(|currency| currency.is_of(payment.contract.as_ref()))
    }

    /// What a listing is of; nothing where it is a ticker alone that the configuration does not know.
    pub(super) fn currency_of(&self, listed: &ListedAsset) -> Option<Currency> {
        match &listed.contract {
            Some(text) => self.address_of(text).map(Currency::Token),
            None if listed.by_ticker => self.configured(&listed.asset),
            // Whatever its ticker, an asset without a contract is the network's own coin.
            None => Some(Currency::Coin),
        }
    }

    /// What a ticker means by configuration.
    pub(super) fn configured(&self, ticker: &str) -> Option<Currency> {
        let network = self.network()?;
        let coin = || network.native.eq_ignore_ascii_case(ticker).then_some(Currency::Coin);
        network.asset(ticker).map(|asset| Currency::of(asset.contract.clone())).or_else(coin)
    }

    /// Whether what arrived is a known bridged or wrapped form of a listed asset.
    pub fn is_variant(&self, payment: &Payment) -> bool {
        let variant = |network: &Network| network.variant(payment.contract.as_ref()?).map(|_| ());
        self.network().and_then(variant).is_some()
    }

    /// The name that a token shares with an asset that the network lists under another contract.
    pub fn borrowed_name(&self, payment: &Payment) -> Seen<String> {
        let unasked = || Gap::new("in", "what the token calls itself", GapWhy::NotAsked);
        let (Some(network), Some(contract)) = (self.network(), &payment.contract) else {
            return Seen::Unknown(unasked());
        };
        let listed = self.network_policy().yes().map(|policy| policy.assets.as_slice()).unwrap_or_default();
        let configured = network.assets.iter().filter(|asset| asset.contract.as_ref() != Some(contract));
        let names: Vec<&str> = configured
            .map(|asset| asset.symbol.as_str())
            .chain(listed.iter().map(|listed| listed.asset.as_str()))
            .chain([network.native.as_str()])
            .collect();
        let key = (network.name.clone(), contract.clone());
        let symbol = self.evidence.symbols.get(&key).map_or_else(|| Seen::Unknown(unasked()), Seen::as_ref);
        symbol
            .test(|symbol| names.iter().find(|name| name.eq_ignore_ascii_case(symbol.trim())).map(|n| (*n).to_owned()))
    }

    /// The smallest deposit of the asset that arrived, where one is set.
    pub fn minimum(&self) -> &Seen<Option<&'a Amount>> {
        self.of_destination.minimum.get_or_init(|| {
            self.listed().clone().then(|listed| {
                let asset = self.paid().and_then(|payment| self.network()?.asset(payment.asset.as_deref()?));
                let configured = asset.and_then(|asset| asset.min_deposit.as_ref());
                self.payment().map(|_| listed.and_then(|listed| listed.min_deposit.as_ref()).or(configured))
            })
        })
    }

    /// Whether the amount reaches the minimum.
    pub fn enough(&self) -> &Seen<()> {
        self.of_destination.enough.get_or_init(|| {
            self.minimum().clone().then(|minimum| {
                match (minimum, self.paid().and_then(|payment| payment.amount.as_ref())) {
                    (None, _) => self.payment().map(|_| ()),
                    (Some(minimum), Some(amount)) => self.payment().test(|_| (amount >= minimum).then_some(())),
                    (Some(_), None) => Seen::Unknown(Gap::new("in", "how much arrived", GapWhy::NotOffered)),
                }
            })
        })
    }

    /// The account whose payment it is: the claimed one, else the owner of the address that was paid.
    pub fn claimant(&self) -> Option<&str> {
        let owner = || self.paid()?.account.as_deref();
        self.claim.account.as_ref().map(|said| said.value.as_str()).or_else(owner)
    }

    /// The ledger's deposits of this very payment; no when it has none. Where the payment is not known, only a
    /// record of the claimant counts, and only if there is exactly one.
    pub fn records(&self) -> &Seen<Vec<Cow<'a, Deposit>>> {
        self.of_destination.records.get_or_init(|| self.find_records())
    }

    fn find_records(&self) -> Seen<Vec<Cow<'a, Deposit>>> {
        if let Some(named @ Seen::Yes(..)) = &self.evidence.ledger.named_deposit {
            return named.as_ref().map(|deposit| vec![Cow::Borrowed(deposit)]);
        }
        let all = self.filed_deposits().as_ref();
        let which = || Seen::Unknown(Gap::new("in", "which of the ledger's deposits is meant", GapWhy::NotAsked));
        if let Some((payment, _)) = self.settled() {
            return all.and_then(|deposits, provenance| {
                let own: Vec<_> = deposits.iter().filter(|d| self.is_record_of(d, payment)).cloned().collect();
                match own.is_empty() {
                    true if deposits.iter().any(|d| is_unaddressed(d) && self.is_of_asset(d, payment)) => which(),
                    true => Seen::No(provenance),
                    false => Seen::Yes(own, provenance),
                }
            });
        }
        all.and_then(|deposits, provenance| {
            let mut own = deposits.iter().filter(|deposit| self.is_claimed(deposit));
            match (own.next(), own.next()) {
                (Some(only), None) => Seen::Yes(vec![only.clone()], provenance),
                _ => which(),
            }
        })
    }

    /// The record that stands furthest from being credited: it decides.
    pub fn record(&self) -> &Seen<Cow<'a, Deposit>> {
        self.of_destination.record.get_or_init(|| {
            let furthest = |records: &Vec<Cow<'a, Deposit>>| {
                records.iter().find(|d| !d.status.is_credited()).or(records.first()).cloned()
            };
            self.records().as_ref().test(furthest)
        })
    }

    fn is_record_of(&self, deposit: &Deposit, payment: &Payment) -> bool {
        let index = deposit.output_index;
        let here =
            index.is_none() || payment.transfers.iter().any(|t| t.output_index.is_none() || t.output_index == index);
        // Of a record that names no address, the amount tells which payment of the transaction it is.
        let address = if is_unaddressed(deposit) {
            payment.amount.as_ref() == Some(&deposit.amount)
        } else {
            // It may name the account at which it arrived, or its owner.
            let is_filed = |address: &Address| address.is_written(&deposit.address);
            is_filed(&payment.address) || payment.transfers.iter().filter_map(|t| t.through.as_ref()).any(is_filed)
        };
        // At an address of many, another memo is another payment.
        let own = deposit.memo.as_deref().map(plain_memo).filter(|memo| !memo.is_empty());
        let told = || payment.transfers.iter().filter_map(|t| t.memo.as_deref()).map(plain_memo);
        let memo = own.is_none_or(|own| told().next().is_none() || told().any(|memo| memo == own));
        address && memo && here && self.is_of_asset(deposit, payment)
    }

    /// Whether a record is of what was paid, on the network where it was.
    fn is_of_asset(&self, deposit: &Deposit, payment: &Payment) -> bool {
        let asset = payment.asset.as_deref().is_none_or(|asset| asset.eq_ignore_ascii_case(&deposit.asset));
        let coin = payment.contract.is_none();
        (asset || coin && self.is_native(&deposit.asset)) && self.is_on_this_network(&deposit.network)
    }

    /// Whether a ticker names the network's own coin, by the ledger's listing or by configuration.
    fn is_native(&self, asset: &str) -> bool {
        let listed = self.network_policy().yes().is_some_and(|policy| {
            let coin = |listed: &ListedAsset| self.currency_of(listed) == Some(Currency::Coin);
            policy.assets.iter().any(|listed| listed.asset.eq_ignore_ascii_case(asset) && coin(listed))
        });
        listed || self.network().is_some_and(|network| network.native.eq_ignore_ascii_case(asset))
    }

    fn is_on_this_network(&self, name: &str) -> bool {
        let network = named(&self.policy.networks, name).map_or(name, |network| &*network.name);
        network.is_empty() || self.network().is_some_and(|own| &*own.name == network)
    }

    /// Whether a record is the claimant's by account or address, and of the claimed asset.
    fn is_claimed(&self, deposit: &Deposit) -> bool {
        let account = self.claim.account.as_ref().map(|said| said.value == deposit.account);
        let claimed = self.claimed_address().filter(|_| !is_unaddressed(deposit));
        let address = claimed.map(|claimed| self.address_of(&deposit.address).as_ref() == Some(claimed));
        let asset = self.claim.asset.as_ref().is_none_or(|said| said.value.eq_ignore_ascii_case(&deposit.asset));
        let mine = [account, address].into_iter().flatten().collect::<Vec<_>>();
        !mine.is_empty() && mine.iter().all(|fits| *fits) && asset
    }

    /// Outputs of the payment that no record of the ledger covers; nothing where records carry no output number.
    pub fn uncovered(&self) -> Option<Amount> {
        let payment = self.paid()?;
        let covered = output_indices(self.records().yes()?)?;
        let open = payment.transfers.iter().filter(|t| t.output_index.is_some_and(|index| !covered.contains(&index)));
        let sum: Amount = open.filter_map(|t| t.amount.as_ref()).sum();
        (!sum.is_zero()).then_some(sum)
    }

    /// What of the payment the ledger's records are about: all of it, unless they name outputs.
    pub fn covered(&self) -> Option<Amount> {
        let payment = self.paid()?;
        let Some(indices) = output_indices(self.records().yes()?) else { return payment.amount.clone() };
        let native = payment.transfers.iter().all(|t| t.output_index.is_none());
        if native {
            return payment.amount.clone();
        }
        let parts = payment.transfers.iter().filter(|t| t.output_index.is_some_and(|index| indices.contains(&index)));
        parts.map(|t| t.amount.as_ref()).sum()
    }

    /// Whether the ledger has credited it, available or not.
    pub fn credited(&self) -> Seen<&Deposit> {
        self.record().as_ref().test(|deposit| deposit.status.is_credited().then_some(&**deposit))
    }

    /// The payments that the ledger has credited more than once: by output number where its records name one, else by
    /// a sum beyond what arrived.
    pub fn credited_twice(&self) -> Seen<Vec<&Deposit>> {
        self.records().as_ref().test(|records| {
            // Two records without an address may be of two addresses.
            let credits = records.iter().filter(|d| d.status.is_credited() && !is_unaddressed(d));
            let credits: Vec<&Deposit> = credits.map(Cow::as_ref).collect();
            let parts = self.paid().map_or(1, |payment| payment.transfers.len());
            let same = |one: &&Deposit| {
                let alike = credits.iter().filter(|other| other.output_index == one.output_index).count();
                // Records that name no output may be of one payment each.
                alike > if one.output_index.is_some() { 1 } else { parts }
            };
            let twice: Vec<&Deposit> = credits.iter().copied().filter(same).collect();
            let sum = || credits.iter().map(|deposit| &deposit.amount).sum::<Amount>();
            let beyond = || self.covered().is_some_and(|covered| sum() > covered);
            (!twice.is_empty() && beyond()).then_some(twice)
        })
    }

    /// Whether the customer can use it.
    pub fn available(&self) -> Seen<()> {
        self.record().as_ref().test(|deposit| (deposit.status == DepositStatus::Credited).then_some(()))
    }

    /// Whether the value may be the claimant's: nothing is known to have gone to somebody else.
    pub fn may_be_claimants(&self) -> bool {
        match self.settled().map(|(_, holder)| holder) {
            // Credited to the named claimant, wherever on the platform it arrived.
            Some(Holder::Wallet(_) | Holder::SubAccount | Holder::OtherCustomer) => self.claim.account.is_some(),
            Some(Holder::Outsider | Holder::Sweep) => false,
            Some(_) | None => true,
        }
    }

    /// Where the value went, once it is certain that it went there.
    fn settled(&self) -> Option<&(Payment, Holder)> {
        let took_effect = self.included().is_yes() && self.executed().is_yes();
        self.destination().yes().filter(|_| took_effect)
    }

    /// The deposits' door of the asset: no when it is closed.
    pub fn deposits_open(&self) -> Seen<()> {
        let asset = self.listed().yes().copied().flatten();
        match self.network_policy() {
            Seen::No(_) => Seen::Unknown(self.unknown_network()),
            policy => policy.as_ref().test(|policy| {
                let asset_open = asset.is_none_or(|asset| asset.deposits == Openness::Open);
                (policy.deposits == Openness::Open && asset_open).then_some(())
            }),
        }
    }

    /// How far the scanner of the asset that arrived has read, or else the network's.
    pub fn scanned_height(&self, policy: &NetworkPolicy) -> Option<u64> {
        let asset = self.listed().yes().copied().flatten();
        asset.and_then(|listed| listed.scanned_height).or(policy.scanned_height)
    }

    /// Whether an answer came so long after the one that there is no record that the scanner may have come to the block
    /// in between.
    fn is_long_after_no_record(&self, later: &Provenance) -> bool {
        let record = self.record();
        let unrecorded = record.provenance().filter(|_| record.is_no());
        let asked = unrecorded.and_then(|said| said.answers().iter().map(|answer| answer.at).min());
        let told = later.answers().iter().map(|answer| answer.at).max();
        asked.zip(told).is_some_and(|(asked, told)| told.duration_since(asked) > APART)
    }

    /// Whether the scanner has read past the block.
    pub fn scanned(&self) -> Seen<u64> {
        let Some(height) = self.included().yes().map(|block| block.height) else {
            return Seen::Unknown(self.evidence.ledger.unasked("how far the scanner has read"));
        };
        self.network_policy().as_ref().and_then(|policy, provenance| match self.scanned_height(policy) {
            Some(scanned) if scanned >= height && self.is_long_after_no_record(&provenance) => {
                let gap = Gap::new("ledger", "how far the scanner had read when there was no record", GapWhy::NotAsked);
                Seen::Unknown(gap.with("the policy was answered long after the deposits; ask again"))
            }
            Some(scanned) if scanned >= height => Seen::Yes(scanned, provenance),
            Some(_) => Seen::No(provenance),
            None => Seen::Unknown(
                Gap::new("ledger", "how far the scanner has read", GapWhy::NotOffered).with("no scanned_height"),
            ),
        })
    }
}

/// Whether a record does not tell to which address it came.
fn is_unaddressed(deposit: &Deposit) -> bool {
    deposit.address.is_empty()
}

/// The output numbers that records name; nothing where one of them names none.
fn output_indices(records: &[Cow<'_, Deposit>]) -> Option<Vec<u64>> {
    records.iter().map(|deposit| deposit.output_index).collect()
}
