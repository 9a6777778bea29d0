//! Small marks: status pills, counts, initials.

use super::{Icon, Tone};
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// A status in a word, with an icon and a colour: `Pill::new(Tone::Good, "Paid")`.
#[derive(Clone, Debug)]
pub struct Pill<'a> {
    tone: Tone,
    label: Cow<'a, str>,
    icon: Option<Icon>,
}

impl<'a> Pill<'a> {
    /// A pill with the tone's own icon; a neutral one has a dot.
    pub fn new(tone: Tone, label: impl Into<Cow<'a, str>>) -> Self {
        let icon = (tone != Tone::Neutral).then(|| tone.icon());
        Self { tone, label: label.into(), icon }
    }

    /// With another icon.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

impl Render for Pill<'_> {
    fn render(&self) -> Markup {
        html! {
            span class={ "pill tone-" (self.tone.class()) } {
                @match self.icon { Some(icon) => (icon), None => span.pill-dot aria-hidden="true" {} }
                (self.label)
            }
        }
    }
}

/// A person's initials on a colour of their own, beside their name (which is what screen readers get).
pub fn avatar(name: &str) -> Markup {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let initials: String = first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect();
    let colour = name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 6;
    html! { span class={ "avatar avatar-" (colour) } aria-hidden="true" { (initials) } }
}

/// A person in a list: initials, name, and a line under it.
pub fn person(name: &str, detail: &str) -> Markup {
    html! {
        span.person {
            (avatar(name))
            span { span.person-name { (name) } @if !detail.is_empty() { span.person-detail { (detail) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_name_in_any_alphabet() {
        assert!(avatar("ana maría garcía").into_string().contains(">AG<"));
        assert!(avatar("Şebnem").into_string().contains(">Ş<"));
        assert!(avatar("  ").into_string().contains("></span>"));
    }

    #[test]
    fn a_status_is_never_a_colour_alone() {
        for tone in [Tone::Neutral, Tone::Good, Tone::Warning, Tone::Bad] {
            let html = Pill::new(tone, "Paid").render().into_string();
            assert!(html.contains("Paid") && (html.contains("<svg") || html.contains("pill-dot")));
        }
    }
}
