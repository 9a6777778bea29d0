//! Every page with sample data: the festival of the tests, and a few sales of the box office. Requests go the whole way
//! of the router, as a program with a token of the role.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::people::StaffRole;
use engine::demonstration::{FestivalMade, make_festival};
use engine::people::TokenDraft;
use engine::scope::PlatformScope;
use engine::testing::{House, house};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::{App, WebSettings};

/// A festival and a way to its dashboard.
struct Office {
    house: House,
    festival: FestivalMade,
    router: Router,
    token: String,
}

/// An answer.
struct Answered {
    status: StatusCode,
    location: String,
    text: String,
}

async fn office() -> Office {
    office_of(StaffRole::Owner).await
}

async fn office_of(role: StaffRole) -> Office {
    let house = house();
    let festival = make_festival(&house.engine).await.unwrap();
    let app = App::new(Arc::clone(&house.engine), WebSettings::default());
    let routes = super::routes().into_iter().chain(crate::shop::routes()).chain(crate::customer::routes(true));
    let router = routes.fold(Router::new(), |router, route| route.mount(&app, router));
    let mut office = Office { house, festival, router, token: String::new() };
    office.token = office.token_of(role).await;
    office
}

impl Office {
    async fn token_of(&self, role: StaffRole) -> String {
        let draft = TokenDraft { name: "Test".parse().unwrap(), role };
        let organisation = &self.festival.scope.organisation().slug;
        let platform = PlatformScope::of_the_program();
        self.house.engine.create_token_of(&platform, organisation, draft).await.unwrap().secret
    }

    fn base(&self) -> String {
        format!("/dashboard/{}", self.festival.scope.organisation().slug)
    }

    fn event(&self) -> String {
        format!("{}/events/{}", self.base(), self.festival.event.event.event)
    }

    async fn ask(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let location = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answered { status, location: location.unwrap_or_default(), text }
    }

    fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header(header::AUTHORIZATION, format!("Bearer {}", self.token))
    }

    async fn get(&self, path: &str) -> Answered {
        self.ask(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request("POST", path);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// Sells a full pass at the box office; where its order is shown.
    async fn sell(&self, method: &str) -> String {
        let pass = self.festival.passes["full"].id.to_string();
        let fields = [
            ("passes", pass.as_str()),
            ("quantity", "2"),
            ("rate", "standard"),
            ("full_name", "Ana García"),
            ("email", "ana@example.org"),
            ("method", method),
            ("reference", ""),
        ];
        let answered = self.post(&format!("{}/orders/new", self.event()), &fields).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text);
        answered.location.split('?').next().unwrap().to_owned()
    }

    /// The first ticket of an order's page.
    async fn ticket(&self, order: &str) -> String {
        let page = self.get(order).await.text;
        let start = format!("{}/tickets/", self.event());
        let at = page.find(&start).unwrap();
        page[at..].split('"').next().unwrap().to_owned()
    }
}

fn is_a_page(path: &str, answered: &Answered) {
    assert_eq!(answered.status, StatusCode::OK, "{path}: {}", answered.text);
    assert_eq!(answered.text.matches("<h1").count(), 1, "{path}");
    for unsaid in [">dash-", "\"dash-", ">wording-", " dash-"] {
        assert!(!answered.text.contains(unsaid), "{path} has a message without words: {unsaid}");
    }
}

#[tokio::test]
async fn every_page_is_shown_with_sample_data_in_each_language() {
    let office = office().await;
    let order = office.sell("cash").await;
    let held = office.sell("bank_transfer").await;
    let ticket = office.ticket(&order).await;
    let (base, event) = (office.base(), office.event());
    let item = office.festival.items["fri-party"].id;
    let pass = office.festival.passes["full"].id;
    let doors =
        office.house.engine.list_doors(&office.festival.scope, &office.festival.event.event.event).await.unwrap();
    let door = doors.first().unwrap().value.id;
    let slug = office.festival.event.event.event.as_str();
    let mut paths = vec![base.clone(), order.clone(), held.clone(), ticket.clone()];
    for rest in
        ["/events", "/new-event", "/new-series", "/attendees", "/staff", "/tokens", "/settings", "/palette?q=ana"]
    {
        paths.push(format!("{base}{rest}"));
    }
    for rest in [
        "",
        "/setup",
        "/items",
        "/items/new",
        "/passes/new",
        "/orders",
        "/orders?state=held&q=ana",
        "/orders/new",
        "/doors",
        "/doors/new",
        "/wristbands",
        "/wristbands/new",
        "/wristbands/0",
    ] {
        paths.push(format!("{event}{rest}"));
    }
    paths.extend([format!("{event}/items/{item}"), format!("{event}/passes/{pass}"), format!("{event}/doors/{door}")]);
    paths.push(format!("{base}/attendees?event={slug}&pass={pass}&role=&money=paid&query=ana&admitted=no"));
    paths.extend([format!("{held}/payments"), format!("{held}/cancel")]);
    for action in ["resend", "reissue", "void", "edit", "check-in"] {
        paths.push(format!("{ticket}/{action}"));
    }
    for path in &paths {
        is_a_page(path, &office.get(path).await);
        let request = office.request("GET", path).header(header::ACCEPT_LANGUAGE, "es");
        is_a_page(path, &office.ask(request.body(Body::empty()).unwrap()).await);
    }
}

#[tokio::test]
async fn an_organisation_without_anything_is_told_what_to_do_next() {
    let office = office().await;
    let (title, starts, ends) =
        (("title", "Año Nuevo"), ("starts_at", "2026-12-31T21:00"), ("ends_at", "2027-01-01T04:00"));
    let rest = [
        ("time_zone", "Europe/London"),
        ("rates[0][name]", "Standard"),
        ("rates[1][name]", ""),
        ("hold_minutes", "30"),
        ("status", "draft"),
    ];
    let fields: Vec<_> = [title, starts, ends].into_iter().chain(rest).collect();
    let made = office.post(&format!("{}/new-event", office.base()), &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert!(made.location.ends_with("/events/ano-nuevo/items?done=created"), "{}", made.location);
    let base = format!("{}/events/ano-nuevo", office.base());
    for rest in ["", "/items", "/orders", "/doors", "/wristbands", "/orders/new"] {
        let page = office.get(&format!("{base}{rest}")).await;
        is_a_page(rest, &page);
        assert!(page.text.contains("class=\"empty\""), "{rest}");
    }
    assert!(office.get(&format!("{base}/items?done=created")).await.text.contains("Created."));
}

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
async fn an_event_is_set_up_again_with_nothing_changed_that_was_not_typed() {
    let office = office().await;
    let before = office.festival.event.clone();
    let zone = before.time_zone.clone();
    let said = |at| super::setup_form::local(at, &zone);
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
    assert!(late.text.contains("somebody changed it meanwhile") && late.text.contains("Another name"));
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
    assert!(cancel.text.contains("money was taken for it"));
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
async fn a_name_and_notes_are_corrected_and_what_they_were_stays_in_the_history() {
    let office = office().await;
    let ticket = office.ticket(&office.sell("cash").await).await;
    let path = format!("{ticket}/edit");
    assert_eq!(office.post(&path, &[("full_name", "Anna García"), ("notes", "")]).await.status, StatusCode::SEE_OTHER);
    let page = office.get(&ticket).await.text;
    assert!(page.contains("Anna García") && page.contains("Before: Ana García"), "{page}");
}

#[tokio::test]
async fn a_role_sees_only_what_it_may_and_another_organisation_nothing() {
    let door = office_of(StaffRole::Door).await;
    let page = door.get(&door.base()).await;
    is_a_page("today", &page);
    assert!(!page.text.contains("/staff\"") && !page.text.contains("£"), "{}", page.text);
    for rest in ["/staff", "/settings", "/new-event"] {
        assert_eq!(door.get(&format!("{}{rest}", door.base())).await.status, StatusCode::FORBIDDEN, "{rest}");
    }
    assert_eq!(door.get(&format!("{}/orders", door.event())).await.status, StatusCode::FORBIDDEN);
    is_a_page("overview", &door.get(&door.event()).await);
    is_a_page("attendees", &door.get(&format!("{}/attendees", door.base())).await);
    assert_eq!(door.get("/dashboard/somebody-else").await.status, StatusCode::NOT_FOUND);
    let anybody = Request::builder().uri(door.base()).body(Body::empty()).unwrap();
    let sent = door.ask(anybody).await;
    assert!(sent.status == StatusCode::SEE_OTHER && sent.location.starts_with("/sign-in?to="), "{}", sent.location);
    let content = office_of(StaffRole::Content).await;
    is_a_page("settings", &content.get(&format!("{}/settings", content.base())).await);
}

#[tokio::test]
async fn the_box_office_gives_nothing_away_and_says_when_it_is_not_told_what() {
    let office = office_of(StaffRole::BoxOffice).await;
    let path = format!("{}/orders/new", office.event());
    let pass = office.festival.passes["full"].id.to_string();
    let buyer = [("full_name", "Ana"), ("email", "ana@example.org"), ("quantity", "1"), ("method", "complimentary")];
    let given: Vec<_> = [("passes", pass.as_str())].into_iter().chain(buyer).collect();
    assert_eq!(office.post(&path, &given).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing =
        office.post(&path, &[("full_name", "Ana"), ("email", "ana"), ("quantity", "1"), ("method", "cash")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text.contains("value=\"ana\"") && nothing.text.contains("At least 1"));
    let total =
        office.post(&format!("{path}/total"), &[("passes", &pass), ("quantity", "2"), ("rate", "standard")]).await;
    assert!(
        total.status == StatusCode::OK && total.text.contains("2 ×") && !total.text.contains("<html"),
        "{}",
        total.text
    );
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
async fn the_palette_answers_a_script_with_entries_alone() {
    let office = office().await;
    let order = office.sell("cash").await;
    let path = format!("{}/palette?q=ana", office.base());
    let request = office.request("GET", &path).header("hx-request", "true");
    let found = office.ask(request.body(Body::empty()).unwrap()).await;
    assert!(found.status == StatusCode::OK && !found.text.contains("<html"));
    assert!(found.text.contains("Ana García"), "{}", found.text);
    let reference = order.rsplit('/').next().unwrap();
    let found = office.get(&format!("{}/palette?q={}", office.base(), &reference[19..])).await;
    assert!(found.text.contains(&order), "{}", found.text);
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
