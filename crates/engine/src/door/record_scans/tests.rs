use std::sync::Arc;

use domain::door::{Action, Alert, Door, HistoryLine, Mode, Override, Verdict, VerdictWord};
use domain::people::StaffRole;
use domain::tickets::Ticket;
use domain::values::{DoorId, Fault as Wrongly, Ksuid};
use store::faulty::{Fate, Faulty, Odds};

use super::super::desk::{Night, by_hand, door_draft, mersey, minute, night, recorded, request, word};
use super::*;
use crate::catalogue::desk::{refusal, slug};
use crate::once::Remember;
use crate::tickets::{TicketChanges, TicketScope, VoidTicket};

fn offline(id: &str, barcode: &str, door: &Door, at: i64) -> ScanRequest {
    ScanRequest { mode: Mode::Offline, scanned_at: minute(at), ..request(id, barcode, door) }
}

#[tokio::test]
async fn answers_come_in_the_order_sent_and_a_bad_record_spoils_nothing() {
    let night = night().await;
    let (one, two) = (night.barcode(&[night.friday.id]).await, night.barcode(&[night.saturday.id]).await);
    let nowhere = Door { id: DoorId::from(Ksuid::from_bytes([9; 20])), ..night.main.clone() };
    let by_number =
        ScanRequest { mode: Mode::Online, ..by_hand("4", TicketNumber(Ksuid::from_bytes([9; 20])), &night.main) };
    let malformed = Faults::one(Pointer::to("id"), Wrong::Required);
    let requests = [
        Ok(request("1", &one, &night.main)),
        Err(malformed.clone()),
        Ok(request("2", &two, &night.main)),
        Ok(request("3", &one, &nowhere)),
        Ok(by_number),
        Ok(request("5", "not a ticket", &night.main)),
        Ok(request("6", &one, &night.main)),
    ];
    let door = night.staff(StaffRole::Door).await;
    let answers = night.engine().record_scans(&door, &mersey(), &requests).await.unwrap();
    assert_eq!(word(&answers[0]), VerdictWord::Admitted);
    assert_eq!(answers[1], ScanAnswer::Invalid(malformed));
    assert_eq!(word(&answers[2]), VerdictWord::NotIncluded);
    let unknown = Wrongly { at: Pointer::to("door"), wrong: Wrong::Unknown("door") };
    assert_eq!(answers[3], ScanAnswer::Invalid([unknown].into_iter().collect()));
    assert!(matches!(&answers[4], ScanAnswer::Invalid(faults) if faults.list()[0].at == Pointer::to("mode")));
    assert_eq!(word(&answers[5]), VerdictWord::Unreadable);
    assert_eq!(word(&answers[6]), VerdictWord::AlreadyIn);
    night.desk.is_sound().await;
}

#[tokio::test]
async fn no_scan_and_too_many_are_no_request() {
    let night = night().await;
    assert_eq!(
        refusal(night.try_scan(night.engine(), &[]).await),
        Refusal::invalid(Pointer::to("scans"), Wrong::TooFew(1))
    );
    let many: Vec<_> = (0..201).map(|n| request(&n.to_string(), "", &night.main)).collect();
    let too_many = Refusal::invalid(Pointer::to("scans"), Wrong::TooLong(200));
    assert_eq!(refusal(night.try_scan(night.engine(), &many).await), too_many);
    assert_eq!(night.scan(&many[..200]).await.len(), 200);
}

#[tokio::test]
async fn the_first_record_with_an_identifier_counts_also_when_it_comes_with_another_ticket_or_with_none() {
    let night = night().await;
    let (one, two) = (night.barcode(&[night.friday.id]).await, night.barcode(&[night.friday.id]).await);
    let first = night.scan(&[request("1", &one, &night.main), request("2", "not a ticket", &night.main)]).await;
    let nowhere = Door { id: DoorId::from(Ksuid::from_bytes([9; 20])), ..night.main.clone() };
    let again = [
        request("1", &two, &night.main),
        request("1", "not a ticket", &night.side),
        request("2", &one, &night.side),
        request("1", &one, &nowhere),
    ];
    for (again, first) in again.into_iter().zip([&first[0], &first[0], &first[1], &first[0]]) {
        assert_eq!(night.scan(&[again]).await, std::slice::from_ref(first));
    }
    assert_eq!(night.verdict(request("3", &two, &night.main)).await, VerdictWord::Admitted);
    night.desk.is_sound().await;
}

#[tokio::test]
async fn the_same_record_again_is_answered_as_it_was_whatever_happened_since() {
    let night = night().await;
    let view = night.ticket(&[night.friday.id]).await;
    let (number, barcode) = (view.ticket.number, view.barcode.unwrap());
    let first = night.scan(&[request("1", &barcode, &night.main)]).await;
    let owner = night.staff(StaffRole::Owner).await;
    let ticket = TicketScope::of_staff(&owner, &mersey(), number);
    let renamed =
        |before: &Ticket| Ok(TicketChanges { full_name: Some("Bea".parse().unwrap()), ..TicketChanges::of(before) });
    night.engine().update_ticket(&ticket, None, &renamed).await.unwrap();
    let void = VoidTicket { reason: None, release: true };
    night.engine().void_ticket(&ticket, &void, Remember::nothing()).await.unwrap();
    // From another device and door, too: the identifier is what counts.
    let again = ScanRequest { device: "other".parse().unwrap(), ..request("1", &barcode, &night.side) };
    let later = night.try_scan(&night.other_engine(2), &[again]).await.unwrap();
    assert_eq!(
        serde_json::to_string(recorded(&later[0])).unwrap(),
        serde_json::to_string(recorded(&first[0])).unwrap()
    );
    assert_eq!(night.verdict(request("2", &barcode, &night.main)).await, VerdictWord::Void);
    night.desk.is_sound().await;
}

#[tokio::test]
async fn within_a_request_too_the_first_record_with_an_identifier_counts() {
    let night = night().await;
    let (one, two) = (night.barcode(&[night.friday.id]).await, night.barcode(&[night.friday.id]).await);
    let requests = [&one, &two, &one].map(|barcode| request("1", barcode, &night.main));
    let answers = night.scan(&requests).await;
    assert_eq!((&answers[0], &answers[0]), (&answers[1], &answers[2]));
    assert_eq!(night.verdict(request("2", &two, &night.main)).await, VerdictWord::Admitted, "nobody used that one");
}

#[tokio::test]
async fn a_refused_code_again_is_answered_as_it_was() {
    let night = night().await;
    for (id, code) in [("1", "garbage"), ("2", "")] {
        let first = night.scan(&[request(id, code, &night.main)]).await;
        let again = night.scan(&[ScanRequest { scanned_at: minute(5), ..request(id, code, &night.side) }]).await;
        assert_eq!(first, again);
        assert_eq!((word(&first[0]), recorded(&first[0]).at), (VerdictWord::Unreadable, minute(0)));
    }
}

#[tokio::test]
async fn a_signature_that_does_not_hold_is_forged_and_a_ticket_that_never_was_unknown() {
    let night = night().await;
    let view = night.ticket(&[night.friday.id]).await;
    let barcode = view.barcode.clone().unwrap();
    let last = if barcode.ends_with('A') { "I" } else { "A" };
    let forged = format!("{}{last}", &barcode[..barcode.len() - 1]);
    let answers = night.scan(&[request("1", &forged, &night.main)]).await;
    // The last letter has two spare bits: some letters are no spelling of a token at all.
    assert!(matches!(word(&answers[0]), VerdictWord::Forged | VerdictWord::Unreadable));
    let middle = barcode.len() - 20;
    let other = if &barcode[middle..=middle] == "B" { "C" } else { "B" };
    let forged = format!("{}{other}{}", &barcode[..middle], &barcode[middle + 1..]);
    assert_eq!(night.verdict(request("2", &forged, &night.main)).await, VerdictWord::Forged);
    let never = Ticket { number: TicketNumber(Ksuid::from_bytes([5; 20])), ..view.ticket };
    let genuine = night.engine().barcode(&never).await.unwrap();
    let unknown = night.scan(&[request("3", &genuine, &night.main)]).await;
    assert_eq!(word(&unknown[0]), VerdictWord::Unknown);
    assert_eq!(unknown, night.scan(&[request("3", &genuine, &night.main)]).await);
    night.desk.is_sound().await;
}

#[tokio::test]
async fn a_barcode_of_another_event_says_which_only_within_the_organisation() {
    let night = night().await;
    let foreign = night.barcode(&[night.friday.id]).await;
    let scan_at = async |organisation: &str, id: &str, code: &str| {
        night.desk.house.clock.advance(1);
        let owner = night.desk.staff(organisation, StaffRole::Owner).await;
        let engine = night.engine();
        let draft = night.desk.event_draft(None);
        let event = slug(&format!("event-{id}"));
        let made = engine.create_event(&owner, &event, &draft, &Remember::nothing()).await.unwrap().value;
        let item = night.desk.item_draft("Party");
        let item = engine.create_item(&owner, &made.event.event, &item, &Remember::nothing()).await.unwrap().value;
        let door = door_draft("Door", &[item.id]);
        let door = engine.create_door(&owner, &event, &door, &Remember::nothing()).await.unwrap().value;
        let answers = engine.record_scans(&owner, &event, &[Ok(request("1", code, &door))]).await.unwrap();
        recorded(&answers[0]).clone()
    };
    let ours = scan_at("northern-salsa", "b", &foreign).await;
    let Verdict::WrongEvent { event: Some(event) } = &ours.verdict else { panic!("{ours:?}") };
    assert_eq!((event.slug.as_str(), event.title.as_str(), &ours.ticket), ("mersey", "Mersey Latin", &None));
    night.desk.organisation("southern-salsa").await;
    let theirs = scan_at("southern-salsa", "c", &foreign).await;
    assert_eq!(theirs.verdict, Verdict::WrongEvent { event: None });
    // It says that it is of that event, and lies.
    let middle = foreign.len() - 20;
    let forged = format!(
        "{}{}{}",
        &foreign[..middle],
        if &foreign[middle..=middle] == "B" { "C" } else { "B" },
        &foreign[middle + 1..]
    );
    assert_eq!(scan_at("northern-salsa", "d", &forged).await.verdict, Verdict::WrongEvent { event: None });
}

#[tokio::test]
async fn nobody_scans_for_another_organisation_and_not_every_role_scans() {
    let night = night().await;
    night.desk.organisation("southern-salsa").await;
    let barcode = night.barcode(&[night.friday.id]).await;
    let requests = [Ok(request("1", &barcode, &night.main))];
    let stranger = night.desk.staff("southern-salsa", StaffRole::Owner).await;
    assert_eq!(refusal(night.engine().record_scans(&stranger, &mersey(), &requests).await), Refusal::NotFound);
    let content = night.staff(StaffRole::Content).await;
    assert_eq!(refusal(night.engine().record_scans(&content, &mersey(), &requests).await), Refusal::Forbidden);
    for role in [StaffRole::Door, StaffRole::BoxOffice, StaffRole::Manager, StaffRole::Owner] {
        let scope = night.staff(role).await;
        assert!(night.engine().record_scans(&scope, &mersey(), &requests).await.is_ok(), "{role:?}");
    }
}

#[tokio::test]
async fn a_door_of_another_event_is_no_door_here() {
    let night = night().await;
    let owner = night.staff(StaffRole::Owner).await;
    let other = slug("other");
    let draft = night.desk.event_draft(None);
    night.engine().create_event(&owner, &other, &draft, &Remember::nothing()).await.unwrap();
    let requests = [Ok(request("1", "x", &night.main))];
    let answers = night.engine().record_scans(&owner, &other, &requests).await.unwrap();
    assert!(matches!(answers[0], ScanAnswer::Invalid(_)));
}

#[tokio::test]
async fn the_box_office_overrides_and_the_door_does_not() {
    let night = night().await;
    let barcode = night.unpaid(&[night.friday.id]).await.barcode.unwrap();
    let overriding = Some(Override { reason: "Paid in cash".parse().unwrap(), verdict: None });
    let forced = |id| ScanRequest { overriding: overriding.clone(), ..request(id, &barcode, &night.main) };
    assert_eq!(night.verdict(forced("1")).await, VerdictWord::Unpaid);
    let box_office = night.staff(StaffRole::BoxOffice).await;
    let answers = night.engine().record_scans(&box_office, &mersey(), &[Ok(forced("2"))]).await.unwrap();
    assert_eq!(word(&answers[0]), VerdictWord::Admitted);
}

#[tokio::test]
async fn an_admission_is_on_the_ticket_in_its_history_and_in_the_roster() {
    let night = night().await;
    let view = night.ticket(&[night.friday.id, night.saturday.id]).await;
    let (number, barcode) = (view.ticket.number, view.barcode.unwrap());
    let door = night.staff(StaffRole::Door).await;
    night.engine().roster(&night.main.event).await.unwrap();
    night.scan(&[request("1", &barcode, &night.main)]).await;
    let kept = night.kept(number).await;
    assert_eq!(kept.entitlements[0].admissions[0].door_name.as_str(), "Main");
    assert!(kept.entitlements[1].admissions.is_empty() && kept.change > view.ticket.change);
    let roster = night.engine().roster(&night.main.event).await.unwrap();
    let used: Vec<bool> =
        roster.with(|entries| entries.flat_map(|entry| entry.items.to_vec()).map(|(_, used)| used).collect());
    assert_eq!(used, [true, false]);
    let detail = night.engine().read_ticket(&TicketScope::of_staff(&door, &mersey(), number)).await.unwrap();
    let lines = detail.whole_history().unwrap();
    let what: Vec<_> = lines.iter().map(HistoryLine::what).collect();
    assert_eq!((what.first(), what.last()), (Some(&"issued"), Some(&"admitted")));
    assert_eq!(detail.alerts().unwrap(), []);
}

#[tokio::test]
async fn records_that_come_late_name_both_doors_and_never_shut_anybody_out() {
    let night = night().await;
    let view = night.ticket(&[night.friday.id]).await;
    let (number, barcode) = (view.ticket.number, view.barcode.unwrap());
    night.scan(&[offline("1", &barcode, &night.main, 6)]).await;
    let late = night.scan(&[offline("2", &barcode, &night.side, 4)]).await;
    assert_eq!(word(&late[0]), VerdictWord::AlreadyIn);
    let [Alert::LetInTwice { first, second }] = recorded(&late[0]).alerts.as_slice() else { panic!("{late:?}") };
    assert_eq!((first.door_name.as_str(), second.door_name.as_str()), ("Side", "Main"));
    let admissions = &night.kept(number).await.entitlements[0].admissions;
    assert_eq!((admissions.len(), admissions[0].at), (1, minute(4)));
    night.desk.is_sound().await;
}

#[tokio::test]
async fn what_is_undone_can_be_used_again() {
    let night = night().await;
    let barcode = night.barcode(&[night.friday.id]).await;
    let first = request("1", &barcode, &night.main);
    let undo = ScanRequest { action: Action::Undo { undoes: first.id.clone() }, ..request("3", &barcode, &night.main) };
    let batch = [first.clone(), request("2", &barcode, &night.side), undo, request("4", &barcode, &night.side)];
    let words: Vec<_> = night.scan(&batch).await.iter().map(word).collect();
    let (admitted, undone) = (VerdictWord::Admitted, VerdictWord::Undone);
    assert_eq!(words, [admitted, VerdictWord::AlreadyIn, undone, admitted]);
    night.desk.is_sound().await;
}

#[tokio::test]
async fn a_door_that_another_process_made_is_found_at_once() {
    let night = night().await;
    let barcode = night.barcode(&[night.friday.id]).await;
    night.verdict(request("1", "x", &night.main)).await;
    let owner = night.staff(StaffRole::Owner).await;
    let draft = door_draft("New", &[night.friday.id]);
    let other = night.other_engine(2);
    let new = other.create_door(&owner, &mersey(), &draft, &Remember::nothing()).await.unwrap().value;
    assert_eq!(night.verdict(request("2", &barcode, &new)).await, VerdictWord::Admitted);
}

#[tokio::test]
async fn two_phones_at_two_servers_never_both_show_green() {
    let night = night().await;
    for seed in 0..40 {
        let barcode = night.barcode(&[night.friday.id]).await;
        let slow = |seed| {
            let odds = Odds { turns: 500, ..Odds::default() };
            night.engine_on(Arc::new(Faulty::seeded(night.desk.house.table.clone(), seed, odds)), seed + 100)
        };
        let (left, right) = (slow(seed), slow(seed + 1_000));
        let (one, two) = (format!("l{seed}"), format!("r{seed}"));
        let (one, two) = ([request(&one, &barcode, &night.main)], [request(&two, &barcode, &night.side)]);
        let (one, two) = tokio::join!(night.try_scan(&left, &one), night.try_scan(&right, &two));
        let mut words = [word(&one.unwrap()[0]), word(&two.unwrap()[0])];
        words.sort();
        assert_eq!(words, [VerdictWord::AlreadyIn, VerdictWord::Admitted], "seed {seed}");
    }
    night.desk.is_sound().await;
}

/// Sends the same scans until they are answered, as a phone does.
async fn until_answered(night: &Night, engine: &Engine, requests: &[ScanRequest]) -> Vec<ScanAnswer> {
    for _ in 0..200 {
        match night.try_scan(engine, requests).await {
            Ok(answers) => return answers,
            Err(Stop::Fault(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    panic!("never answered");
}

#[tokio::test]
async fn whatever_fails_between_a_phone_and_the_disk_each_scan_counts_once() {
    let night = night().await;
    for seed in 0..30 {
        let (one, two) = (night.barcode(&[night.friday.id]).await, night.barcode(&[night.saturday.id]).await);
        let table = Arc::new(Faulty::seeded(night.desk.house.table.clone(), seed, Odds { late: 0, ..Odds::SOME }));
        let engine = night.engine_on(table, seed + 1);
        let id = |n: u64| (seed * 10 + n).to_string();
        let requests = [
            request(&id(1), &one, &night.main),
            request(&id(2), &one, &night.side),
            request(&id(3), &two, &night.side),
            request(&id(4), "garbage", &night.side),
        ];
        let answers = until_answered(&night, &engine, &requests).await;
        let words: Vec<_> = answers.iter().map(word).collect();
        let (admitted, already_in) = (VerdictWord::Admitted, VerdictWord::AlreadyIn);
        assert_eq!(words, [admitted, already_in, admitted, VerdictWord::Unreadable], "seed {seed}");
        assert_eq!(night.scan(&requests).await, answers, "seed {seed}: the same when all is well");
    }
    night.desk.is_sound().await;
}

#[tokio::test]
async fn a_server_that_dies_at_any_step_leaves_a_scan_that_is_whole_or_none() {
    for fate in [Fate::Failed, Fate::DoneButFailed] {
        for step in 0..12 {
            let night = night().await;
            let view = night.ticket(&[night.friday.id]).await;
            let requests = [request("1", &view.barcode.unwrap(), &night.main)];
            let dying = Arc::new(Faulty::crashing_at(night.desk.house.table.clone(), step, fate));
            let before = night.try_scan(&night.engine_on(dying, 9), &requests).await;
            let after = night.scan(&requests).await;
            assert_eq!(word(&after[0]), VerdictWord::Admitted);
            if let Ok(before) = before {
                assert_eq!(before, after);
            }
            assert_eq!(night.kept(view.ticket.number).await.entitlements[0].admissions.len(), 1);
            night.desk.is_sound().await;
        }
    }
}

#[tokio::test]
async fn a_refused_scan_is_one_write_and_reads_no_more_for_a_larger_event() {
    let night = night().await;
    for _ in 0..20 {
        night.ticket(&[night.friday.id]).await;
    }
    let barcode = night.barcode(&[night.friday.id]).await;
    let table = Arc::new(Faulty::healthy(night.desk.house.table.clone()));
    let engine = night.engine_on(table.clone(), 3);
    night.try_scan(&engine, &[request("1", "warm up", &night.main)]).await.unwrap();
    let count = async |id: &str| {
        let before = table.calls();
        night.try_scan(&engine, &[request(id, &barcode, &night.main)]).await.unwrap();
        table.calls() - before
    };
    assert_eq!(count("2").await, 3, "two queries and one transaction");
    assert_eq!(count("3").await, 3);
    assert_eq!(count("3").await, 2, "the same again is two queries, side by side");
}

#[tokio::test]
async fn a_ticket_that_cannot_be_read_keeps_no_other_from_being_recorded() {
    let night = night().await;
    let broken = night.ticket(&[night.friday.id]).await;
    let whole = night.ticket(&[night.friday.id]).await;
    let table = &night.desk.house.table;
    let mut row = table.get(&broken.ticket.key()).await.unwrap().unwrap();
    row.document = "{}".to_owned();
    table.load(vec![row]).await.unwrap();
    let batch =
        [("1", broken), ("2", whole.clone())].map(|(id, view)| request(id, &view.barcode.unwrap(), &night.main));
    assert!(matches!(night.try_scan(night.engine(), &batch).await, Err(Stop::Fault(_))));
    assert!(night.kept(whole.ticket.number).await.is_used());
    assert_eq!(word(&night.scan(&batch[1..]).await[0]), VerdictWord::Admitted);
}
