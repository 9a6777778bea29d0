//! Buttons: what a person can do next. One primary per view; danger only where something is lost.

use super::{
    Icon,
    element::{Attributes, element},
};
use maud::{Markup, Render, html};
use std::borrow::Cow;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Submit,
    Plain,
    Link,
}

/// A button or a link that looks like one. Secondary and of middle size unless said otherwise.
///
/// `Button::submit("Pay £95").primary().large()` · `Button::link("/orders", "Orders").quiet().icon(Icon::Receipt)`
#[derive(Clone, Debug)]
pub struct Button<'a> {
    kind: Kind,
    label: Cow<'a, str>,
    look: &'static str,
    size: &'static str,
    leading: Option<Icon>,
    trailing: Option<Icon>,
    is_bare: bool,
    attributes: Attributes<'a>,
}

impl<'a> Button<'a> {
    /// Sends the form it stands in (or the one named by `.attr("form", id)`).
    pub fn submit(label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Submit, label.into()).attr("type", "submit")
    }

    /// Does nothing by itself: for what scripts enhance, such as `.attr("data-opens", "dialog-id")`.
    pub fn plain(label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Plain, label.into()).attr("type", "button")
    }

    /// Leads to another page. For changes use [`Button::submit`] in a form, never a link.
    pub fn link(href: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Kind::Link, label.into()).attr("href", href)
    }

    fn new(kind: Kind, label: Cow<'a, str>) -> Self {
        Self {
            kind,
            label,
            look: "btn-secondary",
            size: "",
            leading: None,
            trailing: None,
            is_bare: false,
            attributes: Attributes::new(),
        }
    }

    /// The one thing that this view is for; in the organisation's colour.
    pub fn primary(mut self) -> Self {
        self.look = "btn-primary";
        self
    }

    /// Beside a primary: the default look.
    pub fn secondary(mut self) -> Self {
        self.look = "btn-secondary";
        self
    }

    /// Without a frame: cancel, back, tools in a row.
    pub fn quiet(mut self) -> Self {
        self.look = "btn-quiet";
        self
    }

    /// Loses something: void, delete, refund.
    pub fn danger(mut self) -> Self {
        self.look = "btn-danger";
        self
    }

    /// For tables and tools (32 px high).
    pub fn small(mut self) -> Self {
        self.size = " btn-small";
        self
    }

    /// For the one step of a page on a phone (52 px high).
    pub fn large(mut self) -> Self {
        self.size = " btn-large";
        self
    }

    /// As wide as its room.
    pub fn wide(self) -> Self {
        self.attr("data-wide", "")
    }

    /// An icon before the label.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.leading = Some(icon);
        self
    }

    /// An icon after the label: an arrow onwards.
    pub fn trailing(mut self, icon: Icon) -> Self {
        self.trailing = Some(icon);
        self
    }

    /// Only the icon is seen; the label is for screen readers and the tooltip.
    pub fn only_icon(mut self, icon: Icon) -> Self {
        self.leading = Some(icon);
        self.is_bare = true;
        self
    }

    /// A submit button's own name and value, for forms with more than one.
    pub fn sends(self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.attr("name", name).attr("value", value)
    }

    /// Cannot be pressed now. Say beside it why.
    pub fn disabled(mut self) -> Self {
        self.attributes = match self.kind {
            Kind::Link => self.attributes.without("href").with("role", "link").with("aria-disabled", "true"),
            Kind::Submit | Kind::Plain => self.attributes.flag("disabled"),
        };
        self
    }

    /// Any other attribute: htmx's (`hx-get`), `data-…`, `form`, `aria-…`.
    pub fn attr(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.attributes = self.attributes.with(name, value);
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let bare = if self.is_bare { " btn-bare" } else { "" };
        let mut attributes = Attributes::new().with("class", format!("btn {}{}{bare}", self.look, self.size));
        if self.is_bare {
            attributes = attributes.with("aria-label", self.label.as_ref()).with("title", self.label.as_ref());
        }
        let name = if matches!(self.kind, Kind::Link) { "a" } else { "button" };
        let content = html! {
            @if let Some(icon) = self.leading { (icon) }
            @if !self.is_bare { span { (self.label) } }
            @if let Some(icon) = self.trailing { (icon) }
        };
        element(name, &attributes.and(&self.attributes), content)
    }
}

/// Buttons in a row, the primary last in the source so that it is reached last and stands at the end.
pub fn row(buttons: impl Render) -> Markup {
    html! { div.btn-row { (buttons) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_submit_button_sends_its_name_and_value() {
        let html = Button::submit("Refund").danger().sends("action", "refund").render().into_string();
        assert!(html.starts_with("<button class=\"btn btn-danger\" type=\"submit\" name=\"action\" value=\"refund\">"));
    }

    #[test]
    fn a_button_of_only_an_icon_still_has_a_name() {
        let html = Button::plain("Close").only_icon(Icon::Close).render().into_string();
        assert!(html.contains("aria-label=\"Close\"") && !html.contains("<span>"));
    }

    #[test]
    fn a_link_that_is_disabled_leads_nowhere() {
        let html = Button::link("/pay", "Pay").disabled().render().into_string();
        assert!(html.contains("aria-disabled=\"true\"") && !html.contains("href"));
    }

    #[test]
    fn a_label_is_escaped() {
        assert!(Button::submit("R&B <night>").render().into_string().contains("R&amp;B &lt;night&gt;"));
    }
}
