//! Between a row and DynamoDB's attributes.

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Map, Value};
use store::row::{Key, Row};
use store::table::StoreFault;

use crate::Item;

/// DynamoDB's limits of a partition's and a sort key's length, in bytes.
const LONGEST: (usize, usize) = (2_048, 1_024);

/// Whether DynamoDB can have such a key: it refuses to be asked for others.
pub(crate) fn can_be(key: &Key) -> bool {
    (1..=LONGEST.0).contains(&key.pk.len()) && (1..=LONGEST.1).contains(&key.sk.len())
}

/// Text.
pub(crate) fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

/// A whole number.
pub(crate) fn number(number: impl Into<i128>) -> AttributeValue {
    AttributeValue::N(number.into().to_string())
}

/// A key, as the table has it.
pub(crate) fn key(key: &Key) -> Item {
    Item::from([("pk".to_owned(), text(&key.pk)), ("sk".to_owned(), text(&key.sk))])
}

/// The key of an item.
pub(crate) fn key_of(item: &Item) -> Option<Key> {
    let part = |name| item.get(name)?.as_s().ok().map(String::as_str);
    Some(Key::new(part("pk")?, part("sk")?))
}

/// All attributes of a row.
pub(crate) fn item(row: &Row) -> Result<Item, StoreFault> {
    let bad = |why: String| StoreFault::BadRow { key: row.key.clone(), why };
    let flat = row.to_flat().map_err(|error| bad(error.to_string()))?;
    serde_dynamo::to_item(flat).map_err(|error| bad(error.to_string()))
}

/// The row of an item.
pub(crate) fn row(item: Item) -> Result<Row, StoreFault> {
    let key = key_of(&item).unwrap_or_else(|| Key::new("", ""));
    let bad = |why: String| StoreFault::BadRow { key: key.clone(), why };
    let flat: Map<String, Value> = serde_dynamo::from_item(item).map_err(|error| bad(error.to_string()))?;
    Row::from_flat(flat).map_err(|error| bad(error.to_string()))
}

/// A whole number that an item has under a name.
pub(crate) fn whole<N: std::str::FromStr>(item: &Item, name: &str) -> Option<N> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(document: &str) -> Row {
        Row {
            key: Key::new("A#1", "B"),
            gsi1: Some(Key::new("LIST", "1")),
            gsi2: None,
            entity: "THING".to_owned(),
            revision: i64::MAX as u64,
            ttl: Some(-1),
            created_at: "2026-01-01T00:00:00Z".to_owned(),
            updated_at: "2026-01-01T00:00:00Z".to_owned(),
            document: document.to_owned(),
        }
    }

    #[test]
    fn a_row_comes_back_as_it_was() {
        let document = r#"{"a":[],"b":{},"c":"","d":null,"e":[1,-1,"x",{"y":true}],"f":18446744073709551615,"g":-9223372036854775808,"h":0.5,"i":"Zoë 💃"}"#;
        let row = plain(document);
        assert_eq!(super::row(item(&row).unwrap()).unwrap(), row);
    }

    #[test]
    fn every_attribute_is_native() {
        let item = item(&plain(r#"{"left":7,"name":"Zoë","of":{"deep":[1]}}"#)).unwrap();
        assert_eq!(item["left"], AttributeValue::N("7".to_owned()));
        assert_eq!(item["name"], text("Zoë"));
        assert_eq!(item["gsi1pk"], text("LIST"));
        assert!(item["of"].is_m() && !item.contains_key("gsi2pk"));
    }

    #[test]
    fn what_is_no_row_is_named() {
        let mut item = item(&plain("{}")).unwrap();
        item.remove("revision");
        let fault = super::row(item).unwrap_err().to_string();
        assert!(fault.contains("A#1 / B") && fault.contains("revision"), "{fault}");
    }
}
