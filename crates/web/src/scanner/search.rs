//! Finding somebody by name, address or number, and letting them in by hand.

use engine::roster::Filter;
use engine::scope::StaffScope;
use engine::tickets::TicketFilter;
use maud::{Render as _, html};

use crate::ui::{Button, Empty, Face, Field, Icon, Page, scan};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

/// Most people who are listed.
const MOST: usize = 20;

/// The page that finds people.
pub(super) async fn find(visit: Visit<StaffScope>) -> Shown {
    let texts = visit.texts;
    let slug = visit.event()?.clone();
    let about = visit.engine().read_event(&visit.scope, &slug).await?.value;
    let event = &about.event;
    let door = visit.sent.typed("/door").to_owned();
    let query = visit.sent.typed("/q").to_owned();
    let wanted = TicketFilter {
        event: Some(slug),
        filter: Filter { query: Some(query.clone()), ..Filter::default() },
        after: None,
        limit: MOST,
    };
    let found = if query.trim().is_empty() {
        Vec::new()
    } else {
        visit.engine().list_tickets(&visit.scope, &wanted).await?.entries
    };
    let here = links::dashboard::scanner_search(event);
    let content = html! {
        div class="mx-auto grid w-full max-w-xl gap-4 p-6" {
            p { a href=(links::dashboard::scanner(event).with("door", &door)) { (texts.say("scanner-back")) } }
            h1 { (texts.say("scan-search")) }
            form class="form" method="get" action=(here) {
                input type="hidden" name="door" value=(door);
                (Field::search("q", texts.say("scanner-who")).value(query.clone()).attr("autofocus", ""))
                (Button::submit(texts.say("scanner-find")).primary().icon(Icon::Search))
            }
            @if !query.trim().is_empty() && found.is_empty() {
                (Empty::new(Icon::Person, texts.say("scanner-nobody"), texts.say("scanner-nobody-more")))
            }
            @for (_, entry) in &found {
                @let name = if entry.full_name.is_empty() { entry.email.to_string() } else { entry.full_name.to_string() };
                @let detail = format!("{} · {} · {}", entry.email, wording::rate(&about, &entry.rate), wording::money_status(texts, entry.money));
                (scan::found(&name, &detail, html! {
                    form method="post" action=(links::dashboard::scanner(event)) {
                        input type="hidden" name="door" value=(door);
                        input type="hidden" name="ticket" value=(entry.number);
                        input type="hidden" name="device" value="By hand";
                        input type="hidden" name="action" value="entry";
                        (Button::submit(texts.say("scanner-check-in")).primary().small())
                    }
                }))
            }
        }
    };
    let title = texts.say("scan-search");
    Ok(show(&Page::new(texts, Face::Scanner, title).content(content).private().render()))
}
