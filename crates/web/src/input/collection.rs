//! Values of many: objects, lists, and maps whose keys the sender chooses.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use domain::values::{Faults, Wrong};
use serde_json::{Map, Value as Json, json};

use super::fields::{Fields, Kind, describe_object, read_object};
use super::reader::Reader;

/// An object with known fields. See [`object`].
#[derive(Debug, Clone, Copy)]
pub struct Object<F>(F);

/// An object that is read by `body`.
pub fn object<T, F: Fn(&mut Fields<'_>) -> Option<T>>(body: F) -> Object<F> {
    Object(body)
}

impl<T, F: Fn(&mut Fields<'_>) -> Option<T>> Kind for Object<F> {
    type Value = T;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<T> {
        match found {
            Json::Object(object) => read_object(object, reader, &self.0),
            _ => reader.fault(Wrong::Type("object")),
        }
    }

    fn schema(&self) -> Json {
        describe_object(&self.0)
    }
}

/// A list of values of one kind. See [`list`].
#[derive(Debug, Clone)]
pub struct List<K> {
    lengths: RangeInclusive<usize>,
    kind: K,
}

/// A list with a number of elements within `lengths`.
pub fn list<K: Kind>(lengths: RangeInclusive<usize>, kind: K) -> List<K> {
    List { lengths, kind }
}

impl<K: Kind> Kind for List<K> {
    type Value = Vec<K::Value>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Self::Value> {
        let elements = match found {
            Json::Array(elements) => elements.iter().enumerate().collect(),
            Json::Object(object) if reader.is_text() => numbered(object, reader)?,
            // A form sends a list of one like a single value.
            Json::String(_) if reader.is_text() => vec![(0, found)],
            _ => return reader.fault(Wrong::Type("list")),
        };
        if elements.len() > *self.lengths.end() {
            return reader.fault(Wrong::TooLong(*self.lengths.end()));
        }
        if elements.len() < *self.lengths.start() {
            return reader.fault(Wrong::TooFew(*self.lengths.start()));
        }
        let mut values = Some(Vec::with_capacity(elements.len()));
        for (index, element) in elements {
            if reader.is_text() && element.as_str().is_some_and(|text| text.trim().is_empty()) {
                continue;
            }
            let value = reader.in_element(index, |reader| match element {
                Json::Null => reader.fault(Wrong::Required),
                element => self.kind.read(element, reader),
            });
            match (value, &mut values) {
                (Some(value), Some(values)) => values.push(value),
                _ => values = None,
            }
        }
        values
    }

    fn schema(&self) -> Json {
        let mut schema = json!({ "type": "array", "items": self.kind.schema(), "maxItems": self.lengths.end() });
        if let (1.., Some(schema)) = (*self.lengths.start(), schema.as_object_mut()) {
            schema.insert("minItems".to_owned(), json!(self.lengths.start()));
        }
        schema
    }
}

/// The elements of a list that a form writes `name[0]`, `name[1]` …, in the order of their numbers.
fn numbered<'a>(object: &'a Map<String, Json>, reader: &mut Reader) -> Option<Vec<(usize, &'a Json)>> {
    let mut elements = Vec::with_capacity(object.len());
    for (key, element) in object {
        let Ok(index) = key.parse::<u16>() else { return reader.fault(Wrong::Type("list")) };
        elements.push((usize::from(index), element));
    }
    elements.sort_by_key(|(index, _)| *index);
    Some(elements)
}

/// A map of values of one kind. See [`map`].
#[derive(Debug, Clone)]
pub struct MapOf<P, K> {
    most: usize,
    key: P,
    kind: K,
}

/// A map with at most `most` entries, whose keys are of one kind of text and whose values are of another kind.
pub fn map<P: Kind, K: Kind>(most: usize, key: P, kind: K) -> MapOf<P, K> {
    MapOf { most, key, kind }
}

impl<P: Kind<Value: Ord>, K: Kind> Kind for MapOf<P, K> {
    type Value = BTreeMap<P::Value, K::Value>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Self::Value> {
        let Json::Object(object) = found else { return reader.fault(Wrong::Type("object")) };
        if object.len() > self.most {
            return reader.fault(Wrong::TooLong(self.most));
        }
        // A bad entry has been told to the reader; the others can still be judged.
        let mut values = BTreeMap::new();
        for (key, value) in object {
            let is_left_out = value.is_null() || reader.is_text() && value.as_str() == Some("");
            if is_left_out {
                continue;
            }
            let entry = reader.in_key(key, |reader| {
                let key = self.key.read(&Json::String(key.clone()), reader);
                let value = self.kind.read(value, reader);
                key.zip(value)
            });
            values.extend(entry);
        }
        Some(values)
    }

    fn schema(&self) -> Json {
        json!({
            "type": "object",
            "propertyNames": self.key.schema(),
            "additionalProperties": self.kind.schema(),
            "maxProperties": self.most,
        })
    }
}

/// A list whose elements are read each for itself. See [`each_alone`].
#[derive(Debug, Clone)]
pub struct EachAlone<K> {
    lengths: RangeInclusive<usize>,
    kind: K,
}

/// An element that was read for itself.
#[derive(Debug, Clone)]
pub struct Alone<T> {
    /// Its `id` as it was sent, if that is a text.
    pub id: Option<String>,
    /// Its value, or its own faults, with pointers into it.
    pub read: Result<T, Faults>,
}

/// A list in which a bad element does not spoil the others.
pub fn each_alone<K: Kind>(lengths: RangeInclusive<usize>, kind: K) -> EachAlone<K> {
    EachAlone { lengths, kind }
}

impl<K: Kind> Kind for EachAlone<K> {
    type Value = Vec<Alone<K::Value>>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Self::Value> {
        let Json::Array(elements) = found else { return reader.fault(Wrong::Type("list")) };
        if elements.len() > *self.lengths.end() {
            return reader.fault(Wrong::TooLong(*self.lengths.end()));
        }
        if elements.len() < *self.lengths.start() {
            return reader.fault(Wrong::TooFew(*self.lengths.start()));
        }
        let alone = elements.iter().map(|element| {
            let mut own = Reader::new(reader.setting().clone());
            let value = self.kind.read(element, &mut own);
            let id = element.get("id").and_then(Json::as_str).map(str::to_owned);
            Alone { id, read: own.finish(value) }
        });
        Some(alone.collect())
    }

    fn schema(&self) -> Json {
        List { lengths: self.lengths.clone(), kind: &self.kind }.schema()
    }
}
