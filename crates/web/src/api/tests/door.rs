//! Doors, wristbands, scans, and the list that phones take along.

use super::*;

fn scan(id: &str, door: &str, barcode: &Json) -> Json {
    json!({"id": id, "door": door, "barcode": barcode, "device": "phone-1", "mode": "online", "scanned_at": "2026-12-04T20:00:00Z"})
}

struct Night {
    client: Client,
    scanner: String,
    door: String,
    barcode: Json,
    item: String,
}

async fn night() -> Night {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({"day": "2026-12-04"})).await;
    let door = json!({"name": "Main", "items": [item], "reentry": true});
    let door =
        client.post(&client.owner, &format!("{E}/doors"), &door).await.expect(201)["id"].as_str().unwrap().to_owned();
    let placed = client.post("", &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let scanner = client.token("door").await;
    Night { scanner, door, barcode: placed["tickets"][0]["barcode"].clone(), item, client }
}

#[tokio::test]
async fn a_ticket_is_admitted_once_and_a_record_that_comes_again_is_answered_alike() {
    let Night { client, scanner, door, barcode, item } = night().await;
    let path = format!("{E}/scans");
    let records = json!({"scans": [scan("scan-0001", &door, &barcode), scan("scan-0002", &door, &barcode)]});
    let first = client.post(&scanner, &path, &records).await;
    let results = first.expect(200)["results"].clone();
    assert_eq!((&results[0]["verdict"], &results[1]["verdict"]), (&json!("admitted"), &json!("already_in")));
    assert_eq!((&results[0]["items"], &results[0]["at"]), (&json!([item]), &json!("2026-12-04T20:00:00Z")));
    assert_eq!(results[1]["facts"]["door"], json!("Main"));
    let again = client.post(&scanner, &path, &records).await;
    assert_eq!(again.text, first.text);
    let keyed = |records: &Json| {
        let request = request(Method::POST, &scanner, &path).header("idempotency-key", "k");
        client.send(request.body(Body::from(records.to_string())).unwrap())
    };
    assert_eq!(keyed(&records).await.text, first.text);
    keyed(&json!({"scans": [scan("scan-0003", &door, &barcode)]})).await.faults(422, "idempotency_key_reused");
    let number = results[0]["ticket"]["number"].as_str().unwrap();
    let ticket = client.get(&client.owner, &format!("{E}/tickets/{number}")).await.expect(200);
    assert_eq!(ticket["entitlements"][0]["admitted_at"], json!("2026-12-04T20:00:00Z"));
}

#[tokio::test]
async fn a_bad_record_never_spoils_the_rest() {
    let Night { client, scanner, door, barcode, .. } = night().await;
    let mut undo = scan("scan-0003", &door, &barcode);
    undo["action"] = json!("undo");
    let records = json!({"scans": [
        {"id": "scan-0001", "device": ""}, 7, scan("short", &door, &barcode), undo,
        scan("scan-0004", "aWgEPTl1tmebfsQzFP4bxwgy80V", &barcode), scan("scan-0005", &door, &json!("nonsense")),
        scan("scan-0006", &door, &barcode),
    ]});
    let results = client.post(&scanner, &format!("{E}/scans"), &records).await.expect(200)["results"].clone();
    let verdicts: Vec<&str> = results.as_array().unwrap().iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["invalid", "invalid", "invalid", "invalid", "invalid", "unreadable", "admitted"]);
    assert_eq!((&results[0]["id"], &results[1]["id"]), (&json!("scan-0001"), &Json::Null));
    assert!(results[0]["detail"].as_str().unwrap().contains("/barcode This is needed."), "{}", results[0]);
    assert!(results[3]["detail"].as_str().unwrap().contains("/undoes"));
}

#[tokio::test]
async fn a_request_has_1_to_200_records_and_whoever_may_not_scan_is_refused() {
    let Night { client, scanner, door, barcode, .. } = night().await;
    let path = format!("{E}/scans");
    assert_eq!(client.post(&scanner, &path, &json!({"scans": []})).await.faults(422, "invalid"), ["/scans too_few"]);
    let many: Vec<Json> = (0..201).map(|n| scan(&format!("scan-{n:0>4}"), &door, &barcode)).collect();
    assert_eq!(client.post(&scanner, &path, &json!({"scans": many})).await.faults(422, "invalid"), ["/scans too_long"]);
    let long = |n| format!("{n:0>64}");
    let all: Vec<Json> = (0..200).map(|n| scan(&long(n), &door, &barcode)).collect();
    assert!(json!({"scans": all}).to_string().len() > 64 << 10);
    client.post(&scanner, &path, &json!({"scans": all})).await.expect(200);
    let content = client.token("content").await;
    client.post(&content, &path, &json!({"scans": all})).await.faults(403, "forbidden");
}

#[tokio::test]
async fn wristbands_are_rules_and_are_handed_out() {
    let Night { client, scanner, door, barcode, item } = night().await;
    let path = format!("{E}/wristbands");
    let put = |body: &Json| request(Method::PUT, &client.owner, &path).body(Body::from(body.to_string())).unwrap();
    let rules = json!({"rules": [{"when": {"all": [item]}, "hand_out": {"name": "Full", "colour": "#808080", "material": "plastic"}, "skip": "rest"}]});
    let set = client.send(put(&rules)).await.expect(200);
    assert_eq!((&set["rules"][0]["skip"], &set["rules"][0]["when"]["any"]), (&json!("rest"), &json!([])));
    let wrong = json!({"rules": [{"hand_out": {"name": "X", "colour": "grey", "material": "p"}, "skip": ["Y"]}]});
    assert_eq!(client.send(put(&wrong)).await.faults(422, "invalid"), ["/rules/0/hand_out/colour malformed"]);
    let records = json!({"scans": [scan("scan-0001", &door, &barcode)]});
    let results = client.post(&scanner, &format!("{E}/scans"), &records).await.expect(200);
    assert_eq!(
        results["results"][0]["wristbands"],
        json!([{"name": "Full", "colour": "#808080", "material": "plastic"}])
    );
}

#[tokio::test]
async fn phones_take_a_list_along_and_then_only_what_changed() {
    let Night { client, scanner, door, barcode, item } = night().await;
    let path = format!("{E}/door-list");
    let list = client.get(&scanner, &path).await.expect(200);
    assert_eq!((&list["keys"][0]["status"], list["tickets"].as_array().unwrap().len()), (&json!("active"), 1));
    assert_eq!(list["tickets"][0]["entitlements"][0]["item"], json!(item));
    assert_eq!(list["tickets"][0].get("name"), None);
    client.house.clock.advance(60_000);
    let since = format!("{path}?since={}", list["cursor"].as_str().unwrap());
    client
        .post(&scanner, &format!("{E}/scans"), &json!({"scans": [scan("scan-0001", &door, &barcode)]}))
        .await
        .expect(200);
    let delta = client.get(&scanner, &since).await.expect(200);
    assert_eq!(delta["tickets"][0]["entitlements"][0]["admitted_at"], json!("2026-12-04T20:00:00Z"));
    assert_eq!(client.get(&scanner, &format!("{path}?since=x")).await.faults(422, "invalid"), ["/since malformed"]);
}

#[tokio::test]
async fn doors_are_changed_and_deleted() {
    let Night { client, door, item, .. } = night().await;
    let path = format!("{E}/doors/{door}");
    let times = json!({"opens_at": "2026-12-04T20:00:00Z", "closes_at": "2026-12-04T19:00:00Z"});
    assert_eq!(client.patch(&client.owner, &path, &times).await.faults(422, "invalid"), ["/closes_at not_after"]);
    let changed =
        client.patch(&client.owner, &path, &json!({"name": "Side", "tolerance_minutes": 15})).await.expect(200);
    assert_eq!(
        (&changed["name"], &changed["items"], &changed["reentry"]),
        (&json!("Side"), &json!([item]), &json!(true))
    );
    assert_eq!(client.ask(Method::DELETE, &client.owner, &path).await.status.as_u16(), 204);
    client.get(&client.owner, &path).await.faults(404, "not_found");
}

#[tokio::test]
async fn staff_check_a_ticket_in_by_hand_and_take_it_back() {
    let Night { client, scanner, door, .. } = night().await;
    let list = client.get(&scanner, &format!("{E}/tickets")).await.expect(200);
    let path = format!("{E}/tickets/{}/check-in", list["data"][0]["number"].as_str().unwrap());
    let first = client.post(&scanner, &path, &json!({"id": "by-hand-1", "door": door})).await.expect(200);
    assert_eq!((&first["id"], &first["verdict"]), (&json!("by-hand-1"), &json!("admitted")));
    let again = client.post(&scanner, &path, &json!({"door": door, "action": "reentry"})).await.expect(200);
    assert_eq!(again["verdict"], json!("admitted"));
    let undone = client.post(&scanner, &path, &json!({"door": door, "action": "undo", "undoes": "by-hand-1"})).await;
    assert_eq!(undone.expect(200)["verdict"], json!("undone"));
    let odd = client.post(&scanner, &path, &json!({"action": "undo", "override": {"reason": ""}})).await;
    assert_eq!(odd.faults(422, "invalid"), ["/door required", "/undoes required", "/override/reason empty"]);
    let shown = client.get(&client.owner, path.trim_end_matches("/check-in")).await.expect(200);
    let what: Vec<&str> =
        shown["history"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect();
    assert_eq!(what.len(), 4, "{what:?}");
}

#[tokio::test]
async fn doors_are_made_from_the_items_days_and_rules_are_tried_out() {
    let Night { client, item, .. } = night().await;
    let made = client.ask(Method::POST, &client.owner, &format!("{E}/doors/by-day")).await.expect(201);
    assert_eq!(made["data"][0]["name"], json!("Main, 2026-12-04"), "{made}");
    let again = client.ask(Method::POST, &client.owner, &format!("{E}/doors/by-day")).await.expect(201);
    assert_eq!(again["data"], json!([]));
    let rules = json!({"rules": [{"when": {"any": [item]}, "hand_out": {"name": "Day", "colour": "#FF0000", "material": "paper"}}]});
    let preview = client.post(&client.owner, &format!("{E}/wristbands/preview"), &rules).await.expect(200);
    assert_eq!(
        (&preview["data"][0]["tickets"], &preview["data"][0]["wristbands"][0]["name"]),
        (&json!(1), &json!("Day"))
    );
}
