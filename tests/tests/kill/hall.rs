//! What is sold and where: an event with a pass, items, little of one of them, and two doors.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use tests::http::{Ask, Client};

use crate::ledger::Kept;

/// The event, and all that a clerk must know to work there.
pub struct Hall {
    /// The token of the organisation's owner.
    pub token: String,
    /// A pass of all classes.
    pub pass: String,
    /// Two classes, with much room.
    pub classes: [String; 2],
    /// A party with so little room that it is sold out soon.
    pub party: String,
    /// Costs nothing.
    pub social: String,
    /// For classes, and for the rest.
    pub doors: [String; 2],
    /// A moment of the server's clock.
    pub now: String,
}

/// The event's address in the API.
pub const EVENT: &str = "/api/v1/organisations/club/events/ball";

impl Hall {
    /// Makes it.
    pub async fn set_up(client: &mut Client, token: &str) -> Self {
        let event = json!({
            "slug": "ball", "title": "The Ball", "starts_at": "2090-05-05T18:00:00Z", "ends_at": "2090-05-07T18:00:00Z",
            "capacity": 50_000, "payment_methods": ["free", "bank_transfer", "at_door"], "status": "live",
        });
        make(client, token, "/api/v1/organisations/club/events", &event).await;
        let solo =
            item(client, token, json!({"name": "Solo", "prices": {"standard": 2_000}, "capacity": 40_000})).await;
        let pairs = item(client, token, json!({"name": "Pairs", "prices": {"standard": 1_500}})).await;
        let party = item(client, token, json!({"name": "Party", "prices": {"standard": 500}, "capacity": 25})).await;
        let social = item(client, token, json!({"name": "Social", "prices": {"standard": 0}})).await;
        let classes = [solo, pairs];
        let steps = json!([{"name": "Early", "prices": {"standard": 2_500}, "until_sold": 150}, {"name": "Late", "prices": {"standard": 3_000}}]);
        let pass = json!({"name": "All", "includes": [classes[0], classes[1], social], "live": true, "pricing_schedule": steps});
        let pass = made(client, token, "passes", &pass).await;
        let door = json!({"name": "Classes", "items": classes, "reentry": false});
        let other = json!({"name": "Parties", "items": [party, social], "reentry": false});
        let doors = [made(client, token, "doors", &door).await, made(client, token, "doors", &other).await];
        let list = client.send(&Ask::get(format!("{EVENT}/door-list")).by(token)).await.expect(200);
        let now = list["server_time"].as_str().unwrap().to_owned();
        Self { token: token.to_owned(), pass, classes, party, social, doors, now }
    }

    /// The event has these orders, each once, and no others.
    pub async fn holds_only(&self, client: &mut Client, kept: impl Iterator<Item = &Kept>) {
        let kept: BTreeMap<&str, &Kept> = kept.map(|order| (order.id(), order)).collect();
        let mut found = BTreeMap::new();
        let mut cursor = String::new();
        loop {
            let ask = Ask::get(format!("{EVENT}/orders?limit=200{cursor}")).by(&self.token);
            let page = client.send(&ask).await.expect(200);
            for order in page["data"].as_array().unwrap() {
                let id = order["id"].as_str().unwrap();
                assert!(kept.contains_key(id), "nobody was told of this order: {order}");
                assert_eq!(order["state"], kept[id].shown()["state"], "{order}");
                let buyer = order["buyer"]["email"].as_str().unwrap().to_owned();
                assert!(found.insert(buyer, id.to_owned()).is_none(), "a second order of the same buyer: {order}");
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found.len(), kept.len(), "orders are lost");
    }
}

async fn item(client: &mut Client, token: &str, mut item: Json) -> String {
    item["type"] = "party".into();
    item["live"] = true.into();
    made(client, token, "items", &item).await
}

async fn made(client: &mut Client, token: &str, what: &str, body: &Json) -> String {
    let made = make(client, token, &format!("{EVENT}/{what}"), body).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn make(client: &mut Client, token: &str, path: &str, body: &Json) -> Json {
    client.send(&Ask::post(path, body).by(token)).await.expect(201)
}
