//! What all pages of the dashboard have around them: the rail, who is signed in, what was just done; and around the
//! pages of one event its name, its status and the way to its other pages.

use domain::catalogue::{Event, EventStatus};
use domain::people::Permission;
use engine::scope::StaffScope;
use jiff::Timestamp;
use maud::{Markup, Render as _, html};

use crate::links;
use crate::texts::Texts;
use crate::ui::navigation::{breadcrumbs, site_header, tabs};
use crate::ui::{Account, Dashboard, Dialog, Face, Icon, NavGroup, NavLink, Page, Pill, Tone, message};
use crate::visit::{Shown, Visit, show, show_with};
use crate::wording;

/// Where in the rail a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Today.
    Today,
    /// Events, and all that belongs to one.
    Events,
    /// Attendees, and one ticket.
    Attendees,
    /// Staff.
    Staff,
    /// API tokens.
    Tokens,
    /// Settings and branding.
    Settings,
    /// Somewhere else.
    Nowhere,
}

/// Where in an event a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// The event at a glance.
    Overview,
    /// What, when, where, and how it is sold.
    Setup,
    /// Items and passes.
    Items,
    /// Orders, and the box office.
    Orders,
    /// Doors.
    Doors,
    /// Wristbands.
    Wristbands,
}

/// What can have been done before a page is shown: the words of `?done=`.
const DONE: [&str; 23] = [
    "saved",
    "created",
    "published",
    "unpublished",
    "copied",
    "deleted",
    "archived",
    "paid",
    "cancelled",
    "sold",
    "resent",
    "reissued",
    "voided",
    "checked-in",
    "undone",
    "invited",
    "role-changed",
    "removed",
    "revoked",
    "doors-made",
    "no-doors",
    "moved",
    "unchanged",
];

/// A page of the organisation.
pub(super) fn page<'a>(visit: &Visit<StaffScope>, place: Place, title: impl Into<String>) -> Dashboard<'a> {
    let organisation = visit.scope.organisation();
    Dashboard::new(visit.texts, title.into())
        .organisation(organisation.name.to_string(), links::dashboard::today(&organisation.slug))
        .rail(rail(visit, place))
        .palette(links::dashboard::palette(&organisation.slug))
        .account(account(visit))
        .brand(links::brand_stylesheet(&organisation.slug))
        .messages(done(visit))
}

/// A page of one event.
pub(super) fn event_page<'a>(
    visit: &Visit<StaffScope>,
    event: &Event,
    tab: Option<Tab>,
    title: impl Into<String>,
) -> Dashboard<'a> {
    let texts = visit.texts;
    let (events, here) = (links::dashboard::events(&event.event.organisation), links::dashboard::event(&event.event));
    let all = texts.say("dash-events");
    let mut path = vec![(all.as_str(), events.as_str())];
    if tab != Some(Tab::Overview) {
        path.push((event.title.as_str(), here.as_str()));
    }
    page(visit, Place::Events, title)
        .breadcrumbs(breadcrumbs(texts, &path))
        .lead(headline(texts, event))
        .tabs(event_tabs(visit, event, tab))
}

/// Below an event's name: its status, and when it is.
pub(super) fn headline(texts: Texts, event: &Event) -> Markup {
    html! { (status_pill(texts, event.status)) (wording::when(texts, event)) }
}

/// When figures or a list were current, in the organisation's time; nothing where that is now.
pub(super) fn as_of(visit: &Visit<StaffScope>, at: Timestamp) -> Option<Markup> {
    let said = wording::as_of(visit.texts, at, visit.engine().now(), &visit.scope.organisation().time_zone)?;
    Some(html! { span { (said) } })
}

fn rail<'a>(visit: &Visit<StaffScope>, place: Place) -> Vec<NavGroup<'a>> {
    use links::dashboard as to;
    let (texts, slug) = (visit.texts, &visit.scope.organisation().slug);
    let may = |permission| visit.scope.role().may(permission);
    let link = |at: Place, key: &str, href: links::Href, icon| {
        NavLink::new(texts.say(key), href).icon(icon).current_when(place == at)
    };
    let mut first = vec![
        link(Place::Today, "dash-today", to::today(slug), Icon::Home),
        link(Place::Events, "dash-events", to::events(slug), Icon::Calendar),
    ];
    if may(Permission::SeeTickets) {
        first.push(link(Place::Attendees, "dash-attendees", to::attendees(slug), Icon::People));
    }
    let mut house = Vec::new();
    if may(Permission::ManageStaff) {
        house.push(link(Place::Staff, "dash-staff", to::staff(slug), Icon::Shield));
        house.push(link(Place::Tokens, "dash-tokens", to::tokens(slug), Icon::Key));
    }
    if may(Permission::SeeSettings) {
        house.push(link(Place::Settings, "dash-settings", to::settings(slug), Icon::Settings));
    }
    let mut groups = vec![NavGroup::new(first)];
    if !house.is_empty() {
        groups.push(NavGroup::new(house).called(texts.say("dash-organisation")));
    }
    groups
}

fn account<'a>(visit: &Visit<StaffScope>) -> Account<'a> {
    let texts = visit.texts;
    let shop = links::organisation(&visit.scope.organisation().slug);
    Account {
        name: visit.scope.by().shown().to_owned().into(),
        role: wording::staff_role(texts, visit.scope.role()).into(),
        menu: html! {
            a href=(shop) { (Icon::External) (texts.say("dash-shop")) }
            a href=(links::my()) { (Icon::Ticket) (texts.say("dash-mine")) }
            hr;
            form method="post" action=(links::sign_out()) {
                button type="submit" { (Icon::Signout) (texts.say("mine-sign-out")) }
            }
        },
    }
}

/// What was just done, as a toast.
fn done(visit: &Visit<StaffScope>) -> Markup {
    if let Some(word) = DONE.iter().find(|word| **word == visit.sent.typed("/done")) {
        return message::toast(visit.texts, Tone::Good, &visit.texts.say(&format!("dash-done-{word}")));
    }
    html! {}
}

fn event_tabs(visit: &Visit<StaffScope>, event: &Event, tab: Option<Tab>) -> Markup {
    use links::dashboard as to;
    let (texts, which) = (visit.texts, &event.event);
    let may = |permission| visit.scope.role().may(permission);
    let link = |at: Tab, key: &str, href: links::Href| NavLink::new(texts.say(key), href).current_when(tab == Some(at));
    let mut all = vec![link(Tab::Overview, "dash-overview", to::event(which))];
    if may(Permission::EditEvents) {
        all.push(link(Tab::Setup, "dash-setup", to::setup(which)));
    }
    all.push(link(Tab::Items, "dash-items", to::items_and_passes(which)));
    if may(Permission::SeeOrders) {
        all.push(link(Tab::Orders, "dash-orders", to::orders(which)));
    }
    if may(Permission::SeeTickets) {
        let attendees = to::attendees(&which.organisation).with("event", which.event.as_str());
        all.push(NavLink::new(texts.say("dash-attendees"), attendees));
    }
    if may(Permission::Scan) {
        all.push(link(Tab::Doors, "dash-doors", to::doors(which)));
    }
    if may(Permission::EditEvents) {
        all.push(link(Tab::Wristbands, "dash-wristbands", to::wristbands(which)));
    }
    tabs(event.title.as_str(), &all)
}

/// The status of an event as a pill.
pub(super) fn status_pill(texts: Texts, status: EventStatus) -> Markup {
    let tone = match status {
        EventStatus::Draft => Tone::Warning,
        EventStatus::Live => Tone::Good,
        EventStatus::Cancelled => Tone::Bad,
        EventStatus::Archived => Tone::Neutral,
    };
    Pill::new(tone, wording::event_status(texts, status)).render()
}

/// A dialog where there is script, else a page with the same content.
#[expect(clippy::unnecessary_wraps, reason = "what a handler ends with")]
pub(super) fn show_dialog(visit: &Visit<StaffScope>, title: &str, dialog: &Dialog<'_>) -> Shown {
    Ok(show(&dialog_or_page(visit, title, dialog)))
}

/// The same for a dialog that came back because of what is wrong with it.
#[expect(clippy::unnecessary_wraps, reason = "what a handler ends with")]
pub(super) fn dialog_again(visit: &Visit<StaffScope>, title: &str, dialog: &Dialog<'_>) -> Shown {
    Ok(show_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &dialog_or_page(visit, title, dialog)))
}

fn dialog_or_page(visit: &Visit<StaffScope>, title: &str, dialog: &Dialog<'_>) -> Markup {
    if visit.is_partial {
        return dialog.render();
    }
    let organisation = visit.scope.organisation();
    let home = links::dashboard::today(&organisation.slug);
    let header = site_header(visit.texts, organisation.name.as_str(), home.as_str(), &[], html! {});
    Page::new(visit.texts, Face::Dashboard, title.to_owned())
        .site(organisation.name.to_string())
        .brand(links::brand_stylesheet(&organisation.slug))
        .header(header)
        .content(dialog.as_page())
        .private()
        .render()
}
