//! Buying, as somebody without scripts does it: pick, say who is coming, pay, and give names later.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use engine::testing::{ROUND_TRIP, house_far_away};
use tokio::time::Instant;

use crate::testing::{Answered, Site, site, site_in};

fn event(site: &Site) -> String {
    let event = &site.festival.event.event;
    format!("/{}/{}", event.organisation, event.event)
}

/// Holds two Full Passes; where one is asked who is coming.
async fn hold(site: &Site) -> String {
    let once = site.get(&format!("{}/pick?by=pass", event(site))).await.field("once").to_owned();
    hold_again(site, &once).await.location
}

async fn hold_again(site: &Site, once: &str) -> Answered {
    let quantity = format!("q[{}][standard][any]", site.festival.passes["full"].id);
    let held = site.post(&format!("{}/hold", event(site)), &[(&quantity, "2"), ("once", once)]).await;
    assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.text);
    held
}

const ANA: [(&str, &str); 2] = [("full_name", "Ana García"), ("email", "ana@example.org")];

/// Holds, says who buys, and pays at the door; where the order is.
async fn buy(site: &Site) -> String {
    let who = hold(site).await;
    let pay = site.post(&who, &ANA).await.location;
    let order = site.post(&pay, &[("method", "at_door")]).await.location;
    assert!(order.contains("/orders/") && order.contains("?key="), "{order}");
    order
}

#[tokio::test]
async fn a_form_that_is_sent_twice_holds_once_and_another_showing_of_it_holds_anew() {
    let site = site().await;
    let once = site.get(&format!("{}/pick?by=pass", event(&site))).await.field("once").to_owned();
    let (first, second) = (hold_again(&site, &once).await, hold_again(&site, &once).await);
    assert_eq!(first.location, second.location);
    assert_ne!(hold(&site).await, first.location);
}

#[tokio::test]
async fn names_are_given_after_buying_and_then_stand_on_the_tickets() {
    let site = site().await;
    let order = buy(&site).await;
    let page = site.get(&order).await;
    assert!(page.text.contains("Say who is coming") && page.text.contains("Guest 2 of Ana García"), "{}", page.text);
    let who = order.replace("?key=", "/who?key=");
    let asked = site.get(&who).await.text;
    assert!(asked.contains("value=\"Ana García\"") && !asked.contains("name=\"email\""), "{asked}");
    let ben = [("tickets[0][full_name]", "Ana García"), ("tickets[1][full_name]", "بن أوكافور 💃")];
    let saved = site.post(&who, &ben).await;
    assert_eq!(saved.location, order, "{}", saved.text);
    let page = site.get(&order).await.text;
    assert!(page.contains("بن أوكافور 💃") && page.contains("Change names"), "{page}");
    // A page from before that still asks who buys changes the names and not the buyer.
    let late = site.post(&who, &[("full_name", "Eve"), ("email", "eve@example.org"), ben[0], ben[1]]).await;
    assert_eq!(late.location, order, "{}", late.text);
    assert!(!site.get(&order).await.text.contains("Eve"));
}

#[tokio::test]
async fn what_is_typed_as_the_hold_ends_leads_to_the_page_that_says_so() {
    let site = site().await;
    let who = hold(&site).await;
    site.house.clock.advance(31 * 60 * 1000);
    site.house.engine.meet_deadlines().await.unwrap();
    let late = site.post(&who, &ANA).await;
    assert_eq!(late.status, StatusCode::SEE_OTHER, "{}", late.text);
    let page = site.get(&late.location).await.text;
    assert!(page.contains("The hold has ended") && page.contains("Pick again"), "{page}");
    assert_eq!(site.get(&who).await.location, late.location, "going back leads there too");
}

#[tokio::test]
async fn a_field_that_was_emptied_stays_empty_when_the_form_comes_back() {
    let site = site().await;
    let who = hold(&site).await;
    site.post(&who, &ANA).await;
    let back = site.post(&who, &[("full_name", ""), ("email", "ana")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text.contains("value=\"ana\"") && !back.text.contains("Ana García"), "{}", back.text);
}

#[tokio::test]
async fn each_ticket_of_an_order_opens_on_a_page_of_its_own() {
    let site = site().await;
    let page = site.get(&buy(&site).await).await.text;
    let start = format!("{}/tickets/", event(&site));
    let links: Vec<&str> = page.match_indices(&start).filter_map(|(at, _)| page[at..].split('"').next()).collect();
    assert_eq!(links.len(), 2, "{page}");
    for link in links {
        let ticket = site.get(&link.replace("&amp;", "&")).await;
        assert!(ticket.status == StatusCode::OK && ticket.text.contains("class=\"qr"), "{}", ticket.text);
    }
}

#[tokio::test]
async fn the_cover_answers_without_scripts_when_it_is_asked() {
    let site = site().await;
    let items = ["sat-classes", "sat-party"].map(|key| site.festival.items[key].id.to_string());
    let asked = site.get(&format!("{}/pick?rate=standard&items={}&items={}", event(&site), items[0], items[1])).await;
    assert!(asked.text.contains("Saturday Pass") && asked.text.contains("£95"), "{}", asked.text);
    assert!(asked.text.contains("formmethod=\"get\""), "{}", asked.text);
}

/// After the organisation, which proves that there is a shop: the event beside what it sells, and what is left of that.
#[tokio::test(start_paused = true)]
async fn the_page_of_an_event_waits_for_the_table_twice_and_a_page_that_is_kept_never() {
    let is_far = Arc::new(AtomicBool::new(false));
    let site = site_in(house_far_away(Arc::clone(&is_far))).await;
    is_far.store(true, Ordering::SeqCst);
    let scope = ROUND_TRIP;
    for waits in [scope + 2 * ROUND_TRIP, Duration::ZERO] {
        let asked_at = Instant::now();
        let page = site.get(&event(&site)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(asked_at.elapsed(), waits);
    }
}
