//! Every component on one page, with sample data, for development: `/ui`, and whole sample pages under it.
//!
//! What stands here is not product text: it is never translated and never shown to a customer.

mod basics;
mod dashboards;
mod door;
mod forms;
mod shop;

use super::{Account, Dashboard, Icon, NavGroup, NavLink};
use crate::texts::Texts;
use maud::{Markup, Render, html};

/// All components.
pub fn page() -> Markup {
    let texts = Texts::default();
    frame(texts, "Components")
        .lead(html! { "Everything that pages are made of. Sample pages: " (sample_links()) })
        .content(html! {
            div.gallery {
                (basics::part(texts))
                (forms::part(texts))
                (dashboards::part(texts))
                (shop::part(texts))
                (door::part(texts))
            }
        })
        .render()
}

/// A sample page or partial by its name (what follows `/ui/`): `event`, `pick`, `pay`, `ticket`, `today`, `attendees`,
/// `scanner`, `palette`, `dialog`; `None` for any other.
pub fn sample(name: &str) -> Option<Markup> {
    let texts = Texts::default();
    match name {
        "event" => Some(shop::event(texts)),
        "pick" => Some(shop::pick(texts)),
        "pay" => Some(shop::who(texts)),
        "ticket" => Some(shop::ticket(texts)),
        "today" => Some(dashboards::today(texts)),
        "attendees" => Some(dashboards::attendees(texts)),
        "scanner" => Some(door::scanner(texts)),
        "palette" => Some(dashboards::found(texts)),
        "dialog" => Some(basics::dialog(texts).render()),
        _ => None,
    }
}

/// The names that [`sample`] knows and that are whole pages.
pub const PAGES: [&str; 7] = ["event", "pick", "pay", "ticket", "today", "attendees", "scanner"];

fn sample_links() -> Markup {
    html! { @for name in PAGES { a.underline href={ "/ui/" (name) } { (name) } " " } }
}

fn frame(texts: Texts, title: &'static str) -> Dashboard<'static> {
    let link = |label, href, icon| NavLink::new(label, href).icon(icon).current_when(label == title);
    let here = [
        link("Today", "/ui/today", Icon::Home),
        link("Events", "/ui", Icon::Calendar).count(2),
        link("Attendees", "/ui/attendees", Icon::People),
        link("Orders", "/ui/today", Icon::Receipt),
        link("Feedback", "/ui/today", Icon::Chat),
        link("Website", "/ui/event", Icon::Globe),
    ];
    let event = [
        link("Overview", "/ui/today", Icon::Chart),
        link("Passes and items", "/ui/today", Icon::Ticket),
        link("Pricing", "/ui/today", Icon::Tag),
        link("Schedule", "/ui/today", Icon::CalendarDays),
        link("Door", "/ui/scanner", Icon::Scan).count(12),
    ];
    let settings = [link("Staff and roles", "/ui/today", Icon::Shield), link("Settings", "/ui/today", Icon::Settings)];
    Dashboard::new(texts, title)
        .organisation("Salsa Soul", "/ui")
        .rail([
            NavGroup::new(here),
            NavGroup::new(event).called("Winter Salsa 2026"),
            NavGroup::new(settings).called("Organisation"),
        ])
        .palette("/ui/palette")
        .account(Account {
            name: "Ana García".into(),
            role: "Owner".into(),
            menu: html! {
                a href="/ui" { (Icon::Building) "Other organisations" }
                hr;
                button type="button" { (Icon::Signout) "Sign out" }
            },
        })
}

fn part(id: &str, title: &str, content: impl Render) -> Markup {
    html! { section.gallery-part id=(id) { h2 { (title) } (content) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gallery_and_every_sample_page_keep_the_policy() {
        let pages = PAGES.into_iter().filter_map(sample).chain([page()]);
        for html in pages.map(maud::PreEscaped::into_string) {
            for refused in [" style=", "<style", "javascript:", "http://", " onclick", "not-built"] {
                assert!(!html.contains(refused), "{refused}");
            }
            assert_eq!(html.matches("<h1").count(), 1);
        }
    }

    #[test]
    fn no_id_is_on_a_page_twice() {
        for html in PAGES.into_iter().filter_map(sample).chain([page()]).map(maud::PreEscaped::into_string) {
            let mut ids: Vec<_> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let all = ids.len();
            ids.sort_unstable();
            let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
            ids.dedup();
            assert_eq!(ids.len(), all, "{twice:?}");
        }
    }

    #[test]
    fn a_sample_that_is_not_known_is_none() {
        assert!(sample("nothing").is_none() && sample("dialog").is_some() && sample("palette").is_some());
    }
}
