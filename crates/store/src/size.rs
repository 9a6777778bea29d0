//! How large a row is, as Amazon DynamoDB counts it, whichever engine keeps it: what one engine took another must take,
//! or a store could not be moved.

use serde_json::Value;

use crate::row::Row;

/// Most bytes of a row (Amazon DynamoDB's own limit).
pub const MOST_BYTES: usize = 400 << 10;

/// What each list and each map costs, however few are in it; and each of its elements.
const NESTED: usize = 3;
const ELEMENT: usize = 1;

impl Row {
    /// Its bytes: those of the names and of the values of all its attributes.
    pub fn bytes(&self) -> usize {
        let Ok(flat) = self.to_flat() else { return self.most_bytes() };
        flat.iter().map(|(name, value)| name.len() + bytes_of(value)).sum()
    }

    /// Whether it has so many bytes at most. Only what may have more is counted.
    pub fn fits(&self, bytes: usize) -> bool {
        self.most_bytes() <= bytes || self.bytes() <= bytes
    }

    /// More than its bytes can be: nothing counts for more than twice of what it takes to write it down.
    fn most_bytes(&self) -> usize {
        let keys = [Some(&self.key), self.gsi1.as_ref(), self.gsi2.as_ref()];
        let keys: usize = keys.into_iter().flatten().map(|key| key.pk.len() + key.sk.len()).sum();
        let texts = self.entity.len() + self.created_at.len() + self.updated_at.len();
        // The names of all attributes that are not the row's own, and two numbers.
        2 * self.document.len() + keys + texts + 128
    }
}

fn bytes_of(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) => 1,
        // A byte for two digits, and one for the sign and the point.
        Value::Number(number) => number.to_string().len().div_ceil(2) + 1,
        Value::String(text) => text.len(),
        Value::Array(list) => NESTED + list.iter().map(|value| ELEMENT + bytes_of(value)).sum::<usize>(),
        Value::Object(map) => {
            NESTED + map.iter().map(|(name, value)| ELEMENT + name.len() + bytes_of(value)).sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::row::Key;

    fn row(document: &str) -> Row {
        Row {
            key: Key::new("A", "B"),
            gsi1: None,
            gsi2: None,
            entity: "THING".to_owned(),
            revision: 1,
            ttl: None,
            created_at: String::new(),
            updated_at: String::new(),
            document: document.to_owned(),
        }
    }

    #[test]
    fn names_and_values_count_and_what_is_nested_costs_a_little() {
        let more = |document: &str| row(document).bytes() - row("{}").bytes();
        assert_eq!(more(r#"{"name":"Zoë"}"#), 4 + 4);
        assert_eq!(more(r#"{"left":12345,"is":true,"no":null}"#), (4 + 4) + (2 + 1) + (2 + 1));
        assert_eq!(more(r#"{"list":[],"map":{}}"#), (4 + 3) + (3 + 3));
        assert_eq!(more(r#"{"list":["a",{"b":"c"}]}"#), 4 + 3 + (1 + 1) + (1 + 3 + (1 + 1 + 1)));
        let others = "pkskentityrevisioncreated_atupdated_at".len();
        assert_eq!(row("{}").bytes(), others + "AB".len() + "THING".len() + 2);
    }

    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,3}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{0,3}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_row_is_larger_than_it_is_thought_at_a_glance(value in anything()) {
            let row = row(&serde_json::json!({ "value": value }).to_string());
            prop_assert!(row.bytes() <= row.most_bytes(), "{} > {}", row.bytes(), row.most_bytes());
        }
    }
}
