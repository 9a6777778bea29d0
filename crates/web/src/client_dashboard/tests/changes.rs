//! What is changed by the dashboard's forms, and what comes back when it cannot be.

use axum::http::StatusCode;

use super::super::setup_form;
use super::office;

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed_and_what_is_wrong_with_it() {
    let office = office().await;
    let path = format!("{}/items/new", office.event());
    let fields = [
        ("name", "Gala"),
        ("kind", "party"),
        ("pricing_schedule[0][prices][standard]", "12.345"),
        ("leaders", "10"),
        ("live", "between"),
        ("live_from_at", "2026-12-02T10:00"),
        ("live_until_at", "2026-12-01T10:00"),
    ];
    let page = office.post(&path, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "value=\"Gala\"",
        "value=\"12.345\"",
        "This is not a price",
        "error-summary",
        "must be later than",
        "value=\"2026-12-01T10:00\"",
    ] {
        assert!(page.text.contains(part), "{part}");
    }
    let fixed = [
        ("name", "Gala"),
        ("kind", "party"),
        ("pricing_schedule[0][prices][standard]", "12.50"),
        ("live", "yes"),
        ("sold_alone", "on"),
    ];
    let saved = office.post(&path, &fixed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert!(office.get(&format!("{}/items", office.event())).await.text.contains("£12.50"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_makes_one_and_leads_to_the_same_place() {
    let office = office().await;
    let path = format!("{}/items/new", office.event());
    let fields = [("name", "Gala"), ("kind", "party"), ("live", "yes"), ("then", "another"), ("once", "first")];
    let (first, second) = (office.post(&path, &fields).await, office.post(&path, &fields).await);
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    assert_eq!(first.location, second.location);
    let items = office.get(&format!("{}/items", office.event())).await.text;
    assert_eq!(items.matches(">Gala</a>").count(), 1, "{items}");
}

#[tokio::test]
async fn one_more_thing_begins_like_the_one_before_it_but_for_its_name() {
    let office = office().await;
    let path = format!("{}/items/new", office.event());
    let day = office.festival.items["sat-party"].day.unwrap().to_string();
    let price = "pricing_schedule[0][prices][standard]";
    let fields =
        [("name", "Gala"), ("kind", "class"), ("day", &day), (price, "12.50"), ("capacity", "77"), ("then", "another")];
    let made = office.post(&path, &fields).await;
    assert!(made.location.contains("/items/new?like="), "{}", made.text);
    let next = office.get(&made.location).await.text;
    for part in ["value=\"12.50\"", "value=\"77\"", "value=\"class\" selected", &format!("value=\"{day}\" selected")] {
        assert!(next.contains(part), "{part}: {next}");
    }
    assert!(!next.contains("value=\"Gala\"") && !next.contains("name=\"revision\""), "{next}");
    let pass = office.festival.passes["party"].id;
    let next = office.get(&format!("{}/passes/new?like={pass}", office.event())).await.text;
    assert_eq!(next.matches(" checked").count(), 3, "{next}");
}

#[tokio::test]
async fn an_event_is_set_up_again_with_nothing_changed_that_was_not_typed() {
    let office = office().await;
    let before = office.festival.event.clone();
    let zone = before.time_zone.clone();
    let said = |at| setup_form::local(at, &zone);
    let (starts, ends) = (said(before.starts_at), said(before.ends_at));
    let rooms = "Ballroom\r\n\r\nStudio";
    let mut fields = vec![
        ("revision", "1"),
        ("title", "Another name"),
        ("starts_at", &starts),
        ("ends_at", &ends),
        ("time_zone", zone.as_str()),
        ("rooms", rooms),
        ("hold_minutes", "45"),
        ("status", "live"),
        ("payment_methods", "free"),
        ("payment_methods", "at_door"),
        ("capacity", "500"),
    ];
    let rates: Vec<(String, String)> = before
        .rates
        .iter()
        .enumerate()
        .flat_map(|(index, rate)| {
            [
                (format!("rates[{index}][id]"), rate.id.to_string()),
                (format!("rates[{index}][name]"), rate.name.to_string()),
            ]
        })
        .collect();
    fields.extend(rates.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let path = format!("{}/setup", office.event());
    let engine = &office.house.engine;
    let read = async || engine.read_event(&office.festival.scope, &before.event.event).await.unwrap();
    let revision = read().await.revision.to_string();
    fields[0].1 = &revision;
    let saved = office.post(&path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let after = read().await.value;
    assert_eq!((after.starts_at, after.ends_at), (before.starts_at, before.ends_at));
    assert_eq!((after.title.as_str(), after.rooms.len(), after.hold_minutes), ("Another name", 2, 45));
    assert!(!after.wristbands.is_empty());
    // The same form once more: somebody has changed it since it was shown.
    let late = office.post(&path, &fields).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.text.contains("Somebody else changed this meanwhile") && late.text.contains("Another name"));
}

#[tokio::test]
async fn a_payment_that_is_more_than_due_is_refused_and_one_that_is_due_issues_the_tickets() {
    let office = office().await;
    let order = office.sell("bank_transfer").await;
    let payments = format!("{order}/payments");
    let too_much = office.post(&payments, &[("method", "cash"), ("amount", "99999"), ("reference", "")]).await;
    assert_eq!(too_much.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(too_much.text.contains("value=\"99999\"") && too_much.text.contains("field-error"));
    let dialog = office.get(&payments).await.text;
    let due =
        dialog.split("name=\"amount\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let paid = office.post(&payments, &[("method", "bank_transfer"), ("amount", due), ("reference", "41")]).await;
    assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.text);
    let page = office.get(&paid.location).await;
    assert!(page.text.contains("Complete") && page.text.contains("/tickets/"), "{}", page.text);
    let cancel = office.post(&format!("{order}/cancel"), &[]).await;
    assert_eq!(cancel.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(cancel.text.contains("Money was taken for this order"));
}

#[tokio::test]
async fn a_ticket_is_checked_in_by_hand_once_and_then_made_void() {
    let office = office().await;
    let order = office.sell("cash").await;
    let ticket = office.ticket(&order).await;
    let doors =
        office.house.engine.list_doors(&office.festival.scope, &office.festival.event.event.event).await.unwrap();
    let door = doors.first().unwrap();
    office.house.clock.set(door.value.opens_at.unwrap());
    let id = door.value.id.to_string();
    let check_in = format!("{ticket}/check-in");
    let first = office.post(&check_in, &[("id", "scan-number-one"), ("door", &id)]).await;
    assert!(first.location.ends_with("done=checked-in"), "{}", first.text);
    let second = office.post(&check_in, &[("id", "scan-number-two"), ("door", &id)]).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text.contains("Already in") && second.text.contains("name=\"reason\""));
    let void = office.post(&format!("{ticket}/void"), &[("reason", "Ill"), ("release", "on")]).await;
    assert!(void.location.ends_with("done=voided"), "{}", void.text);
    let page = office.get(&void.location).await.text;
    assert!(page.contains("The ticket is void.") && page.contains("Ill") && page.contains("Admitted"), "{page}");
    let again = office.post(&format!("{ticket}/resend"), &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_due_for_a_ticket_is_recorded_from_its_page() {
    let office = office().await;
    let (unpaid, paid) = (office.sell("at_door").await, office.sell("cash").await);
    let payments = format!("{unpaid}/payments");
    assert!(office.get(&office.ticket(&unpaid).await).await.text.contains(&payments));
    assert!(!office.get(&office.ticket(&paid).await).await.text.contains("/payments"));
}

#[tokio::test]
async fn a_check_in_is_taken_back_and_the_ticket_can_be_used_again() {
    let office = office().await;
    let ticket = office.ticket(&office.sell("cash").await).await;
    let event = &office.festival.event.event.event;
    let doors = office.house.engine.list_doors(&office.festival.scope, event).await.unwrap();
    let door = &doors.first().unwrap().value;
    office.house.clock.set(door.opens_at.unwrap());
    let check_in = format!("{ticket}/check-in");
    let id = door.id.to_string();
    office.post(&check_in, &[("id", "scan-number-one"), ("door", &id)]).await;
    let undo = format!("{ticket}/undo?scan=scan-number-one");
    assert!(office.get(&ticket).await.text.contains(&undo));
    assert!(office.get(&undo).await.text.contains("Take this check-in back?"));
    let undone = office.post(&format!("{ticket}/undo"), &[("scan", "scan-number-one")]).await;
    assert!(undone.location.ends_with("done=undone"), "{}", undone.text);
    let page = office.get(&ticket).await.text;
    assert!(page.contains("Taken back") && !page.contains(&undo), "{page}");
    assert_eq!(office.get(&format!("{ticket}/undo?scan=scan-number-two")).await.status, StatusCode::NOT_FOUND);
    let again = office.post(&check_in, &[("id", "scan-number-three"), ("door", &id)]).await;
    assert!(again.location.ends_with("done=checked-in"), "{}", again.text);
}

#[tokio::test]
async fn a_name_and_notes_are_corrected_and_what_they_were_stays_in_the_history() {
    let office = office().await;
    let ticket = office.ticket(&office.sell("cash").await).await;
    let path = format!("{ticket}/edit");
    assert_eq!(office.post(&path, &[("full_name", "Anna García"), ("notes", "")]).await.status, StatusCode::SEE_OTHER);
    let page = office.get(&ticket).await.text;
    assert!(page.contains("Anna García") && page.contains("Before: Ana García"), "{page}");
}

#[tokio::test]
async fn rules_for_wristbands_are_moved_changed_and_removed() {
    let office = office().await;
    let path = format!("{}/wristbands", office.event());
    let engine = &office.house.engine;
    let names = async || -> Vec<String> {
        let event = engine.read_event(&office.festival.scope, &office.festival.event.event.event).await.unwrap().value;
        event.wristbands.iter().map(|rule| rule.hand_out.name.to_string()).collect()
    };
    let before = names().await;
    office.post(&format!("{path}/0/move"), &[("to", "down")]).await;
    assert_eq!(names().await[..2], [before[1].clone(), before[0].clone()]);
    let new = [("name", "Crew"), ("colour", "#00aa00"), ("material", "fabric"), ("rates", "standard")];
    let made = office.post(&format!("{path}/new"), &new).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let twice = office.post(&format!("{path}/new"), &new).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.text.contains("This is here already.") && twice.text.contains("value=\"Crew\""));
    let last = before.len();
    office.post(&format!("{path}/{last}/remove"), &[]).await;
    assert_eq!(names().await.len(), before.len());
    assert_eq!(office.get(&format!("{path}/99")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn doors_of_the_days_are_made_once_and_a_door_can_be_changed_and_deleted() {
    let office = office().await;
    let path = format!("{}/doors", office.event());
    let again = office.post(&format!("{path}/by-day"), &[]).await;
    assert!(again.location.ends_with("done=no-doors"), "{}", again.location);
    let item = office.festival.items["fri-party"].id.to_string();
    let bad = office
        .post(
            &format!("{path}/new"),
            &[("name", "Side"), ("opens_at", "2026-12-04T20:00"), ("closes_at", "2026-12-04T19:00")],
        )
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text.contains("value=\"Side\"") && bad.text.contains("must be later than"));
    let made = office.post(&format!("{path}/new"), &[("name", "Side"), ("items", &item), ("reentry", "on")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let doors =
        office.house.engine.list_doors(&office.festival.scope, &office.festival.event.event.event).await.unwrap();
    let side = doors.iter().find(|door| door.value.name.as_str() == "Side").unwrap();
    assert!(side.value.reentry);
    let deleted = office.post(&format!("{path}/{}/delete", side.value.id), &[]).await;
    assert!(deleted.location.ends_with("done=deleted"), "{}", deleted.text);
}

#[tokio::test]
async fn a_tokens_secret_is_shown_once_and_staff_are_invited_and_removed() {
    let office = office().await;
    let tokens = format!("{}/tokens", office.base());
    let made = office.post(&tokens, &[("name", "Website"), ("role", "content")]).await;
    assert!(made.text.contains("data-copy=\"de_"), "{}", made.text);
    let later = office.get(&tokens).await.text;
    assert!(later.contains("Website") && !later.contains("data-copy"));
    let staff = format!("{}/staff", office.base());
    let invited = office.post(&staff, &[("email", "bo@example.org"), ("role", "box_office")]).await;
    assert!(invited.location.ends_with("done=invited"), "{}", invited.text);
    let member = office.house.engine.list_staff(&office.festival.scope).await.unwrap().pop().unwrap().value;
    let changed = office.post(&format!("{staff}/{}", member.id), &[("role", "manager")]).await;
    assert!(changed.location.ends_with("done=role-changed"), "{}", changed.text);
    let gone = office.post(&format!("{staff}/{}/remove", member.id), &[]).await;
    assert!(gone.location.ends_with("done=removed"), "{}", gone.text);
    let wrong = office.post(&staff, &[("email", "no address"), ("role", "manager")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("value=\"no address\""));
}

#[tokio::test]
async fn settings_are_kept_and_a_wrong_colour_is_told() {
    let office = office().await;
    let path = format!("{}/settings", office.base());
    let fields =
        [("name", "Northern Salsa"), ("time_zone", "Europe/Madrid"), ("brand_colour", "red"), ("bank_details", "Bank")];
    let wrong = office.post(&path, &fields).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("This is not a colour"));
    let saved = office
        .post(&path, &[("name", "Northern Salsa"), ("time_zone", "Europe/Madrid"), ("brand_colour", "#123456")])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert!(office.get(&saved.location).await.text.contains("#123456"));
}

#[tokio::test]
async fn the_next_event_of_a_series_is_made_in_one_press() {
    let office = office().await;
    let base = office.base();
    let made = office.post(&format!("{base}/new-series"), &[("title", "Salsa Tuesdays"), ("slug", "")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let fields = [
        ("title", "Salsa Tuesdays"),
        ("series", "salsa-tuesdays"),
        ("starts_at", "2026-11-03T19:00"),
        ("ends_at", "2026-11-03T22:00"),
        ("time_zone", "Europe/London"),
        ("rates[0][name]", "Standard"),
    ];
    let first = office.post(&format!("{base}/new-event"), &fields).await;
    assert!(first.location.contains("/events/salsa-tuesdays-2026-11-03/"), "{} {}", first.location, first.text);
    assert!(office.get(&format!("{base}/events")).await.text.contains("value=\"2026-11-10\""));
    let next = office.post(&format!("{base}/series/salsa-tuesdays/next"), &[("on", "2026-11-10")]).await;
    assert!(next.location.contains("/events/salsa-tuesdays-2026-11-10?done=copied"), "{}", next.text);
}
