use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::testing::*;
use super::super::{Door, Mode, ScanRequest};
use super::*;

/// What a device did, before any server has seen it.
#[derive(Debug, Clone)]
struct Act {
    door: usize,
    minute: i64,
    mode: Mode,
    /// Undoes the act at this place.
    undoes: Option<usize>,
}

fn doors() -> [Door; 4] {
    [
        door(1, &[FRI_PARTY]),
        door(2, &[FRI_PARTY, SAT_PARTY]),
        Door { reentry: true, ..door(3, &[SAT_PARTY, ACCESS]) },
        door(4, &[ACCESS]),
    ]
}

fn id_of(index: usize) -> ScanId {
    request(&index.to_string(), &doors()[0]).id
}

fn requests(acts: &[Act]) -> Vec<ScanRequest> {
    let request_of = |(index, act): (usize, &Act)| {
        let action = match act.undoes {
            Some(target) => Action::Undo { undoes: id_of(target) },
            None => Action::Entry,
        };
        let base = request(&index.to_string(), &doors()[act.door]);
        ScanRequest { id: id_of(index), action, scanned_at: minute(act.minute), mode: act.mode, ..base }
    };
    acts.iter().enumerate().map(request_of).collect()
}

/// What the server keeps when the requests come in this order.
fn kept(requests: &[ScanRequest], order: &[usize]) -> Desk {
    let doors = doors();
    let mut desk = Desk::new(&[FRI_PARTY, SAT_PARTY, ACCESS]);
    desk.gate.event.wristbands = super::super::wristbands::tests::one_band_each(&[FRI_PARTY, SAT_PARTY]);
    for index in order {
        let request = &requests[*index];
        let door = doors.iter().find(|door| door.id == request.door).unwrap();
        desk.scan(door, request);
    }
    desk
}

fn acts(modes: &'static [Mode], most_undone: usize) -> impl Strategy<Value = Vec<Act>> {
    // Few instants over two days, so that many scans are of the same one.
    let act =
        (0..4_usize, (0..8_i64).prop_map(|n| n * 270), 0..modes.len(), proptest::option::weighted(0.2, 0..12_usize));
    let act = act.prop_map(move |(door, minute, mode, undoes)| Act {
        door,
        minute,
        mode: modes[mode],
        undoes: undoes.filter(|target| *target < most_undone),
    });
    proptest::collection::vec(act, 1..9)
}

fn with_order(acts: impl Strategy<Value = Vec<Act>>) -> impl Strategy<Value = (Vec<Act>, Vec<usize>)> {
    acts.prop_flat_map(|acts| {
        let order: Vec<usize> = (0..acts.len()).collect();
        (Just(acts), Just(order).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("PROVE").is_some() { 5_000 } else { 100 }))]

    /// The rows that are kept, read in any order and any of them twice, say the same.
    #[test]
    fn order_and_copies_of_the_records_change_nothing(
        (acts, order) in with_order(acts(&Mode::ALL, 12)),
        copies in proptest::collection::vec(0..9_usize, 0..5),
    ) {
        let in_time: Vec<usize> = (0..acts.len()).collect();
        let desk = kept(&requests(&acts), &in_time);
        let shuffled = order.iter().copied().chain(copies.into_iter().filter(|copy| *copy < acts.len()));
        let again = fold(shuffled.map(|index| &desk.scans[index]));
        prop_assert_eq!(&again, &fold(&desk.scans));
        prop_assert_eq!(desk.ticket.with_scans(&again), desk.ticket);
    }

    /// Records of phones that were offline say the same in whatever order they arrive, undone ones too.
    #[test]
    fn the_order_in_which_phones_come_back_changes_nothing((acts, order) in with_order(acts(&[Mode::Offline], 12))) {
        let requests = requests(&acts);
        let in_time: Vec<usize> = (0..acts.len()).collect();
        let (one, other) = (kept(&requests, &in_time), kept(&requests, &order));
        prop_assert_eq!(&one.ticket, &other.ticket);
        prop_assert_eq!(fold(&one.scans), fold(&other.scans));
    }

    /// Without undo, the items that are used and since when do not depend on the order of any records.
    #[test]
    fn what_is_used_and_since_when_depends_on_the_set_alone((acts, order) in with_order(acts(&Mode::ALL, 0))) {
        let requests = requests(&acts);
        let in_time: Vec<usize> = (0..acts.len()).collect();
        let (one, other) = (kept(&requests, &in_time), kept(&requests, &order));
        prop_assert_eq!(one.ticket.entitlements, other.ticket.entitlements);
        prop_assert_eq!(one.ticket.wristbands, other.ticket.wristbands);
    }

    /// Never two uses of an item, or two on one festival day; and each is the earliest that stands.
    #[test]
    fn an_item_is_used_once_or_once_a_day_and_first_by_the_earliest((acts, order) in with_order(acts(&Mode::ALL, 12))) {
        let desk = kept(&requests(&acts), &order);
        for entitlement in &desk.ticket.entitlements {
            let days: BTreeSet<_> = entitlement.admissions.iter().map(|admission| admission.day).collect();
            prop_assert_eq!(days.len(), entitlement.admissions.len());
            if !desk.gate.is_daily(entitlement.item) {
                prop_assert!(entitlement.admissions.len() <= 1);
            }
        }
    }

    /// With a network, an item lets in once: whoever waits for the server's word is never let in twice.
    #[test]
    fn two_phones_that_are_online_never_both_show_green((acts, order) in with_order(acts(&[Mode::Online], 0))) {
        let desk = kept(&requests(&acts), &order);
        let mut used = BTreeSet::new();
        for scan in &desk.scans {
            prop_assert_eq!(scan.let_in, scan.result.verdict.is_admitted());
            for item in &scan.result.items {
                let claim = scan.claims.iter().find(|claim| claim.item == *item);
                prop_assert!(used.insert(*claim.unwrap()), "{:?} twice", item);
            }
        }
    }

    /// Undoing everything leaves a ticket that nobody has used.
    #[test]
    fn when_all_is_undone_nothing_is_used((acts, order) in with_order(acts(&Mode::ALL, 0))) {
        let count = acts.len();
        let undone = (0..count).map(|target| Act { undoes: Some(target), ..acts[target].clone() });
        let all: Vec<Act> = acts.iter().cloned().chain(undone).collect();
        let order: Vec<usize> = order.into_iter().chain(count..2 * count).collect();
        let desk = kept(&requests(&all), &order);
        prop_assert_eq!(fold(&desk.scans), Folded::default());
        prop_assert!(!desk.ticket.is_used());
    }
}

#[test]
fn nothing_scanned_is_nothing_used() {
    assert_eq!(fold([]), Folded::default());
}

#[test]
fn scans_of_the_same_instant_are_told_apart_by_their_identifiers() {
    let main = door(1, &[FRI_PARTY]);
    let side = door(2, &[FRI_PARTY]);
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.scan(&side, &ScanRequest { mode: Mode::Offline, ..request("2", &side) });
    desk.scan(&main, &ScanRequest { mode: Mode::Offline, ..request("1", &main) });
    let folded = fold(&desk.scans);
    assert_eq!(folded.admission(claim(FRI_PARTY)).unwrap().door, main.id);
    assert_eq!(folded, fold(desk.scans.iter().rev()));
}

#[test]
fn a_third_phone_is_held_against_the_first() {
    let main = door(1, &[FRI_PARTY]);
    let mut desk = Desk::new(&[FRI_PARTY]);
    for (id, at) in [("1", 1), ("2", 2), ("3", 3)] {
        desk.scan(&main, &ScanRequest { mode: Mode::Offline, scanned_at: minute(at), ..request(id, &main) });
    }
    let alerts = fold(&desk.scans).alerts;
    let sides = alerts.iter().map(|alert| match alert {
        Alert::LetInTwice { first, second } => (first.at, second.at),
        Alert::LetInDespite { .. } => panic!("{alert:?}"),
    });
    assert_eq!(sides.collect::<Vec<_>>(), [(minute(1), minute(2)), (minute(1), minute(3))]);
}

#[test]
fn an_undo_of_an_undo_brings_nothing_back() {
    let main = door(1, &[FRI_PARTY]);
    let mut desk = Desk::new(&[FRI_PARTY]);
    let undo =
        |id, target: &ScanId| ScanRequest { action: Action::Undo { undoes: target.clone() }, ..request(id, &main) };
    let first = desk.scan(&main, &request("1", &main)).scan.id;
    let second = desk.scan(&main, &undo("2", &first)).scan.id;
    desk.scan(&main, &undo("3", &second));
    assert_eq!(desk.uses(), [0]);
}
