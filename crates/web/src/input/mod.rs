//! Reading what comes in: JSON bodies, HTML forms and query strings become typed values, or every fault of them is
//! told at once, with a JSON Pointer each.
//!
//! A body is one function over [`Fields`]. Run over a value it reads; run over nothing it describes itself as JSON
//! Schema, so that the parser and the API's description cannot differ. Whether what was read makes sense for an
//! event (unknown items, sold out) is decided further in; only rules about two fields of one body are here.
//!
//! One more kind of value: a type with [`Kind`] in one of the files beside, and a function that makes it.

mod choice;
mod collection;
mod fields;
mod form;
mod money;
mod number;
mod reader;
mod so_far;
mod text;
mod time;

pub use choice::{Flag, Word, WordOr, flag, one_of, word_or};
pub use collection::{Alone, EachAlone, List, MapOf, Object, each_alone, list, map, object};
pub use fields::{About, Fields, Kind, KindExt};
pub use form::{FormFault, form_to_json};
pub use money::{Price, PriceWithCurrency, amount, money};
pub use number::{Count, count};
pub use reader::{Reader, Setting, Source};
pub use so_far::{SoFar, read_so_far};
pub use text::{
    Answered, AnswersChanged, AnyText, Line, MOST_ANSWERS, Paragraphs, Parsed, answer_changes, answers, anything,
    colour, currency, email, id, line, prose, rate, scan_id, slug, time_zone, title,
};
pub use time::{Instant, date, day, instant, live, precise_instant};

use domain::values::Faults;
use serde_json::Value as Json;

/// A body: reads itself from fields, and describes itself when there are none. Answers nothing if a field that is
/// needed is missing or wrong; the faults have been told to the reader.
pub type Body<T> = fn(&mut Fields<'_>) -> Option<T>;

/// Reads a body from JSON.
pub fn read<T>(found: &Json, setting: &Setting, body: Body<T>) -> Result<T, Faults> {
    let mut reader = Reader::new(setting.clone());
    let value = object(body).read(found, &mut reader);
    reader.finish(value)
}

/// The JSON Schema of a body.
pub fn describe<T>(body: Body<T>) -> Json {
    object(body).schema()
}

#[cfg(test)]
mod tests;
