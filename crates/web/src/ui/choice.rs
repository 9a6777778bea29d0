//! What is ticked or chosen: one box, one switch, and cards of which one or several are chosen.

use super::{
    element::{Attributes, void_element},
    field::{described_by, error_of, field_id, hint_of},
};
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// One box to tick, or a switch: yes or no.
#[derive(Clone, Debug)]
pub struct Tick<'a> {
    is_switch: bool,
    name: Cow<'a, str>,
    label: Cow<'a, str>,
    hint: Option<Cow<'a, str>>,
    error: Option<Cow<'a, str>>,
    control: Attributes<'a>,
}

impl<'a> Tick<'a> {
    /// A box in a form: agreed to, or wanted. Sends `on` unless told otherwise, and nothing when it is not ticked.
    pub fn checkbox(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let control = Attributes::new();
        Self { is_switch: false, name: name.into(), label: label.into(), hint: None, error: None, control }
    }

    /// A setting that is on or off.
    pub fn switch(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        let control = Attributes::new().with("role", "switch");
        Self { is_switch: true, control, ..Self::checkbox(name, label) }
    }

    /// What is sent when it is ticked.
    pub fn value(self, value: impl Into<Cow<'a, str>>) -> Self {
        self.attr("value", value)
    }

    /// Ticked when the condition holds.
    pub fn ticked_when(mut self, condition: bool) -> Self {
        self.control = self.control.flag_when(condition, "checked");
        self
    }

    /// Must be ticked.
    pub fn required(mut self) -> Self {
        self.control = self.control.flag("required");
        self
    }

    /// A sentence under the label.
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong, if anything is.
    pub fn error(mut self, error: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// Any other attribute of the box.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.control = self.control.with(name, value);
        self
    }
}

impl Render for Tick<'_> {
    fn render(&self) -> Markup {
        let id = field_id(&self.name);
        let (class, look) = if self.is_switch { ("check check-switch", "toggle") } else { ("check", "checkbox") };
        let described = described_by(&id, self.hint.is_some(), self.error.is_some());
        let control = Attributes::new()
            .with("type", "checkbox")
            .with("id", id.as_str())
            .with("name", self.name.as_ref())
            .with("class", look)
            .maybe("aria-describedby", described)
            .maybe("aria-invalid", self.error.as_ref().map(|_| "true"))
            .and(&self.control);
        html! {
            div class=(class) {
                (void_element("input", &control))
                label.check-label for=(id) { (self.label) }
                @if let Some(hint) = &self.hint { (hint_of(&id, hint)) }
                @if let Some(error) = &self.error { (error_of(&id, error)) }
            }
        }
    }
}

/// One of [`Choices`]: a card with a label, a line about it, and something at its end (a price).
#[derive(Clone, Debug)]
pub struct Card<'a> {
    value: Cow<'a, str>,
    label: Cow<'a, str>,
    detail: Option<Cow<'a, str>>,
    aside: Option<Cow<'a, str>>,
    is_closed: bool,
}

impl<'a> Card<'a> {
    /// A card that sends this value.
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self { value: value.into(), label: label.into(), detail: None, aside: None, is_closed: false }
    }

    /// A line under the label.
    pub fn detail(mut self, detail: impl Into<Cow<'a, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// At the end of the first line: a price, a number left.
    pub fn aside(mut self, aside: impl Into<Cow<'a, str>>) -> Self {
        self.aside = Some(aside.into());
        self
    }

    /// Cannot be chosen; the detail says why.
    pub fn closed(mut self) -> Self {
        self.is_closed = true;
        self
    }
}

/// Cards of which one (or several) are chosen.
#[derive(Clone, Debug)]
pub struct Choices<'a> {
    input: &'static str,
    name: Cow<'a, str>,
    legend: Cow<'a, str>,
    cards: Vec<Card<'a>>,
    chosen: Vec<Cow<'a, str>>,
    hint: Option<Cow<'a, str>>,
    error: Option<Cow<'a, str>>,
    control: Attributes<'a>,
}

impl<'a> Choices<'a> {
    /// Exactly one can be chosen.
    pub fn one(
        name: impl Into<Cow<'a, str>>,
        legend: impl Into<Cow<'a, str>>,
        cards: impl IntoIterator<Item = Card<'a>>,
    ) -> Self {
        Self {
            input: "radio",
            name: name.into(),
            legend: legend.into(),
            cards: cards.into_iter().collect(),
            chosen: Vec::new(),
            hint: None,
            error: None,
            control: Attributes::new(),
        }
    }

    /// Any number can be chosen; the form sends the name once for each.
    pub fn several(
        name: impl Into<Cow<'a, str>>,
        legend: impl Into<Cow<'a, str>>,
        cards: impl IntoIterator<Item = Card<'a>>,
    ) -> Self {
        Self { input: "checkbox", ..Self::one(name, legend, cards) }
    }

    /// Is chosen; may be said more than once for [`Choices::several`].
    pub fn chosen(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.chosen.push(value.into());
        self
    }

    /// One must be chosen. Browsers know this of one only.
    pub fn required(mut self) -> Self {
        if self.input == "radio" {
            self.control = self.control.flag("required");
        }
        self
    }

    /// A sentence under the legend.
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong, if anything is.
    pub fn error(mut self, error: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// Any other attribute of each control: `data-sends`, htmx's.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.control = self.control.with(name, value);
        self
    }

    fn card(&self, id: &str, at: usize, card: &Card<'_>) -> Markup {
        // The first has the field's own id, so that an error summary can lead to it.
        let card_id = if at == 0 { id.to_owned() } else { format!("{id}-{at}") };
        let control = Attributes::new()
            .with("type", self.input)
            .with("id", card_id.clone())
            .with("name", self.name.to_string())
            .with("value", card.value.to_string())
            .with("class", self.input)
            .maybe("aria-describedby", card.detail.as_ref().map(|_| format!("{card_id}-detail")))
            .flag_when(self.chosen.contains(&card.value), "checked")
            .flag_when(card.is_closed, "disabled")
            .and(&self.control);
        html! {
            label.choice-card for=(card_id) {
                (void_element("input", &control))
                span.choice-card-label { (card.label) }
                @if let Some(aside) = &card.aside { span.choice-card-aside { (aside) } }
                @if let Some(detail) = &card.detail { span.choice-card-detail id={ (card_id) "-detail" } { (detail) } }
            }
        }
    }
}

impl Render for Choices<'_> {
    fn render(&self) -> Markup {
        let id = field_id(&self.name);
        let described = described_by(&id, self.hint.is_some(), self.error.is_some());
        html! {
            fieldset.choices aria-describedby=[described] data-invalid[self.error.is_some()] {
                legend { (self.legend) }
                @if let Some(hint) = &self.hint { (hint_of(&id, hint)) }
                div.choice-cards {
                    @for (at, card) in self.cards.iter().enumerate() { (self.card(&id, at, card)) }
                }
                @if let Some(error) = &self.error { (error_of(&id, error)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles() -> Choices<'static> {
        let cards =
            [Card::new("leader", "Leader").aside("£95"), Card::new("follower", "Follower").detail("Full").closed()];
        Choices::one("tickets[0].role", "Role", cards)
    }

    #[test]
    fn the_first_card_is_where_an_error_summary_leads() {
        let html = roles().error(Some("Choose a role")).render().into_string();
        assert!(html.contains("type=\"radio\" id=\"field-tickets-0-role\""), "{html}");
        assert!(html.contains("<fieldset class=\"choices\" aria-describedby=\"field-tickets-0-role-error\""));
    }

    #[test]
    fn what_was_chosen_stays_and_what_is_closed_cannot_be() {
        let html = roles().chosen("leader").required().render().into_string();
        assert!(html.contains("value=\"leader\" class=\"radio\" checked required"), "{html}");
        assert!(html.contains("aria-describedby=\"field-tickets-0-role-1-detail\" disabled"));
    }

    #[test]
    fn a_switch_is_a_box_that_says_what_it_is() {
        let html = Tick::switch("live", "On sale").ticked_when(true).render().into_string();
        assert!(html.contains("class=\"toggle\" role=\"switch\" checked"), "{html}");
        assert!(!Tick::checkbox("a", "b").ticked_when(false).render().into_string().contains("checked"));
    }
}
