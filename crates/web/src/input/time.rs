//! Instants, dates and days, and when something is on sale.

use domain::catalogue::{Day, Live};
use domain::values::Wrong;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde_json::{Value as Json, json};

use super::choice::flag;
use super::fields::{Fields, Kind};
use super::object;
use super::reader::Reader;
use super::text::text_of;

/// The first year of an instant or date.
const FIRST_YEAR: i16 = 2000;
/// The last year of an instant or date.
const LAST_YEAR: i16 = 2100;

/// An instant. See [`instant`].
#[derive(Debug, Clone, Copy)]
pub struct Instant {
    milliseconds: bool,
}

/// An instant of the years 2000 to 2100, RFC 3339 with any offset, cut off to whole seconds. Of a form also a local
/// date with a time: in an hour that happens twice it is the first, in one that the clocks skip it is wrong.
pub fn instant() -> Instant {
    Instant { milliseconds: false }
}

/// The same, cut off to milliseconds.
pub fn precise_instant() -> Instant {
    Instant { milliseconds: true }
}

impl Kind for Instant {
    type Value = Timestamp;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Timestamp> {
        let text = text_of(found, reader)?;
        let zone = reader.setting().zone.clone().filter(|_| reader.is_text() && !is_rfc3339(text));
        let at = match zone {
            Some(zone) => local(text.trim(), &zone).unwrap_or_else(|wrong| reader.fault(wrong))?,
            None if is_rfc3339(text) => text.parse().ok().or_else(|| reader.fault(Wrong::Form("instant")))?,
            None => return reader.fault(Wrong::Form("instant")),
        };
        let milliseconds = at.as_millisecond();
        let cut = if self.milliseconds { milliseconds } else { milliseconds - milliseconds.rem_euclid(1_000) };
        let year = at.to_zoned_datetime(TimeZone::UTC).year();
        let cut = Timestamp::from_millisecond(cut).ok().filter(|_| (FIRST_YEAR..=LAST_YEAR).contains(&year));
        cut.or_else(|| reader.fault(Wrong::Form("instant")))
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "format": "date-time", "examples": ["2026-12-04T18:30:00Z"] })
    }
}

/// `2026-12-04T18:30:00Z`, with any fraction and any offset. The library reads a good deal more than that, and what
/// is not read here cannot come to mean something else later.
fn is_rfc3339(text: &str) -> bool {
    let Some((date_time, rest)) = text.as_bytes().split_at_checked("2026-12-04T18:30:00".len()) else { return false };
    let form = b"0000-00-00T00:00:00";
    let holds = |(byte, form): (&u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't'),
        _ => byte == form,
    };
    let offset = match rest.split_first() {
        Some((b'.', fraction)) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 { None } else { fraction.get(digits..) }
        }
        _ => Some(rest),
    };
    let holds_offset = match offset {
        Some(b"Z" | b"z") => true,
        Some([b'+' | b'-', a, b, b':', c, d]) => [a, b, c, d].into_iter().all(u8::is_ascii_digit),
        _ => false,
    };
    date_time.iter().zip(form).all(holds) && holds_offset
}

/// `2026-12-04T18:30`, as browsers send it, in a zone.
fn local(text: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Wrong> {
    let local: DateTime = text.parse().map_err(|_| Wrong::Form("date and time"))?;
    let ambiguous = zone.to_ambiguous_timestamp(local);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => Err(Wrong::SkippedHour),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => Ok(ambiguous.earlier().ok()),
    }
}

/// A date. See [`date`].
#[derive(Debug, Clone, Copy)]
pub struct CalendarDate;

/// A date of the years 2000 to 2100, `2026-12-04`.
pub fn date() -> CalendarDate {
    CalendarDate
}

impl Kind for CalendarDate {
    type Value = Date;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Date> {
        let text = text_of(found, reader)?;
        match text.parse::<Day>() {
            Ok(Day::On(date)) if (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) => Some(date),
            Ok(Day::On(_) | Day::All) | Err(_) => reader.fault(Wrong::Form("date")),
        }
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "format": "date", "examples": ["2026-12-04"] })
    }
}

/// A date, or every day. See [`day`].
#[derive(Debug, Clone, Copy)]
pub struct DateOrAll;

/// A date, or `all` for every day.
pub fn day() -> DateOrAll {
    DateOrAll
}

impl Kind for DateOrAll {
    type Value = Day;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Day> {
        if found.as_str() == Some("all") {
            return Some(Day::All);
        }
        let text = text_of(found, reader)?;
        match text.parse::<Day>() {
            Ok(Day::On(date)) if (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) => Some(Day::On(date)),
            Ok(Day::On(_) | Day::All) | Err(_) => reader.fault(Wrong::Form("day")),
        }
    }

    fn schema(&self) -> Json {
        json!({ "anyOf": [{ "const": "all" }, date().schema()] })
    }
}

/// When something is on sale. See [`live`].
#[derive(Debug, Clone, Copy)]
pub struct OnSale;

/// `true`, `false`, or `{from_at?, until_at?}`.
pub fn live() -> OnSale {
    OnSale
}

impl Kind for OnSale {
    type Value = Live;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Live> {
        match found {
            Json::Object(_) => object(|fields| Some(between(fields))).read(found, reader),
            _ if found.is_boolean() || reader.is_text() => {
                flag().read(found, reader).map(|live| if live { Live::Yes } else { Live::No })
            }
            _ => reader.fault(Wrong::Type("yes, no, or an object")),
        }
    }

    fn schema(&self) -> Json {
        json!({ "anyOf": [flag().schema(), object(|fields| Some(between(fields))).schema()] })
    }
}

fn between(fields: &mut Fields<'_>) -> Live {
    let from_at = fields.optional("from_at", instant());
    let until_at = fields.optional("until_at", instant());
    fields.rising(("from_at", from_at.as_ref()), ("until_at", until_at.as_ref()));
    Live::Between { from_at, until_at }
}
