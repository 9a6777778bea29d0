//! What the product tells a reader: notices in a page, toasts after an action, empty states, and what is still coming.

use super::{Button, Icon, Tone};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// A notice in the page: it stays. Say what happened, what was kept, and what to do.
pub fn notice(tone: Tone, title: &str, more: impl Render) -> Markup {
    html! {
        div class={ "notice tone-" (tone.class()) } {
            (tone.icon())
            div { p.notice-title { (title) } div.notice-more { (more) } }
        }
    }
}

/// A message after an action; stands in the corner, leaves by itself unless something failed. The page that follows a
/// POST shows it; an htmx answer sends it along with `hx-swap-oob="beforeend:#toasts"` around it.
pub fn toast(texts: Texts, tone: Tone, sentence: &str) -> Markup {
    html! {
        div class={ "toast toast-" (tone.class()) " tone-" (tone.class()) } role=[(tone == Tone::Bad).then_some("alert")] {
            (tone.icon())
            p { (sentence) }
            (Button::plain(texts.say("dismiss")).quiet().small().only_icon(Icon::Close).attr("data-dismiss", ""))
        }
    }
}

/// Nothing here yet: what this will be, and what to do next.
#[derive(Clone, Debug)]
pub struct Empty<'a> {
    icon: Icon,
    title: Cow<'a, str>,
    sentence: Cow<'a, str>,
    actions: Option<Markup>,
}

impl<'a> Empty<'a> {
    /// An empty state.
    pub fn new(icon: Icon, title: impl Into<Cow<'a, str>>, sentence: impl Into<Cow<'a, str>>) -> Self {
        Self { icon, title: title.into(), sentence: sentence.into(), actions: None }
    }

    /// What to do next: one primary button, perhaps a second.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }
}

impl Render for Empty<'_> {
    fn render(&self) -> Markup {
        html! {
            div.empty {
                span.empty-icon { (self.icon) }
                h2 { (self.title) }
                p { (self.sentence) }
                @if let Some(actions) = &self.actions { div.btn-row { (actions) } }
            }
        }
    }
}

/// A place held for lines that are still coming.
pub fn skeleton(texts: Texts, lines: u8) -> Markup {
    html! {
        div.skeletons role="status" {
            span.unseen { (texts.say("loading")) }
            @for _ in 0..lines { div.skeleton aria-hidden="true" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_announced_at_once_and_the_rest_politely() {
        assert!(toast(Texts::default(), Tone::Bad, "Not sent").into_string().contains("role=\"alert\""));
        assert!(!toast(Texts::default(), Tone::Good, "Sent").into_string().contains("role="));
    }

    #[test]
    fn an_empty_state_says_what_to_do_next() {
        let empty = Empty::new(Icon::Ticket, "No passes yet", "Make one to start selling.");
        let html = empty.actions(Button::link("/new", "New pass").primary()).render().into_string();
        assert!(html.contains("<h2>No passes yet</h2>") && html.contains("New pass"));
    }

    #[test]
    fn a_notice_has_an_icon_as_well_as_a_colour() {
        assert!(notice(Tone::Warning, "Two doors", html! {}).into_string().contains("<svg"));
    }

    #[test]
    fn a_skeleton_is_silent_but_for_one_word() {
        let html = skeleton(Texts::default(), 3).into_string();
        assert_eq!(html.matches("aria-hidden").count(), 3);
    }
}
