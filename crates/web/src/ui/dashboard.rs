//! The frame of both dashboards: a rail on the left (a bar at the bottom on a phone), the command palette, and the head
//! of the page: where it is, what it is called, what can be done.

use super::{Button, Face, Icon, NavLink, Page, badge::avatar, navigation::menu_of};
use crate::texts::Texts;
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// Links of the rail that belong together.
#[derive(Clone, Debug)]
pub struct NavGroup<'a> {
    label: Option<Cow<'a, str>>,
    links: Vec<NavLink<'a>>,
}

impl<'a> NavGroup<'a> {
    /// Links without a heading. The first four links of all become the bottom bar of a phone: give them icons.
    pub fn new(links: impl IntoIterator<Item = NavLink<'a>>) -> Self {
        Self { label: None, links: links.into_iter().collect() }
    }

    /// Under a small heading: an event's name, "Settings".
    pub fn called(mut self, label: impl Into<Cow<'a, str>>) -> Self {
        self.label = Some(label.into());
        self
    }
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    /// Their name, or their e-mail address.
    pub name: Cow<'a, str>,
    /// Their role here.
    pub role: Cow<'a, str>,
    /// Entries of their menu: other organisations, language, sign out (a form with a button).
    pub menu: Markup,
}

/// A page of a dashboard.
#[derive(Clone, Debug)]
pub struct Dashboard<'a> {
    texts: Texts,
    title: Cow<'a, str>,
    organisation: (Cow<'a, str>, Cow<'a, str>),
    groups: Vec<NavGroup<'a>>,
    palette: Option<Cow<'a, str>>,
    account: Option<Account<'a>>,
    breadcrumbs: Option<Markup>,
    lead: Option<Markup>,
    actions: Option<Markup>,
    tabs: Option<Markup>,
    brand: Option<Cow<'a, str>>,
    messages: Option<Markup>,
    content: Markup,
    scripts: Vec<&'static str>,
}

impl<'a> Dashboard<'a> {
    /// A page with this heading.
    pub fn new(texts: Texts, title: impl Into<Cow<'a, str>>) -> Self {
        Self {
            texts,
            title: title.into(),
            organisation: ("Dance Engine".into(), "/".into()),
            groups: Vec::new(),
            palette: None,
            account: None,
            breadcrumbs: None,
            lead: None,
            actions: None,
            tabs: None,
            brand: None,
            messages: None,
            content: html! {},
            scripts: Vec::new(),
        }
    }

    /// Whose dashboard it is, and its first page.
    pub fn organisation(mut self, name: impl Into<Cow<'a, str>>, home: impl Into<Cow<'a, str>>) -> Self {
        self.organisation = (name.into(), home.into());
        self
    }

    /// The rail, from the top.
    pub fn rail(mut self, groups: impl IntoIterator<Item = NavGroup<'a>>) -> Self {
        self.groups = groups.into_iter().collect();
        self
    }

    /// The URL that the command palette asks: `?q=` what was typed; answers [`palette_entries`], or a page.
    pub fn palette(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.palette = Some(url.into());
        self
    }

    /// Who is signed in.
    pub fn account(mut self, account: Account<'a>) -> Self {
        self.account = Some(account);
        self
    }

    /// Above the heading: [`breadcrumbs`](super::navigation::breadcrumbs).
    pub fn breadcrumbs(mut self, breadcrumbs: Markup) -> Self {
        self.breadcrumbs = Some(breadcrumbs);
        self
    }

    /// Under the heading: a sentence, dates, pills.
    pub fn lead(mut self, lead: impl Render) -> Self {
        self.lead = Some(lead.render());
        self
    }

    /// Beside the heading: buttons, the primary last.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }

    /// Under the head: [`tabs`](super::navigation::tabs).
    pub fn tabs(mut self, tabs: Markup) -> Self {
        self.tabs = Some(tabs);
        self
    }

    /// URL of the organisation's stylesheet.
    pub fn brand(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.brand = Some(url.into());
        self
    }

    /// [`toast`](super::message::toast)s after an action.
    pub fn messages(mut self, messages: Markup) -> Self {
        self.messages = Some(messages);
        self
    }

    /// What the page is for.
    pub fn content(mut self, content: Markup) -> Self {
        self.content = content;
        self
    }

    /// One more entry point of `browser/`: `"live.ts"`.
    pub fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    fn frame(&self) -> Markup {
        html! {
            header.rail {
                a.rail-name href=(self.organisation.1) {
                    span.brand-mark aria-hidden="true" {}
                    span { (self.organisation.0) }
                }
                @if let Some(url) = &self.palette { (self.palette_button(url)) }
                nav.rail-nav aria-label=(self.texts.say("main-navigation")) { (self.groups()) }
                @if let Some(account) = &self.account { (account_menu(account)) }
            }
            (self.bottom_bar())
            @if let Some(url) = &self.palette { (palette(self.texts, url)) }
        }
    }

    fn palette_button(&self, url: &str) -> Markup {
        html! {
            a.rail-search href=(url) data-palette="" aria-keyshortcuts="Control+K Meta+K" {
                (Icon::Search) span { (self.texts.say("search-everything")) } kbd aria-hidden="true" { "⌘K" }
            }
        }
    }

    fn groups(&self) -> Markup {
        html! {
            @for group in &self.groups {
                @if let Some(label) = &group.label { p.rail-label { (label) } }
                ul { @for link in &group.links { li { (link) } } }
            }
        }
    }

    fn bottom_bar(&self) -> Markup {
        let first = self.groups.iter().flat_map(|group| &group.links).take(4);
        let more = html! { summary { (Icon::Menu) span { (self.texts.say("menu")) } } };
        html! {
            nav.bottom-bar aria-label=(self.texts.say("menu")) {
                @for link in first { (link) }
                (menu_of(more, self.groups()))
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            header.page-head {
                @if let Some(breadcrumbs) = &self.breadcrumbs { (breadcrumbs) }
                div.page-head-row {
                    div {
                        h1 { (self.title) }
                        @if let Some(lead) = &self.lead { div.page-lead { (lead) } }
                    }
                    @if let Some(actions) = &self.actions { div.btn-row { (actions) } }
                }
                @if let Some(tabs) = &self.tabs { (tabs) }
            }
        }
    }
}

impl Render for Dashboard<'_> {
    fn render(&self) -> Markup {
        let page = Page::new(self.texts, Face::Dashboard, self.title.as_ref()).site(self.organisation.0.as_ref());
        let page = self.brand.iter().fold(page, |page, url| page.brand(url.as_ref()));
        let page = self.scripts.iter().fold(page, |page, name| page.script(name));
        let page = self.messages.iter().fold(page, |page, messages| page.messages(messages.clone()));
        page.header(self.frame()).content(html! { (self.head()) div.page-body { (self.content) } }).render()
    }
}

fn account_menu(account: &Account<'_>) -> Markup {
    let summary = html! {
        summary.rail-account {
            (avatar(&account.name))
            span { span.person-name { (account.name) } span.person-detail { (account.role) } }
            (Icon::Sort)
        }
    };
    menu_of(summary, &account.menu)
}

fn palette(texts: Texts, url: &str) -> Markup {
    html! {
        dialog.palette #palette aria-label=(texts.say("palette-title")) {
            form.palette-field method="get" action=(url) role="search" {
                (Icon::Search)
                input type="search" name="q" autocomplete="off" spellcheck="false" autofocus placeholder=(
                    texts.say("search-everything")
                )
                    aria-label=(texts.say("palette-hint")) role="combobox" aria-expanded="true" aria-controls="palette-answers"
                    hx-get=(url) hx-trigger="input changed delay:120ms" hx-target="#palette-answers" hx-swap="innerHTML" hx-sync="this:replace";
                (Button::plain(texts.say("close")).quiet().small().only_icon(Icon::Close).attr("data-closes", ""))
            }
            div.palette-answers #palette-answers role="listbox" aria-label=(texts.say("palette-title")) {}
            p.palette-keys aria-hidden="true" {
                span { kbd { "↑" } kbd { "↓" } (texts.say("palette-keys-move")) }
                span { kbd { "↵" } (texts.say("palette-keys-open")) }
                span { kbd { "esc" } (texts.say("palette-keys-close")) }
            }
        }
    }
}

/// One thing that the palette found: what it is called, where it is, and what it is.
#[derive(Clone, Debug)]
pub struct PaletteEntry<'a> {
    /// Event, attendee, order, action.
    pub icon: Icon,
    /// What it is called.
    pub label: Cow<'a, str>,
    /// What it is, or more of it: "Order · £95".
    pub detail: Cow<'a, str>,
    /// Where it is.
    pub href: Cow<'a, str>,
}

/// What the palette's URL answers to htmx: entries by heading, best first; at most about 20 in all.
pub fn palette_entries(texts: Texts, groups: &[(&str, Vec<PaletteEntry<'_>>)]) -> Markup {
    html! {
        @if groups.iter().all(|(_, entries)| entries.is_empty()) {
            p.palette-none role="presentation" { (texts.say("palette-empty")) }
        }
        @for (heading, entries) in groups.iter().filter(|(_, entries)| !entries.is_empty()) {
            div role="group" aria-label=(heading) {
                p.palette-heading aria-hidden="true" { (heading) }
                @for entry in entries {
                    a.palette-entry role="option" aria-selected="false" tabindex="-1" href=(entry.href) {
                        (entry.icon) span { (entry.label) } small { (entry.detail) }
                    }
                }
            }
        }
    }
}

/// The same as a page for those without script: links under headings.
pub fn palette_page(texts: Texts, groups: &[(&str, Vec<PaletteEntry<'_>>)]) -> Markup {
    html! {
        @if groups.iter().all(|(_, entries)| entries.is_empty()) { p.palette-none { (texts.say("palette-empty")) } }
        @for (heading, entries) in groups.iter().filter(|(_, entries)| !entries.is_empty()) {
            section class="panel mb-4" {
                h2 { (heading) }
                ul {
                    @for entry in entries {
                        li { a.palette-entry href=(entry.href) { (entry.icon) span { (entry.label) } small { (entry.detail) } } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dashboard() -> String {
        let links =
            [("Today", "/d"), ("Events", "/d/events"), ("Attendees", "/d/a"), ("Orders", "/d/o"), ("Staff", "/d/s")];
        let links = links.map(|(label, href)| NavLink::new(label, href).icon(Icon::Home));
        let page =
            Dashboard::new(Texts::default(), "Today").organisation("Salsa Soul", "/d").rail([NavGroup::new(links)]);
        page.palette("/d/search").content(html! { p { "Hello" } }).render().into_string()
    }

    #[test]
    fn a_phone_has_the_first_four_places_and_everything_behind_the_menu() {
        let html = dashboard();
        let bar = html.split("<nav class=\"bottom-bar\"").nth(1).unwrap().split("</nav>").next().unwrap();
        assert_eq!(bar.split("<details").next().unwrap().matches("<a ").count(), 4);
        assert!(bar.contains("/d/s"));
    }

    #[test]
    fn the_palette_is_a_search_page_without_script() {
        assert!(dashboard().contains("<a class=\"rail-search\" href=\"/d/search\" data-palette=\"\""));
    }

    #[test]
    fn a_page_has_one_heading_of_the_first_rank() {
        assert_eq!(dashboard().matches("<h1").count(), 1);
    }

    #[test]
    fn a_search_that_finds_nothing_says_what_to_try() {
        let none = palette_entries(Texts::default(), &[("Orders", vec![])]).into_string();
        assert!(none.contains("Nothing found") && !none.contains("role=\"option\""));
    }
}
