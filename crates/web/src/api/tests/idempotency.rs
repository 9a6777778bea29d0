//! The same request twice.

use super::*;

fn keyed(path: &str, token: &str, key: &str, body: &Json) -> Request<Body> {
    request(Method::POST, token, path).header("idempotency-key", key).body(Body::from(body.to_string())).unwrap()
}

#[tokio::test]
async fn the_same_request_with_the_same_key_takes_effect_once() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({"capacity": 1})).await;
    let path = format!("{E}/orders");
    let body = order(&[&item], "card");
    let first = client.send(keyed(&path, "", "k-1", &body)).await;
    let again = client.send(keyed(&path, "", "k-1", &body)).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert_eq!(first.text, again.text);
    client.send(keyed(&path, "", "k-2", &body)).await.faults(409, "sold_out");
    let other = order(&[&item], "at_door");
    client.send(keyed(&path, "", "k-1", &other)).await.faults(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({"capacity": 0})).await;
    let path = format!("{E}/orders");
    let body = order(&[&item], "card");
    client.send(keyed(&path, "", "k-1", &body)).await.faults(409, "sold_out");
    client.patch(&client.owner, &format!("{E}/items/{item}"), &json!({"capacity": 1})).await.expect(200);
    client.send(keyed(&path, "", "k-1", &body)).await.expect(201);
}

#[tokio::test]
async fn a_key_is_the_callers_own() {
    let client = client().await;
    let manager = client.token("manager").await;
    let item = |name: &str| json!({"name": name, "type": "party", "live": true});
    let path = format!("{E}/items");
    let first = client.send(keyed(&path, &client.owner, "k", &item("A"))).await.expect(201);
    let second = client.send(keyed(&path, &manager, "k", &item("B"))).await.expect(201);
    assert_ne!(first["id"], second["id"]);
}

#[tokio::test]
async fn what_is_made_is_made_once_whatever_it_is() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let step = json!({"name": "Now", "prices": {"standard": 1}});
    for (path, body) in [
        (format!("{O}/events"), event("second")),
        (format!("{O}/series"), json!({"slug": "weekly", "title": "Weekly"})),
        (format!("{E}/items"), json!({"name": "Dinner", "type": "physical", "live": true})),
        (format!("{E}/passes"), json!({"name": "Full", "includes": [item], "pricing_schedule": [step], "live": true})),
        (format!("{E}/doors"), json!({"name": "Main", "items": [item], "reentry": false})),
        (format!("{E}/doors/by-day"), json!({"name": "Side"})),
        (format!("{O}/staff"), json!({"email": "door@example.org", "role": "door"})),
    ] {
        let first = client.send(keyed(&path, &client.owner, "k", &body)).await;
        let again = client.send(keyed(&path, &client.owner, "k", &body)).await;
        assert_eq!((first.status.as_u16(), &first.text), (201, &again.text), "{path}");
        let other = client.send(keyed(&path, &client.owner, "k", &json!({}))).await;
        other.faults(422, "idempotency_key_reused");
    }
}

#[tokio::test]
async fn of_equal_requests_at_once_all_get_the_answer_of_the_one_that_acted() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({"capacity": 1})).await;
    let (path, body) = (format!("{E}/orders"), order(&[&item], "card"));
    let send = || client.send(keyed(&path, "", "k-1", &body));
    let (a, b, c) = tokio::join!(send(), send(), send());
    assert_eq!(a.status.as_u16(), 201, "{}", a.text);
    assert_eq!((&a.text, &b.text), (&b.text, &c.text));
}

#[tokio::test]
async fn an_order_that_takes_several_transactions_has_one_answer_as_well() {
    let client = client().await;
    let items = [client.item("Gala", 2_500, &json!({})).await, client.item("Brunch", 1_500, &json!({})).await];
    let path = format!("{E}/orders");
    let mut body = order(&[&items[0], &items[1]], "at_door");
    body["tickets"] = vec![body["tickets"][0].clone(); 30].into();
    let send = || client.send(keyed(&path, "", "k-1", &body));
    let (first, second) = tokio::join!(send(), send());
    let again = send().await;
    assert_eq!(first.expect(201)["state"], "fulfilled");
    assert_eq!((&first.text, &first.text), (&second.text, &again.text));

    let order = first.json();
    let path = format!("{path}/{}/payments", order["id"].as_str().unwrap());
    let body = json!({"method": "cash", "amount": order["due"]});
    let pay = || client.send(keyed(&path, &client.owner, "k-1", &body));
    let (first, second) = tokio::join!(pay(), pay());
    let again = pay().await;
    assert_eq!(first.expect(201)["due"]["amount"], 0);
    assert_eq!(first.json()["payments"].as_array().unwrap().len(), 1);
    assert_eq!((&first.text, &first.text), (&second.text, &again.text));
}

#[tokio::test]
async fn a_barcode_is_made_anew_once_and_mailed_once_however_often_it_is_asked_for() {
    let client = client().await;
    let item = client.item("Gala", 2_500, &json!({})).await;
    let order = client.post(&client.owner, &format!("{E}/orders"), &order(&[&item], "cash")).await.expect(201);
    let path = format!("{E}/tickets/{}", order["tickets"][0]["number"].as_str().unwrap());
    for (deed, happening) in [("reissue", "reissued"), ("resend", "resent")] {
        let address = format!("{path}/{deed}");
        let send = || client.send(keyed(&address, &client.owner, "k-1", &json!({})));
        let (first, second) = tokio::join!(send(), send());
        let again = send().await;
        assert_eq!((&first.text, &first.text), (&second.text, &again.text));
        let shown = client.get(&client.owner, &path).await;
        assert_eq!(first.expect(200), shown.expect(200), "answered as its GET shows it");
        let history = first.json()["history"].as_array().unwrap().clone();
        assert_eq!(history.iter().filter(|line| line["what"] == happening).count(), 1, "{history:?}");
    }
    let waiting = client.house.engine.waiting_letters(None, 10).await.unwrap();
    assert_eq!(waiting.len(), 3, "the order's, the new barcode's, and the one that was sent again");
}
