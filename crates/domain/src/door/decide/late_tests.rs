//! What comes after the fact: records of phones that decided alone, and undo.

use super::super::ScanId;
use super::super::testing::*;
use super::tests::{items_of, word};
use super::*;

fn offline(id: &str, door: &Door, scanned_at: Timestamp) -> ScanRequest {
    ScanRequest { mode: Mode::Offline, scanned_at, ..request(id, door) }
}

fn undo(id: &str, door: &Door, target: &ScanId) -> ScanRequest {
    ScanRequest { action: Action::Undo { undoes: target.clone() }, ..request(id, door) }
}

#[test]
fn after_an_undo_the_ticket_admits_again() {
    let mut desk = Desk::new(&[FRI_PARTY, SAT_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let first = desk.scan(&main, &request("1", &main));
    assert_eq!(word(&desk.scan(&main, &request("2", &main))), VerdictWord::AlreadyIn);
    let undone = desk.scan(&main, &undo("3", &main, &first.scan.id));
    assert_eq!(undone.scan.result.verdict, Verdict::Undone { found: true });
    assert_eq!((items_of(&undone), desk.uses()), (vec![item_id(FRI_PARTY)], vec![0, 0]));
    assert_eq!(word(&desk.scan(&main, &request("4", &main))), VerdictWord::Admitted);
    let twice = desk.scan(&main, &undo("5", &main, &first.scan.id));
    assert_eq!((items_of(&twice), desk.uses()), (vec![], vec![1, 0]), "undone once, it is undone");
}

#[test]
fn an_undo_frees_nothing_that_another_scan_has_used_too() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let first = desk.scan(&main, &request("1", &main));
    desk.scan(&main, &offline("2", &main, minute(3)));
    let undone = desk.scan(&main, &undo("3", &main, &first.scan.id));
    assert_eq!((items_of(&undone), desk.uses()), (vec![], vec![1]));
    assert_eq!(desk.ticket.entitlements[0].admissions[0].at, minute(3));
}

#[test]
fn an_undo_that_comes_before_its_scan_is_kept_for_it() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let late = request("2", &main);
    let undone = desk.scan(&main, &undo("1", &main, &late.id));
    assert_eq!(undone.scan.result.verdict, Verdict::Undone { found: false });
    assert!(undone.ticket.is_some(), "it collides with whatever is scanned meanwhile");
    assert_eq!(word(&desk.scan(&main, &late)), VerdictWord::Admitted);
    assert_eq!(desk.uses(), [0]);
}

#[test]
fn an_undo_works_on_a_ticket_that_was_made_void() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let first = desk.scan(&main, &request("1", &main));
    desk.ticket.status = TicketStatus::Void { at: minute(1), by_refund: false };
    desk.scan(&main, &undo("2", &main, &first.scan.id));
    assert_eq!(desk.uses(), [0]);
}

#[test]
fn two_phones_that_could_not_reach_each_other_are_named_and_nobody_is_let_out() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let (main, side) = (door(1, &[FRI_PARTY]), door(2, &[FRI_PARTY]));
    desk.scan(&main, &offline("1", &main, minute(6)));
    let second = desk.scan(&side, &offline("2", &side, minute(4)));
    assert_eq!(word(&second), VerdictWord::AlreadyIn);
    assert!(second.scan.let_in);
    let [Alert::LetInTwice { first, second }] = second.scan.result.alerts.as_slice() else { panic!("{second:?}") };
    assert_eq!((first.at, first.door), (minute(4), side.id));
    assert_eq!((second.at, second.door), (minute(6), main.id));
    let admission = &desk.ticket.entitlements[0].admissions[0];
    assert_eq!((admission.at, admission.door), (minute(4), side.id), "the earliest corrected time is the admission");
}

#[test]
fn a_record_that_comes_late_for_a_smaller_door_is_no_double_admission() {
    // In time: Friday's door first, then the door of everything, which used what was left.
    let mut desk = Desk::new(&[FRI_PARTY, SAT_PARTY]);
    let (friday, all) = (door(1, &[FRI_PARTY]), door(2, &[FRI_PARTY, SAT_PARTY]));
    desk.scan(&all, &offline("2", &all, minute(9)));
    let late = desk.scan(&friday, &offline("1", &friday, minute(1)));
    assert_eq!((word(&late), late.scan.result.alerts), (VerdictWord::AlreadyIn, vec![]));
    assert_eq!(desk.ticket.entitlements[0].admissions[0].at, minute(1));
    assert_eq!(desk.ticket.entitlements[1].admissions[0].at, minute(9));
}

#[test]
fn whom_a_phone_let_in_against_the_servers_word_is_in_and_an_alert() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.ticket.paid = Amount::ZERO;
    let main = door(1, &[FRI_PARTY]);
    let unpaid = desk.scan(&main, &offline("1", &main, minute(1)));
    let expected = Alert::LetInDespite { scan: unpaid.scan.side(), verdict: VerdictWord::Unpaid };
    assert_eq!((word(&unpaid), unpaid.scan.result.alerts), (VerdictWord::Unpaid, vec![expected]));
    desk.ticket.paid = desk.ticket.price;
    assert_eq!(word(&desk.scan(&main, &request("2", &main))), VerdictWord::AlreadyIn);
}

#[test]
fn an_old_barcode_let_in_offline_does_not_shut_out_its_new_owner() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let old = proof(&desk.ticket);
    desk.ticket.generation = 2;
    let main = door(1, &[FRI_PARTY]);
    let copy = desk.scan_as(&main, &offline("1", &main, minute(1)), old);
    assert_eq!((word(&copy), copy.scan.result.alerts.len()), (VerdictWord::Reissued, 1));
    assert_eq!(word(&desk.scan(&main, &request("2", &main))), VerdictWord::Admitted);
}

#[test]
fn whom_a_phone_refused_is_not_let_in_afterwards() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let red = ScanRequest { shown: Some(VerdictWord::NotIncluded), ..offline("1", &main, minute(1)) };
    let decision = desk.scan(&main, &red);
    assert_eq!((word(&decision), decision.scan.let_in), (VerdictWord::NotIncluded, false));
    assert_eq!((desk.uses(), decision.ticket), (vec![0], None));
}

#[test]
fn of_a_code_that_is_none_of_ours_too_little_is_kept_to_admit_anybody() {
    let main = door(1, &[FRI_PARTY]);
    let code = format!("  HTTPS://TICKETS.EXAMPLE.ORG/S/{}  ", "A".repeat(154));
    let request = ScanRequest { scanned: Scanned::Barcode(code), ..offline("1", &main, minute(1)) };
    let asked =
        Asked { request: &request, door: &main, by: &By::Program, overrides: Overrides::Allowed, at: minute(2) };
    let scan = refuse_code(&gate(Vec::new()), asked, Verdict::Forged);
    assert_eq!(scan.barcode.map(|text| text.len()), Some(64));
    assert_eq!((scan.ticket, scan.result.ticket), (None, None));
    assert_eq!(scan.result.alerts.len(), 1, "a phone let a forgery in");
}

#[test]
fn who_was_refused_never_becomes_an_admission_when_the_other_is_undone() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let online = |id, at| ScanRequest { scanned_at: minute(at), ..request(id, &main) };
    let first = desk.scan(&main, &online("1", 6));
    // Its record says earlier and came later: it was refused at the door.
    assert_eq!(word(&desk.scan(&main, &online("2", 4))), VerdictWord::AlreadyIn);
    assert_eq!(desk.ticket.entitlements[0].admissions[0].at, minute(4));
    assert_eq!(word(&desk.scan(&main, &online("3", 8))), VerdictWord::AlreadyIn);
    let undone = desk.scan(&main, &undo("4", &main, &first.scan.id));
    assert_eq!((items_of(&undone), desk.uses()), (vec![item_id(FRI_PARTY)], vec![0]));
}

#[test]
fn a_copy_that_was_refused_does_not_date_the_next_admission() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    let main = door(1, &[FRI_PARTY]);
    let online = |id, at| ScanRequest { scanned_at: minute(at), ..request(id, &main) };
    let first = desk.scan(&main, &online("1", 1));
    desk.scan(&main, &online("2", 3));
    desk.scan(&main, &undo("3", &main, &first.scan.id));
    assert_eq!(word(&desk.scan(&main, &online("4", 9))), VerdictWord::Admitted);
    assert_eq!(desk.ticket.entitlements[0].admissions[0].at, minute(9));
}

#[test]
fn of_two_scans_at_the_same_instant_the_same_one_is_the_admission_whichever_came_first() {
    let (main, side) = (door(1, &[FRI_PARTY]), door(2, &[FRI_PARTY]));
    let (one, two) = (request("1", &main), request("2", &side));
    let (mut here, mut there) = (Desk::new(&[FRI_PARTY]), Desk::new(&[FRI_PARTY]));
    here.scan(&main, &one);
    assert_eq!(here.scan(&side, &two).ticket, None);
    there.scan(&side, &two);
    there.scan(&main, &one);
    assert_eq!(here.ticket, there.ticket);
    assert_eq!(here.ticket.entitlements[0].admissions[0].door, main.id);
}
