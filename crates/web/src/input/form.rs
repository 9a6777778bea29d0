//! HTML forms and query strings as JSON: `tickets[0][full_name]=Ana` becomes `{"tickets": {"0": {"full_name": "Ana"}}}`,
//! which the kinds read like the JSON of the API (they know that a form's lists have numbers for names).

use serde_json::{Map, Value as Json};
use url::form_urlencoded;

/// Most pairs of a form.
const MOST_PAIRS: usize = 5_000;
/// Deepest nesting of a name.
const DEEPEST: usize = 8;

/// A form that is none: too many fields, or names that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormFault;

/// Reads a form, or a query string. A name that comes several times becomes a list.
pub fn form_to_json(encoded: &[u8]) -> Result<Json, FormFault> {
    let mut form = Map::new();
    for (count, (name, value)) in form_urlencoded::parse(encoded).enumerate() {
        if count >= MOST_PAIRS {
            return Err(FormFault);
        }
        let parts = parts_of(&name)?;
        put(&mut form, &parts, Json::String(value.into_owned()))?;
    }
    Ok(Json::Object(form))
}

/// `a[b][c]` is `a`, `b`, `c`; `a[]` is `a`. A bracket that is not closed belongs to the name.
fn parts_of(name: &str) -> Result<Vec<&str>, FormFault> {
    let Some((first, rest)) = name.split_once('[') else { return Ok(vec![name]) };
    let Some(rest) = rest.strip_suffix(']') else { return Ok(vec![name]) };
    let mut parts = vec![first];
    parts.extend(rest.split("]["));
    if parts.len() > 1 && parts.last() == Some(&"") {
        parts.pop();
    }
    if parts.len() > DEEPEST { Err(FormFault) } else { Ok(parts) }
}

fn put(object: &mut Map<String, Json>, parts: &[&str], value: Json) -> Result<(), FormFault> {
    match parts {
        [] => Err(FormFault),
        [name] => match object.get_mut(*name) {
            None => {
                object.insert((*name).to_owned(), value);
                Ok(())
            }
            Some(Json::Array(several)) => {
                several.push(value);
                Ok(())
            }
            Some(Json::Object(_)) => Err(FormFault),
            Some(one) => {
                *one = Json::Array(vec![one.take(), value]);
                Ok(())
            }
        },
        [name, rest @ ..] => {
            let inner = object.entry(*name).or_insert_with(|| Json::Object(Map::new()));
            match inner {
                Json::Object(inner) => put(inner, rest, value),
                _ => Err(FormFault),
            }
        }
    }
}
