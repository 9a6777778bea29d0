//! What can be bought: a pass as a ticket-shaped card, an item as a row to tick, how many, and the answer of the cover.

use super::{
    Icon,
    button::Button,
    element::{Attributes, void_element},
    field::field_id,
    price::{Left, Price},
};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// A pass: name, price, what it includes, and at its foot the way to take it.
#[derive(Clone, Debug)]
pub struct PassCard<'a> {
    texts: Texts,
    name: Cow<'a, str>,
    price: Option<Price<'a>>,
    about: Option<Cow<'a, str>>,
    includes: Vec<(Icon, Cow<'a, str>)>,
    left: Left,
    ribbon: Option<Cow<'a, str>>,
    action: Option<Markup>,
    id: Option<String>,
}

impl<'a> PassCard<'a> {
    /// A pass.
    pub fn new(texts: Texts, name: impl Into<Cow<'a, str>>) -> Self {
        Self {
            texts,
            name: name.into(),
            price: None,
            about: None,
            includes: Vec::new(),
            left: Left::Plenty,
            ribbon: None,
            action: None,
            id: None,
        }
    }

    /// Where links lead to it on its page.
    pub fn at(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// What it costs.
    pub fn price(mut self, price: Price<'a>) -> Self {
        self.price = Some(price);
        self
    }

    /// A sentence about it.
    pub fn about(mut self, about: impl Into<Cow<'a, str>>) -> Self {
        self.about = Some(about.into());
        self
    }

    /// One more item that it includes.
    pub fn includes(mut self, icon: Icon, name: impl Into<Cow<'a, str>>) -> Self {
        self.includes.push((icon, name.into()));
        self
    }

    /// How many are left.
    pub fn left(mut self, left: Left) -> Self {
        self.left = left;
        self
    }

    /// A word at its top: "Best value". The card stands out.
    pub fn ribbon(mut self, word: impl Into<Cow<'a, str>>) -> Self {
        self.ribbon = Some(word.into());
        self
    }

    /// How it is taken: a [`Quantity`], a button. Not shown when it cannot be bought.
    pub fn action(mut self, action: impl Render) -> Self {
        self.action = Some(action.render());
        self
    }
}

impl Render for PassCard<'_> {
    fn render(&self) -> Markup {
        html! {
            article.pass.is-best[self.ribbon.is_some()].is-closed[!self.left.can_be_bought()] id=[&self.id] {
                @if let Some(word) = &self.ribbon { p.pass-ribbon { (Icon::Sparkles) (word) } }
                header.pass-head {
                    h3 { (self.name) }
                    @if let Some(about) = &self.about { p { (about) } }
                    @if let Some(price) = &self.price { (price) }
                }
                div.pass-tear aria-hidden="true" {}
                div.pass-body {
                    @if !self.includes.is_empty() {
                        p.pass-includes { (self.texts.say("includes")) }
                        ul { @for (icon, name) in &self.includes { li { (icon) span { (name) } } } }
                    }
                    @let action = self.action.as_ref().filter(|_| self.left.can_be_bought());
                    @if self.left != Left::Plenty || action.is_some() {
                        footer.pass-foot { (self.left.show(self.texts)) @if let Some(action) = action { (action) } }
                    }
                }
            }
        }
    }
}

/// An item to tick: "I want to do this". The whole row is the label.
#[derive(Clone, Debug)]
pub struct ItemRow<'a> {
    texts: Texts,
    id: String,
    icon: Icon,
    name: Cow<'a, str>,
    detail: Option<Cow<'a, str>>,
    price: Option<Cow<'a, str>>,
    left: Left,
    control: Attributes<'a>,
}

impl<'a> ItemRow<'a> {
    /// A row that sends `field=value` when it is ticked.
    pub fn new(texts: Texts, field: &str, value: &'a str, name: impl Into<Cow<'a, str>>) -> Self {
        let control = Attributes::new().with("type", "checkbox").with("name", field.to_owned()).with("value", value);
        let id = field_id(&format!("{field}.{value}"));
        Self {
            texts,
            id,
            icon: Icon::Ticket,
            name: name.into(),
            detail: None,
            price: None,
            left: Left::Plenty,
            control,
        }
    }

    /// What kind of thing it is.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }

    /// When and where.
    pub fn detail(mut self, detail: impl Into<Cow<'a, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// What it costs on its own; without one it comes only in a pass.
    pub fn price(mut self, price: impl Into<Cow<'a, str>>) -> Self {
        self.price = Some(price.into());
        self
    }

    /// How many are left.
    pub fn left(mut self, left: Left) -> Self {
        self.left = left;
        self
    }

    /// Ticked when the condition holds.
    pub fn ticked_when(mut self, condition: bool) -> Self {
        self.control = self.control.flag_when(condition, "checked");
        self
    }
}

impl Render for ItemRow<'_> {
    fn render(&self) -> Markup {
        let control = Attributes::new().with("id", self.id.as_str()).with("class", "checkbox").and(&self.control);
        let control = control.flag_when(!self.left.can_be_bought(), "disabled");
        html! {
            label.item for=(self.id) {
                (void_element("input", &control))
                span.item-icon { (self.icon) }
                span.item-words {
                    span.item-name { (self.name) }
                    @if let Some(detail) = &self.detail { span.item-detail { (detail) } }
                }
                span.item-end {
                    (self.left.show(self.texts))
                    @if let Some(price) = &self.price { span.item-price { (price) } }
                }
            }
        }
    }
}

/// Items of one day or kind under a heading.
pub fn items<'a>(heading: &str, rows: impl IntoIterator<Item = ItemRow<'a>>) -> Markup {
    html! { fieldset.items { legend { (heading) } @for row in rows { (row) } } }
}

/// At the foot of the screen, so that the way on is always in reach: a few words and the button. On wide screens only
/// if it is `everywhere`.
pub fn buy_bar(words: impl Render, action: impl Render, everywhere: bool) -> Markup {
    html! { div.buy-bar.is-small[!everywhere].is-everywhere[everywhere] { p.buy-bar-sum { (words) } (action) } }
}

/// How many of something: a number field with − and + where there is script.
#[derive(Clone, Debug)]
pub struct Quantity<'a> {
    /// The form's name for it.
    pub name: Cow<'a, str>,
    /// What is counted, for screen readers.
    pub of: Cow<'a, str>,
    /// How many now.
    pub value: u32,
    /// At most.
    pub most: u32,
}

impl Quantity<'_> {
    /// As a stepper.
    pub fn show(&self, texts: Texts) -> Markup {
        let step = |label: String, icon, by: &'static str| {
            Button::plain(label).quiet().only_icon(icon).attr("data-step", by).attr("hidden", "")
        };
        html! {
            div.stepper {
                (step(texts.say("one-less"), Icon::Minus, "-1"))
                input.control type="number" name=(self.name) id=(field_id(&self.name)) value=(self.value) min="0" max=(self.most)
                    inputmode="numeric" aria-label=(texts.say_with("quantity-of", &[("name", self.of.as_ref().into())]));
                (step(texts.say("one-more"), Icon::Plus, "1"))
            }
        }
    }
}

/// A line of a [`Summary`].
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// What it is: "2 × Full Pass".
    pub what: Cow<'a, str>,
    /// More of it: a rate, a role, the names.
    pub detail: Cow<'a, str>,
    /// What it costs.
    pub amount: Cow<'a, str>,
}

/// What will be bought, and for how much: the answer of the cover, the basket, the order at the end.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    texts: Texts,
    title: Cow<'a, str>,
    lines: Vec<Line<'a>>,
    extras: Vec<Cow<'a, str>>,
    sums: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    total: (Cow<'a, str>, Cow<'a, str>),
    saving: Option<Cow<'a, str>>,
    action: Option<Markup>,
}

impl<'a> Summary<'a> {
    /// A summary; `total` is its name and amount: ("Total", "£95").
    pub fn new(
        texts: Texts,
        title: impl Into<Cow<'a, str>>,
        total: (impl Into<Cow<'a, str>>, impl Into<Cow<'a, str>>),
    ) -> Self {
        Self {
            texts,
            title: title.into(),
            lines: Vec::new(),
            extras: Vec::new(),
            sums: Vec::new(),
            total: (total.0.into(), total.1.into()),
            saving: None,
            action: None,
        }
    }

    /// What is bought.
    pub fn lines(mut self, lines: impl IntoIterator<Item = Line<'a>>) -> Self {
        self.lines = lines.into_iter().collect();
        self
    }

    /// What comes with it although it was not asked for.
    pub fn extras(mut self, extras: impl IntoIterator<Item = impl Into<Cow<'a, str>>>) -> Self {
        self.extras = extras.into_iter().map(Into::into).collect();
        self
    }

    /// A sum before the total: a discount, a fee.
    pub fn sum(mut self, name: impl Into<Cow<'a, str>>, amount: impl Into<Cow<'a, str>>) -> Self {
        self.sums.push((name.into(), amount.into()));
        self
    }

    /// What is saved: "£20".
    pub fn saving(mut self, amount: impl Into<Cow<'a, str>>) -> Self {
        self.saving = Some(amount.into());
        self
    }

    /// The way onwards.
    pub fn action(mut self, action: impl Render) -> Self {
        self.action = Some(action.render());
        self
    }
}

impl Render for Summary<'_> {
    fn render(&self) -> Markup {
        let names = self.lines.iter().map(|line| line.what.as_ref());
        let spoken = names.chain([self.total.1.as_ref()]).collect::<Vec<_>>().join(", ");
        html! {
            section.summary aria-label=(self.title) data-spoken=(spoken) {
                div.summary-words { (self.words()) }
                @if let Some(action) = &self.action {
                    div.buy-bar {
                        p.buy-bar-sum aria-hidden="true" { small { (self.total.0) } b { (self.total.1) } }
                        div.summary-action { (action) }
                    }
                }
            }
        }
    }
}

impl Summary<'_> {
    fn words(&self) -> Markup {
        html! {
                h2 { (self.title) }
                ul.summary-lines {
                    @for line in &self.lines {
                        li {
                            span.summary-what { (line.what) @if !line.detail.is_empty() { small { (line.detail) } } }
                            span.summary-amount { (line.amount) }
                        }
                    }
                }
                @if !self.extras.is_empty() {
                    p.summary-extras {
                        (Icon::Gift)
                        span { b { (self.texts.say("also-includes")) } " " (self.extras.join(", ")) }
                    }
                }
                dl.summary-sums {
                    @for (name, amount) in &self.sums { div { dt { (name) } dd { (amount) } } }
                    div.summary-total { dt { (self.total.0) } dd { (self.total.1) } }
                }
                @if let Some(saving) = &self.saving { (super::price::saving_pill(self.texts, saving)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_that_is_sold_out_offers_no_way_to_take_it() {
        let pass = PassCard::new(Texts::default(), "Full Pass")
            .includes(Icon::Music, "Friday party")
            .action(Button::submit("Take"));
        assert!(pass.clone().render().into_string().contains("Take"));
        let html = pass.left(Left::SoldOut).render().into_string();
        assert!(!html.contains("Take") && html.contains("Sold out"));
    }

    #[test]
    fn the_whole_row_of_an_item_is_its_label() {
        let row = ItemRow::new(Texts::default(), "items", "2Kx9", "Friday party").price("£25").ticked_when(true);
        let html = row.clone().render().into_string();
        assert!(html.contains("<label class=\"item\" for=\"field-items-2Kx9\">") && html.contains(" checked"));
        assert!(row.left(Left::Closed).render().into_string().contains("disabled"));
    }

    #[test]
    fn a_quantity_works_without_script() {
        let quantity = Quantity { name: "passes[a]".into(), of: "Full Pass".into(), value: 0, most: 8 };
        let html = quantity.show(Texts::default()).into_string();
        assert!(html.contains("max=\"8\"") && html.matches("hidden=\"\"").count() == 2);
    }

    #[test]
    fn a_summary_can_be_said_in_one_breath() {
        let line = Line { what: "Full Pass".into(), detail: "Student".into(), amount: "£75".into() };
        let summary =
            Summary::new(Texts::default(), "Your choice", ("Total", "£75")).lines([line]).extras(["Sunday party"]);
        let html = summary.render().into_string();
        assert!(html.contains("data-spoken=\"Full Pass, £75\"") && html.contains("You also get"));
    }
}
