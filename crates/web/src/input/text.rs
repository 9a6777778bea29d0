//! Texts, and all that is written as one: slugs, addresses, identifiers, names of zones and currencies.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::str::FromStr;

use domain::catalogue::RateId;
use domain::door::ScanId;
use domain::organisations::{Colour, TimeZoneName};
use domain::tickets::Answers;
use domain::values::{Currency, Email, Prose, Slug, Text, TextFault, Wrong};
use serde_json::{Value as Json, json};

use super::fields::Kind;
use super::reader::Reader;

/// A line of text. See [`line`].
#[derive(Debug, Clone, Copy)]
pub struct Line<const MAX: usize>;

/// One line of 1 to `MAX` characters.
pub fn line<const MAX: usize>() -> Line<MAX> {
    Line
}

/// A name or title: one line of 1 to 200 characters.
pub fn title() -> Line<200> {
    Line
}

impl<const MAX: usize> Kind for Line<MAX> {
    type Value = Text<MAX>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Text<MAX>> {
        let text = text_of(found, reader)?;
        text.parse().map_or_else(|fault| reader.fault(wrong(fault)), Some)
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "minLength": 1, "maxLength": MAX })
    }
}

/// Several lines. See [`prose`].
#[derive(Debug, Clone, Copy)]
pub struct Paragraphs;

/// Several lines of 0 to 5,000 characters in all.
pub fn prose() -> Paragraphs {
    Paragraphs
}

impl Kind for Paragraphs {
    type Value = Prose;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Prose> {
        let text = text_of(found, reader)?;
        text.parse().map_or_else(|fault| reader.fault(wrong(fault)), Some)
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "maxLength": Prose::MAX })
    }
}

/// What is wrong with a text.
fn wrong(fault: TextFault) -> Wrong {
    match fault {
        TextFault::Empty => Wrong::Empty,
        TextFault::TooLong(most) => Wrong::TooLong(most),
        TextFault::Control => Wrong::Control,
    }
}

/// A text of a form that is checked when it is read. See [`slug`], [`email`], [`id`] …
#[derive(Debug)]
pub struct Parsed<T> {
    form: &'static str,
    schema: fn() -> Json,
    of: PhantomData<fn() -> T>,
}

fn parsed<T: FromStr>(form: &'static str, schema: fn() -> Json) -> Parsed<T> {
    Parsed { form, schema, of: PhantomData }
}

impl<T: FromStr> Kind for Parsed<T> {
    type Value = T;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<T> {
        let text = text_of(found, reader)?;
        text.parse().ok().or_else(|| reader.fault(Wrong::Form(self.form)))
    }

    fn schema(&self) -> Json {
        (self.schema)()
    }
}

/// A name in addresses.
pub fn slug() -> Parsed<Slug> {
    parsed("slug", || json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": Slug::MAX }))
}

/// A rate's name in prices.
pub fn rate() -> Parsed<RateId> {
    parsed("rate", || json!({ "type": "string", "pattern": "^[a-z0-9_-]{1,40}$" }))
}

/// An e-mail address.
pub fn email() -> Parsed<Email> {
    parsed("e-mail address", || json!({ "type": "string", "format": "email", "maxLength": 254 }))
}

/// An identifier.
pub fn id<T: FromStr>() -> Parsed<T> {
    parsed("identifier", || json!({ "type": "string", "pattern": "^[0-9A-Za-z]{27}$" }))
}

/// The code of a currency.
pub fn currency() -> Parsed<Currency> {
    parsed("currency", || json!({ "type": "string", "pattern": "^[A-Z]{3}$" }))
}

/// The name of a time zone.
pub fn time_zone() -> Parsed<TimeZoneName> {
    parsed("time zone", || json!({ "type": "string", "maxLength": 64, "examples": ["Europe/London"] }))
}

/// A colour.
pub fn colour() -> Parsed<Colour> {
    parsed("colour", || json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }))
}

/// A scan's identifier, made on the device.
pub fn scan_id() -> Parsed<ScanId> {
    parsed("scan identifier", || json!({ "type": "string", "pattern": "^[0-9A-Za-z_-]{8,64}$" }))
}

/// What was answered. See [`answers`].
#[derive(Debug, Clone, Copy)]
pub struct Answered;

/// Most answers of a ticket.
pub const MOST_ANSWERS: usize = 50;
/// Most characters of a question's name.
const LONGEST_NAME: usize = 100;

/// Answers by the question's name: texts, numbers, yes or no.
pub fn answers() -> Answered {
    Answered
}

impl Kind for Answered {
    type Value = Answers;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Answers> {
        let answers = AnswersChanged.read(found, reader)?;
        Some(answers.into_iter().filter_map(|(name, answer)| Some((name, answer?))).collect())
    }

    fn schema(&self) -> Json {
        AnswersChanged.schema()
    }
}

/// What is answered anew. See [`answer_changes`].
#[derive(Debug, Clone, Copy)]
pub struct AnswersChanged;

/// Answers by the question's name, to be merged into those there are; none takes one out.
pub fn answer_changes() -> AnswersChanged {
    AnswersChanged
}

impl Kind for AnswersChanged {
    type Value = BTreeMap<String, Option<Json>>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Self::Value> {
        let Json::Object(object) = found else { return reader.fault(Wrong::Type("object")) };
        if object.len() > MOST_ANSWERS {
            return reader.fault(Wrong::TooLong(MOST_ANSWERS));
        }
        let mut answers = Some(BTreeMap::new());
        for (name, answer) in object {
            let holds = reader.in_key(name, |reader| match answer {
                Json::Null => Some(None),
                answer => holds(name, answer, reader).map(Some),
            });
            match (holds, &mut answers) {
                (Some(answer), Some(answers)) => {
                    answers.insert(name.clone(), answer);
                }
                _ => answers = None,
            }
        }
        answers
    }

    fn schema(&self) -> Json {
        let answer = json!({ "type": ["string", "number", "boolean", "null"], "maxLength": Prose::MAX });
        json!({ "type": "object", "additionalProperties": answer, "maxProperties": MOST_ANSWERS })
    }
}

fn holds(name: &str, answer: &Json, reader: &mut Reader) -> Option<Json> {
    if name.chars().count() > LONGEST_NAME {
        return reader.fault(Wrong::TooLong(LONGEST_NAME));
    }
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return reader.fault(Wrong::Control);
    }
    match answer {
        Json::String(_) => Paragraphs.read(answer, reader).map(|text| Json::String(text.into())),
        Json::Number(_) | Json::Bool(_) => Some(answer.clone()),
        Json::Null | Json::Array(_) | Json::Object(_) => reader.fault(Wrong::Type("text")),
    }
}

/// Any text. See [`anything`].
#[derive(Debug, Clone, Copy)]
pub struct AnyText;

/// Any text at all, for what is judged elsewhere.
pub fn anything() -> AnyText {
    AnyText
}

impl Kind for AnyText {
    type Value = String;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<String> {
        text_of(found, reader).map(str::to_owned)
    }

    fn schema(&self) -> Json {
        json!({ "type": "string" })
    }
}

/// The text that stands here.
pub(super) fn text_of<'a>(found: &'a Json, reader: &mut Reader) -> Option<&'a str> {
    found.as_str().or_else(|| reader.fault(Wrong::Type("text")))
}
