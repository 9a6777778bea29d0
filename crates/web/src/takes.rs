//! What a route takes: nothing, a query string, a JSON body, a merge patch, a form. Each reads itself with the kinds of
//! [`crate::input`], and describes itself with the same.

use axum::body::Bytes;
use domain::values::{Currency, Faults, Pointer, Wrong};
use serde_json::{Map, Value as Json};

use crate::body;
use crate::input::{self, Body, Setting, SoFar, form_to_json};
use crate::problem::{Part, Problem};

/// A request as far as what it says is concerned.
#[derive(Debug)]
pub struct Said<'a> {
    /// The query string, without its question mark.
    pub query: &'a str,
    /// The body.
    pub body: &'a Bytes,
    /// The organisation's currency.
    pub currency: Option<Currency>,
}

/// What a route takes.
pub trait Takes: Clone + Send + Sync + 'static {
    /// What its handler gets.
    type Value: Send + 'static;

    /// Reads it, or tells everything that is wrong with it.
    fn read(&self, said: &Said<'_>) -> Result<Self::Value, Problem>;

    /// Most bytes of its body.
    fn limit(&self) -> usize {
        body::ORDINARY
    }

    /// What it looks like.
    fn describe(&self) -> Described;
}

/// What a route takes, for its description: JSON Schemas of objects.
#[derive(Debug, Default)]
pub struct Described {
    /// Of the query string.
    pub query: Option<Json>,
    /// The media type and the schema of the body.
    pub body: Option<(&'static str, Json)>,
    /// The body may be left out.
    pub may_be_empty: bool,
}

/// Nothing: no query, and no body, or one that says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Takes for Nothing {
    type Value = ();

    fn read(&self, said: &Said<'_>) -> Result<(), Problem> {
        json(|_| Some(())).or_empty().read(said)
    }

    fn describe(&self) -> Described {
        Described::default()
    }
}

/// A query string. See [`query`].
#[derive(Debug)]
pub struct Query<T>(Body<T>);

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

/// A query string with these fields.
pub fn query<T>(fields: Body<T>) -> Query<T> {
    Query(fields)
}

impl<T: Send + 'static> Takes for Query<T> {
    type Value = T;

    fn read(&self, said: &Said<'_>) -> Result<T, Problem> {
        read_query(said, self.0)
    }

    fn describe(&self) -> Described {
        Described { query: Some(input::describe(self.0)), ..Described::default() }
    }
}

/// A JSON body. See [`json`].
#[derive(Debug)]
pub struct JsonBody<T> {
    fields: Body<T>,
    limit: usize,
    may_be_empty: bool,
}

impl<T> Clone for JsonBody<T> {
    fn clone(&self) -> Self {
        Self { fields: self.fields, limit: self.limit, may_be_empty: self.may_be_empty }
    }
}

/// A JSON body with these fields.
pub fn json<T>(fields: Body<T>) -> JsonBody<T> {
    JsonBody { fields, limit: body::ORDINARY, may_be_empty: false }
}

impl<T> JsonBody<T> {
    /// With at most so many bytes, rather than the ordinary limit.
    pub fn up_to(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// No body at all, or `null`, is the same as an empty object.
    pub fn or_empty(self) -> Self {
        Self { may_be_empty: true, ..self }
    }
}

impl<T: Send + 'static> Takes for JsonBody<T> {
    type Value = T;

    fn read(&self, said: &Said<'_>) -> Result<T, Problem> {
        no_query(said.query)?;
        let is_left_out = said.body.is_empty() && self.may_be_empty;
        let found = match if is_left_out { Json::Null } else { parse(said.body)? } {
            Json::Null if self.may_be_empty => Json::Object(Map::new()),
            found => found,
        };
        Ok(input::read(&found, &Setting::json(said.currency), self.fields)?)
    }

    fn limit(&self) -> usize {
        self.limit
    }

    fn describe(&self) -> Described {
        let body = Some(("application/json", input::describe(self.fields)));
        Described { query: None, body, may_be_empty: self.may_be_empty }
    }
}

/// A JSON body that is read as far as it can be. See [`json_so_far`].
#[derive(Debug)]
pub struct JsonSoFar<T>(Body<T>);

impl<T> Clone for JsonSoFar<T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

/// A JSON body with these fields, of which a handler gets what could be read, so that it can tell all that is wrong.
pub fn json_so_far<T>(fields: Body<T>) -> JsonSoFar<T> {
    JsonSoFar(fields)
}

impl<T: Send + 'static> Takes for JsonSoFar<T> {
    type Value = SoFar<T>;

    fn read(&self, said: &Said<'_>) -> Result<SoFar<T>, Problem> {
        no_query(said.query)?;
        Ok(input::read_so_far(&parse(said.body)?, &Setting::json(said.currency), self.0)?)
    }

    fn describe(&self) -> Described {
        json(self.0).describe()
    }
}

/// A merge patch. See [`patch`].
#[derive(Debug)]
pub struct PatchBody<T>(Body<T>);

impl<T> Clone for PatchBody<T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

/// A merge patch (RFC 7396) of what has these fields.
pub fn patch<T>(fields: Body<T>) -> PatchBody<T> {
    PatchBody(fields)
}

/// A patch that was sent, for a handler to apply.
#[derive(Debug)]
pub struct Patch<T> {
    sent: Json,
    setting: Setting,
    fields: Body<T>,
}

impl<T> Patch<T> {
    /// Does it speak of this field, be it to take it out?
    pub fn names(&self, field: &str) -> bool {
        self.sent.get(field).is_some()
    }

    /// Does it give this field a value?
    pub fn gives(&self, field: &str) -> bool {
        self.sent.get(field).is_some_and(|value| !value.is_null())
    }

    /// What `current`, as a request would write it, becomes. Faults stand where they would in a whole request.
    pub fn over(&self, current: Json) -> Result<T, Faults> {
        input::read(&merged(current, &self.sent), &self.setting, self.fields)
    }
}

impl<T: Send + 'static> Takes for PatchBody<T> {
    type Value = Patch<T>;

    fn read(&self, said: &Said<'_>) -> Result<Patch<T>, Problem> {
        no_query(said.query)?;
        let sent = parse(said.body)?;
        if !sent.is_object() {
            return Err(Faults::one(Pointer::root(), Wrong::Type("object")).into());
        }
        Ok(Patch { sent, setting: Setting::json(said.currency), fields: self.0 })
    }

    fn describe(&self) -> Described {
        let mut schema = input::describe(self.0);
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("required");
        }
        Described { body: Some(("application/merge-patch+json", schema)), ..Described::default() }
    }
}

/// Applies a merge patch as RFC 7396 has it: objects are merged, `null` takes a field out, all else replaces.
fn merged(mut current: Json, patch: &Json) -> Json {
    let Json::Object(patch) = patch else { return patch.clone() };
    if !current.is_object() {
        current = Json::Object(Map::new());
    }
    if let Json::Object(object) = &mut current {
        for (name, change) in patch {
            if change.is_null() {
                object.remove(name);
            } else {
                let before = object.remove(name).unwrap_or(Json::Null);
                object.insert(name.clone(), merged(before, change));
            }
        }
    }
    current
}

fn parse(body: &Bytes) -> Result<Json, Problem> {
    serde_json::from_slice(body).map_err(|fault| Problem::malformed(format!("The body is not JSON: {fault}.")))
}

/// Reads a query string.
pub(crate) fn read_query<T>(said: &Said<'_>, fields: Body<T>) -> Result<T, Problem> {
    let found =
        form_to_json(said.query.as_bytes()).map_err(|_| Problem::malformed("The query string is not readable."))?;
    let read = input::read(&found, &Setting::text(said.currency, None), fields);
    read.map_err(|faults| Problem::invalid(faults).in_part(Part::Query))
}

/// A route without a query string takes no parameters, save the word of a link, which its access has read.
fn no_query(query: &str) -> Result<(), Problem> {
    let mut faults = Faults::none();
    for (name, _) in url::form_urlencoded::parse(query.as_bytes()) {
        if name != "key" {
            faults.add(Pointer::to(&name), Wrong::UnknownField);
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults).in_part(Part::Query)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!({"a": 1, "b": {"c": 2, "d": 3}}), json!({"b": {"c": null, "e": 4}}), json!({"a": 1, "b": {"d": 3, "e": 4}}))]
    #[case(json!({"a": [1, 2]}), json!({"a": [3]}), json!({"a": [3]}))]
    #[case(json!({"a": 1}), json!({"a": {"b": {"c": null}}}), json!({"a": {"b": {}}}))]
    #[case(json!({"a": true}), json!({"a": {"b": 1}}), json!({"a": {"b": 1}}))]
    #[case(json!({}), json!({"x": null}), json!({}))]
    fn a_merge_patch_does_what_its_standard_says(#[case] before: Json, #[case] patch: Json, #[case] after: Json) {
        assert_eq!(merged(before, &patch), after);
    }

    #[test]
    fn a_parameter_that_nobody_reads_is_named() {
        assert!(no_query("").is_ok() && no_query("key=secret").is_ok());
        let Err(Problem::Told(told)) = no_query("colour=red") else { panic!() };
        assert_eq!(told.faults, Faults::one(Pointer::to("colour"), Wrong::UnknownField));
    }
}
