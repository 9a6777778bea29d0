//! The top of an event's page: its picture, what it is, when and where, and the way in. And its card in a list.

use super::{Icon, poster::poster};
use maud::{Markup, Render, html};
use std::borrow::Cow;

/// An event as it is announced.
#[derive(Clone, Debug)]
pub struct Hero<'a> {
    title: Cow<'a, str>,
    kicker: Option<Cow<'a, str>>,
    lead: Option<Cow<'a, str>>,
    facts: Vec<(Icon, Cow<'a, str>)>,
    picture: Option<(Cow<'a, str>, Cow<'a, str>)>,
    actions: Option<Markup>,
}

impl<'a> Hero<'a> {
    /// An event of this title.
    pub fn new(title: impl Into<Cow<'a, str>>) -> Self {
        Self { title: title.into(), kicker: None, lead: None, facts: Vec::new(), picture: None, actions: None }
    }

    /// Above the title: the series, the edition, a status pill's word.
    pub fn kicker(mut self, kicker: impl Into<Cow<'a, str>>) -> Self {
        self.kicker = Some(kicker.into());
        self
    }

    /// One or two sentences.
    pub fn lead(mut self, lead: impl Into<Cow<'a, str>>) -> Self {
        self.lead = Some(lead.into());
        self
    }

    /// When, where: one line each.
    pub fn fact(mut self, icon: Icon, words: impl Into<Cow<'a, str>>) -> Self {
        self.facts.push((icon, words.into()));
        self
    }

    /// Its picture: URL (of this site) and what can be seen on it. Without one it gets a poster.
    pub fn picture(mut self, url: impl Into<Cow<'a, str>>, alt: impl Into<Cow<'a, str>>) -> Self {
        self.picture = Some((url.into(), alt.into()));
        self
    }

    /// The way in.
    pub fn actions(mut self, actions: impl Render) -> Self {
        self.actions = Some(actions.render());
        self
    }

    /// As a card in a list of events; the whole card leads to `href`. `end` is a price, a pill.
    pub fn card(&self, href: &str, end: impl Render) -> Markup {
        html! {
            article.event-card {
                (self.image())
                div.event-card-words {
                    h3 { a.row-link href=(href) { (self.title) } }
                    @for (icon, words) in &self.facts { p.event-fact { (icon) span { (words) } } }
                    div.event-card-end { (end) }
                }
            }
        }
    }

    fn image(&self) -> Markup {
        match &self.picture {
            Some((url, alt)) => html! { img.poster src=(url) alt=(alt) width="640" height="360"; },
            None => poster(&self.title),
        }
    }
}

impl Render for Hero<'_> {
    fn render(&self) -> Markup {
        html! {
            header.hero {
                div.hero-words {
                    @if let Some(kicker) = &self.kicker { p.hero-kicker { (kicker) } }
                    h1 { (self.title) }
                    @if let Some(lead) = &self.lead { p.hero-lead { (lead) } }
                    @if !self.facts.is_empty() {
                        ul.hero-facts {
                            @for (icon, words) in &self.facts { li.event-fact { (icon) span { (words) } } }
                        }
                    }
                    @if let Some(actions) = &self.actions { div.btn-row { (actions) } }
                }
                div.hero-picture { (self.image()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_a_picture_gets_a_poster() {
        let hero = Hero::new("Winter Salsa").fact(Icon::Place, "Leeds");
        assert!(hero.clone().render().into_string().contains("class=\"poster poster-"));
        let html = hero.picture("/media/1.webp", "Two people dancing").render().into_string();
        assert!(html.contains("alt=\"Two people dancing\" width=\"640\"") && !html.contains("poster-ground"));
    }

    #[test]
    fn a_card_leads_to_its_event() {
        let html = Hero::new("R&B").card("/e/rb", "from £12").into_string();
        assert!(html.contains("<a class=\"row-link\" href=\"/e/rb\">R&amp;B</a>"));
    }
}
