//! Evidence made by hand: one complete, healthy deposit, and small changes to it. Nothing here asks anybody.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use txsleuth::claim::Claim;
use txsleuth::claim::reading::Route;
use txsleuth::diagnosis::{Diagnosis, Policy, diagnose};
use txsleuth::evidence::{
    AddressRecord, AddressRole, AddressStatus, Alias, Before, BlockId, BlockRef, Crossing, Delivery, Deposit,
    DepositStatus, Evidence, Head, LedgerEvidence, ListedAsset, Message, MessageKind, NetworkPolicy, Observation,
    Openness, Outlook, Particulars, Payment, Payments, Placement, Proof, Searched, Sighting, SourceRef, Span, Spends,
    TicketRef, Transfer, TransferKind, Way, Withdrawal, WithdrawalStatus,
};
use txsleuth::inquiry::{Channel, Question, Reach, search_questions};
use txsleuth::terms::{
    Address, Amount, Answer, Asset, BitcoinChain, By, ChainIdentity, Direction, Family, Finality, Gap, GapWhy, Marks,
    Network, Provenance, Said, Seen, Txid, Variant,
};

/// The transaction that the claim names.
pub(crate) const TXID: &str = "0x4d5f2a9c0b1e3d4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f";
/// Another transaction.
pub(crate) const OTHER_TXID: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";
/// The transaction that took the place of the claimed one.
pub(crate) const HEIR: &str = "0x2222222222222222222222222222222222222222222222222222222222222222";
/// The listed token's contract.
pub(crate) const USDT: &str = "0x5555555555555555555555555555555555555555";
/// Another token's contract.
const STRANGER: &str = "0x7777777777777777777777777777777777777777";
/// The claimant's account.
pub(crate) const ACCOUNT: &str = "A";
/// The claimant's deposit address.
pub(crate) const MINE: &str = "0x1000000000000000000000000000000000000001";
/// An address of the platform that is not the claimant's.
pub(crate) const THEIRS: &str = "0x2000000000000000000000000000000000000002";
/// An address outside the platform.
pub(crate) const OUTSIDE: &str = "0x3333300000000000000000000000000000033333";
/// Where the money came from.
const SENDER: &str = "0x4000000000000000000000000000000000000004";
/// The block of the payment.
pub(crate) const BLOCK: u64 = 1000;
/// The EVM network.
pub(crate) const ETHEREUM: &str = "ethereum";
/// A rollup that settles on it.
pub(crate) const BASE: &str = "base";
/// The transaction that carries out on the rollup what left for it.
pub(crate) const LEG: &str = "0x3333333333333333333333333333333333333333333333333333333333333333";
/// The Bitcoin network.
pub(crate) const BITCOIN: &str = "bitcoin";

/// A claim, what was seen of it, and what counts as normal.
#[derive(Clone, Debug)]
#[must_use = "diagnose it"]
pub(crate) struct World {
    pub(crate) claim: Claim,
    pub(crate) evidence: Evidence,
    pub(crate) policy: Policy,
}

impl World {
    /// 500 USDT, final at the claimant's address on one source's word; the ledger works and has no record of it.
    pub(crate) fn new() -> Self {
        let mut evidence = Evidence::new(now(), true);
        evidence.observations.push(observation(ETHEREUM, 0, TXID));
        evidence.ledger = ledger();
        let policy = Policy { networks: vec![ethereum(), bitcoin()], ..Policy::default() };
        Self { claim: claim(), evidence, policy }
    }

    /// What follows.
    pub(crate) fn diagnose(&self) -> Diagnosis {
        diagnose(&self.claim, &self.evidence, &self.policy)
    }

    /// The code that decides.
    pub(crate) fn code(&self) -> &'static str {
        self.diagnose().decisive().code
    }

    /// With the claim changed.
    pub(crate) fn claim(mut self, change: impl FnOnce(&mut Claim)) -> Self {
        change(&mut self.claim);
        self
    }

    /// With every source's observation changed alike.
    pub(crate) fn observed(mut self, change: impl Fn(&mut Observation)) -> Self {
        self.evidence.observations.iter_mut().for_each(change);
        self
    }

    /// With one source's observation changed, where there is one of that number.
    pub(crate) fn source(mut self, index: usize, change: impl FnOnce(&mut Observation)) -> Self {
        if let Some(observation) = self.evidence.observations.get_mut(index) {
            change(observation);
        }
        self
    }

    /// With what every source that knows the transaction says of it changed alike.
    pub(crate) fn sighted(self, change: impl Fn(&mut Sighting)) -> Self {
        self.observed(|o| {
            if let Seen::Yes(sighting, _) = &mut o.sighting {
                change(sighting);
            }
        })
    }

    /// With the ledger's answers changed.
    pub(crate) fn ledger(mut self, change: impl FnOnce(&mut LedgerEvidence)) -> Self {
        change(&mut self.evidence.ledger);
        self
    }
}

/// The chain's side.
impl World {
    /// With a second source that says the same, run by somebody else.
    pub(crate) fn two_sources(mut self) -> Self {
        let mut second = self.evidence.observations[0].clone();
        second.source = source(&second.network, 1);
        attribute(&mut second);
        self.evidence.observations.insert(1, second);
        self
    }

    /// The words of the ticket are for somebody else than those who look into transfers, or for them.
    pub(crate) fn routed(self, route: Route) -> Self {
        self.claim(|claim| claim.route = Some(Said::new(route, By::TicketText)))
    }

    /// With all chain sources run by one operator.
    pub(crate) fn one_operator(self) -> Self {
        self.observed(|o| {
            o.source.operator = "one".into();
            attribute(o);
        })
    }

    /// Its block is of so many seconds ago.
    pub(crate) fn mined(self, seconds: u64) -> Self {
        let time = Some(ago(seconds));
        let world = self.sighted(|s| {
            if let Seen::Yes(block, _) = &mut s.block {
                block.time = time;
            }
        });
        world.placed(|p| {
            if let Seen::Yes(block, _) = &mut p.canonical {
                block.time = time;
            }
        })
    }

    /// With this many confirmations by every source's head.
    pub(crate) fn confirmations(self, count: u64) -> Self {
        self.observed(|o| {
            if let Seen::Yes(head, _) = &mut o.head {
                head.height = BLOCK + count - 1;
            }
        })
    }

    /// With so many headers that every source shows to be built upon its block, and its receipt.
    pub(crate) fn proven(self, headers: u64) -> Self {
        self.observed(|o| {
            let shown = |what: &str| said(&o.source, what).proven();
            let (in_block, headers) = (Seen::Yes((), shown("path")), Seen::Yes(headers, shown("headers")));
            o.proof = Some(Proof { in_block, headers, receipt: Seen::Yes((), shown("receipts")) });
        })
    }

    /// With one source's proof that does not hold.
    pub(crate) fn disproven(self, index: usize) -> Self {
        self.proven(1).source(index, |o| {
            let gap = Gap::new(&*o.source.service, "whether its block holds it", GapWhy::Mismatch);
            o.proof.iter_mut().for_each(|proof| proof.in_block = Seen::Unknown(gap.clone()));
        })
    }

    /// With these movements of value.
    pub(crate) fn transfers(self, transfers: &[Transfer]) -> Self {
        self.sighted(|s| s.transfers = Seen::Yes(transfers.to_vec(), provenance_of(&s.transfers)))
    }

    /// With everything paid to another address.
    pub(crate) fn pays(self, address: &str) -> Self {
        self.transfers(&[token(address, 500_000_000)])
    }

    /// Included, and its execution failed.
    pub(crate) fn failed(self, reason: &str) -> Self {
        self.transfers(&[]).sighted(|s| {
            s.executed = Seen::No(provenance_of(&s.executed));
            s.failure = Some(reason.to_owned());
        })
    }

    /// Known, in no block.
    pub(crate) fn mempool(self) -> Self {
        let open = |question: &str| Gap::new("network.ethereum.0", question, GapWhy::NotAsked);
        let world = self.observed(|o| (o.placement, o.internals) = (None, None));
        world.sighted(|s| {
            s.block = Seen::No(provenance_of(&s.block));
            s.executed = Seen::Unknown(open("whether it ran"));
            s.transfers = Seen::Unknown(open("what it moved"));
        })
    }

    /// In no block, while transactions pay so much.
    pub(crate) fn going_rate(self, rate: &str) -> Self {
        self.mempool().ahead(|source, outlook| outlook.going_rate = Seen::Yes(coins(rate), said(source, "fees")))
    }

    /// In no block, while something has to come first.
    pub(crate) fn behind_others(self, before: Before) -> Self {
        self.mempool().ahead(|source, outlook| outlook.before = Seen::Yes(before, said(source, "before")))
    }

    /// Every source was asked what lies ahead: nothing has taken its place, as far as they know, but what `change`
    /// says.
    pub(crate) fn ahead(self, change: impl Fn(&SourceRef, &mut Outlook)) -> Self {
        self.observed(|o| {
            let unasked = Gap::new(&*o.source.service, "what transactions pay at present", GapWhy::NotOffered);
            let (successor, going_rate) = (Seen::No(said(&o.source, "successor")), Seen::Unknown(unasked));
            let known_before = Seen::No(said(&o.source, "memory"));
            let before = Seen::No(said(&o.source, "before"));
            let lapsed = None;
            let mut outlook =
                Outlook { successor, known_before, lapsed, going_rate, fee_rate: None, first_seen: None, before };
            change(&o.source, &mut outlook);
            o.outlook = Some(outlook);
        })
    }

    /// No transaction, but something else.
    pub(crate) fn alias(self, alias: Alias) -> Self {
        self.absent().observed(|o| o.alias = Some(Seen::Yes(alias.clone(), said(&o.source, "alias"))))
    }

    /// The hash of a user operation, and the transaction that carried it out pays the claimant.
    pub(crate) fn user_operation(self) -> Self {
        self.carried(Alias::UserOperation(txid(HEIR)))
    }

    /// Another hash of a transaction that pays the claimant.
    pub(crate) fn carried(self, alias: Alias) -> Self {
        let mut world = self.alias(alias).further(HEIR, MINE);
        world.claim.txids.pop();
        world
    }

    /// No transaction, but the hash of a block.
    pub(crate) fn block_hash(self) -> Self {
        self.alias(Alias::Block(BLOCK))
    }

    /// Nobody knows it any more: by every source's word another transaction took its place, which pays an address.
    pub(crate) fn replaced(self, to: &str) -> Self {
        if self.evidence.observations.iter().any(|o| o.txid.as_str() == HEIR) {
            return self;
        }
        let named = |source: &SourceRef| Seen::Yes(Some(txid(HEIR)), said(source, "successor"));
        let world = self.absent().ahead(|source, outlook| outlook.successor = named(source));
        let world = world.observed(|o| o.alias = None);
        let mut heir = world.further(HEIR, to);
        heir.claim.txids.pop();
        heir
    }

    /// With what every source says of the transaction that took its place changed alike.
    pub(crate) fn heir(self, change: impl Fn(&mut Sighting)) -> Self {
        self.observed(|o| {
            if let (HEIR, Seen::Yes(sighting, _)) = (o.txid.as_str(), &mut o.sighting) {
                change(sighting);
            }
        })
    }

    /// The node still has it waiting; another node's chain has another transaction of that nonce, and cannot name it.
    pub(crate) fn nonce_used(self) -> Self {
        let alone = self.evidence.observations.len() == 1;
        let world = if alone { self.two_sources() } else { self };
        let world = world.mempool().ahead(|_, _| {});
        let world = world.source(1, |o| o.sighting = Seen::No(provenance_of(&o.sighting)));
        world.source(1, |o| {
            if let Some(outlook) = &mut o.outlook {
                outlook.successor = Seen::Yes(None, said(&o.source, "successor"));
            }
        })
    }

    /// Another block took the place of the one that held it.
    pub(crate) fn orphaned(self) -> Self {
        self.placed(|p| p.canonical = Seen::No(provenance_of(&p.canonical)))
    }

    /// With the second look at the block changed.
    pub(crate) fn placed(self, change: impl Fn(&mut Placement)) -> Self {
        self.observed(|o| {
            if let Some(placement) = &mut o.placement {
                change(placement);
            }
        })
    }

    /// Every source says that there is no such transaction.
    pub(crate) fn absent(self) -> Self {
        self.observed(|o| {
            o.sighting = Seen::No(provenance_of(&o.sighting));
            (o.placement, o.internals) = (None, None);
        })
    }

    /// No chain source answers anything.
    pub(crate) fn chain_down(mut self) -> Self {
        for observation in &mut self.evidence.observations {
            walk_observation(observation, &mut Silence(GapWhy::Timeout));
            observation.placement = None;
        }
        self
    }

    /// Every source follows another chain than the configured one.
    pub(crate) fn wrong_chain(self) -> Self {
        self.observed(|o| o.right_chain = Seen::No(provenance_of(&o.right_chain)))
    }

    /// Every source's newest block is a day old.
    pub(crate) fn behind(self) -> Self {
        self.observed(|o| {
            if let Seen::Yes(head, _) = &mut o.head {
                head.time = Some(ago(86_400));
            }
        })
    }

    /// No source keeps old transactions.
    pub(crate) fn pruned(self) -> Self {
        self.observed(|o| o.keeps_history = Seen::No(provenance_of(&o.keeps_history)))
    }

    /// A token that is not listed arrives, and calls itself so.
    pub(crate) fn stranger(mut self, name: &str) -> Self {
        let said = answer("network.ethereum.0", "operator-0", "symbol");
        let key = (ETHEREUM.into(), address(STRANGER));
        self.evidence.symbols.insert(key, Seen::Yes(name.to_owned(), said));
        self.transfers(&[stranger(MINE)])
    }

    /// The transfer failed, and the token says that its issuer has frozen the sender.
    pub(crate) fn frozen(self) -> Self {
        let mut world = self.failed("reverted").sighted(|s| s.particulars.called = Some(address(USDT)));
        let said = answer("network.ethereum.0", "operator-0", "frozen");
        let key = (ETHEREUM.into(), address(USDT));
        world.evidence.frozen.insert(key, Seen::Yes(vec![address(SENDER)], said));
        world
    }

    /// A token arrives that is a bridged form of the listed one.
    pub(crate) fn bridged(mut self) -> Self {
        self.policy.networks[0].assets[0].variants = vec![variant("USDT.e", false)];
        self.transfers(&[stranger(MINE)])
    }

    /// A token arrives by a contract that the listed one has left behind.
    pub(crate) fn migrated(mut self) -> Self {
        self.policy.networks[0].assets[0].variants = vec![variant("USDT", true)];
        self.transfers(&[stranger(MINE)])
    }

    /// Nothing on the surface: a contract's call pays the claimant in native coin.
    pub(crate) fn paid_inside(self) -> Self {
        let inner = Transfer { kind: TransferKind::Internal, ..native(MINE) };
        let world = self.transfers(&[]).lists_native();
        world.observed(|o| o.internals = Some(Seen::Yes(vec![inner.clone()], said(&o.source, "trace"))))
    }

    /// A call inside was to pay the claimant, and failed.
    pub(crate) fn failed_inside(self) -> Self {
        self.observed(|o| o.failed = Some(Seen::Yes(vec![token(MINE, 500_000_000)], said(&o.source, "trace"))))
    }

    /// With finality by the network's finalized block, which is at this height.
    pub(crate) fn finalized(self, height: u64) -> Self {
        let asked = |o: &Observation| said(&o.source, "finality mark");
        let world = self.observed(|o| {
            let mark = Seen::Yes(height, asked(o));
            if let Some(placement) = &mut o.placement {
                placement.finality_mark = Some(mark);
            }
        });
        world.network(|policy| policy.required_confirmations = Some(Finality::Finalized))
    }
}

/// The ledger's side.
impl World {
    /// No ledger is configured.
    pub(crate) fn no_ledger(self) -> Self {
        self.ledger(|ledger| *ledger = LedgerEvidence::new(false))
    }

    /// A ledger is configured and answers nothing.
    pub(crate) fn unknown_ledger(mut self) -> Self {
        walk_ledger(&mut self.evidence.ledger, &mut Silence(GapWhy::Timeout));
        self
    }

    /// The ledger has a deposit in this status: of what the chain shows, where it shows a payment by now.
    pub(crate) fn recorded(self, status: &str) -> Self {
        let status = DepositStatus::from(status.to_owned());
        let record = self.payment().map_or_else(deposit, |payment| self.record_of(&payment));
        let foreign = self.evidence.ledger.owner_of(&ETHEREUM.into(), &address(&record.address)).is_no();
        let deposits = Seen::Yes(vec![Deposit { status, ..record }], of_ledger("deposits"));
        // No scanner records what reached an address that the ledger does not have.
        if foreign { self } else { self.ledger(|ledger| drop(ledger.deposits.insert(txid(TXID), deposits))) }
    }

    fn payment(&self) -> Option<Transfer> {
        let sighted = self.evidence.observations.first()?.sighting.yes()?.transfers.yes()?.first().cloned();
        sighted.filter(|transfer| transfer.to.is_some() && transfer.asset.is_some())
    }

    fn record_of(&self, payment: &Transfer) -> Deposit {
        let paid = payment.to.clone().unwrap_or_else(|| address(MINE));
        let owner = self.evidence.ledger.owner_of(&ETHEREUM.into(), &paid);
        let account = owner.yes().and_then(|owner| owner.account.clone());
        Deposit {
            account: account.unwrap_or_else(|| ACCOUNT.to_owned()),
            address: paid.to_string(),
            asset: payment.asset.clone().unwrap_or_default(),
            amount: payment.amount.clone().unwrap_or_else(Amount::zero),
            output_index: payment.output_index,
            ..deposit()
        }
    }

    /// The ledger has no deposit.
    pub(crate) fn unrecorded(self) -> Self {
        self.ledger(|ledger| drop(ledger.deposits.insert(txid(TXID), Seen::No(of_ledger("deposits")))))
    }

    /// With the ledger's deposits changed.
    pub(crate) fn record(self, change: impl Fn(&mut Deposit)) -> Self {
        self.ledger(|ledger| {
            if let Some(Seen::Yes(deposits, _)) = ledger.deposits.get_mut(&txid(TXID)) {
                deposits.iter_mut().for_each(change);
            }
        })
    }

    /// The complaint is about a withdrawal, which the ledger has in this status and which pays in full.
    pub(crate) fn ordered(self, status: &str) -> Self {
        let order = Withdrawal { status: WithdrawalStatus::from(status.to_owned()), ..withdrawal() };
        let record = Seen::Yes(vec![order], of_ledger("withdrawals"));
        let world = self.withdrawal().claims_address(OUTSIDE).pays(OUTSIDE);
        world.ledger(|ledger| drop(ledger.withdrawals.insert(txid(TXID), record)))
    }

    /// The platform sent the transaction itself, for another account.
    pub(crate) fn paid_out_by_platform(self) -> Self {
        let order = Withdrawal { account: "B".to_owned(), ..withdrawal() };
        let record = Seen::Yes(vec![order], of_ledger("withdrawals"));
        self.ledger(|ledger| drop(ledger.withdrawals.insert(txid(TXID), record)))
    }

    /// The same before anything was sent: the complaint names the ledger's own id, and there is no transaction.
    pub(crate) fn unsent(self, status: &str) -> Self {
        let status = WithdrawalStatus::from(status.to_owned());
        let order = Withdrawal { status, txid: None, broadcast_at: None, completed_at: None, ..withdrawal() };
        let named = Some(Seen::Yes(order, of_ledger("withdrawal by id")));
        let world = self.withdrawal().claims_address(OUTSIDE).unidentified();
        world.ledger(|ledger| ledger.named_withdrawal = named)
    }

    /// With the ledger's withdrawals changed.
    pub(crate) fn order(self, change: impl Fn(&mut Withdrawal)) -> Self {
        self.ledger(|ledger| {
            if let Some(Seen::Yes(orders, _)) = ledger.withdrawals.get_mut(&txid(TXID)) {
                orders.iter_mut().for_each(&change);
            }
            if let Some(Seen::Yes(order, _)) = &mut ledger.named_withdrawal {
                change(order);
            }
        })
    }

    /// The ledger's list of the account's deposits holds another open one of the same amount.
    pub(crate) fn lists_deposit(self) -> Self {
        let status = DepositStatus::from("held".to_owned());
        self.lists_deposits(vec![Deposit { txid: HEIR.to_owned(), status, ..deposit() }])
    }

    /// That of its withdrawals holds one of the same amount that is in no transaction yet.
    pub(crate) fn lists_withdrawal(self) -> Self {
        let status = WithdrawalStatus::from("in_review".to_owned());
        self.lists_withdrawals(vec![Withdrawal { txid: None, address: String::new(), status, ..withdrawal() }])
    }

    /// The ledger's list of the account's deposits holds these.
    pub(crate) fn lists_deposits(self, listed: Vec<Deposit>) -> Self {
        let said = of_ledger("the account's deposits");
        let seen = if listed.is_empty() { Seen::No(said) } else { Seen::Yes(listed, said) };
        self.ledger(|ledger| ledger.listed_deposits = Some((stretch(), seen)))
    }

    /// That of its withdrawals holds these.
    pub(crate) fn lists_withdrawals(self, listed: Vec<Withdrawal>) -> Self {
        let said = of_ledger("the account's withdrawals");
        let seen = if listed.is_empty() { Seen::No(said) } else { Seen::Yes(listed, said) };
        self.ledger(|ledger| ledger.listed_withdrawals = Some((stretch(), seen)))
    }

    /// With the owner of the claimant's address changed.
    pub(crate) fn owner(self, change: impl FnOnce(&mut AddressRecord)) -> Self {
        self.ledger(|ledger| {
            let key = (ETHEREUM.into(), address(MINE));
            if let Some(Seen::Yes(record, _)) = ledger.owners.get_mut(&key) {
                change(record);
            }
        })
    }

    /// An address of which the ledger says that it is not the platform's.
    pub(crate) fn outside(self, other: &str) -> Self {
        let key = (ETHEREUM.into(), address(other));
        self.ledger(|ledger| drop(ledger.owners.insert(key, Seen::No(of_ledger("owner of another")))))
    }

    /// The sender's address is the platform's own.
    pub(crate) fn sent_by_platform(self) -> Self {
        let key = (ETHEREUM.into(), address(SENDER));
        let owner = Seen::Yes(record(THEIRS, "B"), of_ledger("owner of the sender"));
        self.ledger(|ledger| drop(ledger.owners.insert(key, owner)))
    }

    /// The claimant's address was issued on another network, and on this one it is nobody's.
    pub(crate) fn issued_elsewhere(mut self) -> Self {
        let name: Arc<str> = "bsc".into();
        let elsewhere = (name.clone(), address(MINE));
        self.policy.networks.push(Network { name, identity: ChainIdentity::Evm(56), ..ethereum() });
        let issued = Seen::Yes(record(MINE, ACCOUNT), of_ledger("owner elsewhere"));
        self.outside(MINE).ledger(|ledger| drop(ledger.owners.insert(elsewhere, issued)))
    }

    /// The claimant and the owner of the other address are accounts of one customer.
    pub(crate) fn one_customer(self) -> Self {
        let same = Some("c-1".to_owned());
        self.ledger(|ledger| {
            for seen in ledger.owners.values_mut() {
                if let Seen::Yes(record, _) = seen {
                    record.customer.clone_from(&same);
                }
            }
        })
    }

    /// A public test network knows the transaction, and the main one does not.
    pub(crate) fn on_test_network(self) -> Self {
        let mut world = self.absent().test_network_down();
        world.claim.network = None;
        let last = world.evidence.observations.len() - 1;
        world.evidence.observations[last] = observation("sepolia", 0, TXID);
        world
    }

    /// The ledger does not run the network.
    pub(crate) fn not_served(self) -> Self {
        self.ledger(|ledger| drop(ledger.networks.insert(ETHEREUM.into(), Seen::No(of_ledger("policy")))))
    }

    /// The address that was paid is of another account.
    pub(crate) fn owner_account(self, account: &str) -> Self {
        self.owner(|record| record.account = Some(account.to_owned()))
    }

    /// With the ledger's policy of the network changed.
    pub(crate) fn network(self, change: impl FnOnce(&mut NetworkPolicy)) -> Self {
        self.ledger(|ledger| {
            if let Some(Seen::Yes(policy, _)) = ledger.networks.get_mut(ETHEREUM) {
                change(policy);
            }
        })
    }

    /// With a minimum for the asset.
    pub(crate) fn minimum(self, amount: &str) -> Self {
        self.network(|policy| policy.assets[0].min_deposit = Some(coins(amount)))
    }

    /// The claimant's address is one of many customers, told apart by their memos.
    pub(crate) fn shared(self, memo: &str) -> Self {
        self.owner(|owner| (owner.memo_required, owner.memo) = (true, Some(memo.to_owned())))
    }

    /// The same, and the ledger names neither account nor memo with it.
    pub(crate) fn many_customers(self) -> Self {
        self.shared("").owner(|owner| (owner.account, owner.memo) = (None, None)).ledger(|l| l.accounts.clear())
    }

    /// The memo that the payment carries.
    pub(crate) fn memo(self, memo: Option<&str>) -> Self {
        self.transfers(&[Transfer { memo: memo.map(str::to_owned), ..token(MINE, 500_000_000) }])
    }

    /// Whose a memo is at the claimant's address: nobody's without an account.
    pub(crate) fn memo_owner(self, memo: &str, account: Option<&str>) -> Self {
        let said = of_ledger("memo");
        let owner = account.map(|account| AddressRecord { memo: Some(memo.to_owned()), ..record(MINE, account) });
        let seen = owner.map_or_else(|| Seen::No(said.clone()), |owner| Seen::Yes(owner, said.clone()));
        let key = (ETHEREUM.into(), address(MINE), memo.to_owned());
        self.ledger(|ledger| drop(ledger.memos.insert(key, seen)))
    }

    /// The ledger lists another asset than the one that arrived.
    pub(crate) fn unlisted(mut self) -> Self {
        let said = answer("network.ethereum.0", "operator-0", "symbol");
        let key = (ETHEREUM.into(), address(USDT));
        self.evidence.symbols.insert(key, Seen::Yes("TETHER".to_owned(), said));
        self.network(|policy| {
            policy.assets[0].asset = "DAI".to_owned();
            policy.assets[0].contract = Some("0x6666666666666666666666666666666666666666".to_owned());
        })
    }

    /// The ledger lists the native coin too.
    pub(crate) fn lists_native(self) -> Self {
        self.network(|policy| {
            let token = policy.assets[0].clone();
            policy.assets.push(ListedAsset { asset: "ETH".to_owned(), contract: None, decimals: Some(18), ..token });
        })
    }

    /// The ledger takes no deposits on the network.
    pub(crate) fn suspended(self) -> Self {
        self.network(|policy| {
            policy.deposits = Openness::Suspended;
            policy.reason = Some("wallet maintenance".to_owned());
        })
    }

    /// The deposit scanner has read up to this height.
    pub(crate) fn scanned(self, height: u64) -> Self {
        self.network(|policy| policy.scanned_height = Some(height))
    }
}

/// Over a bridge.
impl World {
    /// All that the transaction carries, one ether, goes to the contract of a rollup's bridge; on the rollup, which the
    /// platform serves too, nobody knows of it.
    pub(crate) fn crosses(self, way: Way) -> Self {
        let mut world = self.rollup().transfers(&[ether(OUTSIDE)]);
        let by_message = matches!(way, Way::Withdrawal | Way::Relay | Way::Redemption);
        let crossing = Crossing {
            way,
            network: BASE.into(),
            to: Some(address(MINE)),
            amount: Some(coins("1")),
            leg: (!by_message).then(|| txid(LEG)),
            message: by_message.then(message),
        };
        let shown = Some(vec![crossing]);
        // What the bridge has taken, no call inside has paid to anybody.
        world = world.sighted(|s| s.particulars.crossings.clone_from(&shown)).observed(|o| {
            if let Some(Seen::Yes(inner, _)) = &mut o.internals {
                inner.clear();
            }
        });
        if by_message {
            return world.delivered(|source| Seen::No(said(source, "delivery")));
        }
        let mut leg = observation(BASE, 0, LEG);
        leg.sighting = Seen::No(provenance_of(&leg.sighting));
        (leg.placement, leg.internals) = (None, None);
        world.evidence.observations.push(leg);
        world
    }

    /// The rollup has carried it out, and paid an address in full.
    pub(crate) fn arrives(mut self, to: &str) -> Self {
        self.evidence.observations.retain(|o| &*o.network != BASE);
        let mut leg = observation(BASE, 0, LEG);
        if let Seen::Yes(sighting, _) = &mut leg.sighting {
            sighting.transfers = Seen::Yes(vec![ether(to)], provenance_of(&sighting.transfers));
        }
        self.evidence.observations.push(leg);
        self
    }

    /// The rollup has made out a ticket, and tried to redeem it by a transaction that pays an address, if it runs; the
    /// ticket is still open.
    pub(crate) fn ticket(self, to: &str, ran: bool) -> Self {
        let redemption = Crossing {
            way: Way::Redemption,
            network: BASE.into(),
            to: None,
            amount: None,
            leg: Some(txid(HEIR)),
            message: Some(message()),
        };
        let shown = Some(vec![redemption]);
        let mut world = self.crosses(Way::Ticket).arrives(OUTSIDE).leg(|o| {
            if let Seen::Yes(sighting, _) = &mut o.sighting {
                sighting.transfers = Seen::Yes(Vec::new(), provenance_of(&sighting.transfers));
                sighting.particulars.crossings.clone_from(&shown);
            }
        });
        let mut redeeming = observation(BASE, 0, HEIR);
        if let Seen::Yes(sighting, _) = &mut redeeming.sighting {
            let moved = if ran { vec![ether(to)] } else { Vec::new() };
            sighting.transfers = Seen::Yes(moved, provenance_of(&sighting.transfers));
            let executed = provenance_of(&sighting.executed);
            sighting.executed = if ran { Seen::Yes((), executed) } else { Seen::No(executed) };
        }
        world.evidence.observations.push(redeeming);
        let ledger = &mut world.evidence.ledger;
        ledger.deposits.insert(txid(HEIR), Seen::No(of_ledger("deposits of the redemption")));
        ledger.withdrawals.insert(txid(HEIR), Seen::No(of_ledger("withdrawals of the redemption")));
        world.delivered(|source| Seen::No(said(source, "delivery")))
    }

    /// What the rollup's source says of the other leg is changed.
    pub(crate) fn leg(self, change: impl Fn(&mut Observation)) -> Self {
        self.observed(|o| {
            if &*o.network == BASE {
                change(o);
            }
        })
    }

    /// The rollup makes a block every two seconds.
    pub(crate) fn fast_rollup(mut self) -> Self {
        let rollups = self.policy.networks.iter_mut().filter(|network| &*network.name == BASE);
        rollups.for_each(|network| network.block_interval = Duration::from_secs(2));
        self
    }

    /// The rollup's source gives no answer.
    pub(crate) fn rollup_down(self) -> Self {
        self.leg(|o| walk_observation(o, &mut Silence(GapWhy::Timeout)))
    }

    /// No source of the rollup is configured.
    pub(crate) fn without_rollup(mut self) -> Self {
        self.evidence.observations.retain(|o| &*o.network != BASE);
        self.policy.networks.retain(|network| &*network.name != BASE);
        self
    }

    /// The other side's source says so of the message.
    pub(crate) fn delivered(mut self, said_so: impl Fn(&SourceRef) -> Seen<()>) -> Self {
        let source = source(BASE, 0);
        let head = Head { height: BLOCK + 99, time: Some(ago(12)), syncing: false };
        let delivery = Delivery {
            right_chain: Seen::Yes((), said(&source, "chain")),
            head: Seen::Yes(head, said(&source, "head")),
            delivered: said_so(&source),
            source,
        };
        self.evidence.deliveries.insert((BASE.into(), message()), vec![delivery]);
        self
    }

    /// A rollup that the platform serves as well.
    fn rollup(mut self) -> Self {
        let network = Network { name: BASE.into(), identity: ChainIdentity::Evm(8453), ..ethereum() };
        self.policy.networks.push(network);
        self.claim.asset = Some(Said::new("ETH".to_owned(), By::Flag));
        self.claim.amount = Some(Said::new(coins("1"), By::Flag));
        self.lists_native().ledger(|ledger| {
            for paid in [MINE, THEIRS, OUTSIDE] {
                let here = ledger.owners.get(&(ETHEREUM.into(), address(paid))).cloned();
                ledger.owners.extend(here.map(|owner| ((BASE.into(), address(paid)), owner)));
            }
            let accounts = ledger.accounts.get(&(ACCOUNT.to_owned(), ETHEREUM.into())).cloned();
            ledger.accounts.extend(accounts.map(|own| ((ACCOUNT.to_owned(), BASE.into()), own)));
            let policy = ledger.networks.get(ETHEREUM).cloned();
            ledger.networks.extend(policy.map(|policy| (BASE.into(), policy)));
            ledger.deposits.insert(txid(LEG), Seen::No(of_ledger("deposits of the other leg")));
            ledger.withdrawals.insert(txid(LEG), Seen::No(of_ledger("withdrawals of the other leg")));
        })
    }
}

/// A message of which the other side's contract tells.
fn message() -> Message {
    Message { kind: MessageKind::OpWithdrawal, contract: address(USDT), id: "05".repeat(32) }
}

/// A movement of one ether.
fn ether(to: &str) -> Transfer {
    let units = "1000000000000000000".to_owned();
    Transfer { amount: Some(coins("1")), units, ..native(to) }
}

/// The claim's side.
impl World {
    /// Nothing says whose money it is but the transaction.
    pub(crate) fn anonymous(self) -> Self {
        self.claim(|claim| (claim.account, claim.address) = (None, None))
    }

    /// The claim names this address.
    pub(crate) fn claims_address(self, address: &str) -> Self {
        self.claim(|claim| claim.address = Some(Said::new(address.to_owned(), By::Flag)))
    }

    /// The complaint is about a withdrawal.
    pub(crate) fn withdrawal(self) -> Self {
        self.claim(|claim| claim.kind = Some(Said::new(Direction::Withdrawal, By::Flag)))
    }

    /// No identifier was given, and so nobody was asked about one.
    pub(crate) fn unidentified(mut self) -> Self {
        self.claim.txids.clear();
        self.evidence.observations.clear();
        self
    }

    /// No identifier was given, and one source of each network was asked in full for payments to the claimed address:
    /// the one of Ethereum found these.
    pub(crate) fn searched(mut self, found: &[Payment]) -> Self {
        self.claim.txids.clear();
        let channels: Vec<_> = self.policy.networks.iter().map(|network| Channel::all(&network.name, 1)).collect();
        let reach = Reach { networks: &self.policy.networks, channels: &channels, prove: false };
        for question in search_questions(&self.claim, &self.evidence, reach) {
            let Question::Search(channel, search) = question else { continue };
            let source = source(&channel.network, channel.source);
            let here = if &*channel.network == ETHEREUM { found } else { &[] };
            let payments = Payments { found: here.to_vec(), ..Payments::default() };
            let head = Head { height: BLOCK + 99, time: Some(ago(12)), syncing: false };
            self.evidence.searches.push(Searched {
                network: channel.network,
                right_chain: Seen::Yes((), said(&source, "chain")),
                head: Seen::Yes(head, said(&source, "head")),
                payments: payments.seen(&search, said(&source, "history")),
                search,
                source,
            });
        }
        for payment in found.iter().filter(|payment| payment.txid.as_str() != TXID) {
            self.evidence.ledger.deposits.insert(payment.txid.clone(), Seen::No(of_ledger("further deposits")));
        }
        self
    }

    /// With what the search of Ethereum came to changed.
    pub(crate) fn payments(mut self, change: impl Fn(&mut Payments)) -> Self {
        for searched in self.evidence.searches.iter_mut().filter(|searched| &*searched.network == ETHEREUM) {
            if let Seen::Yes(payments, _) = &mut searched.payments {
                change(payments);
            }
        }
        self
    }

    /// A test network is configured too, and nobody answers there.
    pub(crate) fn test_network_down(mut self) -> Self {
        let identity = ChainIdentity::Evm(11_155_111);
        self.policy.networks.push(Network { name: "sepolia".into(), identity, is_test: true, ..ethereum() });
        let mut silent = observation("sepolia", 0, TXID);
        walk_observation(&mut silent, &mut Silence(GapWhy::Timeout));
        silent.placement = None;
        self.evidence.observations.push(silent);
        self
    }

    /// The identifier lost its prefix, so that it may be of both networks; Bitcoin does not know it.
    pub(crate) fn bare_txid(mut self) -> Self {
        self.claim.txids = vec![Said::new(TXID.trim_start_matches("0x").to_owned(), By::Flag)];
        let mut bitcoin = observation(BITCOIN, 0, TXID);
        bitcoin.sighting = Seen::No(provenance_of(&bitcoin.sighting));
        (bitcoin.placement, bitcoin.internals) = (None, None);
        self.evidence.observations.push(bitcoin);
        self
    }

    /// The transaction is Bitcoin's, and the bytes of the identifier that is named are the wrong way round.
    pub(crate) fn turned_round(mut self) -> Self {
        let right = Txid::parse(Family::Bitcoin, TXID).unwrap();
        let named = right.reversed();
        self.claim.txids = vec![Said::new(named.to_string(), By::Flag)];
        self.claim.network = Some(Said::new(BITCOIN.to_owned(), By::Flag));
        let mut unknown = observation(BITCOIN, 0, named.as_str());
        unknown.sighting = Seen::No(provenance_of(&unknown.sighting));
        (unknown.placement, unknown.internals) = (None, None);
        self.evidence.observations = vec![unknown, observation(BITCOIN, 0, right.as_str())];
        self
    }

    /// The desk has this ticket and another one that names the same transaction, of this account.
    pub(crate) fn also_claimed(mut self, account: &str) -> Self {
        let ticket = |id: &str, account: &str| TicketRef { id: id.to_owned(), account: Some(account.to_owned()) };
        self.claim.ticket = Some("T-1".to_owned());
        let found = vec![ticket("T-1", ACCOUNT), ticket("T-2", account)];
        self.evidence.tickets.insert(txid(TXID), Seen::Yes(found, answer("desk", "the desk", "search")));
        self
    }

    /// A further transaction is named, which pays an address in full.
    pub(crate) fn further(mut self, named: &str, to: &str) -> Self {
        self.claim.txids.push(Said::new(named.to_owned(), By::TicketText));
        let mut other = observation(ETHEREUM, 0, named);
        if let Seen::Yes(sighting, _) = &mut other.sighting {
            sighting.transfers = Seen::Yes(vec![token(to, 500_000_000)], provenance_of(&sighting.transfers));
        }
        self.evidence.observations.push(other);
        let ledger = &mut self.evidence.ledger;
        ledger.deposits.insert(txid(named), Seen::No(of_ledger("further deposits")));
        ledger.withdrawals.insert(txid(named), Seen::No(of_ledger("further withdrawals")));
        self
    }
}

fn variant(symbol: &str, is_former: bool) -> Variant {
    Variant { symbol: symbol.to_owned(), contract: address(STRANGER), is_former }
}

/// When the case was opened.
pub(crate) fn now() -> Timestamp {
    "2026-01-31T12:00:00Z".parse().unwrap()
}

/// So many seconds before the case was opened.
pub(crate) fn ago(seconds: u64) -> Timestamp {
    now() - Duration::from_secs(seconds)
}

pub(crate) fn address(text: &str) -> Address {
    Address::parse(&ChainIdentity::Evm(31337), text).unwrap().address
}

pub(crate) fn coins(text: &str) -> Amount {
    text.parse().unwrap()
}

pub(crate) fn txid(text: &str) -> Txid {
    Txid::parse(Family::Evm, text).unwrap()
}

/// A movement of USDT, in its smallest unit.
pub(crate) fn token(to: &str, units: u64) -> Transfer {
    Transfer {
        kind: TransferKind::Token,
        asset: Some("USDT".to_owned()),
        contract: Some(address(USDT)),
        from: Some(address(SENDER)),
        to: Some(address(to)),
        through: None,
        amount: Some(Amount::from_units(&units.to_string(), 6).unwrap()),
        units: units.to_string(),
        output_index: Some(3),
        memo: None,
    }
}

/// A payment to the claimant's address as a search finds it, in a block of the payment's time.
pub(crate) fn arrival(named: &str, transfer: Transfer) -> Payment {
    Payment { txid: txid(named), height: Some(BLOCK), time: Some(ago(1200)), transfer }
}

/// A movement of the native coin.
pub(crate) fn native(to: &str) -> Transfer {
    let asset = Some("ETH".to_owned());
    Transfer { kind: TransferKind::Native, asset, contract: None, output_index: None, ..token(to, 500_000_000) }
}

/// A movement of a token that nobody here knows.
pub(crate) fn stranger(to: &str) -> Transfer {
    let contract = Some(address(STRANGER));
    Transfer { asset: None, amount: None, contract, ..token(to, 500_000_000) }
}

/// An answer of a source.
pub(crate) fn said(source: &SourceRef, asked: &str) -> Provenance {
    answer(&source.service, &source.operator, asked)
}

/// An answer of the ledger.
/// The stretch of which the ledger lists an account's records.
fn stretch() -> Span {
    Span { account: ACCOUNT.to_owned(), asset: None, since: ago(30 * 86_400), until: ago(0) }
}

pub(crate) fn of_ledger(asked: &str) -> Provenance {
    answer("ledger", "the platform", asked)
}

/// The words behind an answer, or those of nobody in particular where there are none.
pub(crate) fn provenance_of<T>(seen: &Seen<T>) -> Provenance {
    seen.provenance().cloned().unwrap_or_else(|| answer("network.ethereum.0", "operator-0", "anything"))
}

/// A word of the ledger's at a time.
pub(crate) fn answered_at(asked: &str, at: Timestamp) -> Provenance {
    dated("ledger", "the platform", asked, at)
}

fn answer(service: &str, operator: &str, asked: &str) -> Provenance {
    dated(service, operator, asked, now())
}

fn dated(service: &str, operator: &str, asked: &str, at: Timestamp) -> Provenance {
    let asked = asked.to_owned();
    let marks = || Marks { asked, sha256: String::new() };
    Provenance::of(Arc::new(Answer::new(service.into(), (operator.into(), "test".into()), at, marks)))
}

fn source(network: &str, index: usize) -> SourceRef {
    SourceRef { service: format!("network.{network}.{index}").into(), operator: format!("operator-{index}").into() }
}

fn ethereum() -> Network {
    let contract = Some(address(USDT));
    Network {
        name: ETHEREUM.into(),
        identity: ChainIdentity::Evm(31337),
        finality: Finality::Confirmations(12),
        unlock: None,
        native: "ETH".to_owned(),
        assets: vec![Asset {
            symbol: "USDT".to_owned(),
            contract,
            decimals: 6,
            min_deposit: None,
            finality: None,
            unlock: None,
            variants: Vec::new(),
        }],
        explorer: None,
        block_interval: Duration::from_secs(12),
        mines_on_demand: false,
        is_test: false,
        bridges: Vec::new(),
    }
}

fn bitcoin() -> Network {
    Network {
        name: BITCOIN.into(),
        identity: ChainIdentity::Bitcoin(BitcoinChain::Mainnet),
        finality: Finality::Confirmations(3),
        unlock: None,
        native: "BTC".to_owned(),
        assets: Vec::new(),
        explorer: None,
        block_interval: Duration::from_secs(600),
        mines_on_demand: false,
        is_test: false,
        bridges: Vec::new(),
    }
}

fn claim() -> Claim {
    let by = By::Flag;
    Claim {
        kind: Some(Said::new(Direction::Deposit, by)),
        account: Some(Said::new(ACCOUNT.to_owned(), by)),
        asset: Some(Said::new("USDT".to_owned(), by)),
        amount: Some(Said::new(coins("500"), by)),
        address: Some(Said::new(MINE.to_owned(), by)),
        txids: vec![Said::new(TXID.to_owned(), by)],
        ..Claim::default()
    }
}

fn observation(network: &str, index: usize, named: &str) -> Observation {
    let source = source(network, index);
    let block = BlockRef { height: BLOCK, hash: "0xb10c".to_owned(), time: Some(ago(1200)) };
    let head = Head { height: BLOCK + 99, time: Some(ago(12)), syncing: false };
    let family = if network == BITCOIN { Family::Bitcoin } else { Family::Evm };
    let mut observation = Observation {
        network: network.into(),
        txid: Txid::parse(family, named).unwrap(),
        right_chain: Seen::Yes((), said(&source, "chain")),
        head: Seen::Yes(head, said(&source, "head")),
        keeps_history: Seen::Yes((), said(&source, "history")),
        sighting: Seen::Yes(sighting(&source, &block), said(&source, "sighting")),
        placement: Some(Placement {
            canonical: Seen::Yes(block, said(&source, "place")),
            header: Seen::Yes((), said(&source, "place")),
            finality_mark: None,
        }),
        proof: None,
        internals: Some(Seen::Yes(Vec::new(), said(&source, "trace"))),
        failed: Some(Seen::Yes(Vec::new(), said(&source, "trace"))),
        outlook: None,
        alias: None,
        forerunners: None,
        source,
    };
    attribute(&mut observation);
    observation
}

fn sighting(source: &SourceRef, block: &BlockRef) -> Sighting {
    let id = BlockId { hash: block.hash.clone(), height: Some(block.height), time: block.time };
    Sighting {
        block: Seen::Yes(id, said(source, "block")),
        executed: Seen::Yes((), said(source, "execution")),
        failure: None,
        transfers: Seen::Yes(vec![token(MINE, 500_000_000)], said(source, "transfers")),
        fee: Some(coins("0.0021")),
        fee_rate: Some(coins("30")),
        spends: Some(Spends::Nonce { account: address(SENDER), nonce: 7 }),
        senders: Vec::new(),
        particulars: Particulars::default(),
    }
}

fn ledger() -> LedgerEvidence {
    let mut ledger = LedgerEvidence::new(true);
    let owner = |paid: &str| (ETHEREUM.into(), address(paid));
    ledger.deposits.insert(txid(TXID), Seen::No(of_ledger("deposits")));
    ledger.withdrawals.insert(txid(TXID), Seen::No(of_ledger("withdrawals")));
    ledger.owners.insert(owner(MINE), Seen::Yes(record(MINE, ACCOUNT), of_ledger("owner of mine")));
    ledger.owners.insert(owner(THEIRS), Seen::Yes(record(THEIRS, "B"), of_ledger("owner of theirs")));
    ledger.owners.insert(owner(OUTSIDE), Seen::No(of_ledger("owner outside")));
    ledger.owners.insert(owner(SENDER), Seen::No(of_ledger("owner of the sender")));
    let addresses = Seen::Yes(vec![record(MINE, ACCOUNT)], of_ledger("addresses"));
    ledger.accounts.insert((ACCOUNT.to_owned(), ETHEREUM.into()), addresses);
    ledger.networks.insert(ETHEREUM.into(), Seen::Yes(policy(), of_ledger("policy")));
    ledger
}

fn record(paid: &str, account: &str) -> AddressRecord {
    AddressRecord {
        address: paid.to_owned(),
        network: ETHEREUM.into(),
        role: AddressRole::Deposit,
        account: Some(account.to_owned()),
        customer: None,
        assets: Vec::new(),
        memo_required: false,
        memo: None,
        status: AddressStatus::Active,
        issued_at: None,
        retired_at: None,
    }
}

fn policy() -> NetworkPolicy {
    let open = Openness::Open;
    let (asset, contract) = ("USDT".to_owned(), Some(USDT.to_owned()));
    let listed = ListedAsset {
        asset,
        contract,
        by_ticker: false,
        decimals: Some(6),
        min_deposit: None,
        deposits: open,
        withdrawals: open,
        required_confirmations: None,
        unlock_confirmations: None,
        reason: None,
        until: None,
        scanned_height: None,
        scanned_at: None,
    };
    NetworkPolicy {
        network: ETHEREUM.into(),
        deposits: open,
        withdrawals: open,
        reason: None,
        since: None,
        until: None,
        required_confirmations: Some(Finality::Confirmations(12)),
        unlock_confirmations: None,
        scanned_height: Some(BLOCK + 90),
        scanned_at: Some(ago(60)),
        assets: vec![listed],
    }
}

pub(crate) fn deposit() -> Deposit {
    Deposit {
        id: "d-1".to_owned(),
        account: ACCOUNT.to_owned(),
        asset: "USDT".to_owned(),
        network: ETHEREUM.into(),
        txid: TXID.to_owned(),
        output_index: Some(3),
        address: MINE.to_owned(),
        memo: None,
        amount: coins("500"),
        status: DepositStatus::Detected,
        raw_status: None,
        reason: None,
        confirmations: None,
        required_confirmations: None,
        detected_at: Some(ago(600)),
        credited_at: None,
        available_at: None,
    }
}

pub(crate) fn withdrawal() -> Withdrawal {
    Withdrawal {
        id: "w-1".to_owned(),
        account: ACCOUNT.to_owned(),
        asset: "USDT".to_owned(),
        network: ETHEREUM.into(),
        address: OUTSIDE.to_owned(),
        memo: None,
        amount: coins("500"),
        fee: coins("1"),
        status: WithdrawalStatus::Completed,
        raw_status: None,
        reason: None,
        txid: Some(TXID.to_owned()),
        replaced_txids: Vec::new(),
        requested_at: ago(3600),
        broadcast_at: Some(ago(1800)),
        completed_at: Some(ago(600)),
    }
}

/// Comes by at every fact of a body of evidence.
pub(crate) trait Visit {
    /// One fact: the service that was asked, the kind of fact, and what is known.
    fn visit<T>(&mut self, service: &str, kind: &'static str, seen: &mut Seen<T>);
}

/// Shows every fact to a visitor, always in the same order. The patterns name every field, so that a new fact
/// does not compile until it is shown too.
pub(crate) fn walk(evidence: &mut Evidence, visitor: &mut impl Visit) {
    let Evidence {
        asked_at: _,
        claimed_at: _,
        observations,
        searches,
        symbols,
        frozen,
        tickets,
        deliveries,
        ledger,
        gaps: _,
    } = evidence;
    for observation in observations {
        walk_observation(observation, visitor);
    }
    for Searched { network: _, source, search: _, right_chain, head, payments } in searches {
        visitor.visit(&source.service, "search.right_chain", right_chain);
        visitor.visit(&source.service, "search.head", head);
        visitor.visit(&source.service, "payments", payments);
    }
    symbols.values_mut().for_each(|seen| visitor.visit("network.ethereum.0", "symbols", seen));
    frozen.values_mut().for_each(|seen| visitor.visit("network.ethereum.0", "frozen", seen));
    tickets.values_mut().for_each(|seen| visitor.visit("desk", "tickets", seen));
    for Delivery { source, right_chain, head, delivered } in deliveries.values_mut().flatten() {
        visitor.visit(&source.service, "delivery.right_chain", right_chain);
        visitor.visit(&source.service, "delivery.head", head);
        visitor.visit(&source.service, "delivered", delivered);
    }
    walk_ledger(ledger, visitor);
}

fn walk_observation(observation: &mut Observation, visitor: &mut impl Visit) {
    let Observation {
        network: _,
        txid: _,
        source,
        right_chain,
        head,
        keeps_history,
        sighting,
        placement,
        proof,
        internals,
        failed,
        outlook,
        alias,
        forerunners,
    } = observation;
    let service = &source.service;
    visitor.visit(service, "right_chain", right_chain);
    visitor.visit(service, "head", head);
    visitor.visit(service, "keeps_history", keeps_history);
    if let Seen::Yes(
        Sighting { block, executed, failure: _, transfers, fee: _, fee_rate: _, spends: _, senders: _, particulars: _ },
        _,
    ) = sighting
    {
        visitor.visit(service, "sighting.block", block);
        visitor.visit(service, "executed", executed);
        visitor.visit(service, "transfers", transfers);
    }
    visitor.visit(service, "sighting", sighting);
    internals.iter_mut().for_each(|seen| visitor.visit(service, "internals", seen));
    failed.iter_mut().for_each(|seen| visitor.visit(service, "failed", seen));
    alias.iter_mut().for_each(|seen| visitor.visit(service, "alias", seen));
    forerunners.iter_mut().for_each(|seen| visitor.visit(service, "forerunners", seen));
    if let Some(Outlook { successor, known_before, lapsed, going_rate, fee_rate: _, first_seen: _, before }) = outlook {
        visitor.visit(service, "successor", successor);
        visitor.visit(service, "known_before", known_before);
        lapsed.iter_mut().for_each(|seen| visitor.visit(service, "lapsed", seen));
        visitor.visit(service, "going_rate", going_rate);
        visitor.visit(service, "before", before);
    }
    if let Some(Proof { in_block, headers, receipt }) = proof {
        visitor.visit(service, "proof.in_block", in_block);
        visitor.visit(service, "proof.headers", headers);
        visitor.visit(service, "proof.receipt", receipt);
    }
    if let Some(Placement { canonical, header, finality_mark }) = placement {
        visitor.visit(service, "placement.canonical", canonical);
        visitor.visit(service, "placement.header", header);
        if let Some(mark) = finality_mark {
            visitor.visit(service, "finality_mark", mark);
        }
    }
}

fn walk_ledger(ledger: &mut LedgerEvidence, visitor: &mut impl Visit) {
    let LedgerEvidence {
        configured: _,
        scope: _,
        deposits,
        withdrawals,
        owners,
        memos,
        accounts,
        networks,
        named_deposit,
        named_withdrawal,
        listed_deposits,
        listed_withdrawals,
        set_aside: _,
    } = ledger;
    deposits.values_mut().for_each(|seen| visitor.visit("ledger", "deposits", seen));
    withdrawals.values_mut().for_each(|seen| visitor.visit("ledger", "withdrawals", seen));
    owners.values_mut().for_each(|seen| visitor.visit("ledger", "owners", seen));
    memos.values_mut().for_each(|seen| visitor.visit("ledger", "memos", seen));
    accounts.values_mut().for_each(|seen| visitor.visit("ledger", "accounts", seen));
    networks.values_mut().for_each(|seen| visitor.visit("ledger", "networks", seen));
    named_deposit.iter_mut().for_each(|seen| visitor.visit("ledger", "named_deposit", seen));
    named_withdrawal.iter_mut().for_each(|seen| visitor.visit("ledger", "named_withdrawal", seen));
    listed_deposits.iter_mut().for_each(|(_, seen)| visitor.visit("ledger", "listed_deposits", seen));
    listed_withdrawals.iter_mut().for_each(|(_, seen)| visitor.visit("ledger", "listed_withdrawals", seen));
}

/// Puts the name of its source under every answer of an observation.
fn attribute(observation: &mut Observation) {
    let (source, of) = (observation.source.clone(), observation.txid.clone());
    walk_observation(observation, &mut Attribute { source, of });
}

struct Attribute {
    source: SourceRef,
    of: Txid,
}

impl Visit for Attribute {
    fn visit<T>(&mut self, _: &str, kind: &'static str, seen: &mut Seen<T>) {
        if let Seen::Yes(_, provenance) | Seen::No(provenance) = seen {
            *provenance = said(&self.source, &format!("{kind} of {}", self.of));
        }
    }
}

/// Takes every answer away.
struct Silence(GapWhy);

impl Visit for Silence {
    fn visit<T>(&mut self, service: &str, kind: &'static str, seen: &mut Seen<T>) {
        *seen = Seen::Unknown(Gap::new(service, kind, self.0));
    }
}
