//! Which payment a claim without an identifier means, and when nobody may say so.

use txsleuth::diagnosis::Fact;
use txsleuth::evidence::{Payment, Payments, Transfer};
use txsleuth::inquiry::{Channel, Question, Reach, search_questions};
use txsleuth::terms::{By, Direction, Gap, GapWhy, Said, Seen};

use crate::evidence::{
    ETHEREUM, HEIR, MINE, OTHER_TXID, TXID, World, ago, arrival, coins, native, stranger, token, txid,
};

const DAY: u64 = 86_400;

fn wanted() -> Payment {
    arrival(TXID, token(MINE, 500_000_000))
}

fn other(transfer: Transfer) -> Payment {
    arrival(OTHER_TXID, transfer)
}

fn fact(world: &World, code: &str, name: &str) -> Option<Fact> {
    let diagnosis = world.diagnose();
    diagnosis.findings.iter().find(|finding| finding.code == code)?.facts.get(name).cloned()
}

fn codes(world: &World) -> Vec<&'static str> {
    world.diagnose().findings.iter().map(|finding| finding.code).collect()
}

/// Only a part of the stretch was looked through.
fn cut(payments: &mut Payments) {
    payments.unsearched.push(Gap::new("network.ethereum.0", "payments", GapWhy::TooLarge));
}

/// The search that is asked for, on Ethereum.
fn searches(world: &World) -> Vec<txsleuth::evidence::Search> {
    let channels: Vec<_> = world.policy.networks.iter().map(|network| Channel::all(&network.name, 1)).collect();
    let reach = Reach { networks: &world.policy.networks, channels: &channels, prove: false };
    let search = |question| match question {
        Question::Search(channel, search) if &*channel.network == ETHEREUM => Some(search),
        _ => None,
    };
    search_questions(&world.claim, &world.evidence, reach).into_iter().filter_map(search).collect()
}

#[test]
fn the_one_payment_that_fits_decides_the_case() {
    let world = World::new().searched(&[wanted(), other(token(MINE, 80_000_000)), other(native(MINE))]);
    assert_eq!(world.code(), "deposit-missed");
    assert!(codes(&world).contains(&"found-by-address"));
    assert_eq!(fact(&world, "found-by-address", "txid"), Some(TXID.into()));
}

#[test]
fn an_equal_amount_goes_before_one_that_is_short_by_a_fee() {
    let short = other(token(MINE, 499_000_000));
    assert_eq!(World::new().searched(&[wanted(), short.clone()]).code(), "deposit-missed");
    let alone = World::new().claim(|c| c.amount = Some(Said::new(coins("501"), By::Flag))).searched(&[wanted()]);
    assert!(codes(&alone).contains(&"found-by-address"), "{:?}", codes(&alone));
    let both = World::new().claim(|c| c.amount = Some(Said::new(coins("501"), By::Flag)));
    assert_eq!(both.searched(&[wanted(), short]).code(), "several-candidates");
}

#[test]
fn too_little_or_too_much_is_another_payment() {
    for units in [449_000_000, 500_000_001, 0] {
        let world = World::new().searched(&[other(token(MINE, units))]);
        assert_eq!(world.code(), "no-txid-given", "{units}");
        assert_eq!(fact(&world, "no-txid-given", "candidates"), Some("none".into()), "{units}");
    }
}

#[test]
fn a_search_that_left_something_out_proves_neither_one_nor_none() {
    let cases: [(&[Payment], &str); 2] = [(&[wanted()], TXID), (&[], "none")];
    for (payments, told) in cases {
        let world = World::new().searched(&[wanted()]).payments(|found| {
            found.found = payments.to_vec();
            cut(found);
        });
        assert_eq!(world.code(), "no-txid-given");
        assert_eq!(fact(&world, "no-txid-given", "searched"), Some("part".into()));
        let Some(Fact::Text(candidates)) = fact(&world, "no-txid-given", "candidates") else { panic!("no candidates") };
        assert!(candidates.contains(told), "{candidates}");
    }
    let whole = World::new().searched(&[]);
    assert_eq!(fact(&whole, "no-txid-given", "searched"), Some("whole".into()));
}

#[test]
fn a_source_behind_or_of_another_chain_proves_nothing() {
    let behind = |mut world: World| {
        for searched in &mut world.evidence.searches {
            if let Seen::Yes(head, _) = &mut searched.head {
                head.time = Some(ago(DAY));
            }
        }
        world
    };
    assert_eq!(behind(World::new().searched(&[wanted()])).code(), "no-txid-given");
    let none = behind(World::new().searched(&[]));
    assert_eq!(fact(&none, "no-txid-given", "searched"), Some("part".into()));
    let mut strange = World::new().searched(&[wanted(), other(token(MINE, 500_000_000))]);
    for searched in &mut strange.evidence.searches {
        searched.right_chain = Seen::No(searched.right_chain.provenance().unwrap().clone());
    }
    assert_eq!(strange.code(), "no-txid-given", "what another chain carries is nobody's payment here");
    assert_eq!(fact(&strange, "no-txid-given", "candidates"), Some("none".into()));
}

#[test]
fn what_is_credited_already_is_hardly_the_one_that_is_missed() {
    let two = || [wanted(), other(token(MINE, 500_000_000))];
    let credited = |world: World, named: &str| {
        let record = World::new().recorded("credited").record(|deposit| deposit.txid = named.to_owned());
        let records = record.evidence.ledger.deposits[&txid(TXID)].clone();
        world.ledger(|ledger| drop(ledger.deposits.insert(txid(named), records)))
    };
    let world = credited(World::new().searched(&two()), OTHER_TXID);
    assert_eq!(world.code(), "deposit-missed");
    assert_eq!(fact(&world, "found-by-address", "aside"), Some(1.into()));
    let all = credited(credited(World::new().searched(&two()), OTHER_TXID), TXID);
    assert_eq!(all.code(), "several-candidates");
    let silent = World::new().searched(&two()).ledger(|ledger| {
        let gap = Gap::new("ledger", "deposits", GapWhy::Timeout);
        ledger.deposits.insert(txid(OTHER_TXID), Seen::Unknown(gap));
    });
    assert_eq!(silent.code(), "several-candidates");
    // The only one that fits is told as it is, credited or not: but not to somebody who may mean something else.
    let only = |world: World| credited(world.searched(&[wanted()]), TXID).code();
    assert_eq!(only(World::new()), "credited");
    assert_eq!(only(World::new().claim(|c| c.amount = None)), "no-txid-given");
    let by_account = || World::new().claim(|c| (c.kind, c.address) = (None, None));
    assert_eq!(only(by_account()), "no-txid-given");
    assert_eq!(by_account().searched(&[wanted()]).code(), "deposit-missed");
}

#[test]
fn the_ledgers_list_is_part_of_the_search() {
    let found = || World::new().searched(&[wanted()]);
    assert_eq!(found().code(), "deposit-missed");
    assert_eq!(found().lists_deposit().code(), "several-candidates");
    // An order of no transaction is told by the ledger's own id.
    let order = found().claim(|c| c.kind = None).lists_withdrawal();
    assert_eq!(order.code(), "several-candidates");
    let Some(Fact::Text(candidates)) = fact(&order, "several-candidates", "candidates") else { panic!("untold") };
    assert!(candidates.contains(TXID) && candidates.contains("w-1 (500 USDT"), "{candidates}");
    assert_eq!(fact(&order, "several-candidates", "count"), Some(2.into()));
    // A list that did not come may hold another one; a ledger that has none is as it ever was.
    let listing = |why: GapWhy| {
        found().lists_deposit().ledger(|ledger| {
            let gap = Gap::new("ledger", "the account's deposits", why);
            ledger.listed_deposits.iter_mut().for_each(|(_, seen)| *seen = Seen::Unknown(gap.clone()));
        })
    };
    assert_eq!(listing(GapWhy::Timeout).code(), "no-txid-given");
    assert_eq!(fact(&listing(GapWhy::Timeout), "no-txid-given", "searched"), Some("part".into()));
    assert_eq!(listing(GapWhy::NotOffered).code(), "deposit-missed");
}

#[test]
fn an_address_for_an_identifier_goes_on_with_the_payment_to_it() {
    let given = |world: World| world.claim(|c| c.address_as_txid = Some(Said::new(MINE.to_owned(), By::Flag)));
    let one = given(World::new()).searched(&[wanted()]);
    assert_eq!(one.code(), "deposit-missed");
    assert!(codes(&one).contains(&"address-given-instead-of-txid"));
    let several = given(World::new()).searched(&[wanted(), arrival(HEIR, token(MINE, 500_000_000))]);
    assert_eq!(several.code(), "several-candidates");
    assert_eq!(given(World::new()).searched(&[]).code(), "address-given-instead-of-txid");
}

#[test]
fn tokens_that_nobody_lists_are_no_candidates() {
    let claimless = || World::new().claim(|c| (c.asset, c.amount) = (None, None));
    assert_eq!(claimless().searched(&[other(stranger(MINE))]).code(), "no-txid-given");
    let world = claimless().searched(&[wanted(), other(stranger(MINE))]);
    assert!(codes(&world).contains(&"found-by-address"));
}

#[test]
fn the_stretch_follows_the_claimed_time_and_the_complaint() {
    let ends = |world: World| {
        let search = searches(&world.claim(|c| c.txids.clear())).remove(0);
        (search.since, search.until)
    };
    // A block may be dated ahead of the clock.
    assert_eq!(ends(World::new()), (ago(30 * DAY), ago(0) + std::time::Duration::from_secs(7200)));
    let opened = World::new().claim(|c| c.opened_at = Some(Said::new(ago(10 * DAY), By::TicketField)));
    assert_eq!(ends(opened), (ago(40 * DAY), ago(9 * DAY)));
    let at = World::new().claim(|c| c.at = Some(Said::new(ago(20 * DAY), By::Flag)));
    assert_eq!(ends(at), (ago(21 * DAY), ago(13 * DAY)));
    let outright = World::new().claim(|c| (c.since, c.until) = (Some(ago(3)), Some(ago(2))));
    assert_eq!(ends(outright), (ago(3), ago(2)));
}

#[test]
fn only_what_may_be_found_is_searched_for() {
    let without = |change: fn(&mut txsleuth::claim::Claim)| {
        searches(&World::new().claim(|claim| {
            claim.txids.clear();
            change(claim);
        }))
    };
    assert_eq!(without(|_| ()).len(), 1);
    assert_eq!(without(|c| c.kind = Some(Said::new(Direction::Withdrawal, By::Flag))), []);
    assert_eq!(without(|c| (c.address, c.account) = (None, None)), []);
    assert_eq!(without(|c| c.network = Some(Said::new("tron".to_owned(), By::Flag))), []);
    let mut unheard = World::new().claim(|c| c.txids.clear());
    unheard.evidence.gaps.push(Gap::new("desk", "ticket ZD-1", GapWhy::Timeout));
    assert_eq!(searches(&unheard), [], "the ticket may name another transaction");
    let by_account = without(|c| c.address = None);
    assert_eq!(by_account[0].address.as_str(), MINE);
    assert!(searches(&World::new()).is_empty(), "an identifier was given");
}
