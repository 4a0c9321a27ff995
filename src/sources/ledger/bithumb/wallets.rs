//! What Bithumb says of itself: its wallets and their networks, the account's addresses, and what is listed.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::join;
use jiff::Timestamp;
use serde::Deserialize;

use super::ask;
use super::words::{NETWORKS, doors};
use crate::evidence::{AddressRecord, ListedAsset, Openness};
use crate::net::Reply;
use crate::sources::Line;
use crate::sources::ledger::account::{ADDRESSES, OwnAddresses, Plain, network_of, own_address};
use crate::terms::{Amount, Gap, Provenance, Seen};

/// "Wallet status".
#[derive(Deserialize)]
struct Wallet {
    currency: String,
    #[serde(rename = "wallet_state")]
    state: String,
    /// `normal`, `delayed` or `inactive`.
    #[serde(default)]
    block_state: Plain,
    #[serde(default)]
    block_elapsed_minutes: Plain,
    #[serde(default)]
    block_height: Plain,
    #[serde(default)]
    block_updated_at: Plain,
    #[serde(default)]
    net_type: Plain,
    #[serde(default)]
    network_name: Plain,
}

impl Wallet {
    fn network(&self) -> String {
        let named = self.network_name.text().map(|name| network_of(NETWORKS, &name));
        let known = named.filter(|own| NETWORKS.iter().any(|(_, known)| known == own));
        known.unwrap_or_else(|| network_of(NETWORKS, &self.net_type.0))
    }

    /// Why a direction is closed, and how far the exchange's own node is behind where it is.
    fn reason(&self, is_open: bool) -> Option<String> {
        let state = (!is_open).then(|| self.state.clone());
        let block = self.block_state.text().filter(|state| state != "normal").map(|state| {
            let since =
                self.block_elapsed_minutes.number().map(|minutes| format!(", {minutes} min since its last block"));
            format!("blocks {state}{}", since.unwrap_or_default())
        });
        let told: Vec<String> = state.into_iter().chain(block).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// Nothing where the state is a word that no table knows.
    fn listed(&self, min_deposit: Option<Amount>) -> Option<ListedAsset> {
        let (deposits, withdrawals) = doors(&self.state)?;
        let is_open = (deposits, withdrawals) == (Openness::Open, Openness::Open);
        Some(ListedAsset {
            asset: self.currency.clone(),
            contract: None,
            by_ticker: true,
            decimals: None,
            min_deposit,
            deposits,
            withdrawals,
            required_confirmations: None,
            unlock_confirmations: None,
            reason: self.reason(is_open),
            until: None,
            scanned_height: self.block_height.number(),
            scanned_at: moment(&self.block_updated_at),
        })
    }
}

async fn wallets(line: Line<'_>, question: &str) -> Result<(Vec<Wallet>, Reply), Gap> {
    let (wallets, reply) = ask::<Vec<Wallet>>(line, "/v1/status/wallet", question).await?;
    Ok((wallets.unwrap_or_default(), reply))
}

/// A time as ISO 8601 writes it, with the offset of Seoul.
pub(super) fn moment(text: &Plain) -> Option<Timestamp> {
    text.text()?.parse().ok()
}

/// Networks by `net_type`, as the wallet status tells them now.
pub(super) struct Networks {
    by_type: BTreeMap<String, String>,
    said: Option<Provenance>,
}

impl Networks {
    /// Where the wallet status cannot be had, tables alone tell.
    pub(super) async fn ask(line: Line<'_>) -> Self {
        let Ok((wallets, reply)) = wallets(line, "the networks of the exchange").await else {
            return Self { by_type: BTreeMap::new(), said: None };
        };
        let by_type = wallets.iter().map(|wallet| (wallet.net_type.0.clone(), wallet.network())).collect();
        Self { by_type, said: Some(reply.provenance()) }
    }

    /// Empty where the record names none.
    pub(super) fn of(&self, net_type: &Plain) -> String {
        let Some(word) = net_type.text() else { return String::new() };
        self.by_type.get(&word).cloned().unwrap_or_else(|| network_of(NETWORKS, &word))
    }

    /// Who said what a record says.
    pub(super) fn join(&self, provenance: Provenance) -> Provenance {
        self.said.as_ref().map_or_else(|| provenance.clone(), |said| provenance.clone().and(said))
    }
}

/// "Deposit addresses": the current ones alone.
#[derive(Deserialize)]
struct AddressRow {
    #[serde(default)]
    net_type: Plain,
    /// Nothing while it is being made.
    #[serde(default)]
    deposit_address: Plain,
    /// Memo or tag.
    #[serde(default)]
    secondary_address: Plain,
}

impl AddressRow {
    fn record(&self, networks: &Networks) -> Option<AddressRecord> {
        let address = self.deposit_address.text()?;
        Some(own_address(&networks.of(&self.net_type), address, self.secondary_address.text()))
    }
}

pub(super) async fn addresses(line: Line<'_>) -> Result<OwnAddresses, Gap> {
    let (networks, answer) =
        join(Networks::ask(line), ask::<Vec<AddressRow>>(line, "/v1/deposits/coin_addresses", ADDRESSES)).await;
    let (rows, reply) = answer?;
    let rows = rows.unwrap_or_default();
    let mut known = BTreeSet::new();
    let records = rows.iter().filter_map(|row| row.record(&networks));
    // The tokens of one network share its address.
    let own = records.filter(|own| known.insert((own.network.clone(), own.address.clone(), own.memo.clone())));
    let mut all = OwnAddresses::current();
    all.add(own, &reply);
    Ok(all)
}

/// "Fees and minimums of deposits and withdrawals".
#[derive(Deserialize)]
struct Fees {
    currency: String,
    #[serde(default = "Vec::new")]
    networks: Vec<NetworkFees>,
}

#[derive(Deserialize)]
struct NetworkFees {
    #[serde(default)]
    net_name: Plain,
    #[serde(default)]
    deposit_minimum_quantity: Plain,
}

/// What is listed on a network, with its minimums: without these, a deposit that is too small would look like a missed
/// one, so that an answer without them is none.
pub(super) async fn listing(line: Line<'_>, asked: &str) -> Result<Seen<Vec<ListedAsset>>, Gap> {
    let question = format!("the policy of {asked}");
    let (wallets, fees) = join(wallets(line, &question), ask::<Vec<Fees>>(line, "/v2/fee/inout/ALL", &question)).await;
    let ((wallets, told), (fees, priced)) = (wallets?, fees?);
    let fees = fees.unwrap_or_default();
    let minimum = |wallet: &Wallet| {
        let own = fees.iter().filter(|fees| fees.currency.eq_ignore_ascii_case(&wallet.currency));
        let mut here = own
            .flat_map(|fees| &fees.networks)
            .filter(|fees| fees.net_name == wallet.network_name || network_of(NETWORKS, &fees.net_name.0) == asked);
        here.find_map(|fees| fees.deposit_minimum_quantity.amount())
    };
    let here = wallets.iter().filter(|wallet| wallet.network() == asked);
    let assets: Option<Vec<ListedAsset>> = here.map(|wallet| wallet.listed(minimum(wallet))).collect();
    let assets = assets.ok_or_else(|| line.malformed(&question, "a wallet has a state that is not known"))?;
    let said = told.provenance().and(&priced.provenance());
    Ok(if assets.is_empty() { Seen::No(said) } else { Seen::Yes(assets, said) })
}
