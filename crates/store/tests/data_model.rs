//! `docs/data-model.md` against the code: its table of entities against the rows that records really make, and its
//! table of access patterns against the functions of `lookups`.
//!
//! Every row of the first table is a pattern. It is filled in with the identifiers of [`samples`], and what comes out
//! must be what a record made of the same identifiers says of itself, in all six columns. A new kind of record is a
//! line in the document and a sample here.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test, its helping functions included")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use domain::values::Ksuid;
use serde_json::{Value, json};
use store::record::{Record, SlugInUse};
use store::records::{
    EventTag, HashedLink, HashedSession, HashedToken, OfEvent, Operation, PurchaseRow, SealedKey, StockRow,
};
use store::row::Key;

const ORGANISATION: &str = "northern-salsa";
const SERIES: &str = "salsa-sundays";
const EVENT: &str = "mersey-latin-2026";
const EMAIL: &str = "ana@example.org";
const SCAN: &str = "scan-0001";
const SECOND: &str = "2026-12-04T18:30:00Z";
const DUE_AT: &str = "2026-12-04T18:30:00.250Z";

/// Identifiers that are KSUIDs, by the name of their placeholder; each has a text of its own.
const KSUIDS: [&str; 16] = [
    "admin", "change", "customer", "door", "history", "item", "order", "pass", "payment", "person", "sale", "staff",
    "step", "ticket", "token", "work",
];

fn id(name: &str) -> String {
    let index = KSUIDS.iter().position(|known| *known == name).expect("a name of KSUIDS");
    Ksuid::from_bytes([u8::try_from(index).unwrap() + 1; 20]).to_string()
}

/// `bytes` bytes in hexadecimal digits.
fn hash(bytes: usize) -> String {
    "5a".repeat(bytes)
}

/// What each placeholder of the document stands for.
fn samples() -> BTreeMap<String, String> {
    let event = format!("EVENT#{ORGANISATION}#{EVENT}");
    let mut samples: BTreeMap<String, String> = KSUIDS.iter().map(|name| ((*name).to_owned(), id(name))).collect();
    for (name, value) in [
        ("org", ORGANISATION),
        ("series", SERIES),
        ("event", EVENT),
        ("slug", EVENT),
        ("address", EMAIL),
        ("scan", SCAN),
        ("starts_at", SECOND),
        ("due_at", DUE_AT),
        ("position", "00007"),
        ("nnn", "003"),
        ("nn", "00"),
        ("tag", &hash(8)),
        ("scope", &hash(16)),
        ("key", &hash(16)),
        ("sha256", &hash(32)),
        ("E", &event),
        ("T", &format!("{event}#TICKET#{}", id("ticket"))),
    ] {
        samples.insert(name.to_owned(), value.to_owned());
    }
    samples
}

/// One row of the table of entities: its kind, and pk, sk, gsi1pk, gsi1sk, gsi2pk, gsi2sk, empty where there is none.
type Line = (String, [String; 6]);

fn line<T: Record>(value: Value) -> Line {
    let value: T = serde_json::from_value(value).unwrap_or_else(|error| panic!("a sample of {}: {error}", T::ENTITY));
    let keys = [Some(value.key()), value.gsi1(), value.gsi2()];
    let columns = keys.into_iter().flat_map(|key| key.map_or_else(Default::default, |key: Key| [key.pk, key.sk]));
    let columns: Vec<String> = columns.collect();
    (T::ENTITY.to_owned(), columns.try_into().expect("six columns"))
}

fn event_ref() -> Value {
    json!({ "organisation": ORGANISATION, "event": EVENT })
}

fn merged(mut value: Value, more: Value) -> Value {
    let (Value::Object(into), Value::Object(more)) = (&mut value, more) else { panic!("two objects") };
    into.extend(more);
    value
}

/// What the records say of themselves.
fn lines_of_the_code() -> BTreeSet<Line> {
    let groups = [lines_of_catalogue(), lines_of_people(), lines_of_orders(), lines_of_tickets(), lines_of_platform()];
    groups.into_iter().flatten().collect()
}

fn lines_of_catalogue() -> Vec<Line> {
    let event = json!({
        "event": event_ref(), "title": "Mersey Latin", "starts_at": SECOND, "ends_at": "2026-12-07T03:00:00Z",
        "time_zone": "Europe/London", "rates": [], "payment_methods": [], "hold_minutes": 30, "status": "live",
    });
    let thing = json!({ "event": event_ref(), "name": "Friday party", "live": true, "position": 7 });
    let item = json!({ "id": id("item"), "kind": "party", "sold_alone": true });
    let pass = json!({ "id": id("pass"), "includes": [id("item")], "pricing": [] });
    vec![
        line::<domain::organisations::Organisation>(json!({
            "slug": ORGANISATION, "name": "Northern Salsa", "currency": "GBP", "time_zone": "Europe/London",
            "status": "active", "fee": 0,
        })),
        line::<SlugInUse>(json!({ "organisation": ORGANISATION, "slug": EVENT, "what": "event" })),
        line::<domain::catalogue::Series>(json!({ "organisation": ORGANISATION, "slug": SERIES, "title": "Sundays" })),
        line::<domain::catalogue::Event>(event.clone()),
        line::<domain::catalogue::Event>(merged(event, json!({ "series": SERIES }))),
        line::<domain::catalogue::Item>(merged(thing.clone(), item)),
        line::<domain::catalogue::Pass>(merged(thing, pass)),
        line::<EventTag>(json!({ "tag": hash(8), "event": event_ref() })),
        line::<SealedKey>(json!({
            "event": event_ref(), "id": 3, "public": hash(32), "sealed": "", "status": "active",
        })),
        line::<domain::door::Door>(json!({ "id": id("door"), "event": event_ref(), "name": "Main", "items": [] })),
    ]
}

fn lines_of_people() -> Vec<Line> {
    use domain::people::{Address, Admin, Customer, Person, Staff};
    let person = json!({ "person": id("person"), "email": EMAIL });
    let of_organisation = json!({ "organisation": ORGANISATION });
    let staff = merged(person.clone(), of_organisation.clone());
    let expires = json!({ "person": id("person"), "expires_at": SECOND });
    let token = |grant: Value| json!({ "secret_hash": hash(32), "token": { "id": id("token"), "name": "box office", "grant": grant } });
    vec![
        line::<Person>(json!({ "id": id("person"), "email": EMAIL })),
        line::<Address>(person.clone()),
        line::<Address>(merged(staff.clone(), json!({ "customer": id("customer") }))),
        line::<Customer>(merged(staff.clone(), json!({ "id": id("customer") }))),
        line::<Staff>(merged(staff, json!({ "id": id("staff"), "role": "door" }))),
        line::<Admin>(merged(person, json!({ "id": id("admin") }))),
        line::<HashedToken>(token(json!({ "staff": merged(of_organisation, json!({ "role": "door" })) }))),
        line::<HashedToken>(token(json!("platform"))),
        line::<HashedLink>(json!({ "secret_hash": hash(32), "link": expires })),
        line::<HashedSession>(json!({ "secret_hash": hash(32), "session": expires })),
    ]
}

fn lines_of_orders() -> Vec<Line> {
    let order = json!({
        "id": id("order"), "event": event_ref(), "state": "held", "tickets": [], "lines": [], "currency": "GBP",
        "total": 0, "paid": 0, "takes": [], "issued": 0, "placed_at": SECOND, "placed_by": "public",
    });
    let buyer = json!({ "buyer": { "customer": id("customer"), "email": EMAIL, "full_name": "Ana" } });
    let stock = |of: Value, role: &str| json!({ "place": { "of": of, "role": role }, "shard": 0, "left": 1 });
    let purchase = |thing: Value| {
        json!({
            "thing": thing, "event": event_ref(), "ticket": id("ticket"), "order": id("order"), "quantity": 1,
            "sum": 100, "rate": "standard",
        })
    };
    vec![
        line::<domain::orders::Order>(order.clone()),
        line::<domain::orders::Order>(merged(order, buyer)),
        line::<domain::payments::Payment>(json!({
            "id": id("payment"), "order": id("order"), "method": "cash", "amount": 100, "currency": "GBP",
            "at": SECOND, "by": "program",
        })),
        line::<StockRow>(stock(json!({ "event": event_ref() }), "all")),
        line::<StockRow>(stock(json!({ "thing": { "pass": id("pass") } }), "all")),
        line::<StockRow>(stock(json!({ "thing": { "item": id("item") } }), "leader")),
        line::<StockRow>(stock(json!({ "thing": { "item": id("item") } }), "follower")),
        line::<StockRow>(stock(json!({ "step": id("step") }), "all")),
        line::<PurchaseRow>(purchase(json!({ "pass": id("pass") }))),
        line::<PurchaseRow>(purchase(json!({ "item": id("item") }))),
    ]
}

fn lines_of_tickets() -> Vec<Line> {
    let part = json!({ "event": event_ref(), "ticket": id("ticket"), "at": SECOND });
    let entry = json!({ "id": id("history"), "what": "issued", "by": "program" });
    let sale = json!({
        "id": id("sale"), "amount": 100, "method": "cash", "payment": id("payment"), "kind": "purchase",
    });
    let scan = json!({
        "id": SCAN, "event": event_ref(), "door": id("door"), "door_name": "Main", "device": "phone",
        "action": "entry", "scanned_at": SECOND, "recorded_at": SECOND, "mode": "online", "by": "program",
        "let_in": false, "result": { "verdict": "unknown", "at": SECOND },
    });
    vec![
        line::<domain::tickets::Ticket>(json!({
            "number": id("ticket"), "event": event_ref(), "order": id("order"), "customer": id("customer"),
            "buyer": id("customer"), "buyer_email": EMAIL, "status": "active", "rate": "standard", "purchases": [],
            "entitlements": [], "places": [], "currency": "GBP", "price": 0, "paid": 0, "method": "free",
            "generation": 1, "key": 0, "change": id("change"), "issued_at": SECOND,
        })),
        line::<OfEvent<domain::tickets::HistoryEntry>>(merged(part.clone(), entry)),
        line::<OfEvent<domain::tickets::Sale>>(merged(part, sale)),
        line::<domain::door::Scan>(scan.clone()),
        line::<domain::door::Scan>(merged(scan, json!({ "ticket": id("ticket") }))),
    ]
}

fn lines_of_platform() -> Vec<Line> {
    let work = |lane: &str| {
        let task = json!({ "issue_tickets": { "event": event_ref(), "order": id("order") } });
        json!({ "id": id("work"), "lane": lane, "due_at": DUE_AT, "task": task })
    };
    vec![
        line::<domain::work::Work>(work("deadlines")),
        line::<domain::work::Work>(work("deliveries")),
        line::<Operation>(json!({
            "scope": hash(16), "key": hash(16), "fingerprint": hash(16), "status": 201, "body": "", "until": SECOND,
        })),
    ]
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The cells of the rows of the table that follows a heading of the document.
fn table_below(heading: &str) -> Vec<Vec<String>> {
    let document = fs::read_to_string(root().join("docs/data-model.md")).expect("docs/data-model.md");
    let section = document.split(&format!("\n## {heading}\n")).nth(1).expect("the heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let rows: Vec<Vec<String>> = rows.map(cells).collect();
    assert!(!rows.is_empty(), "there is no table below {heading:?}");
    rows
}

/// A pattern with every placeholder filled in.
fn filled(pattern: &str) -> String {
    let mut text = pattern.trim_matches('`').to_owned();
    for (name, value) in samples() {
        text = text.replace(&format!("{{{name}}}"), &value);
    }
    assert!(!text.contains('{'), "{pattern}: the document has a placeholder that this test has no sample of");
    text
}

/// What the document says of the rows.
fn lines_of_the_document() -> BTreeSet<Line> {
    let rows = table_below("Entities and their keys");
    let lines: Vec<Line> = rows
        .iter()
        .map(|cells| {
            let [entity, _what, keys @ ..] = cells.as_slice() else { panic!("a row without cells: {cells:?}") };
            let keys: Vec<String> = keys.iter().map(|cell| filled(cell)).collect();
            (filled(entity), keys.try_into().unwrap_or_else(|_| panic!("a row needs eight cells: {cells:?}")))
        })
        .collect();
    let distinct: BTreeSet<Line> = lines.iter().cloned().collect();
    assert_eq!(lines.len(), distinct.len(), "two rows of the document say the same");
    distinct
}

#[test]
fn the_documents_keys_are_those_that_records_make() {
    let (document, code) = (lines_of_the_document(), lines_of_the_code());
    let only_document: Vec<&Line> = document.difference(&code).collect();
    let only_code: Vec<&Line> = code.difference(&document).collect();
    assert!(
        only_document.is_empty() && only_code.is_empty(),
        "docs/data-model.md, \"Entities and their keys\", and the records differ.\n\
         Only the document has {only_document:#?}\nOnly the code has {only_code:#?}"
    );
}

#[test]
fn every_kind_of_record_has_a_row_in_the_document_and_the_other_way_round() {
    let mut code = BTreeSet::new();
    for (_, source) in sources("src/records") {
        let constants = source.split("const ENTITY: &'static str = \"").skip(1);
        code.extend(constants.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    let document: BTreeSet<String> = lines_of_the_document().into_iter().map(|(entity, _)| entity).collect();
    assert_eq!(document, code, "left: docs/data-model.md; right: the ENTITY constants in store/src/records/");
}

#[test]
fn every_lookup_has_a_row_in_the_document_and_the_other_way_round() {
    let general: BTreeSet<&str> = BTreeSet::from(["get", "get_many", "page", "all", "all_rows"]);
    let mut code = BTreeSet::new();
    for (_, source) in sources("src/lookups") {
        let functions = source.split("\npub async fn ").skip(1);
        let names = functions.filter_map(|rest| rest.split(['(', '<']).next());
        code.extend(names.filter(|name| !general.contains(name)).map(str::to_owned));
    }
    let rows = table_below("Access patterns");
    let named = rows.iter().filter_map(|cells| cells.last()).map(|cell| cell.trim_matches('`').to_owned());
    let document: BTreeSet<String> = named.filter(|name| !name.is_empty()).collect();
    assert_eq!(document, code, "left: docs/data-model.md; right: the functions in store/src/lookups/");
}

/// The Rust files of a folder of this crate.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder").flatten();
    let files = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let found: Vec<(PathBuf, String)> =
        files.map(|path| (path.clone(), fs::read_to_string(path).expect("readable"))).collect();
    assert!(!found.is_empty());
    found
}
