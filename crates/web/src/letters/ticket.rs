//! The letter with one ticket, to its holder: no price, and nothing of the order's other tickets.

use domain::tickets::{StatusWord, Ticket};
use domain::values::{Amount, Money};
use engine::orders::TicketView;
use engine::render::About;
use engine::render::Attachment;

use super::blocks::{Block, Code, Fact, Link, ShownTicket};
use super::{Letter, Letters};
use crate::{documents, links, wording};

/// Pixels a module of a code in a letter: sharp on any screen at half its size.
const PIXELS: u8 = 8;

impl Letters {
    pub(super) fn ticket(&self, about: &About, view: &TicketView, word: &str) -> Letter {
        let (texts, event, number) = (self.texts, &about.event.event, view.ticket.number);
        let page = self.links.absolute(&links::ticket(event, number, Some(word)));
        let link = Link::new(texts.say("letter-open-ticket"), page);
        let mut blocks = Vec::new();
        if view.ticket.generation > 1 && view.barcode.is_some() {
            blocks.push(Block::Notice(texts.say("letter-ticket-replaced")));
        }
        let name = wording::holder(texts, &view.ticket);
        blocks.push(self.event(about));
        blocks.push(Block::Ticket(Box::new(self.shown(about, view, name, None))));
        blocks.push(Block::Button(link));
        let whole = |href: &links::Href| self.links.absolute(href);
        blocks.push(Block::Links(vec![
            Link::new(texts.say("letter-pdf"), whole(&links::ticket_pdf(event, number, Some(word)))),
            Link::new(texts.say("letter-calendar"), whole(&links::ticket_calendar(event, number, Some(word)))),
        ]));
        let mut attachments: Vec<Attachment> = self.code(view).into_iter().collect();
        attachments.extend(self.pdf(about, std::slice::from_ref(view)));
        attachments.extend(self.calendar(about, Some(view), view.ticket.issued_at));
        Letter {
            subject: texts.say_with("letter-ticket-subject", &self.event_places(about)),
            preview: self.preview(about),
            title: texts.say("letter-ticket-title"),
            blocks,
            attachments,
        }
    }

    /// When and where, after the subject.
    pub(super) fn preview(&self, about: &About) -> String {
        let when = wording::when(self.texts, &about.event);
        super::place(about).map_or(when.clone(), |place| format!("{when} · {place}"))
    }

    /// A ticket as letters show it. Its barcode is shown where the view has one.
    pub(super) fn shown(&self, about: &About, view: &TicketView, name: String, link: Option<Link>) -> ShownTicket {
        let texts = self.texts;
        let ticket = &view.ticket;
        let rate = about.event.rate(&ticket.rate);
        let mut facts = vec![Fact::new(texts.say("letter-bought"), wording::purchases(ticket).join(", "))];
        if let Some(rate) = rate.filter(|_| about.event.rates.len() > 1) {
            facts.push(Fact::new(texts.say("letter-rate"), rate.name.to_string()));
        }
        facts.extend(wording::dance_partner(texts, ticket).map(|role| Fact::new(texts.say("letter-role"), role)));
        let no_code = wording::no_barcode(texts, view, &about.event.time_zone);
        let code = view
            .barcode
            .as_ref()
            .filter(|_| no_code.is_none())
            .map(|_| Code { content_id: self.content_id(ticket), alternative: texts.say("letter-code") });
        let mut notices = Vec::new();
        if ticket.due() > Amount::ZERO && view.issued {
            let amount = wording::money(texts, Money::new(ticket.due(), ticket.currency));
            notices.push(texts.say_with("letter-due-at-door", &[("amount", amount.into())]));
        }
        if let Some(rate) = rate.filter(|rate| rate.proof_required && ticket.status_word() == StatusWord::Active) {
            notices.push(texts.say_with("letter-proof", &[("rate", rate.name.as_str().into())]));
        }
        ShownTicket {
            name,
            facts,
            notices,
            days: wording::admits(texts, &about.items, ticket),
            code,
            no_code,
            number: Fact::new(texts.say("letter-number"), ticket.number.to_string()),
            link,
        }
    }

    fn content_id(&self, ticket: &Ticket) -> String {
        format!("{}.qr@{}", ticket.number, self.links.host())
    }

    /// The picture of a ticket's barcode. Mail readers drop pictures within the HTML itself, so that it is attached.
    pub(super) fn code(&self, view: &TicketView) -> Option<Attachment> {
        let barcode = view.barcode.as_ref().filter(|_| view.ticket.status_word() == StatusWord::Active)?;
        Some(Attachment {
            name: format!("{}.png", view.ticket.number),
            media_type: "image/png".to_owned(),
            content_id: Some(self.content_id(&view.ticket)),
            bytes: documents::qr_png(barcode, PIXELS),
        })
    }

    /// The tickets that have a barcode, to print; nothing if none has. A letter goes out without it rather than not.
    pub(super) fn pdf(&self, about: &About, views: &[TicketView]) -> Option<Attachment> {
        let good: Vec<TicketView> = views.iter().filter(|view| view.barcode.is_some()).cloned().collect();
        if good.is_empty() {
            return None;
        }
        match documents::ticket_pdf(self.texts, about, &good) {
            Ok(bytes) => Some(Attachment {
                name: format!("{}.pdf", about.event.event.event),
                media_type: "application/pdf".to_owned(),
                content_id: None,
                bytes,
            }),
            Err(fault) => {
                tracing::error!(%fault, event = ?about.event.event, "a letter goes out without its PDF");
                None
            }
        }
    }

    /// The event, or one's ticket for it, for a calendar.
    pub(super) fn calendar(
        &self,
        about: &About,
        view: Option<&TicketView>,
        stamp: jiff::Timestamp,
    ) -> Option<Attachment> {
        if view.is_some_and(|view| view.barcode.is_none()) {
            return None;
        }
        Some(Attachment {
            name: format!("{}.ics", about.event.event.event),
            media_type: documents::CALENDAR_TYPE.to_owned(),
            content_id: None,
            bytes: documents::calendar(self.texts, &self.links, about, view, stamp).into_bytes(),
        })
    }
}
