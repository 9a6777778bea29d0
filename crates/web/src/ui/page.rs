//! The frame of every page: head, skip link, header, content, footer. Dashboards fill it through
//! [`Dashboard`](super::Dashboard), which has a rail instead of a header.
//!
//! Nothing here needs more than `script-src 'self'; style-src 'self'`: no inline style, no inline script.

use super::navigation::site_header;
use crate::{assets, texts::Texts};
use maud::{DOCTYPE, Markup, Render, html};
use std::borrow::Cow;

/// Which of the product's faces a page belongs to: it decides measure, density and what surrounds the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// What everybody sees: an organisation's front page, an event, buying. Roomy.
    Shop,
    /// What a guest who bought sees: tickets, transfers, their schedule. A narrow column, made for a phone.
    Customer,
    /// Dense, wide; brings its own navigation.
    Dashboard,
    /// Full screen, dark in every setting, no header or footer.
    Scanner,
}

impl Face {
    const fn class(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Customer => "customer",
            Self::Dashboard => "dashboard",
            Self::Scanner => "scanner",
        }
    }

    /// The entry point that this face adds to `base.ts`.
    const fn script(self) -> Option<&'static str> {
        match self {
            Self::Shop => Some("shop.ts"),
            Self::Customer => None,
            Self::Dashboard => Some("dashboard.ts"),
            Self::Scanner => Some("scanner.ts"),
        }
    }
}

/// A whole page.
///
/// `Page::new(texts, Face::Shop, "Winter Salsa").brand("/salsa-soul/brand.css").header(nav).content(html! { … })`
#[derive(Clone, Debug)]
pub struct Page<'a> {
    texts: Texts,
    face: Face,
    title: Cow<'a, str>,
    site: Option<Cow<'a, str>>,
    description: Option<Cow<'a, str>>,
    picture: Option<Cow<'a, str>>,
    brand: Option<Cow<'a, str>>,
    header: Option<Markup>,
    content: Markup,
    footer: Option<Markup>,
    head: Option<Markup>,
    scripts: Vec<&'static str>,
    messages: Option<Markup>,
    is_private: bool,
}

impl<'a> Page<'a> {
    /// A page with this title; everything else has a default.
    pub fn new(texts: Texts, face: Face, title: impl Into<Cow<'a, str>>) -> Self {
        Self {
            texts,
            face,
            title: title.into(),
            site: None,
            description: None,
            picture: None,
            brand: None,
            header: None,
            content: html! {},
            footer: None,
            head: None,
            scripts: face.script().into_iter().collect(),
            messages: None,
            is_private: face != Face::Shop,
        }
    }

    /// Whose site it is: stands after the title.
    pub fn site(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.site = Some(name.into());
        self
    }

    /// One or two sentences for search engines and for whoever the link is sent to.
    pub fn description(mut self, description: impl Into<Cow<'a, str>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Absolute URL of a picture for whoever the link is sent to.
    pub fn picture(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.picture = Some(url.into());
        self
    }

    /// URL of the organisation's stylesheet (the text of [`brand::stylesheet`](super::brand::stylesheet)).
    pub fn brand(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.brand = Some(url.into());
        self
    }

    /// What stands above the content: see [`site_header`](super::navigation::site_header).
    pub fn header(mut self, header: Markup) -> Self {
        self.header = Some(header);
        self
    }

    /// The content of `<main>`. It has the page's one `<h1>`.
    pub fn content(mut self, content: Markup) -> Self {
        self.content = content;
        self
    }

    /// The organisation's part of the footer: imprint, terms, contact.
    pub fn footer(mut self, footer: Markup) -> Self {
        self.footer = Some(footer);
        self
    }

    /// More for `<head>`: a web app's manifest, a canonical link, a calendar feed.
    pub fn head(mut self, head: Markup) -> Self {
        self.head = Some(head);
        self
    }

    /// One more entry point of `browser/`: `"live.ts"`. The face's own is there already.
    pub fn script(mut self, name: &'static str) -> Self {
        self.scripts.push(name);
        self
    }

    /// [`toast`](super::message::toast)s after an action.
    pub fn messages(mut self, messages: Markup) -> Self {
        self.messages = Some(messages);
        self
    }

    /// May be found by search engines (the default for [`Face::Shop`]) or, said here, may not: drafts, baskets,
    /// anything behind a secret link.
    pub fn private(mut self) -> Self {
        self.is_private = true;
        self
    }

    fn whole_title(&self) -> String {
        match &self.site {
            Some(site) if *site != self.title => format!("{} · {site}", self.title),
            _ => self.title.clone().into_owned(),
        }
    }

    fn head_part(&self) -> Markup {
        let scripts = || std::iter::once("base.ts").chain(self.scripts.iter().copied());
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            title { (self.whole_title()) }
            @if let Some(text) = &self.description {
                meta name="description" content=(text);
                meta property="og:description" content=(text);
            }
            meta property="og:title" content=(self.title);
            @if let Some(picture) = &self.picture { meta property="og:image" content=(picture); }
            @if self.is_private { meta name="robots" content="noindex"; }
            meta name="color-scheme" content="light dark";
            meta name="theme-color" content="#fbfaf9" media="(prefers-color-scheme: light)";
            meta name="theme-color" content="#110d0c" media="(prefers-color-scheme: dark)";
            meta name="format-detection" content="telephone=no";
            // htmx: indicators are in our CSS, and nothing is asked of another site.
            meta name="htmx-config" content=r#"{"includeIndicatorCSS": false, "mode": "same-origin"}"#;
            @for font in assets::fonts() { link rel="preload" as="font" type="font/woff2" href=(font) crossorigin; }
            link rel="stylesheet" href=(assets::url("base.css"));
            @if let Some(brand) = &self.brand { link rel="stylesheet" href=(brand); }
            link rel="icon" type="image/svg+xml" href=(assets::url("look/mark.svg"));
            @if let Some(head) = &self.head { (head) }
            @for script in scripts() {
                @for import in assets::imports(script) { link rel="modulepreload" href=(import); }
                script type="module" src=(assets::url(script)) {}
            }
        }
    }
}

impl Render for Page<'_> {
    fn render(&self) -> Markup {
        let is_framed = matches!(self.face, Face::Shop | Face::Customer);
        html! {
            (DOCTYPE)
            html lang=(self.texts.lang().tag()) {
                head { (self.head_part()) }
                body data-face=(self.face.class()) {
                    a.skip-link href="#content" { (self.texts.say("skip-to-content")) }
                    @match &self.header {
                        Some(header) => (header),
                        // Nobody's page in particular: the product's own.
                        None if is_framed => (site_header(self.texts, "Dance Engine", "/", &[], html! {})),
                        None => {}
                    }
                    main #content tabindex="-1" { (self.content) }
                    @if is_framed { (footer(self.texts, self.footer.as_ref())) }
                    div #dialogs {}
                    div #toasts role="status" aria-live="polite" {
                        @if let Some(messages) = &self.messages { (messages) }
                    }
                    div #voice.unseen role="status" aria-live="polite" {}
                }
            }
        }
    }
}

fn footer(texts: Texts, own: Option<&Markup>) -> Markup {
    html! {
        footer.site-footer {
            @if let Some(own) = own { div.site-footer-own { (own) } }
            p.site-footer-by { (texts.say("powered-by")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    fn page(face: Face) -> String {
        let page =
            Page::new(Texts::of(Lang::Es), face, "Noche <de> salsa").site("Salsa Soul").brand("/salsa-soul/brand.css");
        page.content(html! { h1 { "Hola" } }).render().into_string()
    }

    #[test]
    fn a_page_says_its_language_its_title_and_where_its_content_is() {
        let html = page(Face::Shop);
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"es\">"));
        assert!(html.contains("<title>Noche &lt;de&gt; salsa · Salsa Soul</title>"));
        assert!(html.contains("href=\"#content\">Ir al contenido</a>") && html.contains("<main id=\"content\""));
    }

    #[test]
    fn no_page_needs_an_inline_style_or_script_or_another_site() {
        for face in [Face::Shop, Face::Customer, Face::Dashboard, Face::Scanner] {
            let html = page(face);
            assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" on"), "{face:?}");
            assert!(!html.contains("https://") && !html.contains("not-built"), "{html}");
            assert_eq!(html.matches("<script").count(), html.matches("<script type=\"module\" src=\"/assets/").count());
        }
    }

    #[test]
    fn the_organisations_colour_comes_after_our_own_stylesheet() {
        let html = page(Face::Shop);
        assert!(html.find("/assets/base-") < html.find("/salsa-soul/brand.css"));
    }

    #[test]
    fn only_the_shop_is_for_search_engines() {
        assert!(!page(Face::Shop).contains("noindex"));
        assert!(page(Face::Customer).contains("noindex"));
        assert!(Page::new(Texts::default(), Face::Shop, "x").private().render().into_string().contains("noindex"));
    }
}
