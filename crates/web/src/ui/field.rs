//! Form fields: a label, a hint, the control and what is wrong with it, tied together for everyone.
//!
//! A field keeps what was typed: give it back with [`Field::value`]. Boxes to tick and cards to choose from are in
//! [`choice`](super::choice), what holds fields together is in [`form`](super::form).

use super::{
    Icon,
    element::{Attributes, element, void_element},
};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// The id of the control of a field by its name: `tickets[0].email` → `field-tickets-0-email`. Error summaries link to
/// it, and so may anything else.
pub fn field_id(name: &str) -> String {
    let mut id = String::from("field");
    for part in name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|part| !part.is_empty()) {
        id.push('-');
        id.push_str(part);
    }
    id
}

/// One entry of a [`Field::select`]: its value and what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'a> {
    /// What the form sends.
    pub value: Cow<'a, str>,
    /// What people read.
    pub label: Cow<'a, str>,
}

impl<'a> Choice<'a> {
    /// An entry.
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

#[derive(Clone, Debug)]
enum Kind<'a> {
    Input,
    Money { symbol: Cow<'a, str> },
    Search,
    Area,
    Select(Vec<Choice<'a>>),
}

/// A field with one control.
///
/// `Field::email("email", "E-mail").hint("The ticket goes here").value(typed).error(problem).required()`
#[derive(Clone, Debug)]
pub struct Field<'a> {
    kind: Kind<'a>,
    name: Cow<'a, str>,
    label: Cow<'a, str>,
    value: Cow<'a, str>,
    hint: Option<Cow<'a, str>>,
    error: Option<Cow<'a, str>>,
    optional: Option<String>,
    unit: Option<Cow<'a, str>>,
    class: &'static str,
    control: Attributes<'a>,
}

impl<'a> Field<'a> {
    fn new(kind: Kind<'a>, name: Cow<'a, str>, label: Cow<'a, str>) -> Self {
        Self {
            kind,
            name,
            label,
            value: Cow::Borrowed(""),
            hint: None,
            error: None,
            optional: None,
            unit: None,
            class: "",
            control: Attributes::new(),
        }
    }

    fn input(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>, of: &'static str) -> Self {
        Self::new(Kind::Input, name.into(), label.into()).attr("type", of)
    }

    /// One line of text.
    pub fn text(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "text")
    }

    /// An e-mail address; phones show its keyboard and offer the owner's.
    pub fn email(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let plain = Self::input(name, label, "email");
        plain.attr("autocomplete", "email").attr("inputmode", "email").attr("autocapitalize", "none")
    }

    /// A web address.
    pub fn url(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "url").attr("inputmode", "url").attr("autocapitalize", "none")
    }

    /// A telephone number.
    pub fn telephone(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "tel").attr("autocomplete", "tel")
    }

    /// A whole number. Limits: `.attr("min", "1").attr("max", "10")`.
    pub fn number(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "number").attr("inputmode", "numeric").class("field-narrow")
    }

    /// An amount of money as people write it (`95` or `95.50`), with its currency's sign or code before it. The form
    /// sends the text; whoever reads it knows the currency's decimals.
    pub fn money(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        symbol: impl Into<Cow<'a, str>>,
    ) -> Self {
        let kind = Kind::Money { symbol: symbol.into() };
        let plain = Self::new(kind, name.into(), label.into()).attr("type", "text");
        plain.attr("inputmode", "decimal").attr("autocomplete", "off").class("field-narrow")
    }

    /// A day; the value is `2026-12-04`.
    pub fn date(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "date").class("field-narrow")
    }

    /// A day and a time on the wall of the event's zone; the value is `2026-12-04T18:30`. Name the zone in the hint.
    pub fn date_and_time(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "datetime-local").class("field-narrow")
    }

    /// A time of day; the value is `18:30`.
    pub fn time(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "time").class("field-narrow")
    }

    /// A colour; the value is `#ad1b5f`.
    pub fn colour(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "color").class("field-narrow")
    }

    /// A file to send. Its form needs `enctype="multipart/form-data"`; types by `.attr("accept", ".csv,.xlsx")`.
    pub fn file(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::input(name, label, "file")
    }

    /// A search box: the label is for screen readers, the magnifier says it to everyone else.
    pub fn search(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let plain =
            Self::new(Kind::Search, name.into(), label.into()).attr("type", "search").attr("enterkeyhint", "search");
        plain.attr("autocomplete", "off").attr("spellcheck", "false")
    }

    /// Several lines of text, as many at first.
    pub fn area(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>, lines: u8) -> Self {
        Self::new(Kind::Area, name.into(), label.into()).attr("rows", lines.to_string())
    }

    /// One of a list; the entry whose value is the field's value is chosen.
    pub fn select(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        choices: impl IntoIterator<Item = Choice<'a>>,
    ) -> Self {
        Self::new(Kind::Select(choices.into_iter().collect()), name.into(), label.into())
    }

    /// What is in the control: what was typed, or what is known.
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = value.into();
        self
    }

    /// A sentence under the label that helps to fill it in.
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong with the value and what to do; `None` when nothing is.
    pub fn error(mut self, error: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// Must be filled in.
    pub fn required(mut self) -> Self {
        self.control = self.control.flag("required");
        self
    }

    /// Says "optional" beside the label.
    pub fn optional(mut self, texts: Texts) -> Self {
        self.optional = Some(texts.say("optional-mark"));
        self
    }

    /// A unit after the control: "minutes", "%".
    pub fn unit(mut self, unit: impl Into<Cow<'a, str>>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Any other attribute of the control: `autocomplete`, `maxlength`, `placeholder`, htmx's.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.control = self.control.with(name, value);
        self
    }

    fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    fn control(&self, id: &str) -> Markup {
        let described = described_by(id, self.hint.is_some(), self.error.is_some());
        let common = Attributes::new()
            .with("id", id)
            .with("name", self.name.as_ref())
            .with("class", "control")
            .maybe("aria-describedby", described)
            .maybe("aria-invalid", self.error.as_ref().map(|_| "true"));
        let input = || void_element("input", &common.clone().maybe("value", some(&self.value)).and(&self.control));
        match &self.kind {
            Kind::Input => input(),
            Kind::Money { symbol } => {
                html! { span.control-money { span.control-symbol aria-hidden="true" { (symbol) } (input()) } }
            }
            Kind::Search => html! { span.control-search { (Icon::Search) (input()) } },
            Kind::Area => element("textarea", &common.and(&self.control), self.value.as_ref()),
            Kind::Select(choices) => {
                let options = html! {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == self.value] { (choice.label) }
                    }
                };
                html! { span.control-select { (element("select", &common.and(&self.control), options)) (Icon::Down) } }
            }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let id = field_id(&self.name);
        let label = match &self.kind {
            Kind::Money { symbol } => Some(format!(" ({symbol})")),
            Kind::Input | Kind::Search | Kind::Area | Kind::Select(_) => None,
        };
        let hides_label = matches!(self.kind, Kind::Search);
        html! {
            div class={ "field " (self.class) } data-invalid[self.error.is_some()] {
                label.field-label.unseen[hides_label] for=(id) {
                    (self.label)
                    @if let Some(symbol) = label { span.unseen { (symbol) } }
                    @if let Some(word) = &self.optional { " " span.field-optional { (word) } }
                }
                @if let Some(hint) = &self.hint { (hint_of(&id, hint)) }
                @match &self.unit {
                    Some(unit) => div.control-unit { (self.control(&id)) span { (unit) } },
                    None => (self.control(&id)),
                }
                @if let Some(error) = &self.error { (error_of(&id, error)) }
            }
        }
    }
}

fn some(value: &str) -> Option<&str> {
    Some(value).filter(|value| !value.is_empty())
}

/// The ids that describe a control, hint first.
pub(super) fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

pub(super) fn hint_of(id: &str, hint: &str) -> Markup {
    html! { p.field-hint id={ (id) "-hint" } { (hint) } }
}

pub(super) fn error_of(id: &str, error: &str) -> Markup {
    html! { p.field-error id={ (id) "-error" } { (Icon::Warning) span { (error) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_ties_label_hint_and_error_to_its_control() {
        let field = Field::email("tickets[0].email", "E-mail").hint("For the ticket").error(Some("Enter an e-mail"));
        let html = field.value("ana@").required().render().into_string();
        for part in [
            "for=\"field-tickets-0-email\"",
            "id=\"field-tickets-0-email\"",
            "name=\"tickets[0].email\"",
            "aria-describedby=\"field-tickets-0-email-hint field-tickets-0-email-error\"",
            "aria-invalid=\"true\"",
            "value=\"ana@\"",
            "required",
            "id=\"field-tickets-0-email-error\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn a_field_without_fault_is_not_marked_invalid() {
        let html = Field::text("name", "Name").error(None::<&str>).render().into_string();
        assert!(!html.contains("invalid") && !html.contains("describedby"));
    }

    #[test]
    fn a_select_keeps_what_was_chosen() {
        let choices = [Choice::new("leader", "Leader"), Choice::new("follower", "Follower")];
        let html = Field::select("role", "Role", choices).value("follower").render().into_string();
        assert!(html.contains("value=\"follower\" selected"), "{html}");
        assert!(!html.contains("value=\"leader\" selected"));
    }

    #[test]
    fn what_was_typed_in_an_area_comes_back_escaped() {
        let html = Field::area("note", "Note", 4).value("</textarea><script>").render().into_string();
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;</textarea>"));
    }

    #[test]
    fn money_says_its_currency_to_everyone() {
        let html = Field::money("price", "Price", "£").render().into_string();
        assert!(html.contains("<span class=\"unseen\"> (£)</span>") && html.contains("inputmode=\"decimal\""));
    }
}
