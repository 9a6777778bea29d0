//! The fields of an object: read one by one, each once; those that nobody asked for are faults.

use domain::values::Wrong;
use serde_json::{Map, Value as Json, json};

use super::reader::Reader;

/// A kind of value: how it is read, and how it is described.
pub trait Kind {
    /// What is read.
    type Value;

    /// Reads a value that is there and not `null`. Whatever is wrong is told to the reader; then there is no value.
    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Self::Value>;

    /// What it looks like, as JSON Schema (2020-12).
    fn schema(&self) -> Json;
}

impl<K: Kind> Kind for &K {
    type Value = K::Value;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<K::Value> {
        (**self).read(found, reader)
    }

    fn schema(&self) -> Json {
        (**self).schema()
    }
}

/// What can be done with every kind.
pub trait KindExt: Kind + Sized {
    /// The same, with a sentence for the API's description.
    fn about(self, words: &'static str) -> About<Self> {
        About { kind: self, words }
    }
}

impl<K: Kind> KindExt for K {}

/// A kind with a sentence about it.
#[derive(Debug, Clone, Copy)]
pub struct About<K> {
    kind: K,
    words: &'static str,
}

impl<K: Kind> Kind for About<K> {
    type Value = K::Value;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<K::Value> {
        self.kind.read(found, reader)
    }

    fn schema(&self) -> Json {
        let mut schema = self.kind.schema();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), self.words.into());
        }
        schema
    }
}

/// The fields of one object: of one that is read, or of one that is only described.
#[derive(Debug)]
pub struct Fields<'a>(Mode<'a>);

#[derive(Debug)]
enum Mode<'a> {
    Reading { object: &'a Map<String, Json>, reader: &'a mut Reader, asked: Vec<&'static str>, found: usize },
    Describing(Description),
}

#[derive(Debug, Default)]
struct Description {
    properties: Map<String, Json>,
    required: Vec<&'static str>,
    either: Option<[Json; 2]>,
}

impl Fields<'_> {
    /// A field that must be there.
    pub fn required<K: Kind>(&mut self, name: &'static str, kind: K) -> Option<K::Value> {
        if let Mode::Describing(description) = &mut self.0 {
            description.required.push(name);
        }
        self.field(name, &kind, |reader| reader.fault(Wrong::Required))
    }

    /// A field that may be left out; `null` is the same. None as well if it is wrong: then the whole is, and is told so.
    pub fn optional<K: Kind>(&mut self, name: &'static str, kind: K) -> Option<K::Value> {
        if let Mode::Describing(description) = &mut self.0 {
            description.properties.insert(name.to_owned(), or_null(kind.schema()));
            return None;
        }
        self.field(name, &kind, |_| None)
    }

    /// One of two bodies: `with` if the field `marker` is given, else `without`. Each asks for all of its fields.
    pub fn either<T>(
        &mut self,
        marker: &'static str,
        with: impl FnOnce(&mut Fields<'_>) -> Option<T>,
        without: impl FnOnce(&mut Fields<'_>) -> Option<T>,
    ) -> Option<T> {
        if let Mode::Describing(description) = &mut self.0 {
            description.either = Some([describe_object(with), describe_object(without)]);
            return None;
        }
        if self.has(marker) {
            return with(self);
        }
        if let Mode::Reading { object, asked, found, .. } = &mut self.0
            && object.contains_key(marker)
        {
            // Given as `null`, which is the same as left out.
            asked.push(marker);
            *found += 1;
        }
        without(self)
    }

    /// A rule that this object breaks, at one of its fields.
    pub fn fault(&mut self, field: &str, wrong: Wrong) {
        if let Mode::Reading { reader, .. } = &mut self.0 {
            reader.fault_at(field, wrong);
        }
    }

    /// The object itself is wrong.
    pub fn whole(&mut self, wrong: Wrong) {
        if let Mode::Reading { reader, .. } = &mut self.0 {
            reader.fault::<()>(wrong);
        }
    }

    /// A value must be greater than the one before it; tells the later field if it is not.
    pub fn rising<T: PartialOrd>(&mut self, before: (&'static str, Option<&T>), after: (&'static str, Option<&T>)) {
        if let (Some(first), Some(second)) = (before.1, after.1)
            && second <= first
        {
            self.fault(after.0, Wrong::NotAfter(before.0));
        }
    }

    /// Was this field given, right or wrong?
    pub fn has(&self, name: &str) -> bool {
        match &self.0 {
            Mode::Reading { object, reader, .. } => object.get(name).is_some_and(|found| is_given(found, reader)),
            Mode::Describing(_) => false,
        }
    }

    /// Was this field given as `null`, or in a form as an empty text?
    pub fn is_emptied(&self, name: &str) -> bool {
        match &self.0 {
            Mode::Reading { object, reader, .. } => object.get(name).is_some_and(|found| !is_given(found, reader)),
            Mode::Describing(_) => false,
        }
    }

    /// What the surroundings say; none while describing.
    pub fn setting(&self) -> Option<&super::Setting> {
        match &self.0 {
            Mode::Reading { reader, .. } => Some(reader.setting()),
            Mode::Describing(_) => None,
        }
    }

    fn field<K: Kind>(
        &mut self,
        name: &'static str,
        kind: &K,
        missing: impl FnOnce(&mut Reader) -> Option<K::Value>,
    ) -> Option<K::Value> {
        match &mut self.0 {
            Mode::Reading { object, reader, asked, found } => {
                asked.push(name);
                let value = object.get(name);
                *found += usize::from(value.is_some());
                let value = value.filter(|value| is_given(value, reader));
                reader.in_field(name, |reader| match value {
                    Some(value) => kind.read(value, reader),
                    None => missing(reader),
                })
            }
            Mode::Describing(description) => {
                description.properties.insert(name.to_owned(), kind.schema());
                None
            }
        }
    }
}

/// A schema that takes `null` as well; what it says of itself stays where it is looked for.
fn or_null(mut schema: Json) -> Json {
    let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    let mut schema = json!({ "anyOf": [schema, { "type": "null" }] });
    if let (Some(about), Some(schema)) = (about, schema.as_object_mut()) {
        schema.insert("description".to_owned(), about);
    }
    schema
}

/// Not `null`, and of a form not empty.
fn is_given(found: &Json, reader: &Reader) -> bool {
    match found {
        Json::Null => false,
        Json::String(text) if reader.is_text() => !text.trim().is_empty(),
        _ => true,
    }
}

/// Reads an object with `body`, then tells of the fields that it did not ask for.
pub(super) fn read_object<T>(
    object: &Map<String, Json>,
    reader: &mut Reader,
    body: impl FnOnce(&mut Fields<'_>) -> Option<T>,
) -> Option<T> {
    let mode = Mode::Reading { object, reader, asked: Vec::with_capacity(12), found: 0 };
    let mut fields = Fields(mode);
    let value = body(&mut fields);
    if let Mode::Reading { object, reader, asked, found } = fields.0
        && found < object.len()
    {
        for name in object.keys().filter(|name| !asked.contains(&name.as_str())) {
            reader.fault_at(name, Wrong::UnknownField);
        }
    }
    value
}

/// Describes the object that `body` reads.
pub(super) fn describe_object<T>(body: impl FnOnce(&mut Fields<'_>) -> Option<T>) -> Json {
    let mut fields = Fields(Mode::Describing(Description::default()));
    body(&mut fields);
    let Mode::Describing(Description { properties, required, either }) = fields.0 else { return json!({}) };
    if let Some(either) = either {
        return json!({ "anyOf": either });
    }
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if let (false, Some(schema)) = (required.is_empty(), schema.as_object_mut()) {
        schema.insert("required".to_owned(), json!(required));
    }
    schema
}
