//! Every page with sample data, as an administrator; and that they are an administrator's alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::StatusCode;
use domain::people::StaffRole;
use engine::once::Remember;
use engine::people::TokenDraft;
use engine::scope::PlatformScope;
use engine::testing::{House, house, house_refusing};

use crate::testing::{Site, site, site_in};

/// A platform with a festival, and its administrator.
async fn platform() -> Site {
    platform_in(house()).await
}

async fn platform_in(house: House) -> Site {
    let mut site = site_in(house).await;
    let program = PlatformScope::of_the_program();
    let token =
        site.house.engine.create_platform_token(&program, "Test".parse().unwrap(), Remember::nothing()).await.unwrap();
    site.token = Some(token.secret);
    site
}

/// The page of the festival's organisation.
fn one(site: &Site) -> String {
    format!("/platform/organisations/{}", site.festival.scope.organisation().slug)
}

const NEW: [(&str, &str); 5] = [
    ("name", "Salsa de Málaga"),
    ("slug", ""),
    ("currency", "EUR"),
    ("time_zone", "Europe/Madrid"),
    ("owner", "ana@example.org"),
];

#[tokio::test]
async fn an_organisation_is_made_once_and_its_owner_is_invited_by_mail() {
    let platform = platform().await;
    let once = platform.get("/platform/new-organisation").await.field("once").to_owned();
    let fields: Vec<_> = NEW.into_iter().chain([("once", once.as_str())]).collect();
    for _ in 0..2 {
        let made = platform.post("/platform/new-organisation", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
        assert_eq!(made.location, "/platform/organisations/salsa-de-malaga?done=created");
    }
    let letters = platform.house.engine.waiting_letters(None, 10).await.unwrap();
    assert_eq!(letters.iter().filter(|letter| letter.to.as_str() == "ana@example.org").count(), 1);
    let page = platform.get("/platform/organisations/salsa-de-malaga?done=created").await.text;
    assert!(page.contains("ana@example.org") && page.contains("Owner") && page.contains("EUR"), "{page}");
}

#[tokio::test]
async fn what_is_wrong_with_a_new_organisation_is_said_at_once_with_what_was_typed() {
    let platform = platform().await;
    let taken = platform.festival.scope.organisation().slug.to_string();
    let fields =
        [("name", "Salsa & Son"), ("slug", "Not good"), ("currency", "XXQ"), ("time_zone", "Mars"), ("owner", "ana")];
    let page = platform.post("/platform/new-organisation", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for typed in ["Salsa &amp; Son", "Not good", "XXQ", "Mars", "value=\"ana\"", "There are 4 problems"] {
        assert!(page.text.contains(typed), "{typed}: {}", page.text);
    }
    for (slug, sentence) in [(taken.as_str(), "This is in use already."), ("api", "This name is reserved.")] {
        let fields: Vec<_> = NEW.into_iter().filter(|(name, _)| *name != "slug").chain([("slug", slug)]).collect();
        let page = platform.post("/platform/new-organisation", &fields).await;
        assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.text.contains(sentence), "{}", page.text);
    }
}

#[tokio::test]
async fn terms_are_changed_against_the_revision_that_was_seen_and_a_suspended_shop_is_closed() {
    let platform = platform().await;
    let path = format!("{}/terms", one(&platform));
    let seen = platform.get(&one(&platform)).await.field("revision").to_owned();
    let wrong = platform.post(&path, &[("revision", &seen), ("status", "active"), ("fee", "100.01")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("from 0 to 100") && wrong.text.contains("100.01"), "{}", wrong.text);
    let done = platform.post(&path, &[("revision", &seen), ("status", "suspended"), ("fee", "2.5")]).await;
    assert!(done.location.ends_with("?done=suspended"), "{}", done.text);
    let late = platform.post(&path, &[("revision", &seen), ("status", "active"), ("fee", "3")]).await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text.contains("value=\"3\""), "{}", late.text);
    let page = platform.get(&one(&platform)).await.text;
    assert!(page.contains("This organisation is suspended") && page.contains("value=\"2.5\""), "{page}");
    let mut public = platform;
    public.token = None;
    let shop = format!("/{}", public.festival.scope.organisation().slug);
    assert_eq!(public.get(&shop).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn organisations_are_listed_and_staff_are_invited_by_the_platform() {
    let platform = platform().await;
    let page = platform.get("/platform").await.text;
    assert!(page.contains("Northern Salsa Collective") && page.contains("Active"), "{page}");
    let path = format!("{}/staff", one(&platform));
    let wrong = platform.post(&path, &[("email", "nobody"), ("role", "owner")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("value=\"nobody\""));
    let done = platform.post(&path, &[("email", "bo@example.org"), ("role", "box_office")]).await;
    assert!(done.location.ends_with("?done=invited"), "{}", done.text);
    assert!(platform.get(&one(&platform)).await.text.contains("bo@example.org"));
    assert_eq!(platform.get("/platform/organisations/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_organisations_owner_is_told_that_there_is_no_such_page() {
    let mut site = site().await;
    let draft = TokenDraft { name: "Test".parse().unwrap(), role: StaffRole::Owner };
    let (program, slug) = (PlatformScope::of_the_program(), site.festival.scope.organisation().slug.clone());
    site.token =
        Some(site.house.engine.create_token_of(&program, &slug, draft, Remember::nothing()).await.unwrap().secret);
    for path in ["/platform", "/platform/new-organisation", one(&site).as_str()] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn whose_session_ends_while_they_fill_in_a_form_comes_back_to_its_page_after_signing_in() {
    let site = site().await;
    let (page, terms) = (one(&site), format!("{}/terms", one(&site)));
    let there = format!("/sign-in?to={}", page.replace('/', "%2F"));
    assert_eq!(site.post_from(&page, &terms).await.location, there);
    let elsewhere = site.post_from("", &terms).await.location;
    assert_eq!(elsewhere, format!("/sign-in?to={}", terms.replace('/', "%2F")));
}

/// The figures are the last thing that the page asks for.
#[tokio::test]
async fn figures_that_cannot_be_read_anew_say_as_of_when_they_are() {
    let queries = Arc::new(AtomicI64::new(0));
    let platform = platform_in(house_refusing(Arc::clone(&queries))).await;
    let page = one(&platform);
    queries.store(1_000, Ordering::SeqCst);
    let current = platform.get(&page).await;
    assert!(current.status == StatusCode::OK && !current.text.contains("As of"), "{}", current.text);

    queries.store(1_000 - queries.load(Ordering::SeqCst), Ordering::SeqCst);
    platform.house.clock.advance(30_000);
    let stale = platform.get(&page).await;
    assert!(stale.status == StatusCode::OK && stale.text.contains("As of 12:00:00"), "{}", stale.text);
}
