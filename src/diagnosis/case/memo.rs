//! Whose a payment is at an address of many customers: told by its memo.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use super::{Case, Holder};
use crate::evidence::{AddressRecord, Transfer};
use crate::terms::{Address, By, Gap, GapWhy, Provenance, Said, Seen};

/// What keeps a payment at an address of many from the claimant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoFault {
    /// The memo as the chain carries it; nothing where the payment has none.
    pub given: Option<String>,
    /// The claimant's own, where ledger or claim names it.
    pub expected: Option<String>,
    /// Whose the given one is.
    pub owner: MemoOwner,
}

/// Whose a memo is that is not the claimant's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemoOwner {
    /// Another customer's.
    Another,
    /// Nobody's.
    Nobody,
    /// The ledger does not tell.
    Unknown,
}

impl Case<'_> {
    /// Whose a payment to an address of many is, by the memo that it carries.
    pub(super) fn holder_by_memo(
        &self,
        record: &AddressRecord,
        said: Provenance,
        claimant: Option<&str>,
    ) -> Seen<Holder> {
        let unclear = |why: &str| {
            let question = format!("whose payment to {} it is", record.address);
            Seen::Unknown(Gap::new("ledger", question, GapWhy::NotOffered).with(why))
        };
        let (Some(network), Some(address)) = (self.network(), self.address_of(&record.address)) else {
            return unclear("the ledger's address is not one of this network");
        };
        let Ok(given) = memo_to(self.moved().yes().map_or(&[], Vec::as_slice), &address) else {
            return unclear("it comes with several memos");
        };
        let own = self.own_memos(record, &address, claimant);
        let expected = own.first().cloned().or_else(|| self.demanded_memo());
        let fault = |given, owner| Holder::Unassigned(MemoFault { given, expected: expected.clone(), owner });
        let Some(given) = given else { return Seen::Yes(fault(None, MemoOwner::Nobody), said) };
        // Whoever complains without an account has said by the memo who they are.
        let demanded = self.demanded_memo().filter(|memo| claimant.is_none() && plain_memo(memo) != plain_memo(&given));
        if own.contains(&given) {
            let account = claimant.map(str::to_owned);
            let own = AddressRecord { account, ..record.clone() };
            return self.classify(&own, claimant).map_or_else(Seen::Unknown, |holder| Seen::Yes(holder, said));
        }
        let is_records = record.account.is_some() && record.memo.as_deref().map(str::trim) == Some(given.as_str());
        let owner = self.evidence.ledger.memo_owner(&network.name, &address, &given);
        match if is_records { Seen::Yes(record, said.clone()) } else { owner } {
            Seen::No(nobody) => Seen::Yes(fault(Some(given), MemoOwner::Nobody), said.and(&nobody)),
            // Whoever it belongs to: the claimant's own are known, and it is none of them.
            Seen::Unknown(_) if !own.is_empty() => Seen::Yes(fault(Some(given), MemoOwner::Unknown), said),
            Seen::Unknown(gap) => Seen::Unknown(gap),
            Seen::Yes(owner, told) => match self.classify(owner, claimant) {
                Ok(Holder::OtherCustomer) => Seen::Yes(fault(Some(given), MemoOwner::Another), said.and(&told)),
                Ok(Holder::Claimant(_) | Holder::Retired(_)) if demanded.is_some() => {
                    Seen::Yes(fault(Some(given), MemoOwner::Another), said.and(&told))
                }
                Ok(holder) => Seen::Yes(holder, said.and(&told)),
                Err(gap) => Seen::Unknown(gap),
            },
        }
    }

    /// A record of the ledger with the memo that its address may carry within itself.
    pub(super) fn with_own_memo<'r>(&self, record: &'r AddressRecord) -> Cow<'r, AddressRecord> {
        let Some(within) = self.memo_within(&record.address) else { return Cow::Borrowed(record) };
        let memo = record.memo.clone().or(Some(within));
        Cow::Owned(AddressRecord { memo, memo_required: true, ..record.clone() })
    }

    /// The memo that an address of the network carries within itself.
    pub(super) fn memo_within(&self, address: &str) -> Option<String> {
        let network = self.network().filter(|network| network.traits().has_memos)?;
        Address::parse(&network.identity, address).ok()?.memo
    }

    /// The memos by which the claimant's payments to an address are told, by the ledger's word.
    fn own_memos(&self, record: &AddressRecord, at: &Address, claimant: Option<&str>) -> Vec<String> {
        let listed = self.records_of(claimant);
        let here = listed.filter(|listed| self.address_of(&listed.address).as_ref() == Some(at));
        let named = claimant.is_some() && record.account.as_deref() == claimant;
        let memo = |record: &AddressRecord| Some(self.with_own_memo(record).memo.as_deref()?.trim().to_owned());
        let own = Some(record).filter(|_| named).and_then(memo);
        own.into_iter().chain(here.filter_map(memo)).collect()
    }

    /// The memo that a flag, a field or the claimed address itself demands. What is said in passing may be the right one
    /// or the one that was used.
    fn demanded_memo(&self) -> Option<String> {
        if !self.network()?.traits().has_memos {
            return None;
        }
        let named =
            |said: &&Said<String>| said.by != By::TicketText && !NONE.contains(&plain_memo(&said.value).as_str());
        let said = self.claim.memo.as_ref().filter(named).map(|said| said.value.clone());
        let within = || self.claimed()?.as_ref().ok()?.memo.clone();
        Some(said.or_else(within)?.trim().to_owned()).filter(|memo| !memo.is_empty())
    }

    /// What is wrong with the memo of a payment to the address that the claim names, where no ledger can tell: it is not
    /// the one demanded.
    pub(super) fn memo_amiss(&self, transfers: &[Transfer], address: &Address) -> Option<MemoFault> {
        let expected = self.demanded_memo()?;
        let given = memo_to(transfers, address).ok()?;
        let amiss = given.as_deref().map(plain_memo) != Some(plain_memo(&expected));
        amiss.then_some(MemoFault { given, expected: Some(expected), owner: MemoOwner::Unknown })
    }
}

/// What people write into a field for a memo where there is none.
const NONE: &[&str] = &["", "none", "no", "na", "nil", "null", "empty", "无", "沒有", "没有", "空", "없음", "해당없음"];

/// What of a memo people mean: letters and digits, without the word for it, zeros in front and unusual forms.
pub(in crate::diagnosis) fn plain_memo(memo: &str) -> String {
    let bare: String = memo.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let word = ["memo", "tag", "comment"].iter().find_map(|word| bare.strip_prefix(word));
    let bare = word.unwrap_or(&bare);
    let cut = bare.trim_start_matches('0');
    // A tag of 0 is a tag.
    if cut.is_empty() && !bare.is_empty() { "0".to_owned() } else { cut.to_owned() }
}

/// The memo that comes with what is paid to an address; an error where there are several.
fn memo_to(transfers: &[Transfer], address: &Address) -> Result<Option<String>, ()> {
    let mut memos: Vec<Option<&str>> = transfers
        .iter()
        .filter(|transfer| transfer.to.as_ref() == Some(address))
        .map(|transfer| transfer.memo.as_deref().map(str::trim).filter(|memo| !memo.is_empty()))
        .collect();
    memos.dedup();
    match memos.as_slice() {
        [] => Ok(None),
        // Several memos come one a line; which of them counts is not told.
        [memo] if !memo.is_some_and(|memo| memo.contains('\n')) => Ok(memo.map(str::to_owned)),
        _ => Err(()),
    }
}
