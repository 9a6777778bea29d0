//! What letters say to whom, and what they never say.

use std::collections::BTreeSet;

use domain::catalogue::EventStatus;
use domain::orders::OrderState;
use domain::payments::Method;
use domain::tickets::TicketStatus;
use domain::values::{Amount, Prose};
use engine::orders::{OrderView, TicketView};

use super::*;
use crate::documents::sample;

const WORD: &str = "thesecretword";

fn letters(lang: Lang) -> Letters {
    Letters::new(Links::new("https://tickets.example.org"), lang)
}

fn english(contents: &LetterContents) -> Written {
    letters(Lang::En).letter(contents)
}

fn tickets(order: OrderView) -> LetterContents {
    LetterContents::Tickets { about: sample::about(), order: Box::new(order) }
}

fn ticket(view: TicketView) -> LetterContents {
    LetterContents::Ticket { about: sample::about(), ticket: Box::new(view), word: WORD.to_owned() }
}

fn reserved(order: OrderView) -> LetterContents {
    LetterContents::Reserved { about: sample::about(), order: Box::new(order) }
}

fn every_letter() -> Vec<LetterContents> {
    let organisation = Some(sample::about().organisation);
    vec![
        LetterContents::SignIn { secret: "s3cret".to_owned(), organisation },
        LetterContents::SignIn { secret: "s3cret".to_owned(), organisation: None },
        tickets(sample::order()),
        ticket(sample::ticket()),
        ticket(sample::guests_ticket()),
        reserved(sample::reserved()),
    ]
}

fn assert_says(written: &Written, parts: &[&str]) {
    for part in parts {
        assert!(written.text.contains(part), "{part} is missing in: {}", written.text);
        let escaped = part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        assert!(written.html.contains(&escaped), "{escaped} is missing in: {}", written.html);
    }
}

fn assert_never_says(written: &Written, parts: &[&str]) {
    for part in parts {
        let all = format!("{} {} {}", written.subject, written.text, written.html);
        assert!(!all.contains(part), "{part} is in: {all}");
    }
}

/// What is attached, by its media type.
fn attached<'a>(written: &'a Written, media_type: &str) -> Vec<&'a Attachment> {
    written.attachments.iter().filter(|file| file.media_type.starts_with(media_type)).collect()
}

fn pages(pdf: &Attachment) -> usize {
    lopdf::Document::load_mem(&pdf.bytes).unwrap().get_pages().len()
}

#[test]
fn the_buyer_reads_what_was_bought_what_it_costs_and_what_is_due() {
    let written = english(&tickets(sample::order()));
    assert_eq!(written.from_name, "Salsa Soul");
    assert_eq!(written.reply_to.as_ref().map(Email::as_str), Some("hello@salsasoul.example"));
    assert_eq!(written.subject, "Your 2 tickets for Winter Salsa 2026, Fri 4 Dec");
    assert_says(
        &written,
        &[
            "Fri 4 Dec 2026, 18:30 – Mon 7 Dec, 01:30 (London time)",
            "Corn Exchange, Call Lane, Leeds LS1 7BR",
            "Zoë Ñandú",
            "Leader, with Łukasz Őszi",
            "£35 to pay at the door",
            "Bring proof for the Student rate",
            "Saturday classes, Saturday party",
            "2 × Festival T-shirt",
            "Full Pass · Zoë Ñandú",
            "£95",
            "£12.50",
            "£107.50",
            "£72.50",
            "To pay at the door",
            "?key=abcdefghijklmnopqrstuvwxyz",
            &sample::ticket().ticket.number.to_string(),
        ],
    );
    insta::assert_snapshot!(written.text);
}

#[test]
fn the_buyer_gets_no_barcode_that_is_somebody_elses() {
    let mut order = sample::order();
    let secret = sample::barcode().replace("AEB4", "ZZZZ");
    order.tickets[1].barcode = Some(secret.clone());
    let written = english(&tickets(order));
    assert_says(&written, &["This ticket was sent to ana@dancers.example."]);
    let codes = attached(&written, "image/png");
    assert_eq!(codes.len(), 1);
    assert_eq!(codes[0].bytes, crate::documents::qr_png(&sample::barcode(), 8));
    assert_eq!(pages(attached(&written, "application/pdf")[0]), 1);
    assert_never_says(&written, &[&secret]);
}

#[test]
fn everything_that_people_wrote_is_escaped() {
    let written = english(&tickets(sample::order()));
    assert!(written.html.contains("&lt;b&gt;&quot;Ana&quot; &amp; co"));
    assert!(!written.html.contains("<b>\"Ana"));
    assert!(written.text.contains("<b>\"Ana\" & co"));
    let mut about = sample::about();
    about.organisation.name = "</style><script>alert(1)</script>".parse().unwrap();
    about.event.title = "\"><img src=x onerror=alert(1)>".parse().unwrap();
    let contents = LetterContents::Tickets { about, order: Box::new(sample::order()) };
    assert!(!english(&contents).html.contains("<script") && !english(&contents).html.contains("<img src=x"));
}

#[test]
fn a_holder_reads_of_no_price_and_of_no_other_ticket() {
    let written = english(&ticket(sample::guests_ticket()));
    assert_eq!(written.subject, "Your ticket for Winter Salsa 2026, Fri 4 Dec");
    let number = sample::guests_ticket().ticket.number;
    let link = format!("https://tickets.example.org/salsa-soul/winter-2026/tickets/{number}");
    assert_says(
        &written,
        &[
            "<b>\"Ana\" & co",
            "Friday party",
            &format!("{link}?key={WORD}"),
            &format!("{link}/ticket.pdf?key={WORD}"),
            &format!("{link}/ticket.ics?key={WORD}"),
        ],
    );
    assert_never_says(&written, &["£", "Zoë", "Full Pass", &sample::ticket().ticket.number.to_string(), "/orders/"]);
    assert_eq!(attached(&written, "image/png").len(), 1);
    assert_eq!(attached(&written, "text/calendar").len(), 1);
    insta::assert_snapshot!(written.text);
}

#[test]
fn a_holder_reads_what_to_bring_to_the_door() {
    let written = english(&ticket(sample::ticket()));
    assert_says(&written, &["£35 to pay at the door"]);
    assert_never_says(&written, &["£95", "£60"]);
}

#[test]
fn a_ticket_that_was_replaced_says_so() {
    let mut view = sample::ticket();
    view.ticket.generation = 2;
    assert_says(&english(&ticket(view)), &["The old code does not work any more."]);
}

#[test]
fn a_ticket_that_is_not_good_any_more_comes_without_barcode_pdf_and_calendar() {
    for (status, why) in [
        (
            TicketStatus::Void { at: sample::at("2026-11-02T10:00:00Z"), by_refund: false },
            "is not valid any more, since Mon 2 Nov 2026, 10:00",
        ),
        (TicketStatus::Transferred { at: sample::at("2026-11-02T10:00:00Z") }, "was moved to another event"),
    ] {
        let mut view = sample::ticket();
        (view.ticket.status, view.barcode) = (status, None);
        let written = english(&ticket(view.clone()));
        assert_says(&written, &[why]);
        assert!(written.attachments.is_empty() && !written.html.contains("cid:"));
        assert_never_says(&written, &["to pay at the door", "Bring proof"]);
        let mut order = sample::order();
        order.tickets[0] = view;
        let written = english(&tickets(order));
        assert!(written.attachments.is_empty() && !written.html.contains("cid:"));
        assert_never_says(&written, &["£35"]);
    }
}

#[test]
fn who_pays_by_transfer_reads_where_how_much_until_when_and_which_reference() {
    let written = english(&reserved(sample::reserved()));
    assert_eq!(written.subject, "Pay by Sun 8 Nov, 12:00 to keep your places for Winter Salsa 2026");
    let reference = wording::order_reference(sample::order().order.id);
    assert_eq!(reference.len(), 8);
    assert_says(
        &written,
        &[
            "Held for you until Sun 8 Nov, 12:00 (London time)",
            "Sort code 20-00-00\nAccount 1234 5678",
            "£107.50",
            &reference,
            "Still to pay",
            "/orders/",
        ],
    );
    assert!(written.attachments.is_empty() && !written.html.contains("cid:"));
    insta::assert_snapshot!(letters(Lang::Es).letter(&reserved(sample::reserved())).text);
}

#[test]
fn without_bank_details_the_buyer_is_told_to_ask() {
    let mut about = sample::about();
    about.organisation.bank_details = Prose::default();
    let contents = LetterContents::Reserved { about, order: Box::new(sample::reserved()) };
    assert_says(&english(&contents), &["Answer this mail to ask for the account."]);
}

#[test]
fn who_pays_by_card_is_led_to_the_payment() {
    let mut order = sample::reserved();
    order.order.method = Some(Method::Card);
    let written = english(&reserved(order));
    assert_says(&written, &["/pay?key=abcdefghijklmnopqrstuvwxyz"]);
    assert_never_says(&written, &["Sort code"]);
}

#[test]
fn a_letter_that_comes_too_late_asks_for_no_money() {
    for (state, says) in [
        (OrderState::Expired, "was cancelled or ran out"),
        (OrderState::Cancelled, "was cancelled or ran out"),
        (OrderState::Fulfilled, "This order is paid"),
    ] {
        let mut order = sample::reserved();
        order.order.state = state;
        if state == OrderState::Fulfilled {
            order.order.paid = order.order.total;
        }
        let written = english(&reserved(order));
        assert_eq!(written.subject, "Your order for Winter Salsa 2026, Fri 4 Dec");
        assert_says(&written, &[says]);
        assert_never_says(&written, &["Sort code", "Still to pay", "Held for you"]);
    }
}

#[test]
fn guests_without_a_name_are_counted_and_one_alone_is_the_buyer() {
    let mut order = sample::order();
    order.tickets[1].ticket.full_name = None;
    assert_says(&english(&tickets(order.clone())), &["Guest 2 of Zoë Ñandú", "Not everybody has a name yet."]);
    order.tickets.truncate(1);
    order.order.tickets.truncate(1);
    order.tickets[0].ticket.full_name = None;
    let written = english(&tickets(order));
    assert_eq!(written.subject, "Your ticket for Winter Salsa 2026, Fri 4 Dec");
    assert_never_says(&written, &["Guest 1"]);
}

#[test]
fn what_is_free_is_called_free_and_nothing_is_due() {
    let mut order = sample::order();
    (order.order.total, order.order.paid) = (Amount::ZERO, Amount::ZERO);
    for (line, view) in order.order.lines.iter_mut().zip(&mut order.tickets) {
        line.price = Amount::ZERO;
        (view.ticket.price, view.ticket.paid) = (Amount::ZERO, Amount::ZERO);
    }
    let written = english(&tickets(order));
    assert_says(&written, &["Free"]);
    assert_never_says(&written, &["to pay", "To pay"]);
}

#[test]
fn a_link_to_sign_in_is_in_both_forms_and_in_whose_name_it_was_asked_for() {
    let organisation = Some(sample::about().organisation);
    let written = english(&LetterContents::SignIn { secret: "s3cret".to_owned(), organisation });
    assert_eq!((written.subject.as_str(), written.from_name.as_str()), ("Sign in to Salsa Soul", "Salsa Soul"));
    assert_says(&written, &["https://tickets.example.org/sign-in/s3cret"]);
    let platform = english(&LetterContents::SignIn { secret: "s3cret".to_owned(), organisation: None });
    assert_eq!((platform.from_name.as_str(), platform.reply_to), ("Dance Engine", None));
}

#[test]
fn no_name_can_end_a_header() {
    let mut about = sample::about();
    about.organisation.name = "Salsa\u{2028}Bcc: all@example.org \"x\" <y@z>".parse().unwrap();
    about.event.title = "Night\u{2029}Bcc: all@example.org".parse().unwrap();
    for contents in [
        LetterContents::Tickets { about: about.clone(), order: Box::new(sample::order()) },
        LetterContents::Reserved { about, order: Box::new(sample::reserved()) },
    ] {
        let written = english(&contents);
        for header in [&written.subject, &written.from_name] {
            assert!(!header.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')), "{header:?}");
        }
        for file in &written.attachments {
            let harmless = |c: char| c.is_ascii_alphanumeric() || "-.@".contains(c);
            assert!(file.name.chars().all(harmless), "{}", file.name);
            assert!(file.content_id.iter().all(|id| id.chars().all(harmless)));
        }
    }
    assert_eq!(one_line(" a\r\nBcc: b\u{85}c\t "), "a Bcc: b c");
}

#[test]
fn every_picture_comes_with_the_letter_and_nothing_is_fetched() {
    for contents in every_letter() {
        let written = english(&contents);
        let shown: Vec<&str> =
            written.html.split("src=\"cid:").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let brought: Vec<&str> = written.attachments.iter().filter_map(|file| file.content_id.as_deref()).collect();
        assert_eq!(shown, brought);
        assert_eq!(written.html.matches("<img").count(), shown.len());
        for foreign in ["<script", "<link", "src=\"http", "url(", "@import"] {
            assert!(!written.html.contains(foreign), "{foreign}");
        }
    }
}

#[test]
fn neither_form_has_an_address_that_the_other_lacks() {
    for contents in every_letter() {
        let written = english(&contents);
        let urls = |text: &str| -> BTreeSet<String> {
            let found = text.split("https://").skip(1);
            found.map(|rest| rest.split(['"', '<', '\n', ' ']).next().unwrap().replace("&amp;", "&")).collect()
        };
        assert_eq!(urls(&written.html), urls(&written.text));
        assert!(!urls(&written.text).is_empty());
    }
}

#[test]
fn a_letter_is_the_same_each_time_and_small_enough_to_be_shown_whole() {
    for contents in every_letter() {
        let written = english(&contents);
        assert_eq!(written, english(&contents));
        // Gmail cuts a letter off at 102 kB.
        assert!(written.html.len() < 60_000, "{}", written.html.len());
    }
}

#[test]
fn a_cancelled_event_is_cancelled_in_the_calendar_too() {
    let mut about = sample::about();
    about.event.status = EventStatus::Cancelled;
    let order = Box::new(sample::order());
    let written = english(&LetterContents::Tickets { about, order });
    let calendar = String::from_utf8(attached(&written, "text/calendar")[0].bytes.clone()).unwrap();
    assert!(calendar.contains("STATUS:CANCELLED\r\n"), "{calendar}");
}

#[test]
fn letters_are_written_in_spanish_as_well() {
    let written = letters(Lang::Es).letter(&tickets(sample::order()));
    assert_eq!(written.subject, "Tus 2 entradas para Winter Salsa 2026, vie 4 dic");
    assert!(written.html.contains("<html lang=\"es\">"));
    assert_says(&written, &["35\u{a0}£ por pagar en la puerta", "hora de London"]);
}
