//! A transaction whose place another one took: what may be concluded of the one that was given, and what may not.

use txsleuth::diagnosis::{Fact, Verdict};
use txsleuth::evidence::{Sighting, Spends};
use txsleuth::terms::{Gap, GapWhy, Said, Seen};

use crate::evidence::{HEIR, MINE, OUTSIDE, THEIRS, TXID, World, address, ago, provenance_of, said, txid};

/// A transaction of another account.
fn unrelated(sighting: &mut Sighting) {
    sighting.spends = Some(Spends::Nonce { account: address(OUTSIDE), nonce: 1 });
}

/// The first source has the transaction waiting; the others say what took its place.
fn still_waiting(world: World) -> World {
    let waiting = World::new().mempool().evidence.observations.remove(0);
    world.source(0, |o| {
        (o.sighting, o.outlook) = (waiting.sighting, None);
    })
}

fn silent(world: World, why: GapWhy) -> World {
    world.two_sources().ahead(|source, outlook| {
        outlook.successor = Seen::Unknown(Gap::new(&*source.service, "what took its place", why));
    })
}

#[track_caller]
fn open(world: &World) {
    let diagnosis = world.diagnose();
    let decisive = diagnosis.decisive().code;
    assert!(
        matches!(diagnosis.verdict, Verdict::Inconclusive | Verdict::Settled),
        "{decisive}: {:?}",
        diagnosis.verdict
    );
}

#[test]
fn while_somebody_has_it_waiting_only_a_block_decides_for_what_uses_up_the_same() {
    let included = || still_waiting(World::new().two_sources().replaced(OUTSIDE));
    assert_eq!(included().code(), "replaced-elsewhere");
    open(&included().heir(unrelated));
    open(&included().heir(|sighting| sighting.spends = None));
}

#[test]
fn what_uses_up_something_else_took_nobodys_place() {
    // Nobody shows any more what the first one used up: the word of the source has to do.
    assert_eq!(World::new().replaced(OUTSIDE).code(), "replaced-elsewhere");
    let world = World::new().replaced(OUTSIDE).heir(unrelated);
    assert_eq!(world.code(), "replaced-elsewhere");
    open(&still_waiting(World::new().two_sources().replaced(MINE)).heir(unrelated));
}

#[test]
fn a_source_that_may_know_and_does_not_answer_leaves_it_open() {
    assert_eq!(silent(World::new().absent(), GapWhy::NotOffered).code(), "transaction-not-found");
    for why in [GapWhy::Timeout, GapWhy::ServerError, GapWhy::Malformed, GapWhy::RateLimited] {
        open(&silent(World::new().absent(), why));
        open(&silent(World::new().recorded("credited").absent(), why));
    }
}

#[test]
fn one_that_is_named_and_that_nobody_knows_leaves_it_open() {
    let unknown = |world: World| {
        world.source(1, |o| {
            o.sighting = Seen::No(provenance_of(&o.sighting));
            (o.placement, o.internals) = (None, None);
        })
    };
    open(&unknown(World::new().replaced(MINE)));
    open(&unknown(World::new().recorded("credited").replaced(MINE)));
}

#[test]
fn whose_payment_it_is_must_be_known_from_somewhere() {
    // Given alone, the newer one may be the payment of somebody else.
    open(&World::new().anonymous().replaced(THEIRS));
    let credited = World::new().anonymous().replaced(THEIRS).ledger(|ledger| {
        let credit =
            World::new().pays(THEIRS).recorded("credited").evidence.ledger.deposits.remove(&txid(TXID)).unwrap();
        ledger.deposits.insert(txid(HEIR), credit);
    });
    open(&credited);
    assert_eq!(World::new().replaced(MINE).code(), "deposit-missed");
}

#[test]
fn a_nonce_that_another_used_says_nothing_of_a_credit() {
    open(&World::new().recorded("credited").nonce_used());
    let diagnosis = World::new().nonce_used().diagnose();
    assert_eq!((diagnosis.decisive().code, diagnosis.verdict), ("replaced-elsewhere", Verdict::CustomerAction));
}

/// The customer names the newer version of a withdrawal in this status; miners took the older one.
fn older_version_taken(status: &str) -> World {
    let world = World::new().ordered(status).order(|order| order.replaced_txids = vec![HEIR.to_owned()]);
    let orders = world.evidence.ledger.withdrawals.get(&txid(TXID)).cloned().unwrap();
    let world = world.absent().two_sources().further(HEIR, OUTSIDE).claim(|claim| drop(claim.txids.pop()));
    world.ledger(|ledger| drop(ledger.withdrawals.insert(txid(HEIR), orders)))
}

#[test]
fn the_version_of_a_withdrawal_that_was_carried_out_counts_whichever_is_named() {
    assert_eq!(older_version_taken("completed").code(), "withdrawal-delivered");
    // Not undone, nor to be sent again, while an older version is in the chain.
    assert_eq!(older_version_taken("cancelled").code(), "withdrawal-done-not-marked");
    assert_eq!(older_version_taken("broadcast").code(), "withdrawal-done-not-marked");
}

#[test]
fn the_age_of_a_ticket_does_not_make_a_transfer_old() {
    let opened = Some(Said::new(ago(86_400), txsleuth::terms::By::TicketField));
    let world = World::new().going_rate("31").claim(|claim| claim.opened_at = opened);
    assert_eq!((world.code(), world.diagnose().verdict), ("pending-low-fee", Verdict::Waiting));
    let seen = world.ahead(|source, outlook| {
        outlook.going_rate = Seen::Yes("31".parse().unwrap(), said(source, "fees"));
        outlook.first_seen = Some(ago(3600));
    });
    assert_eq!(seen.diagnose().verdict, Verdict::CustomerAction);
}

#[test]
fn what_an_event_names_is_not_denied_by_who_has_not_looked_so_far() {
    let world = World::new().user_operation();
    let mut other = world.evidence.observations[0].clone();
    other.source.service = "network.ethereum.1".into();
    other.alias = Some(Seen::No(said(&other.source, "alias")));
    let mut world = world;
    world.evidence.observations.insert(1, other);
    assert_eq!(world.code(), "deposit-missed");
    // A block is a claim that the other one can check.
    let quarrel = World::new().block_hash().two_sources().source(1, |o| {
        o.alias = Some(Seen::No(said(&o.source, "alias")));
    });
    open(&quarrel);
}

#[test]
fn a_ticket_may_say_that_no_chain_carries_the_transfer() {
    let mut claim = txsleuth::claim::Claim::default();
    let given = txsleuth::subject::Subject::parse("Off-chain transfer 51376627901");
    claim.add_subject(&given, txsleuth::terms::By::TicketField);
    let world = World::new().unidentified().claim(|own| own.unresolved = claim.unresolved);
    assert_eq!(world.code(), "off-chain-transfer");
}

/// The transaction took the place of another one, under which the ledger has filed the deposit with another output.
fn filed_under_forerunner(world: World) -> World {
    let world = world.recorded("credited").observed(|o| {
        o.forerunners = Some(Seen::Yes(vec![txid(HEIR)], said(&o.source, "forerunners")));
    });
    world.ledger(|ledger| {
        let mut filed = ledger.deposits[&txid(TXID)].clone();
        if let Seen::Yes(deposits, _) = &mut filed {
            for deposit in deposits {
                (deposit.txid, deposit.output_index) = (HEIR.to_owned(), Some(7));
            }
        }
        let none = Seen::No(provenance_of(&filed));
        ledger.deposits.insert(txid(HEIR), filed);
        ledger.deposits.insert(txid(TXID), none);
    })
}

#[test]
fn a_deposit_filed_under_the_txid_that_was_replaced_is_not_credited_again() {
    let filed = || filed_under_forerunner(World::new());
    assert_eq!(filed().code(), "credited");
    let unasked = filed().ledger(|ledger| drop(ledger.deposits.remove(&txid(HEIR))));
    open(&unasked);
    let forgotten = |why| {
        filed().observed(|o| {
            o.forerunners = Some(Seen::Unknown(Gap::new(&*o.source.service, "whose place it took", why)));
        })
    };
    assert_eq!(forgotten(GapWhy::NotOffered).code(), "deposit-missed");
    open(&forgotten(GapWhy::Timeout));
}

#[test]
fn what_was_replaced_can_no_longer_arrive_once_the_other_one_is_final() {
    let possible = |world: World| {
        let diagnosis = world.diagnose();
        let decisive = diagnosis.decisive();
        assert_eq!(decisive.code, "replaced-elsewhere");
        (decisive.facts["still_possible"].clone(), diagnosis.look_again_at.is_some())
    };
    let said = |word: &str, again: bool| (Fact::Text(word.to_owned()), again);
    assert_eq!(possible(World::new().replaced(OUTSIDE)), said("no", false));
    assert_eq!(possible(World::new().replaced(OUTSIDE).confirmations(2)), said("unknown", true));
    assert_eq!(possible(World::new().nonce_used()), said("no", false));
}
