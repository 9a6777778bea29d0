//! Dialogs: an action that says what will happen before it does.
//!
//! One dialog has two forms of the same content. Fetched by htmx (the request has `HX-Request: true`) it is a
//! `<dialog>` that opens by itself; asked for as a page (no script, or the link was opened in a new tab) it is a page's
//! content. A link made with [`link`] does both.

use super::{Button, Icon, Tone};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// A link to the page at `href` that opens it as a dialog where there is script.
pub fn link<'a>(href: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Button<'a> {
    let href = href.into();
    let button = Button::link(href.clone(), label).attr("hx-get", href).attr("hx-target", "#dialogs");
    button.attr("hx-swap", "innerHTML").attr("aria-haspopup", "dialog")
}

/// A dialog. Its form stands in the body; the actions are the form's buttons (`.attr("form", id)`) or stand in it.
#[derive(Clone, Debug)]
pub struct Dialog<'a> {
    texts: Texts,
    id: Cow<'a, str>,
    title: Cow<'a, str>,
    lead: Option<Cow<'a, str>>,
    tone: Tone,
    body: Markup,
    actions: Option<Markup>,
    back: Option<Cow<'a, str>>,
}

impl<'a> Dialog<'a> {
    /// A dialog with this id and title (a question or an action: "Void this ticket?").
    pub fn new(texts: Texts, id: impl Into<Cow<'a, str>>, title: impl Into<Cow<'a, str>>) -> Self {
        let (id, title) = (id.into(), title.into());
        Self { texts, id, title, lead: None, tone: Tone::Neutral, body: html! {}, actions: None, back: None }
    }

    /// What will happen, in a sentence or two.
    pub fn lead(mut self, lead: impl Into<Cow<'a, str>>) -> Self {
        self.lead = Some(lead.into());
        self
    }

    /// [`Tone::Bad`] for what cannot be undone.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The fields, or what is shown.
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }

    /// The buttons at its end, after Cancel.
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }

    /// Where Cancel leads when the dialog is a page.
    pub fn back(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.back = Some(url.into());
        self
    }

    /// The same as the content of a page.
    pub fn as_page(&self) -> Markup {
        let back = self.back.as_deref().map(|url| Button::link(url, self.texts.say("cancel")).quiet());
        html! {
            section.dialog-page {
                (self.head("h1"))
                div.dialog-body { (self.body) }
                @if let Some(actions) = &self.actions {
                    div.dialog-actions { @if let Some(back) = &back { (back) } (actions) }
                }
            }
        }
    }

    fn head(&self, level: &str) -> Markup {
        let id = format!("{}-title", self.id);
        html! {
            div.dialog-head {
                @if self.tone != Tone::Neutral {
                    span class={ "dialog-icon tone-" (self.tone.class()) } { (self.tone.icon()) }
                }
                div {
                    @if level == "h1" { h1 id=(id) { (self.title) } } @else { h2 id=(id) { (self.title) } }
                    @if let Some(lead) = &self.lead { p { (lead) } }
                }
            }
        }
    }
}

impl Render for Dialog<'_> {
    fn render(&self) -> Markup {
        let close =
            Button::plain(self.texts.say("close")).quiet().small().only_icon(Icon::Close).attr("data-closes", "");
        html! {
            dialog.dialog id=(self.id) aria-labelledby={ (self.id) "-title" } {
                div.dialog-close { (close) }
                (self.head("h2"))
                div.dialog-body { (self.body) }
                @if let Some(actions) = &self.actions {
                    div.dialog-actions {
                        (Button::plain(self.texts.say("cancel")).quiet().attr("data-closes", ""))
                        (actions)
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialog() -> Dialog<'static> {
        let dialog = Dialog::new(Texts::default(), "void", "Void this ticket?").tone(Tone::Bad).back("/tickets/1");
        dialog.lead("It will not admit any more.").actions(html! { (Button::submit("Void").danger()) })
    }

    #[test]
    fn a_dialog_is_named_by_its_title_and_can_be_closed() {
        let html = dialog().render().into_string();
        assert!(html.contains("<dialog class=\"dialog\" id=\"void\" aria-labelledby=\"void-title\">"));
        assert_eq!(html.matches("data-closes").count(), 2);
    }

    #[test]
    fn the_same_dialog_is_a_page_without_script() {
        let html = dialog().as_page().into_string();
        assert!(html.contains("<h1 id=\"void-title\">") && html.contains("href=\"/tickets/1\""));
        assert!(!html.contains("<dialog"));
    }

    #[test]
    fn its_link_is_a_link_first() {
        let html = link("/tickets/1/void", "Void").render().into_string();
        assert!(html.contains("href=\"/tickets/1/void\" hx-get=\"/tickets/1/void\""), "{html}");
    }
}
