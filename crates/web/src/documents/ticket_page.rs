//! One ticket on a page of A4: what, when and where; who; the barcode; what it admits to; what is due at the door.

use domain::catalogue::EventStatus;
use domain::tickets::StatusWord;
use domain::values::{Amount, Money};
use engine::orders::TicketView;
use engine::render::About;

use super::fonts::Face;
use super::sheet::{Ink, Part, Room, Sheet, Style};
use crate::texts::Texts;
use crate::wording::{self, DayOfItems};

/// Of A4, in points.
pub(super) const WIDTH: f32 = 595.28;
/// Of A4, in points.
pub(super) const HEIGHT: f32 = 841.89;

const MARGIN: f32 = 52.0;
const INNER: f32 = WIDTH - 2.0 * MARGIN;
/// The barcode with its quiet zone: 80 mm, which any phone reads at arm's length.
const CODE: f32 = 227.0;
const GAP: f32 = 30.0;
/// Where the small print begins.
const FOOT: f32 = HEIGHT - 104.0;
const COLUMNS: usize = 3;
const DAY_GAP: f32 = 8.0;

const INK: Ink = Ink(0x24, 0x1d, 0x1a);
const SOFT: Ink = Ink(0x6a, 0x60, 0x5a);
/// The product's own colour, for organisations that chose none.
const HOUSE: Ink = Ink(0xad, 0x1b, 0x5f);
const LINE: Ink = Ink(0xe4, 0xdd, 0xd8);
const PAPER: Ink = Ink(0xf6, 0xf2, 0xef);
const WARNING: Ink = Ink(0xfd, 0xef, 0xd2);
const WARNING_INK: Ink = Ink(0x6b, 0x44, 0x00);

const TITLE: Style = Style { face: Face::Title, size: 30.0, leading: 34.0, colour: INK };
const SMALLER_TITLE: Style = Style { size: 21.0, leading: 25.0, ..TITLE };
const WHEN: Style = Style { face: Face::Strong, size: 14.0, leading: 19.0, colour: INK };
const NAME: Style = Style { size: 20.0, leading: 24.0, ..WHEN };
const STRONG: Style = Style { size: 11.5, leading: 16.0, ..WHEN };
const HEADING: Style = Style { size: 15.0, leading: 22.0, ..TITLE };
const BODY: Style = Style { face: Face::Text, size: 10.5, leading: 14.5, colour: INK };
const QUIET: Style = Style { colour: SOFT, ..BODY };
const NUMBER: Style = Style { size: 10.0, ..BODY };
const SMALL: Style = Style { size: 8.5, leading: 12.0, ..QUIET };

/// A ticket that becomes a page.
pub(super) struct TicketPage<'a> {
    /// The reader's language.
    pub(super) texts: Texts,
    /// What the ticket is for.
    pub(super) about: &'a About,
    /// The ticket.
    pub(super) view: &'a TicketView,
    /// Which page of how many.
    pub(super) place: (usize, usize),
}

impl TicketPage<'_> {
    /// Writes the page.
    pub(super) fn write_on(&self, sheet: &mut Sheet<'_>) {
        self.organisation(sheet);
        let y = self.event(sheet, 96.0) + 14.0;
        sheet.fill(room(MARGIN, y, INNER), 0.8, 0.0, LINE);
        let top = y + 24.0;
        let code_ends = self.code(sheet, top);
        let holder_ends = self.holder(sheet, top);
        self.admits(sheet, code_ends.max(holder_ends) + 26.0);
        self.small_print(sheet);
    }

    /// Whose event it is, and which of the order's tickets.
    fn organisation(&self, sheet: &mut Sheet<'_>) {
        sheet.fill(room(0.0, 0.0, WIDTH), 10.0, 0.0, brand(self.about).unwrap_or(HOUSE));
        let top = Room { lines: 1, ..room(MARGIN, 52.0, INNER - 110.0) };
        sheet.write(Part::Paragraph, STRONG, top, self.about.organisation.name.as_str());
        let (n, of) = self.place;
        if of > 1 {
            let places = [("n", n.to_string().into()), ("of", of.to_string().into())];
            let said = self.texts.say_with("document-ticket-of", &places);
            sheet.write_to_the_right(QUIET, room(MARGIN, 52.0, INNER), &said);
        }
    }

    /// What, when and where.
    fn event(&self, sheet: &mut Sheet<'_>, y: f32) -> f32 {
        let event = &self.about.event;
        let at = room(MARGIN, y, INNER);
        let fits = sheet.count_lines(TITLE, Room { lines: 9, ..at }, event.title.as_str()) <= 2;
        let style = if fits { TITLE } else { SMALLER_TITLE };
        let y = sheet.write(Part::Title, style, Room { lines: 4, ..at }, event.title.as_str()) + 8.0;
        let y = sheet.write(Part::Paragraph, WHEN, room(MARGIN, y, INNER), &wording::when(self.texts, event));
        let zone = wording::zone(self.texts, &event.time_zone, event.starts_at);
        let mut y = sheet.write(Part::Paragraph, QUIET, room(MARGIN, y, INNER), &zone) + 6.0;
        if let Some(venue) = &event.venue {
            y = sheet.write(Part::Paragraph, STRONG, room(MARGIN, y, INNER), venue.name.as_str());
            if let Some(address) = &venue.address {
                y = sheet.write(Part::Paragraph, QUIET, room(MARGIN, y, INNER), address.as_str());
            }
        }
        if event.status == EventStatus::Cancelled {
            y = notice(sheet, room(MARGIN, y + 8.0, INNER), &self.texts.say("document-cancelled"));
        }
        y
    }

    /// The barcode, or why there is none; below it the number, which staff can find the ticket by.
    fn code(&self, sheet: &mut Sheet<'_>, y: f32) -> f32 {
        let at = room(MARGIN, y, CODE);
        let number = self.view.ticket.number.to_string();
        match (&self.view.barcode, wording::no_barcode(self.texts, self.view, &self.about.event.time_zone)) {
            (Some(barcode), None) => {
                // Its quiet zone is the page's own white: the modules stand flush with the text above.
                let quiet = CODE * 4.0 / 57.0;
                let wide = Room { x: at.x - quiet, y: at.y - quiet, width: CODE + 2.0 * quiet, ..at };
                sheet.code(wide, barcode, &self.texts.say("document-code"));
            }
            (_, why) => {
                sheet.fill(at, CODE, 12.0, PAPER);
                let within = Room { x: at.x + 24.0, y: y + CODE / 2.0 - 30.0, width: CODE - 48.0, lines: 6 };
                sheet.write(Part::Paragraph, STRONG, within, &why.unwrap_or_default());
            }
        }
        sheet.write_in_the_middle(NUMBER, room(MARGIN, y + CODE + 9.0, CODE), &number);
        y + CODE + 9.0 + NUMBER.leading
    }

    /// Whose ticket it is, what was bought, and what to bring.
    fn holder(&self, sheet: &mut Sheet<'_>, y: f32) -> f32 {
        let (texts, ticket) = (self.texts, &self.view.ticket);
        let x = MARGIN + CODE + GAP;
        let at = |y: f32| room(x, y, WIDTH - MARGIN - x);
        let name = Room { lines: 3, ..at(y) };
        let mut y = sheet.write(Part::Heading, NAME, name, &wording::holder(texts, ticket)) + 8.0;
        let rate = self.about.event.rate(&ticket.rate);
        let shown_rate = rate.filter(|_| self.about.event.rates.len() > 1).map(|rate| rate.name.to_string());
        for (label, value) in [
            (texts.say("document-bought"), Some(wording::purchases(ticket).join(", "))),
            (texts.say("document-rate"), shown_rate),
            (texts.say("document-role"), wording::dance_partner(texts, ticket)),
        ] {
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            y = sheet.write(Part::Paragraph, SMALL, at(y), &label);
            y = sheet.write(Part::Paragraph, STRONG, Room { lines: 3, ..at(y) }, &value) + 6.0;
        }
        if ticket.due() > Amount::ZERO {
            let amount = wording::money(texts, Money::new(ticket.due(), ticket.currency));
            y = notice(sheet, at(y), &texts.say_with("document-due", &[("amount", amount.into())]));
        }
        let good = ticket.status_word() == StatusWord::Active;
        if let Some(rate) = rate.filter(|rate| good && rate.proof_required) {
            let said = texts.say_with("document-proof", &[("rate", rate.name.as_str().into())]);
            y = notice(sheet, at(y), &said);
        }
        y
    }

    /// What it admits to, day by day, in columns down to the small print.
    fn admits(&self, sheet: &mut Sheet<'_>, y: f32) {
        let days = wording::admits(self.texts, &self.about.items, &self.view.ticket);
        if days.is_empty() {
            return;
        }
        let heading = self.texts.say("document-admits");
        let top = sheet.write(Part::Heading, HEADING, room(MARGIN, y, INNER), &heading) + 4.0;
        let gap = 20.0;
        let width = (INNER - 2.0 * gap) / 3.0;
        let mut left_out: usize = days.iter().map(|day| day.items.len()).sum();
        let lines = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
        let all = lines(days.len()) * (STRONG.leading + DAY_GAP) + lines(left_out) * BODY.leading;
        let mut columns =
            Columns { left: COLUMNS, at: room(MARGIN, top, width), top, step: width + gap, even: top + all / 3.0 };
        for DayOfItems { day, items } in &days {
            if !columns.begin_day(sheet, day) {
                break;
            }
            columns.write(sheet, Part::Heading, STRONG, day);
            for item in items {
                if !columns.make_room(sheet, BODY, item, 0.0) {
                    break;
                }
                columns.write(sheet, Part::Paragraph, BODY, item);
                left_out -= 1;
            }
            columns.at.y += DAY_GAP;
        }
        if left_out > 0 {
            let said = self.texts.say_with("document-more", &[("n", left_out.into())]);
            sheet.write(Part::Paragraph, QUIET, room(MARGIN, FOOT - 22.0, INNER), &said);
        }
    }

    /// How a ticket is used, and whom to ask.
    fn small_print(&self, sheet: &mut Sheet<'_>) {
        sheet.fill(room(MARGIN, FOOT, INNER), 0.8, 0.0, LINE);
        let y = sheet.write(
            Part::Paragraph,
            SMALL,
            room(MARGIN, FOOT + 12.0, INNER),
            &self.texts.say("document-small-print"),
        );
        let reference = wording::order_reference(self.view.ticket.order);
        let mut last = self.texts.say_with("document-order", &[("reference", reference.into())]);
        if let Some(email) = &self.about.organisation.reply_to {
            last.push(' ');
            last.push_str(&self.texts.say_with("document-questions", &[("email", email.as_str().into())]));
        }
        sheet.write(Part::Paragraph, SMALL, room(MARGIN, y + 4.0, INNER), &last);
    }
}

/// Something that must not be missed.
fn notice(sheet: &mut Sheet<'_>, at: Room, text: &str) -> f32 {
    let style = Style { colour: WARNING_INK, ..STRONG };
    let within = Room { x: at.x + 12.0, y: at.y + 10.5, width: at.width - 24.0, lines: 3 };
    let lines = f32::from(u8::try_from(sheet.count_lines(style, within, text)).unwrap_or(3));
    let height = lines * style.leading + 17.0;
    sheet.fill(at, height, 8.0, WARNING);
    sheet.write(Part::Paragraph, style, within, text);
    at.y + height + 8.0
}

/// Columns that are filled from the left, each from its top down to the small print.
struct Columns {
    /// How many there are still, this one included.
    left: usize,
    /// Where the next line goes.
    at: Room,
    top: f32,
    step: f32,
    /// Where a column has its share of everything.
    even: f32,
}

impl Columns {
    /// Finds the place for a day and its first item: in the next column once this one has its share.
    fn begin_day(&mut self, sheet: &Sheet<'_>, day: &str) -> bool {
        if self.at.y > self.even && self.left > 1 {
            self.go_on();
        }
        self.make_room(sheet, STRONG, day, BODY.leading)
    }

    fn go_on(&mut self) {
        self.left = self.left.saturating_sub(1);
        self.at.x += self.step;
        self.at.y = self.top;
    }

    /// Goes to the next column if a text, and so much below it, does not fit into this one; no if there is none.
    fn make_room(&mut self, sheet: &Sheet<'_>, style: Style, text: &str, below: f32) -> bool {
        let lines = sheet.count_lines(style, Room { lines: 3, ..self.at }, text);
        let height = f32::from(u8::try_from(lines).unwrap_or(3)) * style.leading + below;
        let end = FOOT - 26.0;
        if self.at.y + height > end {
            self.go_on();
        }
        self.left > 0 && self.at.y + height <= end
    }

    fn write(&mut self, sheet: &mut Sheet<'_>, part: Part, style: Style, text: &str) {
        self.at.y = sheet.write(part, style, Room { lines: 3, ..self.at }, text);
    }
}

/// The organisation's colour; its form is `#rrggbb`.
fn brand(about: &About) -> Option<Ink> {
    let digits = about.organisation.brand_colour.as_ref()?.as_str().strip_prefix('#')?;
    let channel = |at: usize| digits.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok());
    Some(Ink(channel(0)?, channel(2)?, channel(4)?))
}

fn room(x: f32, y: f32, width: f32) -> Room {
    Room { x, y, width, lines: 12 }
}
