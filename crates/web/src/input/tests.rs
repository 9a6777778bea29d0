use std::collections::BTreeMap;

use domain::catalogue::{Day, Kind as ItemKind, Live, RateId};
use domain::values::{Amount, Currency, Email, ItemId, Money, Slug, Title};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rstest::rstest;
use serde_json::json;

use super::*;

#[derive(Debug, PartialEq)]
struct Party {
    slug: Slug,
    capacity: Option<u32>,
    opens_at: Timestamp,
    closes_at: Option<Timestamp>,
    kind: ItemKind,
    guests: Vec<(Title, Option<Email>)>,
    prices: BTreeMap<RateId, Amount>,
    deposit: Option<Money>,
    live: Live,
}

fn guest(fields: &mut Fields<'_>) -> Option<(Title, Option<Email>)> {
    let name = fields.required("name", title());
    let email = fields.optional("email", email());
    Some((name?, email))
}

fn party(fields: &mut Fields<'_>) -> Option<Party> {
    let slug = fields.required("slug", slug().about("Its name in addresses."));
    let capacity = fields.optional("capacity", count(1..=1_000));
    let opens_at = fields.required("opens_at", instant());
    let closes_at = fields.optional("closes_at", instant());
    fields.rising(("opens_at", opens_at.as_ref()), ("closes_at", closes_at.as_ref()));
    let kind = fields.required("kind", one_of(ItemKind::ALL, ItemKind::word));
    let guests = fields.optional("guests", list(1..=3, object(guest)));
    let prices = fields.optional("prices", map(4, rate(), amount()));
    let deposit = fields.optional("deposit", money());
    let live = fields.optional("live", live());
    Some(Party {
        slug: slug?,
        capacity,
        opens_at: opens_at?,
        closes_at,
        kind: kind?,
        guests: guests.unwrap_or_default(),
        prices: prices.unwrap_or_default(),
        deposit,
        live: live.unwrap_or_default(),
    })
}

fn setting() -> Setting {
    Setting::json("GBP".parse::<Currency>().ok())
}

/// What is wrong, as `pointer what`.
fn faults_of(found: &Json, setting: &Setting) -> Vec<String> {
    let faults = read(found, setting, party).expect_err("is wrong");
    faults.list().iter().map(|fault| format!("{} {:?}", fault.at, fault.wrong)).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn a_body_is_read_into_typed_values() {
    let found = json!({
        "slug": "winter-ball", "capacity": 200.0, "opens_at": "2026-12-04T19:30:00.999+01:00", "closes_at": null,
        "kind": "party", "guests": [{"name": " Ana "}, {"name": "Bo", "email": "BO@x.org"}],
        "prices": {"standard": 2500}, "deposit": {"amount": 100, "currency": "GBP"},
        "live": {"until_at": "2026-12-01T00:00:00Z"},
    });
    let party = read(&found, &setting(), party).unwrap();
    assert_eq!(party.opens_at, at("2026-12-04T18:30:00Z"));
    assert_eq!(party.capacity, Some(200));
    assert_eq!(party.guests[0].0.as_str(), "Ana");
    assert_eq!(party.guests[1].1.as_ref().map(Email::as_str), Some("bo@x.org"));
    assert_eq!(party.live, Live::Between { from_at: None, until_at: Some(at("2026-12-01T00:00:00Z")) });
}

#[test]
fn every_fault_is_told_at_once_with_where_it_is() {
    let found = json!({
        "capacity": 0, "opens_at": "2026-12-04T18:30:00Z", "closes_at": "2026-12-04T18:30:00Z", "kind": "ball",
        "guests": [{"name": ""}, {"name": "Bo", "email": "bo", "a/b": 1}, 7],
        "prices": {"Gold": -1, "standard": 2.5}, "deposit": {"amount": 1, "currency": "EUR"},
        "live": {"from_at": "2026-12-02T00:00:00Z", "until_at": "2026-12-01T00:00:00Z"}, "colour": "red",
    });
    assert_eq!(
        faults_of(&found, &setting()),
        [
            "/slug Required",
            "/capacity OutOfRange(1, 1000)",
            "/closes_at NotAfter(\"opens_at\")",
            "/kind NotOneOf([\"class\", \"party\", \"physical\", \"digital\", \"access\"])",
            "/guests/0/name Empty",
            "/guests/1/email Form(\"e-mail address\")",
            "/guests/1/a~1b UnknownField",
            "/guests/2 Type(\"object\")",
            "/prices/Gold Form(\"rate\")",
            "/prices/Gold OutOfRange(0, 1000000000)",
            "/prices/standard Type(\"whole number\")",
            "/deposit/currency OtherCurrency(GBP)",
            "/live/until_at NotAfter(\"from_at\")",
            "/colour UnknownField",
        ]
    );
}

#[rstest]
#[case(json!([]), " Type(\"object\")")]
#[case(json!(null), " Type(\"object\")")]
#[case(json!("text"), " Type(\"object\")")]
fn a_body_that_is_no_object_is_told_as_a_whole(#[case] found: Json, #[case] fault: &str) {
    assert_eq!(faults_of(&found, &setting()), [fault]);
}

#[rstest]
#[case("2026-12-04T18:30:00Z", Some("2026-12-04T18:30:00Z"))]
#[case("2026-12-04t18:30:00z", Some("2026-12-04T18:30:00Z"))]
#[case("2026-12-04T18:30:00.123456789-05:30", Some("2026-12-05T00:00:00Z"))]
#[case("2026-12-04T18:30:00", None)]
#[case("2026-12-04 18:30:00Z", None)]
#[case("2026-12-04T18:30Z", None)]
#[case("2026-12-04T18:30:00.Z", None)]
#[case("2026-12-04T18:30:00+01", None)]
#[case("2026-12-04T18:30:00Z[Europe/London]", None)]
#[case("2026-02-30T18:30:00Z", None)]
#[case("1999-12-31T23:59:59Z", None)]
#[case("2101-01-01T00:00:00Z", None)]
#[case("2026-12-04T18:30:0éZ", None)]
#[case("", None)]
fn instants_are_rfc_3339_of_our_century_in_whole_seconds(#[case] text: &str, #[case] expected: Option<&str>) {
    let mut reader = Reader::new(setting());
    assert_eq!(instant().read(&json!(text), &mut reader), expected.map(at));
}

#[rstest]
#[case("all", true)]
#[case("2026-12-04", true)]
#[case("2026-12-4", false)]
#[case("20261204", false)]
#[case("2026-02-29", false)]
#[case("1999-12-31", false)]
#[case("every", false)]
fn days_are_dates_or_all(#[case] text: &str, #[case] holds: bool) {
    let mut reader = Reader::new(setting());
    let read = day().read(&json!(text), &mut reader);
    assert_eq!(read.is_some(), holds);
    assert!(!matches!(read, Some(Day::All)) || text == "all");
}

#[rstest]
#[case(json!(3), Some(3))]
#[case(json!(3.0), Some(3))]
#[case(json!(3.5), None)]
#[case(json!("3"), None)]
#[case(json!(true), None)]
#[case(json!(-1), None)]
#[case(json!(18_446_744_073_709_551_615_u64), None)]
#[case(json!(1e300), None)]
fn numbers_are_whole_and_numbers(#[case] found: Json, #[case] expected: Option<u32>) {
    let mut reader = Reader::new(setting());
    assert_eq!(count(1..=10).read(&found, &mut reader), expected);
}

#[test]
fn a_list_has_its_bounds_and_no_holes() {
    let of = |found: Json| {
        let mut reader = Reader::new(setting());
        let value = list(1..=2, id::<ItemId>()).read(&found, &mut reader);
        reader
            .finish(value)
            .map_err(|faults| faults.list().iter().map(|f| format!("{} {:?}", f.at, f.wrong)).collect::<Vec<_>>())
    };
    assert_eq!(of(json!([])), Err(vec![" TooFew(1)".to_owned()]));
    assert_eq!(of(json!(["a", "b", "c"])), Err(vec![" TooLong(2)".to_owned()]));
    assert_eq!(of(json!([null, "b"])), Err(vec!["/0 Required".to_owned(), "/1 Form(\"identifier\")".to_owned()]));
}

#[test]
fn answers_are_texts_numbers_and_yes_or_no() {
    let mut reader = Reader::new(setting());
    let good = answers().read(&json!({"meal": "vegan", "nights": 2, "bus": true, "none": null}), &mut reader).unwrap();
    assert_eq!(good.len(), 3);
    assert_eq!(answers().read(&json!({"meal": ["vegan"]}), &mut reader), None);
    assert_eq!(answers().read(&json!({"": "x"}), &mut reader), None);
}

fn london() -> Setting {
    Setting::text("GBP".parse().ok(), TimeZone::get("Europe/London").ok())
}

#[test]
fn a_form_is_read_by_the_same_body() {
    let form = b"slug=ball&capacity=20&opens_at=2026-12-04T18:30&closes_at=&kind=party&guests[0][name]=Ana&guests[0][email]=\
        &guests[10][name]=Bo&guests[2][name]=Cy&prices[standard]=25&prices[student]=19,5&prices[gold]=&deposit=1.05&live=false&live=on";
    let party = read(&form_to_json(form).unwrap(), &london(), party).unwrap();
    assert_eq!(party.opens_at, at("2026-12-04T18:30:00Z"));
    assert_eq!(party.closes_at, None);
    let names: Vec<&str> = party.guests.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Ana", "Cy", "Bo"]);
    assert_eq!(party.prices.values().map(|amount| amount.units()).collect::<Vec<_>>(), [2500, 1950]);
    assert_eq!(party.deposit.map(|money| money.amount.units()), Some(105));
    assert_eq!(party.live, Live::Yes);
}

#[test]
fn a_forms_faults_point_at_the_names_of_its_fields() {
    let form = form_to_json(
        b"slug=ball&opens_at=2026-03-29T01:30&kind=party&guests[7][name]=&guests[7][email]=x&prices[standard]=2.555",
    );
    assert_eq!(
        faults_of(&form.unwrap(), &london()),
        [
            "/opens_at SkippedHour",
            "/guests/7/name Required",
            "/guests/7/email Form(\"e-mail address\")",
            "/prices/standard Form(\"price\")",
        ]
    );
}

#[test]
fn an_hour_that_happens_twice_is_the_first_one() {
    let mut reader = Reader::new(london());
    let read = instant().read(&json!("2026-10-25T01:30"), &mut reader);
    assert_eq!(read, Some(at("2026-10-25T00:30:00Z")));
}

#[rstest]
#[case(b"a[b]=1&a=2".as_slice())]
#[case(b"a=1&a[b]=2")]
#[case(b"a[b][c][d][e][f][g][h][i]=1")]
fn a_form_that_contradicts_itself_is_none(#[case] form: &[u8]) {
    assert_eq!(form_to_json(form), Err(FormFault));
}

#[test]
fn a_form_is_bounded_and_odd_names_are_names() {
    let many = "a=1&".repeat(5_001);
    assert_eq!(form_to_json(many.as_bytes()), Err(FormFault));
    assert_eq!(form_to_json(b"a[=1&b]=2&%FF=3").unwrap(), json!({"a[": "1", "b]": "2", "\u{FFFD}": "3"}));
    assert_eq!(form_to_json(b"a[]=1&a[]=2").unwrap(), json!({"a": ["1", "2"]}));
}

#[test]
fn the_body_describes_itself() {
    let schema = describe(party);
    assert_eq!(schema["required"], json!(["slug", "opens_at", "kind"]));
    assert_eq!(schema["additionalProperties"], json!(false));
    assert_eq!(schema["properties"]["slug"]["description"], json!("Its name in addresses."));
    let guests = &schema["properties"]["guests"]["anyOf"];
    assert_eq!((&guests[0]["items"]["required"], &guests[1]), (&json!(["name"]), &json!({"type": "null"})));
    assert_eq!(schema["properties"]["kind"]["enum"][1], json!("party"));
    assert_eq!(schema["properties"]["deposit"]["anyOf"][0]["properties"]["amount"]["minimum"], json!(0));
}
