//! An event, or somebody's ticket for it, for a calendar (RFC 5545).
//!
//! The same thing has the same UID for ever, so that fetching it again moves the entry instead of adding one. Nothing
//! secret is in it: calendars are shared within families and copied to clouds, so its link has no secret word.

use domain::catalogue::EventStatus;
use domain::tickets::StatusWord;
use engine::orders::TicketView;
use engine::render::About;
use icalendar::{Calendar, Component as _, Event as Entry, EventLike as _, EventStatus as EntryStatus, Property};
use jiff::Timestamp;

use crate::links::{self, Links};
use crate::texts::Texts;
use crate::wording;

/// The media type to send it with.
pub const CALENDAR_TYPE: &str = "text/calendar; charset=utf-8";

/// An event as a calendar file; with a ticket, that ticket's. `stamp` says as of when this is known (DTSTAMP).
pub fn calendar(texts: Texts, links: &Links, about: &About, ticket: Option<&TicketView>, stamp: Timestamp) -> String {
    let event = &about.event;
    let (uid, href) = match ticket {
        Some(view) => (view.ticket.number.to_string(), links::ticket(&event.event, view.ticket.number, None)),
        None => (format!("{}.{}", event.event.event, event.event.organisation), links::event(&event.event)),
    };
    let cancelled = event.status == EventStatus::Cancelled
        || ticket.is_some_and(|view| view.ticket.status_word() != StatusWord::Active);
    let mut entry = Entry::new();
    entry
        .uid(&format!("{uid}@{}", links.host()))
        .add_property("DTSTAMP", utc(stamp))
        .add_property("DTSTART", utc(event.starts_at))
        .add_property("DTEND", utc(event.ends_at))
        .summary(event.title.as_str())
        .description(&description(texts, about, ticket))
        .url(&links.absolute(&href))
        .status(if cancelled { EntryStatus::Cancelled } else { EntryStatus::Confirmed });
    if let Some(venue) = &event.venue {
        let address = venue.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
        entry.location(&format!("{}{address}", venue.name));
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Dance Engine//Tickets//EN"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.push(entry.done());
    calendar.to_string()
}

/// Who organises it; of a ticket also whose it is and what for.
fn description(texts: Texts, about: &About, ticket: Option<&TicketView>) -> String {
    let mut lines = vec![about.organisation.name.to_string()];
    if let Some(TicketView { ticket, .. }) = ticket {
        lines.push(wording::holder(texts, ticket));
        lines.push(wording::purchases(ticket).join(", "));
        lines.push(texts.say_with("document-number", &[("number", ticket.number.to_string().into())]));
    }
    lines.join("\n")
}

/// `20261204T183000Z`
fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sample;
    use domain::tickets::TicketStatus;
    use icalendar::parser::{read_calendar, unfold};

    fn links() -> Links {
        Links::new("https://tickets.example.org")
    }

    fn written(about: &About, ticket: Option<&TicketView>) -> String {
        calendar(Texts::default(), &links(), about, ticket, "2026-11-01T12:00:00.5Z".parse().unwrap())
    }

    /// The properties of the entry, as another program reads them.
    fn read(file: &str) -> Vec<(String, String)> {
        let unfolded = unfold(file);
        let calendar = read_calendar(&unfolded).unwrap();
        assert_eq!(calendar.components.len(), 1);
        let entry = &calendar.components[0];
        assert_eq!(entry.name, "VEVENT");
        entry.properties.iter().map(|found| (found.name.to_string(), found.val.to_string())).collect()
    }

    fn property(found: &[(String, String)], name: &str) -> String {
        let all: Vec<&String> = found.iter().filter(|(key, _)| key == name).map(|(_, value)| value).collect();
        assert_eq!(all.len(), 1, "{name}: {found:?}");
        all[0].clone()
    }

    #[test]
    fn an_event_is_an_entry_in_utc_with_a_name_of_its_own() {
        let found = read(&written(&sample::about(), None));
        assert_eq!(property(&found, "UID"), "winter-2026.salsa-soul@tickets.example.org");
        assert_eq!(property(&found, "DTSTAMP"), "20261101T120000Z");
        assert_eq!(property(&found, "DTSTART"), "20261204T183000Z");
        assert_eq!(property(&found, "DTEND"), "20261207T013000Z");
        assert_eq!(property(&found, "URL"), "https://tickets.example.org/salsa-soul/winter-2026");
        assert_eq!(property(&found, "STATUS"), "CONFIRMED");
        assert!(!found.iter().any(|(name, _)| name == "METHOD" || name == "ORGANIZER"));
    }

    #[test]
    fn a_tickets_entry_keeps_its_name_and_has_no_secret() {
        let (about, view) = (sample::about(), sample::ticket());
        let file = written(&about, Some(&view));
        let found = read(&file);
        assert_eq!(property(&found, "UID"), format!("{}@tickets.example.org", view.ticket.number));
        let url = property(&found, "URL");
        assert!(url.ends_with(&view.ticket.number.to_string()), "{url}");
        assert!(property(&found, "DESCRIPTION").contains("Zoë Ñandú"));
        assert!(!file.contains(&view.barcode.unwrap()) && !file.contains("key="));
    }

    #[test]
    fn what_does_not_take_place_is_cancelled() {
        let (mut about, mut view) = (sample::about(), sample::ticket());
        view.ticket.status = TicketStatus::Void { at: about.event.starts_at, by_refund: false };
        assert_eq!(property(&read(&written(&about, Some(&view))), "STATUS"), "CANCELLED");
        about.event.status = EventStatus::Cancelled;
        assert_eq!(property(&read(&written(&about, None)), "STATUS"), "CANCELLED");
    }

    #[test]
    fn no_name_can_end_a_line_or_begin_a_property() {
        let mut about = sample::about();
        about.event.title = "Łódź; a\\b, c: BEGIN:VALARM\u{2028}X ".repeat(5).parse().unwrap();
        let file = written(&about, None);
        assert_eq!(file.matches("BEGIN:VALARM\r\n").count(), 0);
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(['\r', '\n']));
        }
        let summary = property(&read(&file), "SUMMARY");
        let plain = summary.replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\");
        assert_eq!(plain, about.event.title.as_str());
    }
}
