//! What a scan says to the person at the door: a large colour, one word, one sentence.
//!
//! `scanner.ts` reads `data-verdict` of the panel and plays its sound and vibration.

use super::{Icon, facts::facts};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// What the door decided, by the names of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// May come in.
    Admitted,
    /// Was let in before.
    AlreadyIn,
    /// Something is still to be paid.
    Unpaid,
    /// The ticket is good, but not for this door.
    NotIncluded,
    /// This door is not open yet.
    TooEarly,
    /// This door is closed.
    TooLate,
    /// Was voided by hand.
    Void,
    /// Was given back.
    Refunded,
    /// Was moved to another event or holder.
    Transferred,
    /// There is a newer barcode.
    Reissued,
    /// The signature does not hold.
    Forged,
    /// A good signature, and no such ticket.
    Unknown,
    /// Not a ticket, or broken.
    Unreadable,
    /// A ticket of another event.
    WrongEvent,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 14] = [
        Self::Admitted,
        Self::AlreadyIn,
        Self::Unpaid,
        Self::NotIncluded,
        Self::TooEarly,
        Self::TooLate,
        Self::Void,
        Self::Refunded,
        Self::Transferred,
        Self::Reissued,
        Self::Forged,
        Self::Unknown,
        Self::Unreadable,
        Self::WrongEvent,
    ];

    /// The name of the API: `already_in`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::AlreadyIn => "already_in",
            Self::Unpaid => "unpaid",
            Self::NotIncluded => "not_included",
            Self::TooEarly => "too_early",
            Self::TooLate => "too_late",
            Self::Void => "void",
            Self::Refunded => "refunded",
            Self::Transferred => "transferred",
            Self::Reissued => "reissued",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
            Self::Unreadable => "unreadable",
            Self::WrongEvent => "wrong_event",
        }
    }

    /// Reads a name of the API.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// The large colour: go (green), again (amber), ask (blue: somebody can settle it), stop (red), what (grey).
    const fn colour(self) -> &'static str {
        match self {
            Self::Admitted => "go",
            Self::AlreadyIn => "again",
            Self::Unpaid | Self::NotIncluded | Self::TooEarly | Self::TooLate => "ask",
            Self::Void | Self::Refunded | Self::Transferred | Self::Reissued | Self::Forged => "stop",
            Self::Unknown | Self::Unreadable | Self::WrongEvent => "what",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Admitted => Icon::Check,
            Self::AlreadyIn => Icon::Retry,
            Self::Unpaid => Icon::Money,
            Self::NotIncluded => Icon::Door,
            Self::TooEarly | Self::TooLate => Icon::Clock,
            Self::Void | Self::Forged => Icon::Ban,
            Self::Refunded => Icon::Refund,
            Self::Transferred => Icon::Swap,
            Self::Reissued => Icon::History,
            Self::Unknown | Self::Unreadable => Icon::Question,
            Self::WrongEvent => Icon::Calendar,
        }
    }

    /// The one word: "Admitted".
    pub fn word(self, texts: Texts) -> String {
        texts.say(&format!("verdict-{}-word", self.code().replace('_', "-")))
    }

    /// The sentence when nothing more is known.
    pub fn sentence(self, texts: Texts) -> String {
        texts.say(&format!("verdict-{}-sentence", self.code().replace('_', "-")))
    }
}

/// A wristband to hand out.
#[derive(Clone, Debug)]
pub struct Wristband<'a> {
    /// "Full Pass".
    pub name: Cow<'a, str>,
    /// A CSS colour: `#8a8a8a`, `gold`.
    pub colour: Cow<'a, str>,
    /// "fabric", or nothing.
    pub material: Cow<'a, str>,
}

impl Render for Wristband<'_> {
    fn render(&self) -> Markup {
        let is_plain = self.colour.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        let colour = if is_plain { self.colour.as_ref() } else { "gray" };
        html! {
            span.wristband {
                svg viewBox="0 0 36 20" aria-hidden="true" focusable="false" {
                    rect x="1" y="3" width="34" height="14" rx="4" fill=(colour) stroke="#fff" stroke-width="2" {}
                    circle cx="29" cy="10" r="2" fill="#fff" stroke="#000" stroke-opacity=".4" {}
                }
                span { b { (self.name) } @if !self.material.is_empty() { small { (self.material) } } }
            }
        }
    }
}

/// The whole answer to a scan.
#[derive(Clone, Debug)]
pub struct VerdictPanel<'a> {
    texts: Texts,
    verdict: Verdict,
    sentence: Option<Cow<'a, str>>,
    name: Option<Cow<'a, str>>,
    checks: Vec<Cow<'a, str>>,
    known: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    bands: Vec<Wristband<'a>>,
    actions: Option<Markup>,
}

impl<'a> VerdictPanel<'a> {
    /// A panel with the verdict's own word and sentence.
    pub fn new(texts: Texts, verdict: Verdict) -> Self {
        Self {
            texts,
            verdict,
            sentence: None,
            name: None,
            checks: Vec::new(),
            known: Vec::new(),
            bands: Vec::new(),
            actions: None,
        }
    }

    /// A sentence that knows more: when and where they came in, how much is due.
    pub fn sentence(mut self, sentence: impl Into<Cow<'a, str>>) -> Self {
        self.sentence = Some(sentence.into());
        self
    }

    /// The holder's name, if this door may show names.
    pub fn name(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What to look at: "Check student ID".
    pub fn check(mut self, check: impl Into<Cow<'a, str>>) -> Self {
        self.checks.push(check.into());
        self
    }

    /// What is known: rate, role, items, notes.
    pub fn fact(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.known.push((name.into(), value.into()));
        self
    }

    /// What to hand out.
    pub fn bands(mut self, bands: impl IntoIterator<Item = Wristband<'a>>) -> Self {
        self.bands = bands.into_iter().collect();
        self
    }

    /// What can be done: re-entry, override, take the money, undo.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }
}

impl Render for VerdictPanel<'_> {
    fn render(&self) -> Markup {
        let own = || self.verdict.sentence(self.texts);
        html! {
            section class={ "verdict verdict-" (self.verdict.colour()) } data-verdict=(self.verdict.code()) role="status" {
                div.verdict-face {
                    span.verdict-icon { (self.verdict.icon()) }
                    h2.verdict-word { (self.verdict.word(self.texts)) }
                    p.verdict-sentence { (self.sentence.as_deref().map_or_else(own, str::to_owned)) }
                    @if let Some(name) = &self.name { p.verdict-name { (name) } }
                    @for check in &self.checks { p.verdict-check { (Icon::Eye) (check) } }
                    @if !self.bands.is_empty() { div.verdict-bands { @for band in &self.bands { (band) } } }
                }
                @if !self.known.is_empty() {
                    (facts(self.known.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))))
                }
                @if let Some(actions) = &self.actions { div.verdict-actions { (actions) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    #[test]
    fn every_verdict_has_a_word_and_a_sentence_in_every_language() {
        for lang in Lang::ALL {
            for verdict in Verdict::ALL {
                let texts = Texts::of(lang);
                let (word, sentence) = (verdict.word(texts), verdict.sentence(texts));
                assert!(!word.contains("verdict-") && !sentence.contains("verdict-"), "{lang:?} {verdict:?}");
                assert!(word.split_whitespace().count() <= 3, "{word}");
                assert_eq!(Verdict::parse(verdict.code()), Some(verdict));
            }
        }
    }

    #[test]
    fn only_an_admission_is_green() {
        let green = Verdict::ALL.into_iter().filter(|verdict| verdict.colour() == "go").count();
        assert_eq!(green, 1);
    }

    #[test]
    fn a_band_of_an_odd_colour_is_grey() {
        let band = Wristband { name: "VIP".into(), colour: "url(//x)".into(), material: "".into() };
        assert!(band.render().into_string().contains("fill=\"gray\""));
    }

    #[test]
    fn a_panel_names_the_holder_only_when_it_is_told_the_name() {
        let panel = VerdictPanel::new(Texts::default(), Verdict::Reissued);
        assert!(!panel.clone().render().into_string().contains("verdict-name"));
        assert!(panel.name("Ana").render().into_string().contains("<p class=\"verdict-name\">Ana</p>"));
    }
}
