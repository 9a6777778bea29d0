//! What all pages of the shop have around them.

use domain::organisations::Organisation;
use engine::scope::Caller;
use maud::{Markup, html};

use crate::links;
use crate::texts::Texts;
use crate::ui::{Button, Face, Icon, Page, navigation};

/// A page of an organisation, with its name, its colours and the way to one's own tickets.
pub(crate) fn page(texts: Texts, organisation: &Organisation, caller: &Caller, title: &str) -> Page<'static> {
    let mine = match caller {
        Caller::Person(_) => Button::link(links::my(), texts.say("shop-my-tickets")),
        Caller::Public | Caller::Program(_) => Button::link(links::sign_in(), texts.say("shop-sign-in")),
    };
    let header = navigation::site_header(
        texts,
        organisation.name.as_str(),
        links::organisation(&organisation.slug).as_str(),
        &[],
        html! { (mine.small().icon(Icon::Ticket)) },
    );
    Page::new(texts, Face::Shop, title.to_owned())
        .site(organisation.name.to_string())
        .brand(links::brand_stylesheet(&organisation.slug))
        .header(header)
        .footer(footer(texts, organisation))
}

fn footer(texts: Texts, organisation: &Organisation) -> Markup {
    html! {
        span { (organisation.name) }
        @if let Some(address) = &organisation.reply_to {
            a href={ "mailto:" (address) } { (texts.say("shop-contact")) }
        }
        @if let Some(website) = organisation.website.as_ref().filter(|site| site.as_str().starts_with("https://")) {
            a href=(website) { (texts.say("shop-website")) }
        }
    }
}
