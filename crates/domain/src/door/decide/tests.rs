//! Verdicts, as a server that is asked at once gives them.

use super::super::testing::*;
use super::super::{GoodBarcode, Override};
use super::*;
use crate::values::{ItemId, Prose};

pub(super) fn word(decision: &Decision) -> VerdictWord {
    decision.scan.result.verdict.word()
}

pub(super) fn items_of(decision: &Decision) -> Vec<ItemId> {
    decision.scan.result.items.clone()
}

#[test]
fn a_scan_uses_every_item_of_the_door_that_the_ticket_holds_and_no_other() {
    let mut desk = Desk::new(&[FRI_PARTY, SAT_PARTY, SUN_PARTY]);
    let main = door(1, &[FRI_PARTY, SAT_CLASSES, SAT_PARTY]);
    let first = desk.scan(&main, &request("1", &main));
    assert_eq!(word(&first), VerdictWord::Admitted);
    assert_eq!(items_of(&first), [item_id(FRI_PARTY), item_id(SAT_PARTY)]);
    assert_eq!(desk.uses(), [1, 1, 0]);
    let admission = &desk.ticket.entitlements[0].admissions[0];
    assert_eq!((admission.at, admission.door_name.as_str(), admission.by.as_str()), (at(FRIDAY), "Door 1", "Dora"));
}

#[test]
fn the_second_scan_says_when_where_and_by_whom_the_first_was() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let (main, side) = (door(1, &[FRI_PARTY]), door(2, &[FRI_PARTY]));
    desk.scan(&main, &request("1", &main));
    let again = ScanRequest { scanned_at: minute(2), ..request("2", &side) };
    let second = desk.scan(&side, &again);
    let Verdict::AlreadyIn { first, reentry } = &second.scan.result.verdict else { panic!("{second:?}") };
    assert_eq!((first.at, first.door, *reentry), (at(FRIDAY), main.id, false));
    assert_eq!(second.scan.result.at, at(FRIDAY));
    assert_eq!((items_of(&second).len(), second.ticket), (0, None), "a refused scan is one write");
}

#[test]
fn a_door_with_one_new_item_admits_to_that_one() {
    let mut desk = Desk::new(&[FRI_PARTY, SAT_PARTY]);
    let (friday, both) = (door(1, &[FRI_PARTY]), door(2, &[FRI_PARTY, SAT_PARTY]));
    desk.scan(&friday, &request("1", &friday));
    let second = desk.scan(&both, &request("2", &both));
    assert_eq!((word(&second), items_of(&second)), (VerdictWord::Admitted, vec![item_id(SAT_PARTY)]));
}

#[test]
fn an_item_for_the_whole_event_is_used_once_a_festival_day() {
    let mut desk = Desk::new(&[ACCESS]);
    let main = door(1, &[ACCESS]);
    let mut scan = |id: &str, scanned_at: &str| {
        let request = ScanRequest { scanned_at: at(scanned_at), ..request(id, &main) };
        word(&desk.scan(&main, &request))
    };
    assert_eq!(scan("1", FRIDAY), VerdictWord::Admitted);
    assert_eq!(scan("2", "2026-12-05T05:59:00Z"), VerdictWord::AlreadyIn);
    assert_eq!(scan("3", "2026-12-05T06:00:00Z"), VerdictWord::Admitted);
    assert_eq!(scan("4", SATURDAY), VerdictWord::AlreadyIn);
    assert_eq!(desk.uses(), [2]);
}

#[test]
fn a_dated_party_is_used_once_whatever_the_day() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    desk.scan(&main, &request("1", &main));
    let next_day = ScanRequest { scanned_at: at(SATURDAY), ..request("2", &main) };
    assert_eq!(word(&desk.scan(&main, &next_day)), VerdictWord::AlreadyIn);
}

#[test]
fn a_dinner_is_handed_out_only_where_it_is_among_the_doors_items_and_videos_never() {
    let mut desk = Desk::new(&[SAT_PARTY, SAT_DINNER, VIDEOS, BREAKFAST]);
    let main = door(1, &[SAT_PARTY, VIDEOS]);
    assert_eq!(items_of(&desk.scan(&main, &request("1", &main))), [item_id(SAT_PARTY)]);
    let dinner = door(2, &[SAT_DINNER]);
    assert_eq!(items_of(&desk.scan(&dinner, &request("2", &dinner))), [item_id(SAT_DINNER)]);
    let videos = door(3, &[VIDEOS]);
    assert_eq!(word(&desk.scan(&videos, &request("3", &videos))), VerdictWord::NotIncluded);
    let breakfast = door(4, &[BREAKFAST]);
    assert_eq!(word(&desk.scan(&breakfast, &request("4", &breakfast))), VerdictWord::Admitted);
    let tomorrow = ScanRequest { scanned_at: at(SATURDAY), ..request("5", &breakfast) };
    assert_eq!(word(&desk.scan(&breakfast, &tomorrow)), VerdictWord::Admitted);
}

#[test]
fn verdicts_come_in_the_order_of_the_table() {
    // Everything is wrong at once; cured one by one.
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    desk.scan(&main, &request("1", &main));
    let ticket = &mut desk.ticket;
    ticket.status = TicketStatus::Void { at: minute(1), by_refund: false };
    ticket.generation = 2;
    ticket.reissued_at = Some(minute(1));
    ticket.paid = Amount::ZERO;
    let old = Proof { barcode: Some(GoodBarcode { generation: 1, revoked: false }), ..proof(ticket) };
    let closed = Door { closes_at: Some(minute(-60)), items: vec![item_id(SAT_PARTY)], ..main.clone() };
    let mut ids = 2..;
    let mut seen = |desk: &mut Desk, door: &Door, proof| {
        let id = ids.next().unwrap().to_string();
        word(&desk.scan_as(door, &request(&id, door), proof))
    };
    assert_eq!(seen(&mut desk, &closed, old), VerdictWord::Void);
    desk.ticket.status = TicketStatus::Void { at: minute(1), by_refund: true };
    assert_eq!(seen(&mut desk, &closed, old), VerdictWord::Refunded);
    desk.ticket.status = TicketStatus::Transferred { at: minute(1) };
    assert_eq!(seen(&mut desk, &closed, old), VerdictWord::Transferred);
    desk.ticket.status = TicketStatus::Active;
    assert_eq!(seen(&mut desk, &closed, old), VerdictWord::Reissued);
    let new = proof(&desk.ticket);
    assert_eq!(seen(&mut desk, &closed, new), VerdictWord::Unpaid);
    desk.ticket.paid = desk.ticket.price;
    assert_eq!(seen(&mut desk, &closed, new), VerdictWord::NotIncluded);
    let closed = Door { items: main.items.clone(), ..closed };
    assert_eq!(seen(&mut desk, &closed, new), VerdictWord::TooLate);
    assert_eq!(seen(&mut desk, &main, new), VerdictWord::AlreadyIn);
}

#[test]
fn a_refund_that_did_not_void_never_refuses() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.ticket.refunded = desk.ticket.paid;
    let main = door(1, &[FRI_PARTY]);
    assert_eq!(word(&desk.scan(&main, &request("1", &main))), VerdictWord::Admitted);
}

#[test]
fn unpaid_says_what_is_due_of_a_part_payment() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.ticket.paid = Amount::minor(1_000);
    let main = door(1, &[FRI_PARTY]);
    let Verdict::Unpaid { due } = desk.scan(&main, &request("1", &main)).scan.result.verdict else { panic!() };
    assert_eq!(due, Money::new(Amount::minor(1_500), desk.ticket.currency));
}

#[test]
fn an_older_barcode_names_no_new_owner_and_a_newer_one_than_ours_is_unknown() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.ticket.generation = 5;
    let main = door(1, &[FRI_PARTY]);
    let with =
        |generation, revoked| Proof { barcode: Some(GoodBarcode { generation, revoked }), ..proof(&ticket(&[])) };
    let old = desk.scan_as(&main, &request("1", &main), with(4, false));
    assert_eq!(word(&old), VerdictWord::Reissued);
    assert_eq!(old.scan.result.ticket.unwrap().full_name, None);
    assert_eq!(word(&desk.scan_as(&main, &request("2", &main), with(6, false))), VerdictWord::Unknown);
    assert_eq!(word(&desk.scan_as(&main, &request("3", &main), with(6, true))), VerdictWord::Reissued);
    assert_eq!(word(&desk.scan_as(&main, &request("4", &main), with(5, true))), VerdictWord::Admitted);
}

#[test]
fn a_ticket_that_is_not_there_is_unknown_unless_its_key_was_revoked() {
    let gate = gate(Vec::new());
    let main = door(1, &[FRI_PARTY]);
    let asked =
        |request| Asked { request, door: &main, by: &By::Program, overrides: Overrides::Allowed, at: minute(0) };
    let none = Kept { ticket: None, scans: &[] };
    let (number, request) = (proof(&ticket(&[])).number, request("1", &main));
    let decide = |revoked| {
        let barcode = Some(GoodBarcode { generation: 1, revoked });
        decide_scan(&gate, asked(&request), Proof { number, barcode }, none)
    };
    assert_eq!(word(&decide(false)), VerdictWord::Unknown);
    assert_eq!(decide(false).scan.ticket, Some(number), "so that the same record finds it again");
    assert_eq!(word(&decide(true)), VerdictWord::Reissued);
}

#[test]
fn a_door_without_times_never_looks_at_the_clock() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let next_year = ScanRequest { scanned_at: at("2027-12-04T21:00:00Z"), ..request("1", &main) };
    assert_eq!(word(&desk.scan(&main, &next_year)), VerdictWord::Admitted);
}

#[test]
fn times_of_a_door_hold_to_the_second_of_its_tolerance() {
    let (opens_at, closes_at) = (Some(minute(0)), Some(minute(60)));
    let main = Door { opens_at, closes_at, tolerance_minutes: 10, ..door(1, &[FRI_PARTY]) };
    let seen = |scanned_at: Timestamp| {
        let mut desk = Desk::new(&[FRI_PARTY]);
        word(&desk.scan(&main, &ScanRequest { scanned_at, ..request("1", &main) }))
    };
    let second = SignedDuration::from_secs(1);
    assert_eq!(seen(minute(-10)), VerdictWord::Admitted);
    assert_eq!(seen(minute(-10).checked_sub(second).unwrap()), VerdictWord::TooEarly);
    assert_eq!(seen(minute(70)), VerdictWord::Admitted);
    assert_eq!(seen(minute(70).checked_add(second).unwrap()), VerdictWord::TooLate);
}

#[test]
fn an_override_admits_as_entry_would_and_says_what_was_set_aside() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.ticket.paid = Amount::ZERO;
    let late = Door { closes_at: Some(minute(-60)), ..door(1, &[FRI_PARTY]) };
    let forced = ScanRequest { overriding: Some(because("Paid in cash")), ..request("1", &late) };
    let decision = desk.scan(&late, &forced);
    let Verdict::Admitted(admitted) = &decision.scan.result.verdict else { panic!("{decision:?}") };
    assert_eq!(admitted.despite, [VerdictWord::Unpaid, VerdictWord::TooLate]);
    assert_eq!(items_of(&decision), [item_id(FRI_PARTY)]);
    assert_eq!(desk.uses(), [1]);
    assert!(decision.scan.is_override());
}

#[test]
fn an_override_of_one_verdict_is_none_of_another() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    desk.scan(&main, &request("1", &main));
    desk.ticket.paid = Amount::ZERO;
    let reason = "Paid in cash".parse().unwrap();
    let overriding = Some(Override { reason, verdict: Some(VerdictWord::Unpaid) });
    let forced = ScanRequest { overriding, ..request("2", &main) };
    assert_eq!(word(&desk.scan(&main, &forced)), VerdictWord::AlreadyIn);
}

#[test]
fn an_override_of_not_included_lets_in_and_uses_nothing() {
    let mut desk = Desk::new(&[SAT_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let forced = ScanRequest { overriding: Some(because("The band's driver")), ..request("1", &main) };
    let decision = desk.scan(&main, &forced);
    assert_eq!((word(&decision), items_of(&decision)), (VerdictWord::Admitted, vec![]));
    assert!(decision.scan.let_in && decision.ticket.is_none());
    assert_eq!(word(&desk.scan(&main, &request("2", &main))), VerdictWord::NotIncluded);
    let saturday = door(2, &[SAT_PARTY]);
    assert_eq!(word(&desk.scan(&saturday, &request("3", &saturday))), VerdictWord::Admitted);
}

#[test]
fn an_override_of_already_in_uses_nothing_more_and_is_no_alert() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    desk.scan(&main, &request("1", &main));
    let forced =
        ScanRequest { overriding: Some(because("Went to her car")), scanned_at: minute(5), ..request("2", &main) };
    let decision = desk.scan(&main, &forced);
    assert_eq!((word(&decision), items_of(&decision)), (VerdictWord::Admitted, vec![]));
    assert_eq!((desk.uses(), decision.scan.result.alerts), (vec![1], vec![]));
}

#[test]
fn what_is_void_moved_or_reissued_is_overridden_by_nobody_and_nothing_by_the_door() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let forced = |id| ScanRequest { overriding: Some(because("Please")), ..request(id, &main) };
    desk.ticket.status = TicketStatus::Transferred { at: minute(0) };
    assert_eq!(word(&desk.scan(&main, &forced("1"))), VerdictWord::Transferred);
    desk.ticket.status = TicketStatus::Active;
    desk.ticket.paid = Amount::ZERO;
    desk.overrides = Overrides::NotAllowed;
    let decision = desk.scan(&main, &forced("2"));
    assert_eq!(word(&decision), VerdictWord::Unpaid);
    assert_eq!(decision.scan.overriding, Some(because("Please")), "that it was tried is kept");
}

#[test]
fn whoever_went_out_comes_in_again_where_the_door_permits_it() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let strict = door(1, &[FRI_PARTY]);
    let lenient = Door { reentry: true, ..door(2, &[FRI_PARTY]) };
    let again = |id, door: &Door| ScanRequest { action: Action::Reentry, scanned_at: minute(9), ..request(id, door) };
    desk.scan(&strict, &request("1", &strict));
    let refused = desk.scan(&strict, &again("2", &strict));
    assert!(matches!(refused.scan.result.verdict, Verdict::AlreadyIn { reentry: false, .. }));
    let hint = desk.scan(&lenient, &ScanRequest { scanned_at: minute(8), ..request("3", &lenient) });
    assert!(matches!(hint.scan.result.verdict, Verdict::AlreadyIn { reentry: true, .. }));
    let back = desk.scan(&lenient, &again("4", &lenient));
    assert!(matches!(&back.scan.result.verdict, Verdict::Admitted(admitted) if admitted.again), "{back:?}");
    assert_eq!((items_of(&back), back.scan.result.alerts), (vec![], vec![]));
    assert_eq!(desk.ticket.entitlements[0].admissions[0].at, at(FRIDAY));
}

#[test]
fn a_reentry_of_somebody_who_never_came_in_is_an_entry() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let lenient = Door { reentry: true, ..door(2, &[FRI_PARTY]) };
    let decision = desk.scan(&lenient, &ScanRequest { action: Action::Reentry, ..request("1", &lenient) });
    assert_eq!(items_of(&decision), [item_id(FRI_PARTY)]);
}

#[test]
fn by_hand_follows_the_same_verdicts_and_is_kept_as_such() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let number = desk.ticket.number;
    let by_hand = |id| ScanRequest { scanned: Scanned::Ticket(number), mode: Mode::ByHand, ..request(id, &main) };
    let none = Proof { number, barcode: None };
    let first = desk.scan_as(&main, &by_hand("1"), none);
    assert_eq!((word(&first), first.scan.mode, first.scan.generation), (VerdictWord::Admitted, Mode::ByHand, None));
    assert_eq!(word(&desk.scan_as(&main, &by_hand("2"), none)), VerdictWord::AlreadyIn);
}

#[test]
fn an_admission_says_what_staff_must_see() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.ticket.rate = "student".parse().unwrap();
    desk.ticket.notes = "Wheelchair".parse::<Prose>().unwrap();
    let main = door(1, &[FRI_PARTY]);
    let result = desk.scan(&main, &request("1", &main)).scan.result;
    let Verdict::Admitted(admitted) = result.verdict else { panic!("{result:?}") };
    assert!(admitted.proof_required && !admitted.again);
    assert_eq!(admitted.notes.as_str(), "Wheelchair");
    assert_eq!(result.ticket.unwrap().full_name.unwrap().as_str(), "Ana Prieto");
}

#[test]
fn an_item_that_was_made_daily_after_it_was_used_counts_for_that_day() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    desk.scan(&main, &request("1", &main));
    let item = desk.gate.items.get_mut(&item_id(FRI_PARTY)).unwrap();
    item.day = Some(crate::catalogue::Day::All);
    assert_eq!(word(&desk.scan(&main, &request("2", &main))), VerdictWord::AlreadyIn);
    let tomorrow = ScanRequest { scanned_at: at(SATURDAY), ..request("3", &main) };
    assert_eq!(word(&desk.scan(&main, &tomorrow)), VerdictWord::Admitted);
}
