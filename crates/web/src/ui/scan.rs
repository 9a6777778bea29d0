//! The scanner's screen. Without script it is a form for a typed code; `scanner.ts` adds the camera, pictures, sound,
//! vibration, the lamp, and keeps the screen awake.
//!
//! Knows the markup that the script looks for. What is asked of the server, and what it answers (a
//! [`VerdictPanel`](super::VerdictPanel)), belongs to the scanner's pages.

use super::{Button, Icon};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// The screen of one door.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    /// Where scans go: `POST` with `id` (made on the device), `barcode`, `action=entry`, `scanned_at`, and whatever
    /// `hidden` holds; answers a verdict panel as HTML.
    pub action: Cow<'a, str>,
    /// The door's name.
    pub door: Cow<'a, str>,
    /// Where another door is chosen.
    pub doors: Cow<'a, str>,
    /// Where attendees are searched by name.
    pub search: Cow<'a, str>,
    /// Hidden fields of the form: device, door.
    pub hidden: Vec<(&'a str, Cow<'a, str>)>,
    /// How many scans wait to be sent, and how old the list is; an element that is kept current.
    pub state: Option<Markup>,
    /// The last verdict, for those without script.
    pub verdict: Option<Markup>,
}

impl Scanner<'_> {
    /// The screen, for a page of [`Face::Scanner`](super::Face::Scanner).
    pub fn show(&self, texts: Texts) -> Markup {
        html! {
            div.scanner data-scanner {
                header.scanner-head {
                    a.scanner-door href=(self.doors) { (Icon::Door) span { (self.door) } (Icon::Down) }
                    @if let Some(state) = &self.state { (state) }
                    (Button::link(self.search.as_ref(), texts.say("scan-search")).quiet().only_icon(Icon::Search))
                }
                h1.unseen { (texts.say("scan-title")) ", " (self.door) }
                div.scanner-view {
                    video.scanner-video muted playsinline hidden data-video {}
                    div.scanner-frame aria-hidden="true" {}
                    p.scanner-hint data-hint { (texts.say("scan-type-hint")) }
                }
                div #verdict.scanner-verdict aria-live="assertive" {
                    @if let Some(verdict) = &self.verdict { (verdict) }
                }
                (self.form(texts))
            }
        }
    }

    fn form(&self, texts: Texts) -> Markup {
        let tool = |label: &str, icon, name: &'static str| {
            Button::plain(texts.say(label)).only_icon(icon).attr(name, "").attr("hidden", "")
        };
        html! {
            form.scanner-form method="post" action=(self.action) data-scan-form
                data-failed=(texts.say("scan-failed")) data-denied=(texts.say("scan-camera-denied")) data-aim=(
                    texts.say("scan-aim")
                )
                data-nothing=(texts.say("scan-picture-nothing")) {
                @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
                input type="hidden" name="action" value="entry";
                div.scanner-tools {
                    (tool("scan-camera", Icon::Camera, "data-camera"))
                    (tool("scan-torch", Icon::Torch, "data-torch").attr("aria-pressed", "false"))
                    label.btn.btn-secondary.btn-bare title=(texts.say("scan-picture")) {
                        (Icon::Picture) span.unseen { (texts.say("scan-picture")) }
                        input.unseen type="file" accept="image/*" data-picture;
                    }
                    input.control type="text" name="barcode" data-code autocomplete="off" autocapitalize="characters" spellcheck="false"
                        aria-label=(texts.say("scan-code")) placeholder=(texts.say("scan-code"));
                    (Button::submit(texts.say("scan-check")).primary())
                }
            }
        }
    }
}

/// Who else is found by name: their ticket, and the button that admits them by hand.
pub fn found(name: &str, detail: &str, end: impl Render) -> Markup {
    html! { div.found { div { p.person-name { (name) } p.person-detail { (detail) } } (end) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_script_the_scanner_is_a_form_for_a_code() {
        let scanner = Scanner {
            action: "/scan/scans".into(),
            door: "Main, Friday".into(),
            doors: "/scan".into(),
            search: "/scan/search".into(),
            hidden: vec![("door", "main".into())],
            state: None,
            verdict: None,
        };
        let html = scanner.show(Texts::default()).into_string();
        for part in [
            "method=\"post\" action=\"/scan/scans\"",
            "name=\"barcode\"",
            "name=\"door\" value=\"main\"",
            "<button class=\"btn btn-primary\" type=\"submit\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn somebody_found_by_name_can_be_admitted_beside_it() {
        let html = found("Ana <3", "Full Pass", Button::submit("Admit")).into_string();
        assert!(html.contains("Ana &lt;3") && html.contains("Admit"));
    }
}
