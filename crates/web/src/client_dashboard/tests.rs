//! Every page with sample data: the festival of the tests, and a few sales of the box office. Requests go the whole way
//! of the router, as a program with a token of the role.

mod changes;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::people::StaffRole;
use engine::demonstration::{FestivalMade, make_festival};
use engine::once::Remember;
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
        self.house.engine.create_token_of(&platform, organisation, draft, Remember::nothing()).await.unwrap().secret
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
async fn the_box_office_gives_tickets_away_and_says_when_it_is_not_told_what() {
    let office = office_of(StaffRole::BoxOffice).await;
    let path = format!("{}/orders/new", office.event());
    let pass = office.festival.passes["full"].id.to_string();
    let buyer = [("full_name", "Ana"), ("email", "ana@example.org"), ("quantity", "1"), ("method", "complimentary")];
    let given: Vec<_> = [("passes", pass.as_str())].into_iter().chain(buyer).collect();
    let given = office.post(&path, &given).await;
    assert!(given.location.ends_with("done=sold"), "{}", given.text);
    assert!(office.get(&given.location).await.text.contains("Complimentary"));
    let nothing =
        office.post(&path, &[("full_name", "Ana"), ("email", "ana"), ("quantity", "1"), ("method", "cash")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text.contains("value=\"ana\"") && nothing.text.contains("At least one is needed"));
    let total =
        office.post(&format!("{path}/total"), &[("passes", &pass), ("quantity", "2"), ("rate", "standard")]).await;
    assert!(
        total.status == StatusCode::OK && total.text.contains("2 ×") && !total.text.contains("<html"),
        "{}",
        total.text
    );
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
