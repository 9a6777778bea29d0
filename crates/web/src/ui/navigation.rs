//! Ways around: the header of public pages, breadcrumbs, tabs, menus.

use super::Icon;
use crate::texts::{Lang, Texts};
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// A link of a navigation.
#[derive(Clone, Debug)]
pub struct NavLink<'a> {
    pub(super) label: Cow<'a, str>,
    pub(super) href: Cow<'a, str>,
    pub(super) icon: Option<Icon>,
    pub(super) is_current: bool,
    pub(super) count: Option<u32>,
}

impl<'a> NavLink<'a> {
    /// A link.
    pub fn new(label: impl Into<Cow<'a, str>>, href: impl Into<Cow<'a, str>>) -> Self {
        Self { label: label.into(), href: href.into(), icon: None, is_current: false, count: None }
    }

    /// With an icon before it.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Is where the reader is, when the condition holds.
    pub fn current_when(mut self, condition: bool) -> Self {
        self.is_current = condition;
        self
    }

    /// How many things wait there; nothing is shown for 0.
    pub fn count(mut self, count: u32) -> Self {
        self.count = Some(count).filter(|count| *count > 0);
        self
    }
}

impl Render for NavLink<'_> {
    fn render(&self) -> Markup {
        html! {
            a href=(self.href) aria-current=[self.is_current.then_some("page")] {
                @if let Some(icon) = self.icon { (icon) }
                span { (self.label) }
                @if let Some(count) = self.count { " " span.count { (count) } }
            }
        }
    }
}

/// The header of public pages: whose site it is, its links, and what stands at the end (sign in, a basket).
pub fn site_header(texts: Texts, name: &str, home: &str, links: &[NavLink<'_>], end: impl Render) -> Markup {
    let end = end.render();
    html! {
        header.site-header {
            div.site-header-room {
                a.site-name href=(home) { span.brand-mark aria-hidden="true" {} span { (name) } }
                @if !links.is_empty() || !end.0.is_empty() {
                    nav.site-nav aria-label=(texts.say("main-navigation")) {
                        @for link in links { (link) }
                        (end)
                    }
                }
            }
        }
    }
}

/// Where this page is: from the outermost inwards; the page itself is the heading, not here.
pub fn breadcrumbs(texts: Texts, path: &[(&str, &str)]) -> Markup {
    html! {
        nav.breadcrumbs aria-label=(texts.say("you-are-here")) {
            ol { @for (label, url) in path { li { a href=(url) { (label) } (Icon::Right) } } }
        }
    }
}

/// Parts of one thing, side by side: each is a page of its own.
pub fn tabs(label: &str, links: &[NavLink<'_>]) -> Markup {
    html! { nav.tabs aria-label=(label) { @for link in links { (link) } } }
}

/// A choice of one among a few views of the same page (day, week; passes, items), as links.
pub fn segments(label: &str, links: &[NavLink<'_>]) -> Markup {
    html! { nav.segments aria-label=(label) { @for link in links { (link) } } }
}

/// A menu that opens under its button, without script too. Entries are links or submit buttons.
pub fn menu(texts: Texts, entries: impl Render) -> Markup {
    menu_of(
        html! { summary.btn.btn-quiet.btn-small.btn-bare aria-label=(texts.say("more-actions")) { (Icon::More) } },
        entries,
    )
}

/// The same under a button of your own: `summary` is a `<summary>`.
pub fn menu_of(summary: impl Render, entries: impl Render) -> Markup {
    html! { details.menu { (summary) div.menu-list { (entries) } } }
}

/// A link to this page in each other language; `url` makes one from a language's tag.
pub fn languages(texts: Texts, url: impl Fn(Lang) -> String) -> Markup {
    html! {
        nav.languages aria-label=(texts.say("language")) {
            @for lang in Lang::ALL {
                a href=(url(lang)) lang=(lang.tag()) hreflang=(lang.tag()) aria-current=[(lang == texts.lang()).then_some("true")] {
                    (lang.own_name())
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_that_it_is_the_current_page() {
        let html = NavLink::new("Today", "/today").current_when(true).count(3).render().into_string();
        assert!(html.contains("aria-current=\"page\"") && html.contains("<span class=\"count\">3</span>"));
        assert!(!NavLink::new("Today", "/").count(0).render().into_string().contains("count"));
    }

    #[test]
    fn a_menu_works_without_script() {
        let html = menu(Texts::default(), html! { a href="/x" { "Edit" } }).into_string();
        assert!(html.starts_with("<details class=\"menu\"><summary") && html.contains("More actions"));
    }

    #[test]
    fn each_language_is_named_in_its_own_words() {
        let html = languages(Texts::default(), |lang| format!("?lang={}", lang.tag())).into_string();
        assert!(html.contains("lang=\"es\" hreflang=\"es\">Español</a>"));
    }

    #[test]
    fn navigations_are_told_apart_by_their_names() {
        let links = [NavLink::new("Passes", "/p").current_when(true)];
        assert!(tabs("Event", &links).into_string().contains("aria-label=\"Event\""));
        assert!(segments("View", &links).into_string().contains("aria-label=\"View\""));
        assert!(
            breadcrumbs(Texts::default(), &[("Events", "/e")]).into_string().contains("aria-label=\"You are here\"")
        );
        assert!(
            site_header(Texts::default(), "Salsa Soul", "/", &links, html! {})
                .into_string()
                .contains("aria-label=\"Main\"")
        );
    }
}
