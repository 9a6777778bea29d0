//! Tickets to print or to keep on a phone: a PDF with a page each, tagged for screen readers, fonts within.

use engine::orders::TicketView;
use engine::render::About;
use krilla::Document;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::TagTree;

use super::NotWritten;
use super::fonts::{Fonts, Setter};
use super::sheet::Sheet;
use super::ticket_page::{self, TicketPage};
use crate::texts::Texts;

/// These tickets as one PDF, in this order, each on a page of A4 with its barcode, or with the reason why it has none.
/// The same bytes for the same tickets.
///
/// A page shows what is due at the door and no other amount, so that it can be given to whoever holds the ticket.
pub fn ticket_pdf(texts: Texts, about: &About, tickets: &[TicketView]) -> Result<Vec<u8>, NotWritten> {
    if tickets.is_empty() {
        return Err(NotWritten::Empty);
    }
    let setter = Setter::of(Fonts::ours().ok_or(NotWritten::Fonts)?);
    let mut document = Document::new();
    document.set_metadata(metadata(texts, about));
    let mut tags = TagTree::new();
    for (index, view) in tickets.iter().enumerate() {
        let size = PageSettings::from_wh(ticket_page::WIDTH, ticket_page::HEIGHT);
        let mut page = document.start_page_with(size.unwrap_or_default());
        let mut sheet = Sheet::on(page.surface(), &setter);
        TicketPage { texts, about, view, place: (index + 1, tickets.len()) }.write_on(&mut sheet);
        tags.push(sheet.done());
        page.finish();
    }
    document.set_tag_tree(tags);
    document.finish().map_err(|error| NotWritten::Library(format!("{error:?}")))
}

fn metadata(texts: Texts, about: &About) -> Metadata {
    let title = texts.say_with("document-title", &[("event", about.event.title.as_str().into())]);
    Metadata::new()
        .title(title)
        .authors(vec![about.organisation.name.to_string()])
        .creator("Dance Engine".to_owned())
        .language(texts.lang().tag().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sample;
    use crate::texts::Lang;
    use domain::catalogue::EventStatus;
    use domain::tickets::TicketStatus;
    use domain::values::Amount;

    /// The text of each page, as another program reads it, in one line.
    fn read(pdf: &[u8]) -> Vec<String> {
        let document = lopdf::Document::load_mem(pdf).unwrap();
        let text = |page: &u32| document.extract_text(&[*page]).unwrap();
        document.get_pages().keys().map(|page| text(page).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    fn written(tickets: &[TicketView]) -> Vec<String> {
        read(&ticket_pdf(Texts::default(), &sample::about(), tickets).unwrap())
    }

    fn assert_says(page: &str, parts: &[&str]) {
        for part in parts {
            assert!(page.contains(part), "{part} is missing in: {page}");
        }
    }

    #[test]
    fn a_page_says_what_when_where_who_and_what_it_admits_to() {
        let pages = written(&[sample::ticket()]);
        assert_eq!(pages.len(), 1);
        assert_says(
            &pages[0],
            &[
                "Salsa Soul",
                "Winter Salsa 2026",
                "Fri 4 Dec 2026, 18:30 – Mon 7 Dec, 01:30",
                "London time",
                "Corn Exchange",
                "Call Lane, Leeds LS1 7BR",
                "Zoë Ñandú",
                "Full Pass",
                "Student",
                "Leader, with Łukasz Őszi",
                "£35 to pay at the door",
                "Bring proof for the Student rate",
                "Fri 4 Dec Friday party",
                "Sat 5 Dec Saturday classes Saturday party",
                "Every day Practice floor",
                "Also yours 2 × Festival T-shirt",
                &sample::ticket().ticket.number.to_string(),
                "hello@salsasoul.example",
            ],
        );
        assert!(!pages[0].contains("Shine bootcamp") && !pages[0].contains("£95"), "{}", pages[0]);
    }

    #[test]
    fn each_ticket_has_its_page_and_knows_nothing_of_the_others() {
        let pages = written(&[sample::ticket(), sample::guests_ticket()]);
        assert_says(&pages[0], &["Ticket 1 of 2", "Zoë Ñandú"]);
        assert_says(&pages[1], &["Ticket 2 of 2", "<b>\"Ana\" & co", "Friday party"]);
        assert!(!pages[1].contains("Zoë") && !pages[1].contains("at the door Bring") && !pages[1].contains('£'));
    }

    #[test]
    fn a_ticket_that_is_not_good_has_no_barcode_and_says_why() {
        let about = sample::about();
        let mut view = sample::ticket();
        let good = ticket_pdf(Texts::default(), &about, &[view.clone()]).unwrap();
        // Even when a barcode is given with it.
        view.ticket.status = TicketStatus::Void { at: about.event.starts_at, by_refund: true };
        let void = ticket_pdf(Texts::default(), &about, &[view.clone()]).unwrap();
        assert_says(&read(&void)[0], &["was refunded and is not valid any more, since Fri 4 Dec 2026, 18:30"]);
        assert!(!read(&void)[0].contains("to pay at the door"));
        view.ticket.status = TicketStatus::Active;
        (view.barcode, view.issued) = (None, false);
        let promised = ticket_pdf(Texts::default(), &about, &[view]).unwrap();
        assert_says(&read(&promised)[0], &["as soon as the order is paid"]);
        // A code is some 600 rectangles.
        for without in [void, promised] {
            assert!(rectangles(&good) > 200 && rectangles(&without) < 20, "{}", rectangles(&without));
        }
    }

    /// Closed paths on the first page.
    fn rectangles(pdf: &[u8]) -> usize {
        let document = lopdf::Document::load_mem(pdf).unwrap();
        let page = document.get_pages()[&1];
        let content = document.get_and_decode_page_content(page).unwrap();
        content.operations.iter().filter(|operation| ["re", "h"].contains(&operation.operator.as_str())).count()
    }

    #[test]
    fn a_cancelled_event_says_so_on_its_tickets() {
        let mut about = sample::about();
        about.event.status = EventStatus::Cancelled;
        let pages = read(&ticket_pdf(Texts::of(Lang::Es), &about, &[sample::ticket()]).unwrap());
        assert_says(
            &pages[0],
            &["Este evento se ha cancelado", "vie 4 dic 2026, 18:30", "35 £ por pagar en la puerta"],
        );
    }

    #[test]
    fn names_of_any_length_and_any_number_of_items_stay_on_the_page() {
        let (mut about, mut view) = (sample::about(), sample::ticket());
        about.event.title = "A congress with a long name, ".repeat(6).parse().unwrap();
        about.organisation.name = "Ñ".repeat(200).parse().unwrap();
        view.ticket.full_name = Some("A long name with words ".repeat(8).trim().parse().unwrap());
        let one = about.items[0].clone();
        for n in 0..90 {
            let item = domain::catalogue::Item { id: sample::id(n + 110), ..one.clone() };
            let entitlement = view.ticket.entitlements[0].clone();
            view.ticket.entitlements.push(domain::tickets::Entitlement { item: item.id, ..entitlement });
            about.items.push(item);
        }
        let pages = read(&ticket_pdf(Texts::default(), &about, &[view.clone()]).unwrap());
        assert_eq!(pages.len(), 1);
        assert_says(&pages[0], &["A congress with", "…", "A long name with words", "more: see your ticket online"]);
        let named = pages[0].matches("Friday party").count();
        assert!((10..90).contains(&named), "{named}");
        about.event.title = "W".repeat(200).parse().unwrap();
        assert!(ticket_pdf(Texts::default(), &about, &[view]).is_ok());
    }

    #[test]
    fn the_same_ticket_is_the_same_file_and_a_small_one() {
        let make = || ticket_pdf(Texts::default(), &sample::about(), &[sample::ticket()]).unwrap();
        let pdf = make();
        assert_eq!(pdf, make());
        assert!(pdf.len() < 64_000, "{} bytes", pdf.len());
    }

    #[test]
    fn it_says_its_title_and_language_and_reads_aloud() {
        let pdf = ticket_pdf(Texts::of(Lang::Es), &sample::about(), &[sample::ticket()]).unwrap();
        let document = lopdf::Document::load_mem(&pdf).unwrap();
        let root = document.catalog().unwrap();
        assert_eq!(root.get(b"Lang").unwrap().as_str().unwrap(), b"es");
        assert!(root.has(b"StructTreeRoot"));
    }

    #[test]
    fn no_tickets_are_no_document() {
        assert_eq!(ticket_pdf(Texts::default(), &sample::about(), &[]), Err(NotWritten::Empty));
    }

    #[test]
    fn nothing_is_due_for_a_ticket_that_is_paid() {
        let mut view = sample::ticket();
        view.ticket.paid = Amount::minor(9_500);
        assert!(!written(&[view])[0].contains("to pay at the door"));
    }
}
