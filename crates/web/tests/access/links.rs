//! The other tables: links, holders, and the states of an event and its organisation; and what follows from them: which
//! secrets open nothing any more.

use axum::body::Body;
use serde_json::json;

use super::table::{Row, table};
use super::town::{Answered, Carrying, Town};
use super::words::{name_of, path_of, places, request_at, thing_at};

/// A path with the secret word of a link.
fn with_word(path: &str, word: &str) -> String {
    format!("{path}{}key={word}", if path.contains('?') { '&' } else { '?' })
}

async fn ask(town: &Town, row: &Row, carrying: &Carrying, path: &str) -> Answered {
    town.send(request_at(&town.north, row, carrying, path)).await
}

/// The word of the link to what a row is about, if a link opens it.
fn word_for(town: &Town, row: &Row) -> Option<String> {
    let last = places(&row.path).into_iter().rfind(|place| ["{id}", "{number}"].contains(place))?;
    town.north.words.get(thing_at(&row.path, last)).cloned()
}

#[tokio::test]
async fn a_link_opens_what_it_is_for_and_nothing_else() {
    let (mut town, first) = Town::build().await;
    let lines = table("Links");
    for row in table("Everybody") {
        let line = lines.iter().find(|line| line.route() == row.route());
        let path = path_of(&town, &row, &town.north);
        let right = word_for(&town, &row).unwrap_or_else(|| town.north.words["orders"].clone());
        let expected = line.map_or(row.cell("nobody"), |line| line.cell("its link"));
        let answered = ask(&town, &row, &Carrying::Nothing, &with_word(&path, &right)).await;
        assert_eq!(answered.outcome(), expected, "{}: {}", row.route(), answered.text());
        town.renew(&first).await;
        let Some(line) = line else { continue };
        let cut = right[..right.len() - 1].to_owned();
        let others =
            ["orders", "held order", "hold", "number", "another ticket"].map(|of| town.north.words[of].clone());
        let theirs = town.south.words.values().cloned();
        for wrong in others.into_iter().chain(theirs).chain([cut, String::new()]).filter(|word| *word != right) {
            let answered = ask(&town, &row, &Carrying::Nothing, &with_word(&path, &wrong)).await;
            assert_eq!(answered.outcome(), line.cell("another link"), "{} {wrong}: {}", row.route(), answered.text());
            assert!(!town.is_changed(&first).await, "{}", row.route());
        }
    }
    assert!(lines.iter().all(|line| word_for(&town, line).is_some()));
}

#[tokio::test]
async fn a_link_opens_nothing_at_another_event_or_organisation() {
    let (town, _) = Town::build().await;
    for row in table("Links") {
        let right = word_for(&town, &row).unwrap();
        let path = path_of(&town, &row, &town.north);
        for (ours, theirs) in [("/gala/", "/other/"), ("/gala/", "/nothing/"), ("/north/", "/south/")] {
            let answered = ask(&town, &row, &Carrying::Nothing, &with_word(&path.replace(ours, theirs), &right)).await;
            // What no link may do is refused before it is looked whether there is such a thing.
            let expected = row.cell("its link").replace("ok", "404");
            assert_eq!(answered.outcome(), expected, "{} {theirs}: {}", row.route(), answered.text());
        }
    }
}

#[tokio::test]
async fn a_holder_sees_their_ticket_with_its_barcode_and_its_buyer_without() {
    let (mut town, first) = Town::build().await;
    let lines = table("Holders");
    for row in table("Everybody") {
        let line = lines.iter().find(|line| line.route() == row.route());
        let path = path_of(&town, &row, &town.north);
        for column in ["holder", "buyer"] {
            let who = Carrying::Session(town.people[column].clone());
            let answered = ask(&town, &row, &who, &path).await;
            let expected = line.map_or(row.cell("person"), |line| line.cell(column));
            assert_eq!(Some(&*answered.outcome()), expected.split(',').next(), "{column} {}", row.route());
            let shows = answered.text().contains(&town.north.names["token"]);
            assert!(shows || !expected.ends_with("barcode"), "{column} {}", row.route());
            let own = row.path.contains("{token}") || row.route() == "GET /api/v1/me/tickets";
            assert!(!shows || own || expected.ends_with("barcode"), "{column} {}", row.route());
            town.renew(&first).await;
        }
    }
}

#[tokio::test]
async fn barcodes_are_shown_to_those_who_handle_tickets_and_to_nobody_else_on_the_staff() {
    let (town, _) = Town::build().await;
    let barcode = &town.north.names["token"];
    for row in table("Everybody").iter().filter(|row| row.method == "GET" && !row.path.contains("{token}")) {
        for (role, (token, session)) in &town.north.staff {
            for carrying in [Carrying::Token(token.clone()), Carrying::Session(session.clone())] {
                let shown = ask(&town, row, &carrying, &path_of(&town, row, &town.north)).await.text();
                let may = ["owner", "manager", "box_office"].contains(role);
                assert!(may || !shown.contains(barcode), "{role} {}", row.route());
                // Who writes what the public reads has nothing to do with who comes.
                let names = shown.contains("ana@north") || shown.contains("bo@north") || shown.contains("Bo<");
                let is_dashboard = row.path.starts_with("/dashboard") || row.path.starts_with("/api");
                assert!(*role != "content" || !is_dashboard || !names, "{role} {}", row.route());
            }
        }
    }
}

#[tokio::test]
async fn the_shop_answers_by_the_state_of_its_event_and_organisation() {
    let (mut town, first) = Town::build().await;
    // An event of which nothing is sold yet can be brought into every state.
    let item = town.north.names["other item"].clone();
    town.north.names.extend([("event", "other".to_owned()), ("items", item)]);
    for state in ["live", "draft", "cancelled", "archived", "suspended"] {
        for row in table("States") {
            town.renew(&first).await;
            bring_into(&town, state).await;
            let path = path_of(&town, &row, &town.north);
            let before = town.rows().await;
            let answered = ask(&town, &row, &Carrying::Nothing, &path).await;
            assert_eq!(answered.outcome(), row.cell(state), "{state} {}: {}", row.route(), answered.text());
            assert!(answered.status < 400 || town.rows().await == before, "{state} {}", row.route());
        }
    }
}

#[tokio::test]
async fn what_was_sold_stays_good_while_its_organisation_is_suspended_and_nothing_more_is_sold() {
    let (mut town, first) = Town::build().await;
    let sells = ["/orders", "/hold", "/orders/new"];
    let closed = table("States");
    let owner = Carrying::Token(town.north.staff["owner"].0.clone());
    for row in table("Everybody") {
        let path = path_of(&town, &row, &town.north);
        let is_sale = row.method == "POST" && sells.iter().any(|end| row.path.ends_with(end));
        town.renew(&first).await;
        bring_into(&town, "suspended").await;
        let staff = ask(&town, &row, &owner, &path).await;
        let refused = ["409", "422"].contains(&&*staff.outcome());
        let holds = if is_sale { refused } else { staff.outcome() == row.cell("owner").replace(" / ok", "") };
        assert!(holds, "{}: {}", row.route(), staff.text());
        town.renew(&first).await;
        bring_into(&town, "suspended").await;
        let word = word_for(&town, &row).unwrap_or_default();
        let answered = ask(&town, &row, &Carrying::Nothing, &with_word(&path, &word)).await;
        let line = table("Links").into_iter().find(|line| line.route() == row.route());
        let shop = closed.iter().find(|line| line.route() == row.route());
        let expected = line.map(|line| line.cell("its link")).or(shop.map(|line| line.cell("suspended")));
        assert_eq!(answered.outcome(), expected.unwrap_or(row.cell("nobody")), "{}", row.route());
    }
}

async fn bring_into(town: &Town, state: &str) {
    let (who, path, body) = match state {
        "live" => return,
        "suspended" => (&town.platform.0, String::new(), json!({"status": "suspended"})),
        state => (&town.north.staff["owner"].0, "/events/other".to_owned(), json!({"status": state})),
    };
    let request = Carrying::Token(who.clone()).request("PATCH", &format!("/api/v1/organisations/north{path}"));
    let changed = town.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(changed.status, 200, "{state}: {}", changed.text());
}

#[tokio::test]
async fn what_is_somebody_elses_and_what_is_not_there_are_the_same_bytes() {
    let (town, _) = Town::build().await;
    let owner = Carrying::Token(town.south.staff["owner"].0.clone());
    for row in table("Everybody") {
        let theirs = ["/api/v1/organisations/{org}", "/dashboard/{org}"].iter().any(|base| row.path.starts_with(base));
        if !theirs || row.cell("stranger") != "404" {
            continue;
        }
        let foreign = path_of(&town, &row, &town.north);
        let found = ask(&town, &row, &owner, &foreign).await;
        let nowhere = ask(&town, &row, &owner, &foreign.replacen("/north", "/nowhere", 1)).await;
        assert_eq!((found.status, &found.bytes), (nowhere.status, &nowhere.bytes), "{}", row.route());
        for place in places(&row.path).into_iter().filter(|place| !["{org}", "{place}"].contains(place)) {
            let thing = thing_at(&row.path, place);
            let own = path_of(&town, &row, &town.south);
            let own_name = name_of(&town, &town.south, thing);
            // Their names are ours too where they are words: what is only theirs has a number.
            let others = match thing {
                "event" | "series" => vec!["elsewhere".to_owned()],
                thing => vec![name_of(&town, &town.north, thing), "0ujtsYcgvSTl8PAuAdqWYSMnLOv".to_owned()],
            };
            let mut answers = Vec::new();
            for other in others {
                let path = own.replace(&own_name, &other);
                answers.push(town.send(request_at(&town.south, &row, &owner, &path)).await);
            }
            // Checking in a ticket that is not there is answered with a verdict.
            let refused = if row.route().ends_with("/check-in") && thing == "number" { [404, 200] } else { [404; 2] };
            for answered in &answers {
                assert!(refused.contains(&answered.status), "{} {thing}: {}", row.route(), answered.text());
                assert_eq!(answered.bytes, answers[0].bytes, "{} {thing}", row.route());
            }
        }
    }
}

#[tokio::test]
async fn a_thing_of_one_event_is_not_found_at_another_of_the_same_organisation() {
    let (mut town, first) = Town::build().await;
    let owner = Carrying::Token(town.north.staff["owner"].0.clone());
    for row in table("Everybody") {
        let is_of_event = row.path.contains("{event}") && places(&row.path).len() > 2;
        // Whoever checks in names a door too, which is as foreign.
        if !is_of_event || row.path.ends_with("/check-in") {
            continue;
        }
        let path = path_of(&town, &row, &town.north).replace("/gala/", "/other/");
        let answered = ask(&town, &row, &owner, &path).await;
        assert_eq!(answered.outcome(), "404", "{}: {}", row.route(), answered.text());
        assert!(!town.is_changed(&first).await, "{}", row.route());
        town.renew(&first).await;
    }
}
