//! A form of the dashboards as it is shown: filled with what is kept, or, when it came back, with what was typed and a
//! sentence beside each field that is wrong. And the kinds of value that only these forms have: rows that may be left
//! blank, and one value a line.

use std::collections::BTreeMap;
use std::str::FromStr;

use domain::Refusal;
use domain::values::{Amount, Faults, Obstacle, Wrong};
use engine::stop::Stop;
use maud::{Markup, Render as _, html};
use serde_json::{Value as Json, json};

use crate::input::{Kind, Reader};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::{Button, Choice, Dashboard, Field, Icon, Tick, Tone, button, form, message};
use crate::visit::{Sent, Shown, show_with};
use crate::wording;

/// A form and what stands in its fields.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    texts: Texts,
    sent: &'a Sent,
    faults: Option<&'a Faults>,
    kept: BTreeMap<String, Vec<String>>,
}

impl<'a> Form<'a> {
    /// A form that came back with these faults; or, without any, one that is shown for the first time.
    pub(crate) fn new(texts: Texts, sent: &'a Sent, faults: Option<&'a Faults>) -> Self {
        Self { texts, sent, faults, kept: BTreeMap::new() }
    }

    /// What is kept of a field; for a field of several, once for each.
    #[expect(clippy::needless_pass_by_value, reason = "so that numbers, words and references can be given alike")]
    pub(crate) fn keep(&mut self, name: impl Into<String>, value: impl ToString) {
        self.kept.entry(name.into()).or_default().push(value.to_string());
    }

    /// The same, if there is anything.
    pub(crate) fn keep_some(&mut self, name: impl Into<String>, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.keep(name, value);
        }
    }

    /// What stands in a field.
    pub(crate) fn value(&self, name: &str) -> String {
        match self.faults {
            Some(_) => self.sent.typed(&pointer_of(name)).to_owned(),
            None => self.kept.get(name).and_then(|values| values.first()).cloned().unwrap_or_default(),
        }
    }

    /// Is this one of what stands in a field of several?
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        match self.faults {
            Some(_) => self.sent.all(&pointer_of(name)).contains(&value),
            None => self.kept.get(name).is_some_and(|values| values.iter().any(|kept| kept == value)),
        }
    }

    /// What is wrong with a field, or with what is below it.
    pub(crate) fn error(&self, name: &str) -> Option<String> {
        let pointer = pointer_of(name);
        let below = format!("{pointer}/");
        let faults = self.faults?.list();
        let found = faults.iter().find(|fault| fault.at.as_str() == pointer);
        let found = found.or_else(|| faults.iter().find(|fault| fault.at.as_str().starts_with(&below)));
        found.map(|fault| wording::fault(self.texts, &fault.wrong))
    }

    /// All that is wrong, at the top of the page.
    pub(crate) fn summary(&self) -> Markup {
        let faults = self.faults.map(Faults::list).unwrap_or_default();
        let (whole, fields): (Vec<_>, Vec<_>) = faults.iter().partition(|fault| fault.at.as_str().is_empty());
        let fields: Vec<(String, String)> = fields
            .into_iter()
            .map(|fault| (name_of(fault.at.as_str()), wording::named_fault(self.texts, fault)))
            .collect();
        html! {
            @for fault in whole {
                @if fault.wrong == Wrong::State(Obstacle::ChangedMeanwhile) {
                    (message::notice(Tone::Warning, &self.texts.say("dash-changed"), html! { (self.texts.say("dash-changed-more")) }))
                } @else { (message::notice(Tone::Bad, &self.texts.say("dash-not-done"), html! { (wording::fault(self.texts, &fault.wrong)) })) }
            }
            (form::error_summary(self.texts, fields.iter().map(|(name, sentence)| (name.as_str(), sentence.as_str()))))
        }
    }

    /// One line of text.
    pub(crate) fn text<'f>(&self, name: &'f str, label: impl Into<String>) -> Field<'f> {
        self.filled(name, Field::text(name, label.into()))
    }

    /// Several lines of text.
    pub(crate) fn area<'f>(&self, name: &'f str, label: impl Into<String>, lines: u8) -> Field<'f> {
        self.filled(name, Field::area(name, label.into(), lines))
    }

    /// A whole number.
    pub(crate) fn number<'f>(&self, name: &'f str, label: impl Into<String>) -> Field<'f> {
        self.filled(name, Field::number(name, label.into()))
    }

    /// An e-mail address.
    pub(crate) fn email<'f>(&self, name: &'f str, label: impl Into<String>) -> Field<'f> {
        self.filled(name, Field::email(name, label.into()))
    }

    /// A local day and time.
    pub(crate) fn date_and_time<'f>(&self, name: &'f str, label: impl Into<String>) -> Field<'f> {
        self.filled(name, Field::date_and_time(name, label.into()))
    }

    /// One of a list.
    pub(crate) fn select<'f>(
        &self,
        name: &'f str,
        label: impl Into<String>,
        choices: impl IntoIterator<Item = Choice<'f>>,
    ) -> Field<'f> {
        self.filled(name, Field::select(name, label.into(), choices))
    }

    /// A box to tick.
    pub(crate) fn tick<'f>(&self, name: &'f str, label: impl Into<String>) -> Tick<'f> {
        let tick = Tick::checkbox(name, label.into()).ticked_when(!self.value(name).is_empty());
        tick.error(self.error(name))
    }

    /// Any other field, with what stands in it and what is wrong with it.
    pub(crate) fn filled<'f>(&self, name: &str, field: Field<'f>) -> Field<'f> {
        field.value(self.value(name)).error(self.error(name))
    }
}

/// A form that came back because of what is wrong with it.
#[expect(clippy::unnecessary_wraps, reason = "what a handler ends with")]
pub(crate) fn again(page: &Dashboard<'_>) -> Shown {
    Ok(show_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page.render()))
}

/// The button that keeps a form.
pub(crate) fn save_row(texts: Texts) -> Markup {
    button::row(html! { (Button::submit(texts.say("dash-save")).primary().icon(Icon::Check)) })
}

/// A text as a name in addresses: small letters and digits with hyphens between; none if nothing of it can be kept.
pub(crate) fn word_of(text: &str, most: usize) -> Option<String> {
    let mut word = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => word.push(letter),
            'á' | 'à' | 'ä' | 'â' | 'ã' => word.push('a'),
            'é' | 'è' | 'ë' | 'ê' => word.push('e'),
            'í' | 'ì' | 'ï' | 'î' => word.push('i'),
            'ó' | 'ò' | 'ö' | 'ô' | 'õ' => word.push('o'),
            'ú' | 'ù' | 'ü' | 'û' => word.push('u'),
            'ñ' => word.push('n'),
            'ç' => word.push('c'),
            '\'' | '’' => {}
            _ if word.ends_with('-') || word.is_empty() => {}
            _ => word.push('-'),
        }
    }
    let word: String = word.chars().take(most).collect();
    let word = word.trim_end_matches('-').to_owned();
    (!word.is_empty()).then_some(word)
}

/// An amount as it is typed, in major units: `95`, `12.50`.
pub(crate) fn typed_amount(amount: Amount, digits: u32) -> String {
    let per_major = 10_i64.saturating_pow(digits).max(1);
    let (major, minor) = (amount.units() / per_major, amount.units().rem_euclid(per_major));
    let width = usize::try_from(digits).unwrap_or_default();
    if minor == 0 { major.to_string() } else { format!("{major}.{minor:0>width$}") }
}

/// `prices[standard]` as what was sent names it: `/prices/standard`.
fn pointer_of(name: &str) -> String {
    format!("/{}", name.replace("][", "/").replace('[', "/").replace(']', ""))
}

/// `/prices/standard` as a form names it: `prices[standard]`.
fn name_of(pointer: &str) -> String {
    let mut parts = pointer.split('/').skip(1);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| format!("{name}[{part}]"))
}

/// What is wrong with what was sent, for a form that comes back; what no form can say is a problem.
pub(crate) fn refused(stop: Stop) -> Result<Faults, Problem> {
    match stop {
        Stop::Refused(
            Refusal::Invalid(faults)
            | Refusal::Taken(faults)
            | Refusal::Changed(faults)
            | Refusal::SoldOut(faults)
            | Refusal::SalesClosed(faults)
            | Refusal::MethodNotAllowed(faults)
            | Refusal::CannotBeCovered(faults),
        ) => Ok(faults),
        other => Err(other.into()),
    }
}

/// Rows of a form. See [`rows`].
#[derive(Debug, Clone)]
pub(crate) struct Rows<K> {
    most: usize,
    kind: K,
}

/// At most so many rows `name[0][…]`, `name[1][…]`; those that were left blank are none.
pub(crate) fn rows<K: Kind>(most: usize, kind: K) -> Rows<K> {
    Rows { most, kind }
}

impl<K: Kind> Kind for Rows<K> {
    type Value = Vec<K::Value>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Self::Value> {
        let Json::Object(rows) = found else { return reader.fault(Wrong::Type("list")) };
        let mut numbered = Vec::with_capacity(rows.len());
        for (key, row) in rows.iter().filter(|(_, row)| !is_blank(row)) {
            let Ok(index) = key.parse::<u16>() else { return reader.fault(Wrong::Type("list")) };
            numbered.push((usize::from(index), row));
        }
        if numbered.len() > self.most {
            return reader.fault(Wrong::TooLong(self.most));
        }
        numbered.sort_by_key(|(index, _)| *index);
        let read =
            numbered.into_iter().map(|(index, row)| reader.in_element(index, |reader| self.kind.read(row, reader)));
        let values: Vec<Option<K::Value>> = read.collect();
        values.into_iter().collect()
    }

    fn schema(&self) -> Json {
        json!({ "type": "array", "items": self.kind.schema(), "maxItems": self.most })
    }
}

fn is_blank(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(values) => values.iter().all(is_blank),
        Json::Object(fields) => fields.values().all(is_blank),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// Values that stand one a line. See [`lines`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lines<T> {
    most: usize,
    of: std::marker::PhantomData<fn() -> T>,
}

/// At most so many values, one a line; blank lines are none.
pub(crate) fn lines<T: FromStr>(most: usize) -> Lines<T> {
    Lines { most, of: std::marker::PhantomData }
}

impl<T: FromStr> Kind for Lines<T> {
    type Value = Vec<T>;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Vec<T>> {
        let Some(text) = found.as_str() else { return reader.fault(Wrong::Type("text")) };
        let given: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if given.len() > self.most {
            return reader.fault(Wrong::TooLong(self.most));
        }
        let values: Option<Vec<T>> = given.into_iter().map(|line| line.parse().ok()).collect();
        values.or_else(|| reader.fault(Wrong::Form("list with one name a line")))
    }

    fn schema(&self) -> Json {
        json!({ "type": "string" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Fields, Setting, form_to_json, line, object, read};
    use domain::values::{Pointer, Text, Title};

    fn names(fields: &mut Fields<'_>) -> Option<(Vec<Text<60>>, Vec<Title>)> {
        let named = fields.required("rows", rows(3, object(|fields| fields.required("name", line()))));
        let rooms = fields.optional("rooms", lines(3));
        Some((named?, rooms.unwrap_or_default()))
    }

    fn of(form: &str) -> Result<(Vec<Text<60>>, Vec<Title>), Faults> {
        read(&form_to_json(form.as_bytes()).unwrap(), &Setting::text(None, None), names)
    }

    #[test]
    fn rows_that_were_left_blank_are_none_and_lines_that_are_blank_too() {
        let (rows, rooms) = of("rows[0][name]=A&rows[1][name]=&rows[2][name]=C&rooms=One%0D%0A%0D%0A Two ").unwrap();
        assert_eq!(rows.iter().map(Text::as_str).collect::<Vec<_>>(), ["A", "C"]);
        assert_eq!(rooms.iter().map(Title::as_str).collect::<Vec<_>>(), ["One", "Two"]);
    }

    #[test]
    fn more_rows_or_lines_than_there_may_be_are_refused_where_they_stand() {
        let faults = of("rows[0][name]=A&rooms=1%0A2%0A3%0A4").unwrap_err();
        assert_eq!(faults, Faults::one(Pointer::to("rooms"), Wrong::TooLong(3)));
        assert!(of("rows[a][name]=A").is_err() && of("rows=A").is_err());
    }

    #[test]
    fn a_field_is_found_by_its_pointer_and_back() {
        let name = "pricing_schedule[0][prices][student]";
        assert_eq!(pointer_of(name), "/pricing_schedule/0/prices/student");
        assert_eq!(name_of(&pointer_of(name)), name);
    }

    #[test]
    fn a_title_becomes_a_name_in_addresses() {
        assert_eq!(word_of("¡Año Nuevo – Salsa & Son!", 64).as_deref(), Some("ano-nuevo-salsa-son"));
        assert_eq!(word_of("  DJ's   Night 2026 ", 64).as_deref(), Some("djs-night-2026"));
        assert_eq!(word_of("日本", 64), None);
        assert_eq!(word_of("abc def", 4).as_deref(), Some("abc"));
    }

    #[test]
    fn amounts_are_typed_in_major_units_of_their_currency() {
        assert_eq!(typed_amount(Amount::minor(9_500), 2), "95");
        assert_eq!(typed_amount(Amount::minor(1_205), 2), "12.05");
        assert_eq!(typed_amount(Amount::minor(5_000), 0), "5000");
        assert_eq!(typed_amount(Amount::ZERO, 2), "0");
    }
}
