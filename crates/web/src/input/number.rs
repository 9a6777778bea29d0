//! Whole numbers.

use std::ops::RangeInclusive;

use domain::values::Wrong;
use serde_json::{Value as Json, json};

use super::fields::Kind;
use super::reader::Reader;

/// A whole number within bounds. See [`count`].
#[derive(Debug, Clone)]
pub struct Count(RangeInclusive<u32>);

/// A whole number within `bounds`.
pub fn count(bounds: RangeInclusive<u32>) -> Count {
    Count(bounds)
}

impl Kind for Count {
    type Value = u32;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<u32> {
        let number = whole(found, reader)?;
        let within = u32::try_from(number).ok().filter(|number| self.0.contains(number));
        within.or_else(|| reader.fault(Wrong::OutOfRange((*self.0.start()).into(), (*self.0.end()).into())))
    }

    fn schema(&self) -> Json {
        json!({ "type": "integer", "minimum": self.0.start(), "maximum": self.0.end() })
    }
}

/// Any whole number; those beyond 64 bits become the greatest or least, which no bound includes.
pub(super) fn whole(found: &Json, reader: &mut Reader) -> Option<i64> {
    let number = match found {
        Json::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole_of_float)),
        Json::String(text) if reader.is_text() => text.trim().parse::<i64>().ok(),
        _ => None,
    };
    number.or_else(|| reader.fault(Wrong::Type("whole number")))
}

/// JSON knows one kind of number: 3.0 is 3.
#[expect(clippy::cast_possible_truncation, reason = "what is cut off was seen to be 0, and the rest saturates")]
fn whole_of_float(number: f64) -> Option<i64> {
    (number.fract() == 0.0).then_some(number as i64)
}
