//! Prices and what is left. Amounts come as people read them ("£95"), worked out by those who know money.

use super::{Icon, Pill, Tone};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// A price: what it costs now, what it is next, what it saves.
#[derive(Clone, Debug)]
pub struct Price<'a> {
    texts: Texts,
    amount: Cow<'a, str>,
    was: Option<Cow<'a, str>>,
    saving: Option<Cow<'a, str>>,
    next: Option<Cow<'a, str>>,
}

impl<'a> Price<'a> {
    /// An amount: "£95".
    pub fn new(texts: Texts, amount: impl Into<Cow<'a, str>>) -> Self {
        Self { texts, amount: amount.into(), was: None, saving: None, next: None }
    }

    /// Costs nothing.
    pub fn free(texts: Texts) -> Self {
        Self::new(texts, texts.say("price-free"))
    }

    /// The sum of its parts, struck through.
    pub fn instead_of(mut self, was: impl Into<Cow<'a, str>>) -> Self {
        self.was = Some(was.into());
        self
    }

    /// What it saves: "£20".
    pub fn saving(mut self, amount: impl Into<Cow<'a, str>>) -> Self {
        self.saving = Some(amount.into());
        self
    }

    /// What it is afterwards and when: "£105 from 1 November".
    pub fn next(mut self, next: impl Into<Cow<'a, str>>) -> Self {
        self.next = Some(next.into());
        self
    }
}

impl Render for Price<'_> {
    fn render(&self) -> Markup {
        html! {
            div.price {
                p.price-line {
                    @if let Some(was) = &self.was {
                        span.unseen { (self.texts.say_with("price-was", &[("price", was.as_ref().into())])) ", " }
                        s aria-hidden="true" { (was) }
                    }
                    b.price-amount { (self.amount) }
                }
                @if let Some(saving) = &self.saving { (saving_pill(self.texts, saving)) }
                @if let Some(next) = &self.next {
                    p.price-next { (self.texts.say_with("price-then", &[("price", next.as_ref().into())])) }
                }
            }
        }
    }
}

/// "Save £20", as a pill.
pub fn saving_pill(texts: Texts, amount: &str) -> Markup {
    let words = texts.say_with("saving", &[("amount", amount.into())]);
    Pill::new(Tone::Good, words).icon(Icon::Tag).render()
}

/// How many there are still; said only when it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Enough: nothing is said.
    Plenty,
    /// So few that it is worth saying.
    Few(u32),
    /// None.
    SoldOut,
    /// Not to be bought now, for another reason.
    Closed,
}

impl Left {
    /// As a pill, or nothing.
    pub fn show(self, texts: Texts) -> Markup {
        match self {
            Self::Plenty => html! {},
            Self::Few(n) => {
                Pill::new(Tone::Warning, texts.say_with("left-few", &[("n", n.into())])).icon(Icon::Clock).render()
            }
            Self::SoldOut => Pill::new(Tone::Neutral, texts.say("sold-out")).icon(Icon::Ban).render(),
            Self::Closed => Pill::new(Tone::Neutral, texts.say("not-on-sale")).icon(Icon::Lock).render(),
        }
    }

    pub(super) fn can_be_bought(self) -> bool {
        matches!(self, Self::Plenty | Self::Few(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    #[test]
    fn a_price_says_what_it_saves_and_when_it_rises() {
        let price = Price::new(Texts::default(), "£95").instead_of("£115").saving("£20").next("£105 from 1 November");
        let html = price.render().into_string();
        for part in ["<s aria-hidden=\"true\">£115</s>", "was £115", "Save £20", "then £105 from 1 November"] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn what_is_left_is_said_only_when_it_matters() {
        let texts = Texts::of(Lang::Es);
        assert_eq!(Left::Plenty.show(texts).into_string(), "");
        assert!(Left::Few(1).show(texts).into_string().contains("Solo queda 1"));
        assert!(!Left::SoldOut.can_be_bought() && !Left::Closed.can_be_bought());
        assert!(Price::free(texts).render().into_string().contains("Gratis"));
    }
}
