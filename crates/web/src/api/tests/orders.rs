//! Orders and tickets.

use super::*;

fn key_of(order: &Json) -> String {
    order["manage_url"].as_str().unwrap().split_once("?key=").unwrap().1.to_owned()
}

#[tokio::test]
async fn the_public_orders_by_card_and_gets_a_hold_with_a_secret_link() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let order = client.post("", &format!("{E}/orders"), &order(&[&item], "card")).await.expect(201);
    assert_eq!((&order["state"], &order["total"]), (&json!("held"), &json!({"amount": 2_500, "currency": "GBP"})));
    assert_eq!(order["expires_at"], json!("2026-11-01T12:30:00Z"));
    assert!(order["pay_url"].as_str().unwrap().starts_with("http://127.0.0.1:8080/northern-salsa/mersey/orders/"));
    assert_eq!((&order["tickets"][0]["barcode"], &order["tickets"][0]["money"]), (&Json::Null, &json!("unpaid")));

    let path = format!("{E}/orders/{}", order["id"].as_str().unwrap());
    client.get("", &path).await.faults(401, "unauthenticated");
    client.get("", &format!("{path}?key=wrong")).await.faults(404, "not_found");
    let shown = client.get("", &format!("{path}?key={}", key_of(&order))).await.expect(200);
    assert_eq!(
        (&shown["buyer"]["email"], &shown["payments"], &shown["refunds"]),
        (&json!("ana@example.org"), &json!([]), &json!([]))
    );
    assert_eq!(client.get(&client.owner, &path).await.expect(200)["id"], order["id"]);
    let door = client.token("door").await;
    client.get(&door, &path).await.faults(403, "forbidden");
}

#[tokio::test]
async fn staff_take_cash_and_the_ticket_is_there_with_its_barcode() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let box_office = client.token("box_office").await;
    let order = client.post(&box_office, &format!("{E}/orders"), &order(&[&item], "cash")).await.expect(201);
    assert_eq!((&order["state"], &order["due"]["amount"]), (&json!("fulfilled"), &json!(0)));
    let number = order["tickets"][0]["number"].as_str().unwrap();
    let path = format!("{E}/tickets/{number}");
    let ticket = client.get(&box_office, &path).await.expect(200);
    assert!(ticket["barcode"].as_str().unwrap().starts_with("HTTP://127.0.0.1:8080/S/"));
    assert_eq!(ticket["entitlements"][0]["from"], json!({"item": item}));
    assert_eq!((&ticket["money"], &ticket["history"][0]["what"]), (&json!("paid"), &json!("issued")));
    let door = client.token("door").await;
    assert_eq!(client.get(&door, &path).await.expect(200)["barcode"], Json::Null);

    let list = client
        .get(&box_office, &format!("{E}/tickets?query=ana&item={item}&money=paid&admitted=false"))
        .await
        .expect(200);
    assert_eq!((&list["data"][0]["number"], &list["as_of"]), (&json!(number), &json!("2026-11-01T12:00:00Z")));
    let none = client.get(&box_office, &format!("{O}/tickets?event=mersey&status=void")).await.expect(200);
    assert_eq!(none["data"], json!([]));
    let odd = client.get(&box_office, &format!("{E}/tickets?status=gone&rate=A")).await;
    assert_eq!(odd.faults(422, "invalid"), ["/rate malformed", "/status not_one_of"]);
}

#[tokio::test]
async fn who_may_not_use_a_way_of_paying_is_told_where() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    for method in ["cash", "card_machine", "complimentary"] {
        let reply = client.post("", &format!("{E}/orders"), &order(&[&item], method)).await;
        assert_eq!(reply.faults(403, "method_not_allowed"), ["/payment/method method_not_allowed"], "{method}");
    }
    let free = client.post("", &format!("{E}/orders"), &order(&[&item], "free")).await;
    assert_eq!(free.faults(422, "invalid"), ["/payment/method not_free"]);
    let reader = client.post(&client.owner, &format!("{E}/orders"), &order(&[&item], "card_machine")).await.expect(201);
    assert_eq!(reader["payments"][0]["method"], json!("card_machine"));
}

#[tokio::test]
async fn an_order_is_refused_as_a_whole_with_all_that_is_wrong() {
    let client = client().await;
    let class = client.item("Class", 1_000, &json!({"roles": {"leader": 1, "follower": 1}})).await;
    let shape = json!({"buyer": {"email": "nobody"}, "tickets": [{"items": ["x"], "rate": "A"}, 3], "payment": {"method": "gold"}, "tip": 1,
        "expected_total": {"amount": 1, "currency": "EUR"}});
    assert_eq!(
        client.post("", &format!("{E}/orders"), &shape).await.faults(422, "invalid"),
        [
            "/buyer/email malformed",
            "/buyer/full_name required",
            "/tickets/0/rate malformed",
            "/tickets/0/items/0 malformed",
            "/tickets/1 wrong_type",
            "/payment/method not_one_of",
            "/expected_total/currency other_currency",
            "/tip unknown_field",
        ]
    );
    let mut meaning = order(&[&class], "card");
    meaning["tickets"] = json!([{"items": [class]}, {"passes": ["aWgEPTl1tmebfsQzFP4bxwgy80V"]}, {}]);
    assert_eq!(
        client.post("", &format!("{E}/orders"), &meaning).await.faults(422, "invalid"),
        ["/tickets/0/role role_needed", "/tickets/1/passes/0 unknown", "/tickets/2/passes too_few",]
    );
    let many = json!({"buyer": {"email": "a@b.org", "full_name": "A"}, "tickets": vec![json!({"items": [class]}); 101], "payment": {"method": "card"}});
    assert_eq!(client.post("", &format!("{E}/orders"), &many).await.faults(422, "invalid"), ["/tickets too_long"]);
}

#[tokio::test]
async fn sold_out_names_the_lines_that_did_not_fit_and_a_new_price_is_told() {
    let client = client().await;
    let (rare, plenty) =
        (client.item("Rare", 1_000, &json!({"capacity": 1})).await, client.item("Plenty", 500, &json!({})).await);
    let mut wanted = order(&[], "card");
    wanted["tickets"] = json!([{"items": [plenty, rare]}, {"items": [rare]}]);
    let reply = client.post("", &format!("{E}/orders"), &wanted).await;
    assert_eq!(reply.faults(409, "sold_out"), ["/tickets/0/items/1 sold_out", "/tickets/1/items/0 sold_out"]);
    let mut wanted = order(&[&plenty], "card");
    wanted["expected_total"] = json!({"amount": 400, "currency": "GBP"});
    let reply = client.post("", &format!("{E}/orders"), &wanted).await;
    reply.faults(409, "price_changed");
    assert_eq!(reply.json()["total"], json!({"amount": 500, "currency": "GBP"}));
}

#[tokio::test]
async fn a_hold_is_paid_by_staff_and_cancelled_by_whoever_has_its_link() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let held = client.post("", &format!("{E}/orders"), &order(&[&item], "bank_transfer")).await.expect(201);
    let path = format!("{E}/orders/{}", held["id"].as_str().unwrap());
    let payment = json!({"method": "bank_transfer", "amount": {"amount": 2_500, "currency": "GBP"}, "reference": "R1"});
    let by_public = client.post("", &format!("{path}/payments?key={}", key_of(&held)), &payment).await;
    by_public.faults(403, "forbidden");
    let too_much = json!({"method": "cash", "amount": {"amount": 2_501, "currency": "GBP"}});
    let reply = client.post(&client.owner, &format!("{path}/payments"), &too_much).await;
    assert_eq!(reply.faults(422, "invalid"), ["/amount/amount more_than_due"]);
    let paid = client.post(&client.owner, &format!("{path}/payments"), &payment).await.expect(201);
    assert_eq!((&paid["state"], &paid["payments"][0]["reference"]), (&json!("fulfilled"), &json!("R1")));

    let held = client.post("", &format!("{E}/orders"), &order(&[&item], "card")).await.expect(201);
    let path = format!("{E}/orders/{}/cancel?key={}", held["id"].as_str().unwrap(), key_of(&held));
    let odd = client.post("", &path, &json!({"why": "rain"})).await;
    assert_eq!(odd.faults(422, "invalid"), ["/why unknown_field"]);
    assert_eq!(client.ask(Method::POST, "", &path).await.expect(200)["state"], json!("cancelled"));
    assert_eq!(client.ask(Method::POST, "", &path).await.expect(200)["state"], json!("cancelled"));
}

#[tokio::test]
async fn names_are_given_later_and_a_ticket_with_another_holder_hides_its_barcode_from_the_buyer() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let mut wanted = order(&[&item], "at_door");
    wanted["tickets"] = json!([{"items": [item]}, {"items": [item]}]);
    let placed = client.post("", &format!("{E}/orders"), &wanted).await.expect(201);
    assert!(placed["tickets"][1]["barcode"].is_string());
    let path = format!("{E}/orders/{}?key={}", placed["id"].as_str().unwrap(), key_of(&placed));
    let second = placed["tickets"][1]["number"].clone();
    let names = json!({"tickets": [{"number": second, "full_name": "Bo", "email": "bo@example.org", "answers": {"meal": "vegan"}}]});
    let changed = client.patch("", &path, &names).await.expect(200);
    assert_eq!((&changed["tickets"][1]["full_name"], &changed["tickets"][1]["barcode"]), (&json!("Bo"), &Json::Null));
    assert!(changed["tickets"][0]["barcode"].is_string());
    assert_eq!(changed["tickets"][1]["answers"], json!({"meal": "vegan"}));
    let odd = json!({"tickets": [{}, {}, {"full_name": "Cy"}]});
    assert_eq!(client.patch("", &path, &odd).await.faults(422, "invalid"), ["/tickets/2 unknown"]);
}

#[tokio::test]
async fn a_ticket_is_reissued_resent_corrected_and_made_void() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({"capacity": 1})).await;
    let placed = client.post("", &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let ticket = &placed["tickets"][0];
    let path = format!("{E}/tickets/{}", ticket["number"].as_str().unwrap());
    let anew = client.ask(Method::POST, &client.owner, &format!("{path}/reissue")).await.expect(200);
    assert_ne!(anew["barcode"], ticket["barcode"]);
    client.ask(Method::POST, &client.owner, &format!("{path}/resend")).await.expect(200);
    let corrected = client.patch(&client.owner, &path, &json!({"full_name": "Anna", "notes": "VIP"})).await.expect(200);
    assert_eq!((&corrected["full_name"], &corrected["notes"]), (&json!("Anna"), &json!("VIP")));
    let void = client.ask(Method::POST, &client.owner, &format!("{path}/void")).await.expect(200);
    assert_eq!((&void["status"], &void["barcode"]), (&json!("void"), &Json::Null));
    client.ask(Method::POST, &client.owner, &format!("{path}/reissue")).await.faults(409, "changed");
    client.post("", &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    client.post("", &path, &json!({})).await.faults(405, "wrong_method");
}

#[tokio::test]
async fn an_events_orders_are_listed_for_whoever_sells() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    for _ in 0..3 {
        client.post("", &format!("{E}/orders"), &order(&[&item], "card")).await.expect(201);
    }
    let page = client.get(&client.owner, &format!("{E}/orders?limit=2")).await.expect(200);
    assert_eq!(page["data"].as_array().unwrap().len(), 2);
    let rest =
        client.get(&client.owner, &format!("{E}/orders?limit=2&cursor={}", page["next"].as_str().unwrap())).await;
    assert_eq!(rest.expect(200)["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn everybody_pays_by_what_the_event_offers_and_who_sells_by_what_they_take_as_well() {
    let client = client().await;
    client.patch(&client.owner, E, &json!({"payment_methods": ["free", "card"]})).await.expect(200);
    let item = client.item("Gala", 2_500, &json!({})).await;
    let (box_office, door) = (client.token("box_office").await, client.token("door").await);
    let told = ["/payment/method method_not_allowed"];
    for (token, method, allowed) in [
        (&box_office, "card", true),
        (&box_office, "cash", true),
        (&box_office, "complimentary", true),
        (&box_office, "bank_transfer", false),
        (&box_office, "at_door", false),
        (&door, "card", true),
        (&door, "cash", false),
        (&door, "at_door", false),
    ] {
        let reply = client.post(token, &format!("{E}/orders"), &order(&[&item], method)).await;
        if allowed {
            reply.expect(201);
        } else {
            assert_eq!(reply.faults(403, "method_not_allowed"), told, "{method}");
        }
    }
}

#[tokio::test]
async fn what_is_answered_later_is_merged_into_what_was_answered_before() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({})).await;
    let placed = client.post(&client.owner, &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let number = &placed["tickets"][0]["number"];
    let (by_order, by_ticket) =
        (format!("{E}/orders/{}", placed["id"].as_str().unwrap()), format!("{E}/tickets/{}", number.as_str().unwrap()));
    let said = |answers: Json| json!({"tickets": [{"number": number, "answers": answers}]});
    client.patch(&client.owner, &by_order, &said(json!({"meal": "vegan", "level": 2}))).await.expect(200);
    let order = client.patch(&client.owner, &by_order, &said(json!({"level": null, "size": "M"}))).await.expect(200);
    assert_eq!(order["tickets"][0]["answers"], json!({"meal": "vegan", "size": "M"}));
    let change = json!({"answers": {"size": "L", "meal": null}, "notes": "VIP"});
    let ticket = client.patch(&client.owner, &by_ticket, &change).await.expect(200);
    assert_eq!((&ticket["answers"], &ticket["notes"]), (&json!({"size": "L"}), &json!("VIP")));
    let bare = client.patch(&client.owner, &by_ticket, &json!({"full_name": null, "notes": null})).await.expect(200);
    assert_eq!((&bare["full_name"], &bare["notes"], &bare["answers"]["size"]), (&Json::Null, &json!(""), &json!("L")));
    let stale = request(Method::PATCH, &client.owner, &by_ticket).header("if-match", "1");
    client.send(stale.body(Body::from(r#"{"notes": "late"}"#)).unwrap()).await.faults(409, "changed");
    let many: serde_json::Map<String, Json> = (0..50).map(|n| (format!("q{n}"), json!(n))).collect();
    let reply = client.patch(&client.owner, &by_order, &said(many.into())).await;
    assert_eq!(reply.faults(422, "invalid"), ["/tickets/0/answers too_long"]);
}

#[tokio::test]
async fn a_buyers_name_is_corrected_at_any_time_and_their_address_until_there_are_tickets() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({})).await;
    let placed = client.post(&client.owner, &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let path = format!("{E}/orders/{}", placed["id"].as_str().unwrap());
    let named = client.patch(&client.owner, &path, &json!({"buyer": {"full_name": "Anna"}})).await.expect(200);
    assert_eq!(named["buyer"], json!({"email": "ana@example.org", "full_name": "Anna"}));
    let moved = client.patch(&client.owner, &path, &json!({"buyer": {"email": "b@example.org"}})).await;
    assert_eq!(moved.faults(422, "invalid"), ["/buyer/email wrong_state"]);
    let nobody = json!({"tickets": [{"number": "aWgEPTl1tmebfsQzFP4bxwgy80V", "full_name": "X"}]});
    let reply = client.patch(&client.owner, &path, &nobody).await;
    assert_eq!(reply.faults(422, "invalid"), ["/tickets/0/number unknown"]);
}

#[tokio::test]
async fn a_list_shows_barcodes_to_whoever_may_see_them_and_is_narrowed_to_an_event() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({})).await;
    client.post(&client.owner, &format!("{O}/events"), &event("other")).await.expect(201);
    let placed = client.post(&client.owner, &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let (door, barcode) = (client.token("door").await, &placed["tickets"][0]["barcode"]);
    for path in [format!("{E}/tickets"), format!("{O}/tickets?event=mersey"), format!("{E}/tickets?event=mersey")] {
        assert_eq!(&client.get(&client.owner, &path).await.expect(200)["data"][0]["barcode"], barcode, "{path}");
        assert_eq!(client.get(&door, &path).await.expect(200)["data"][0]["barcode"], Json::Null, "{path}");
    }
    for path in [format!("{E}/tickets?event=other"), format!("{O}/tickets?event=other")] {
        assert_eq!(client.get(&client.owner, &path).await.expect(200)["data"], json!([]), "{path}");
    }
}

#[tokio::test]
async fn money_that_comes_in_parts_is_told_ticket_by_ticket_by_each_payment() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let mut two = order(&[&item], "bank_transfer");
    two["tickets"] = json!([{"items": [item]}, {"items": [item]}]);
    let held = client.post(&client.owner, &format!("{E}/orders"), &two).await.expect(201);
    let path = format!("{E}/orders/{}/payments", held["id"].as_str().unwrap());
    let pay = |method: &str, amount: i64| json!({"method": method, "amount": {"amount": amount, "currency": "GBP"}});
    client.post(&client.owner, &path, &pay("bank_transfer", 3_000)).await.expect(201);
    let paid = client.post(&client.owner, &path, &pay("cash", 2_000)).await.expect(201);
    let mut told = Vec::new();
    for ticket in paid["tickets"].as_array().unwrap() {
        let shown =
            client.get(&client.owner, &format!("{E}/tickets/{}", ticket["number"].as_str().unwrap())).await.expect(200);
        let sales = shown["sales"].as_array().unwrap().clone();
        let mut sales: Vec<_> =
            sales.iter().map(|sale| (sale["method"].clone(), sale["amount"]["amount"].clone())).collect();
        sales.sort_by_key(|(method, _)| method.to_string());
        told.push(sales);
    }
    let (bank, cash) = (json!("bank_transfer"), json!("cash"));
    assert_eq!(told, [vec![(bank.clone(), json!(2_500))], vec![(bank, json!(500)), (cash, json!(2_000))]]);
}

#[tokio::test]
async fn a_buyer_gives_a_ticket_on_and_cannot_take_it_back() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({})).await;
    let placed = client.post("", &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let word = placed["manage_url"].as_str().unwrap().split("key=").nth(1).unwrap().to_owned();
    let path = format!("{E}/orders/{}?key={word}", placed["id"].as_str().unwrap());
    let given = client.patch("", &path, &json!({"tickets": [{"email": "bo@example.org"}]})).await.expect(200);
    assert_eq!(given["tickets"][0]["barcode"], Json::Null, "the buyer does not see it any more");
    for back in [json!(null), json!("ana@example.org"), json!("eve@example.org")] {
        let reply = client.patch("", &path, &json!({"tickets": [{"email": back}]})).await;
        assert_eq!(reply.faults(422, "invalid"), ["/tickets/0/email wrong_state"]);
    }
    let named = client.patch("", &path, &json!({"tickets": [{"full_name": "Bo"}]})).await.expect(200);
    assert_eq!(named["tickets"][0]["full_name"], json!("Bo"));
    let number = placed["tickets"][0]["number"].as_str().unwrap();
    let shown = client.get(&client.owner, &format!("{E}/tickets/{number}")).await.expect(200);
    assert_ne!(shown["barcode"], placed["tickets"][0]["barcode"], "the one that the buyer saw is void");
}

#[tokio::test]
async fn what_a_pass_brings_counts_towards_the_most_that_fit_on_a_ticket() {
    let client = client().await;
    let dinner = client.item("Dinner", 2_500, &json!({"type": "physical"})).await;
    let pass = client.pass("Full", &[&dinner], 4_000).await;
    let with = |dinners: usize| {
        let mut wanted = order(&[], "cash");
        wanted["tickets"] = json!([{"passes": [pass], "items": vec![&dinner; dinners]}]);
        wanted
    };
    let path = format!("{E}/orders");
    let reply = client.post(&client.owner, &path, &with(10)).await;
    assert_eq!(reply.faults(422, "invalid"), ["/tickets/0/items/9 repeated"]);
    let placed = client.post(&client.owner, &path, &with(9)).await.expect(201);
    assert_eq!(placed["tickets"][0]["entitlements"][0]["quantity"], json!(10));
}

#[tokio::test]
async fn what_staff_put_right_on_one_ticket_stays_when_the_buyer_names_another() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({})).await;
    let mut two = order(&[&item], "free");
    two["tickets"] = json!([{"items": [item]}, {"items": [item], "full_name": "Jon", "answers": {"diet": "none"}}]);
    let placed = client.post(&client.owner, &format!("{E}/orders"), &two).await.expect(201);
    let second = format!("{E}/tickets/{}", placed["tickets"][1]["number"].as_str().unwrap());
    let right = json!({"full_name": "John", "answers": {"diet": "vegan"}});
    client.patch(&client.owner, &second, &right).await.expect(200);
    let path = format!("{E}/orders/{}", placed["id"].as_str().unwrap());
    client.patch(&client.owner, &path, &json!({"tickets": [{"full_name": "Ana"}]})).await.expect(200);
    let shown = client.get(&client.owner, &second).await.expect(200);
    assert_eq!((&shown["full_name"], &shown["answers"]["diet"]), (&json!("John"), &json!("vegan")));
}
