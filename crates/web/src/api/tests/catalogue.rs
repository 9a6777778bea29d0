//! Organisations, series, events, items, passes, and what can be bought.

use super::*;

#[tokio::test]
async fn an_event_is_made_shown_listed_and_changed() {
    let client = client().await;
    let event = client.get(&client.owner, E).await;
    assert_eq!(event.headers["etag"], "\"1\"");
    let event = event.expect(200);
    assert_eq!((&event["starts_at"], &event["time_zone"]), (&json!("2026-12-04T18:00:00Z"), &json!("Europe/London")));
    assert_eq!((&event["hold_minutes"], &event["revision"]), (&json!(30), &json!(1)));
    let list = client.get(&client.owner, &format!("{O}/events")).await.expect(200);
    assert_eq!((list["data"].as_array().unwrap().len(), &list["next"]), (1, &Json::Null));

    let patch = json!({"title": "Mersey", "venue": {"name": "Town Hall"}, "capacity": 200});
    let changed = client.patch(&client.owner, E, &patch).await.expect(200);
    assert_eq!((&changed["title"], &changed["capacity"]), (&json!("Mersey"), &json!(200)));
    assert!(changed["revision"].as_u64() > event["revision"].as_u64());
    let changed =
        client.patch(&client.owner, E, &json!({"capacity": null, "venue": {"address": "Dale St"}})).await.expect(200);
    assert_eq!(changed["capacity"], Json::Null);
    assert_eq!(changed["venue"], json!({"name": "Town Hall", "address": "Dale St"}));
}

#[tokio::test]
async fn a_patch_is_told_its_faults_like_a_whole_body() {
    let client = client().await;
    let patch = json!({"ends_at": "2026-12-01T00:00:00Z", "rates": [{"id": "x y", "name": "X"}], "colour": 1});
    let faults = client.patch(&client.owner, E, &patch).await.faults(422, "invalid");
    assert_eq!(faults, ["/ends_at not_after", "/rates/0/id malformed", "/colour unknown_field"]);
    let faults = client.patch(&client.owner, E, &json!({"slug": "another"})).await.faults(422, "invalid");
    assert_eq!(faults, ["/slug wrong_state"]);
    let faults = client.patch(&client.owner, E, &json!([])).await.faults(422, "invalid");
    assert_eq!(faults, [" wrong_type"]);
}

#[tokio::test]
async fn a_patch_of_an_older_revision_is_refused() {
    let client = client().await;
    let patch = |revision: &str| {
        let request = request(Method::PATCH, &client.owner, E).header("if-match", revision);
        request.body(Body::from(json!({"title": revision}).to_string())).unwrap()
    };
    client.send(patch("\"1\"")).await.expect(200);
    client.send(patch("1")).await.faults(409, "changed");
    client.send(patch("2")).await.expect(200);
}

#[tokio::test]
async fn a_slug_in_use_is_taken() {
    let client = client().await;
    let again = client.post(&client.owner, &format!("{O}/events"), &event("mersey")).await;
    assert_eq!(again.faults(409, "taken"), ["/slug taken"]);
    let organisation = json!({"slug": "api", "name": "X", "currency": "GBP", "time_zone": "Europe/London"});
    let reserved = client.post(&client.platform, "/api/v1/organisations", &organisation).await;
    assert_eq!(reserved.faults(422, "invalid"), ["/slug reserved"]);
}

#[tokio::test]
async fn an_items_prices_are_written_one_way_or_the_other() {
    let client = client().await;
    let items = format!("{E}/items");
    let step = json!({"name": "Early", "prices": {"standard": 1}});
    let both =
        json!({"name": "Gala", "type": "party", "live": true, "prices": {"standard": 1}, "pricing_schedule": [step]});
    assert_eq!(client.post(&client.owner, &items, &both).await.faults(422, "invalid"), ["/pricing_schedule excluded"]);
    let unknown = json!({"name": "Gala", "type": "party", "live": true, "prices": {"gold": 1}});
    assert_eq!(client.post(&client.owner, &items, &unknown).await.faults(422, "invalid"), ["/prices/gold unknown"]);

    let id = client.item("Gala", 2_500, &json!({})).await;
    let path = format!("{items}/{id}");
    let item = client.get(&client.owner, &path).await.expect(200);
    assert_eq!(item["prices"], json!({"standard": 2_500, "student": 1_250}));
    let item = client.patch(&client.owner, &path, &json!({"prices": {"student": 900}})).await.expect(200);
    assert_eq!(item["prices"], json!({"standard": 2_500, "student": 900}));
    let steps = json!([{"name": "Early", "prices": {"standard": 1}, "until_sold": 5}, {"name": "Late", "prices": {"standard": 2}}]);
    let item = client.patch(&client.owner, &path, &json!({"pricing_schedule": steps})).await.expect(200);
    assert_eq!((&item["prices"], item["pricing_schedule"].as_array().unwrap().len()), (&Json::Null, 2));
    let item = client.patch(&client.owner, &path, &json!({"prices": null})).await.expect(200);
    assert_eq!((&item["prices"], &item["pricing_schedule"]), (&Json::Null, &Json::Null));
}

#[tokio::test]
async fn an_item_keeps_all_that_was_said_of_it() {
    let client = client().await;
    let more = json!({"day": "2026-12-04", "capacity": 80, "roles": {"leader": 40, "follower": 40}, "sold_alone": false,
        "live": {"from_at": "2026-11-01T00:00:00+01:00"}, "description": "Two\nlines"});
    let id = client.item("Class", 1_000, &more).await;
    let item = client.get(&client.owner, &format!("{E}/items/{id}")).await.expect(200);
    assert_eq!(
        (&item["day"], &item["capacity"], &item["sold_alone"]),
        (&json!("2026-12-04"), &json!(80), &json!(false))
    );
    assert_eq!((&item["roles"], &item["live"]), (&more["roles"], &json!({"from_at": "2026-10-31T23:00:00Z"})));
    let gone = client.ask(Method::DELETE, &client.owner, &format!("{E}/items/{id}")).await;
    assert_eq!(gone.status.as_u16(), 204);
    client.get(&client.owner, &format!("{E}/items/{id}")).await.faults(404, "not_found");
}

#[tokio::test]
async fn everybody_sees_what_can_be_bought_and_what_it_saves() {
    let client = client().await;
    let (friday, saturday) = (
        client.item("Friday", 2_000, &json!({"capacity": 10})).await,
        client.item("Saturday", 3_000, &json!({})).await,
    );
    let pass = client.pass("Both", &[&friday, &saturday], 4_000).await;
    let options = client.get("", &format!("{E}/options")).await.expect(200);
    assert_eq!(options["currency"], json!("GBP"));
    let shown = &options["passes"][0];
    assert_eq!((&shown["id"], &shown["includes"]), (&json!(pass), &json!([friday, saturday])));
    assert_eq!((&shown["price"]["standard"], &shown["saving"]["standard"]), (&json!(4_000), &json!(1_000)));
    assert_eq!(shown["availability"], json!({"left": 10, "sold_out": false}));
    assert_eq!(
        (&options["items"][1]["availability"]["left"], &options["items"][1]["next_price"]),
        (&Json::Null, &Json::Null)
    );

    let quote = client
        .post("", &format!("{E}/quotes"), &json!({"items": [friday, saturday], "rate": "standard"}))
        .await
        .expect(200);
    assert_eq!(quote["lines"][0]["pass"], json!(pass));
    assert_eq!(
        (&quote["total"], &quote["saving"]["amount"]),
        (&json!({"amount": 4_000, "currency": "GBP"}), &json!(1_000))
    );
    let unknown = client.post("", &format!("{E}/quotes"), &json!({"items": [pass]})).await;
    assert_eq!(unknown.faults(422, "invalid"), ["/items/0 unknown"]);
}

#[tokio::test]
async fn drafts_are_not_seen_by_the_public() {
    let client = client().await;
    let mut draft = event("secret");
    draft["status"] = json!("draft");
    client.post(&client.owner, &format!("{O}/events"), &draft).await.expect(201);
    client.get("", &format!("{O}/events/secret/options")).await.faults(404, "not_found");
}

#[tokio::test]
async fn a_series_makes_its_next_event_as_a_copy_of_the_last() {
    let client = client().await;
    client
        .post(&client.owner, &format!("{O}/series"), &json!({"slug": "tuesdays", "title": "Tuesdays"}))
        .await
        .expect(201);
    let path = format!("{O}/series/tuesdays/events");
    let nothing = client.post(&client.owner, &path, &json!({"on": "2026-12-11"})).await;
    assert_eq!(nothing.faults(422, "invalid"), ["/title required", "/starts_at required", "/ends_at required"]);
    let mut whole = event("tuesdays-2026-12-04");
    whole["on"] = Json::Null;
    let first = client.post(&client.owner, &path, &whole).await.expect(201);
    assert_eq!(first["series"], json!("tuesdays"));
    let next = client.post(&client.owner, &path, &json!({"on": "2026-12-11"})).await.expect(201);
    assert_eq!((&next["slug"], &next["starts_at"]), (&json!("tuesdays-2026-12-11"), &json!("2026-12-11T18:00:00Z")));
    let odd = client.post(&client.owner, &path, &json!({"on": "2026-12-18", "title": "X"})).await;
    assert_eq!(odd.faults(422, "invalid"), ["/title unknown_field"]);
}

#[tokio::test]
async fn lists_are_read_page_by_page() {
    let client = client().await;
    for n in 1..5 {
        client.post(&client.owner, &format!("{O}/events"), &event(&format!("event-{n}"))).await.expect(201);
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&client.owner, &format!("{O}/events?limit=2{cursor}")).await.expect(200);
        seen.extend(page["data"].as_array().unwrap().iter().map(|event| event["slug"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    seen.sort();
    assert_eq!(seen, ["event-1", "event-2", "event-3", "event-4", "mersey"]);
}

#[tokio::test]
async fn every_list_takes_a_limit_and_a_cursor_and_tells_what_is_wrong_with_both() {
    let client = client().await;
    client.post(&client.owner, &format!("{O}/series"), &json!({"slug": "weekly", "title": "Weekly"})).await.expect(201);
    let (first, second) = (client.item("One", 0, &json!({})).await, client.item("Two", 0, &json!({})).await);
    client.pass("Both", &[&first, &second], 0).await;
    let door = json!({"name": "Main", "items": [first], "reentry": false});
    client.post(&client.owner, &format!("{E}/doors"), &door).await.expect(201);
    client.post(&client.owner, &format!("{E}/orders"), &order(&[&first], "free")).await.expect(201);
    let of_event = ["items", "passes", "doors", "orders", "tickets"].map(|list| format!("{E}/{list}"));
    let of_organisation = ["series", "events", "staff", "tokens", "tickets"].map(|list| format!("{O}/{list}"));
    for path in of_event.into_iter().chain(of_organisation) {
        let wrong = client.get(&client.owner, &format!("{path}?limit=201&cursor=-")).await;
        assert_eq!(wrong.faults(422, "invalid"), ["/limit out_of_range", "/cursor malformed"], "{path}");
        let page = client.get(&client.owner, &format!("{path}?limit=1")).await.expect(200);
        assert!(page["data"].as_array().unwrap().len() <= 1, "{path}");
    }
    let page = client.get(&client.owner, &format!("{E}/items?limit=1")).await.expect(200);
    let rest = client.get(&client.owner, &format!("{E}/items?cursor={}", page["next"].as_str().unwrap())).await;
    assert_eq!((&page["data"][0]["id"], &rest.expect(200)["data"][0]["id"]), (&json!(first), &json!(second)));
}

#[tokio::test]
async fn names_that_the_program_needs_are_given_to_nobody() {
    let client = client().await;
    let zone = json!({"slug": "api", "name": "A", "currency": "GBP", "time_zone": "Europe/London"});
    for (token, path, body) in [
        (&client.platform, "/api/v1/organisations".to_owned(), zone),
        (&client.owner, format!("{O}/events"), event("api")),
        (&client.owner, format!("{O}/series"), json!({"slug": "api", "title": "A"})),
    ] {
        assert_eq!(client.post(token, &path, &body).await.faults(422, "invalid"), ["/slug reserved"], "{path}");
    }
}
