//! What is known about one thing: pairs of a name and a value, and its history.

use super::{Button, Icon, Tone};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// Names and values, one pair per line. Values that are empty are left out by the caller.
pub fn facts(pairs: impl IntoIterator<Item = (impl Render, impl Render)>) -> Markup {
    html! {
        dl.facts { @for (name, value) in pairs { div { dt { (name) } dd { (value) } } } }
    }
}

/// A text with a button that copies it: a ticket number, a link, a token. Without script the text can be selected.
pub fn copyable(texts: Texts, text: &str) -> Markup {
    let button = Button::plain(texts.say("copy")).quiet().small().only_icon(Icon::Copy);
    let button = button.attr("data-copy", text).attr("data-copied", texts.say("copied"));
    html! { span.copy { code data-copy-text { (text) } (button) } }
}

/// One entry of a history.
#[derive(Clone, Debug)]
pub struct Happening<'a> {
    icon: Icon,
    tone: Tone,
    what: Cow<'a, str>,
    when: Cow<'a, str>,
    by: Option<Cow<'a, str>>,
    detail: Option<Markup>,
}

impl<'a> Happening<'a> {
    /// What happened and when, as people say it.
    pub fn new(icon: Icon, what: impl Into<Cow<'a, str>>, when: impl Into<Cow<'a, str>>) -> Self {
        Self { icon, tone: Tone::Neutral, what: what.into(), when: when.into(), by: None, detail: None }
    }

    /// By whom, and from where.
    pub fn by(mut self, by: impl Into<Cow<'a, str>>) -> Self {
        self.by = Some(by.into());
        self
    }

    /// More of it: what changed, what was written.
    pub fn detail(mut self, detail: impl Render) -> Self {
        self.detail = Some(detail.render());
        self
    }

    /// How it went.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// A history, in the order given (usually the newest first).
pub fn timeline<'a>(happenings: impl IntoIterator<Item = Happening<'a>>) -> Markup {
    html! {
        ol.timeline {
            @for one in happenings {
                li {
                    span class={ "timeline-icon tone-" (one.tone.class()) } { (one.icon) }
                    div {
                        p.timeline-what { (one.what) }
                        p.timeline-when { (one.when) @if let Some(by) = &one.by { " · " (by) } }
                        @if let Some(detail) = &one.detail { div.timeline-detail { (detail) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stay_pairs_for_screen_readers() {
        let html = facts([("Holder", "Ana"), ("Rate", "Student <26")]).into_string();
        assert!(html.contains("<div><dt>Rate</dt><dd>Student &lt;26</dd></div>"));
    }

    #[test]
    fn what_can_be_copied_can_also_be_read() {
        let html = copyable(Texts::default(), "2K\"x").into_string();
        assert!(html.contains("<code data-copy-text>2K&quot;x</code>") && html.contains("data-copy=\"2K&quot;x\""));
    }

    #[test]
    fn a_history_says_what_when_and_by_whom() {
        let one = Happening::new(Icon::Check, "Admitted", "Sat 5 Dec, 22:04").by("Main door").tone(Tone::Good);
        let html = timeline([one]).into_string();
        assert!(html.contains("Sat 5 Dec, 22:04 · Main door") && html.contains("tone-good"));
    }
}
