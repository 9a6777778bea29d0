//! Every address of the program's pages as a function, so that no page writes one by hand.
//!
//! Knows which path a page has. Does not know what is there (`routes`), nor who may see it. An [`Href`] begins at the
//! program's root and is what pages need; [`Links`] makes it whole for mails, documents, barcodes and the API.
//!
//! One more page: one more function here (or in [`dashboard`] or [`platform`]), beside its neighbours.

pub mod dashboard;
pub mod platform;

use std::borrow::Cow;
use std::fmt;

use domain::catalogue::EventRef;
use domain::tickets::Token;
use domain::values::{OrderId, Slug, TicketNumber};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What needs no escape in any part of an address (RFC 3986, "unreserved").
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An address within this program: its path from the root, with its query and fragment. Safe to put into HTML, mails
/// and headers: all that could end it is escaped. It may hold a secret word, so that it has no debugging output.
#[derive(Clone, PartialEq, Eq)]
pub struct Href(String);

/// Where the program is reached from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// Scheme, host and, where it needs one, port; without a slash at the end.
    public_url: String,
}

impl Links {
    /// Links of a program with this public URL.
    pub fn new(public_url: &str) -> Self {
        Self { public_url: public_url.trim_end_matches('/').to_owned() }
    }

    /// The whole address, for what is read outside of the program's own pages.
    pub fn absolute(&self, href: &Href) -> String {
        format!("{}{}", self.public_url, href.0)
    }

    /// The public URL, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// The host's name, without its port: what identifiers of calendars and mails end in.
    pub fn host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        rest.split([':', '/']).next().filter(|host| !host.is_empty()).unwrap_or("localhost")
    }
}

impl Href {
    /// The path of these parts: `["salsa", "winter"]` is `/salsa/winter`.
    pub(crate) fn of(parts: &[&str]) -> Self {
        Self(parts.iter().flat_map(|part| ["/".to_owned(), escaped(part)]).collect())
    }

    /// The path, one part longer.
    pub(crate) fn then(self, part: &str) -> Self {
        Self(format!("{}/{}", self.0, escaped(part)))
    }

    /// With one more field in its query.
    pub fn with(self, name: &str, value: &str) -> Self {
        let sign = if self.0.contains('?') { '&' } else { '?' };
        Self(format!("{}{sign}{}={}", self.0, escaped(name), escaped(value)))
    }

    /// At a place within the page; last, after every `with`.
    pub fn at(self, id: &str) -> Self {
        Self(format!("{}#{}", self.0, escaped(id)))
    }

    /// With the secret word that opens it to whoever has no session.
    fn opened_by(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.with("key", word),
            None => self,
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl maud::Render for Href {
    fn render_to(&self, buffer: &mut String) {
        self.0.as_str().render_to(buffer);
    }
}

impl From<Href> for String {
    fn from(href: Href) -> Self {
        href.0
    }
}

impl From<Href> for Cow<'static, str> {
    fn from(href: Href) -> Self {
        Self::Owned(href.0)
    }
}

/// The front page of an organisation.
pub fn organisation(organisation: &Slug) -> Href {
    Href::of(&[organisation.as_str()])
}

/// The stylesheet with an organisation's colour.
pub fn brand_stylesheet(organisation: &Slug) -> Href {
    Href::of(&[organisation.as_str(), "brand.css"])
}

/// The page of an event.
pub fn event(event: &EventRef) -> Href {
    Href::of(&[event.organisation.as_str(), event.event.as_str()])
}

/// An event as a calendar file, without anybody's ticket.
pub fn event_calendar(event: &EventRef) -> Href {
    self::event(event).then("event.ics")
}

/// Where a visitor picks what they want of an event.
pub fn pick(event: &EventRef) -> Href {
    self::event(event).then("pick")
}

/// What is picked, as the cheapest that includes it.
pub fn cover(event: &EventRef) -> Href {
    self::event(event).then("cover")
}

/// Where the hold of what was picked begins.
pub fn hold(event: &EventRef) -> Href {
    self::event(event).then("hold")
}

/// Who an order's tickets are for.
pub fn order_who(event: &EventRef, order: OrderId, key: Option<&str>) -> Href {
    order_path(event, order).then("who").opened_by(key)
}

/// Gives an order up.
pub fn order_cancel(event: &EventRef, order: OrderId, key: Option<&str>) -> Href {
    order_path(event, order).then("cancel").opened_by(key)
}

/// The page of an order, where its buyer manages it. `key` is the secret word of the order.
pub fn order(event: &EventRef, order: OrderId, key: Option<&str>) -> Href {
    order_path(event, order).opened_by(key)
}

/// Where an order is paid.
pub fn order_payment(event: &EventRef, order: OrderId, key: Option<&str>) -> Href {
    order_path(event, order).then("pay").opened_by(key)
}

/// All tickets of an order that its buyer may show, as one PDF.
pub fn order_pdf(event: &EventRef, order: OrderId, key: Option<&str>) -> Href {
    order_path(event, order).then("tickets.pdf").opened_by(key)
}

fn order_path(event: &EventRef, order: OrderId) -> Href {
    self::event(event).then("orders").then(&order.to_string())
}

/// The page of a ticket, for its holder. `word` is the secret word of the ticket.
pub fn ticket(event: &EventRef, number: TicketNumber, word: Option<&str>) -> Href {
    ticket_path(event, number).opened_by(word)
}

/// A ticket to print.
pub fn ticket_pdf(event: &EventRef, number: TicketNumber, word: Option<&str>) -> Href {
    ticket_path(event, number).then("ticket.pdf").opened_by(word)
}

/// A ticket for a calendar.
pub fn ticket_calendar(event: &EventRef, number: TicketNumber, word: Option<&str>) -> Href {
    ticket_path(event, number).then("ticket.ics").opened_by(word)
}

/// A ticket's barcode as a picture.
pub fn ticket_qr(event: &EventRef, number: TicketNumber, word: Option<&str>) -> Href {
    ticket_path(event, number).then("qr.svg").opened_by(word)
}

fn ticket_path(event: &EventRef, number: TicketNumber) -> Href {
    self::event(event).then("tickets").then(&number.to_string())
}

/// What a ticket's barcode leads to.
pub fn scan(token: &Token) -> Href {
    Href::of(&["s", token.as_str()])
}

/// Where somebody asks for a link to sign in with.
pub fn sign_in() -> Href {
    Href::of(&["sign-in"])
}

/// The link that signs in, once.
pub fn sign_in_link(secret: &str) -> Href {
    Href::of(&["sign-in", secret])
}

/// Where a session ends.
pub fn sign_out() -> Href {
    Href::of(&["sign-out"])
}

/// Everything that the signed-in person holds.
pub fn my() -> Href {
    Href::of(&["my"])
}

/// Where door staff choose their door.
pub fn scanner() -> Href {
    Href::of(&["scan"])
}

/// Letters that wait, where mail is not sent.
pub fn dev_mailbox() -> Href {
    Href::of(&["dev", "mailbox"])
}

/// One letter in it.
pub fn dev_letter(id: domain::values::WorkId) -> Href {
    dev_mailbox().then(&id.to_string())
}

/// The HTML of that letter.
pub fn dev_letter_html(id: domain::values::WorkId) -> Href {
    dev_letter(id).then("html")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::values::Ksuid;

    fn festival() -> EventRef {
        EventRef::new(&"salsa".parse().unwrap(), &"winter-2026".parse().unwrap())
    }

    #[test]
    fn addresses_are_as_the_design_names_them() {
        let order_id = OrderId(Ksuid::from_bytes([0; 20]));
        let number = TicketNumber(Ksuid::from_bytes([0; 20]));
        let zeros = "0".repeat(27);
        for (href, expected) in [
            (event(&festival()), "/salsa/winter-2026".to_owned()),
            (brand_stylesheet(&festival().organisation), "/salsa/brand.css".to_owned()),
            (order(&festival(), order_id, Some("abc")), format!("/salsa/winter-2026/orders/{zeros}?key=abc")),
            (
                order_payment(&festival(), order_id, Some("abc")),
                format!("/salsa/winter-2026/orders/{zeros}/pay?key=abc"),
            ),
            (ticket(&festival(), number, None), format!("/salsa/winter-2026/tickets/{zeros}")),
            (
                ticket_pdf(&festival(), number, Some("w")),
                format!("/salsa/winter-2026/tickets/{zeros}/ticket.pdf?key=w"),
            ),
            (sign_in_link("s3cret"), "/sign-in/s3cret".to_owned()),
        ] {
            assert_eq!(href.as_str(), expected);
        }
    }

    #[test]
    fn nothing_that_is_put_into_an_address_can_leave_its_place() {
        assert_eq!(sign_in_link("../a?b#c\r\n<").as_str(), "/sign-in/..%2Fa%3Fb%23c%0D%0A%3C");
        let found = my().with("to", "/a b?c=d&e").with("n", "ñ").at("x y");
        assert_eq!(found.as_str(), "/my?to=%2Fa%20b%3Fc%3Dd%26e&n=%C3%B1#x%20y");
    }

    #[test]
    fn a_whole_address_has_one_slash_between_host_and_path() {
        for public_url in ["https://tickets.example.org", "https://tickets.example.org/"] {
            assert_eq!(Links::new(public_url).absolute(&my()), "https://tickets.example.org/my");
        }
        assert_eq!(Links::new("http://127.0.0.1:8080").host(), "127.0.0.1");
        assert_eq!(Links::new("").host(), "localhost");
    }
}
