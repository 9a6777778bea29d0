//! The letter with an order's tickets, to its buyer: everything that was bought and what it costs, and the barcodes of
//! the tickets that the buyer holds. Those of other holders go to them alone.

use domain::orders::{Line, Order, OrderState};
use domain::payments::Method;
use domain::values::{Amount, Money};
use engine::orders::{OrderView, TicketView};
use engine::render::About;

use super::blocks::{Block, Link, Sum, Weight};
use super::{Letter, Letters};
use crate::{links, wording};

impl Letters {
    pub(super) fn tickets(&self, about: &About, view: &OrderView) -> Letter {
        let (texts, order) = (self.texts, &view.order);
        let page = self.order_page(view);
        let mine: Vec<TicketView> = view.tickets.iter().map(for_the_buyer).collect();
        let mut blocks = Vec::new();
        if matches!(order.state, OrderState::Cancelled | OrderState::Expired) {
            blocks.push(Block::Notice(texts.say("letter-order-ended")));
        }
        blocks.push(self.event(about));
        blocks.push(Block::Button(page.clone()));
        if mine.iter().any(|view| view.ticket.full_name.is_none()) {
            blocks.push(Block::Paragraph(texts.say("letter-names-later")));
        }
        for (index, shown) in mine.iter().enumerate() {
            let link = Link::new(texts.say("letter-open-ticket"), self.place_on_order_page(view, shown));
            let mut ticket = self.shown(about, shown, self.guest(order, index, shown), Some(link));
            if !shown.ticket.is_held_by_buyer() && shown.issued {
                let places = [("email", shown.ticket.holder_email().as_str().into())];
                ticket.no_code = Some(texts.say_with("letter-sent-to-holder", &places));
            }
            blocks.push(Block::Ticket(Box::new(ticket)));
        }
        blocks.push(Block::Sums(self.sums(view)));
        let mut attachments: Vec<_> = mine.iter().filter_map(|view| self.code(view)).collect();
        attachments.extend(self.pdf(about, &mine));
        let held: Vec<&TicketView> = mine.iter().filter(|view| view.barcode.is_some()).collect();
        match *held {
            [] => {}
            [one] => attachments.extend(self.calendar(about, Some(one), order.placed_at)),
            [..] => attachments.extend(self.calendar(about, None, order.placed_at)),
        }
        let [event, day] = self.event_places(about);
        Letter {
            subject: texts.say_with("letter-tickets-subject", &[event, day, ("n", mine.len().into())]),
            preview: self.preview(about),
            title: texts.say_with("letter-tickets-title", &[("n", mine.len().into())]),
            blocks,
            attachments,
        }
    }

    /// Where the buyer manages the order.
    pub(super) fn order_page(&self, view: &OrderView) -> Link {
        let href = links::order(&view.order.event, view.order.id, Some(&view.key));
        Link::new(self.texts.say("letter-open-order"), self.links.absolute(&href))
    }

    /// The order's page, at one of its tickets: the buyer's key opens it, and each ticket of theirs from there.
    fn place_on_order_page(&self, view: &OrderView, ticket: &TicketView) -> String {
        let href = links::order(&view.order.event, view.order.id, Some(&view.key));
        self.links.absolute(&href.at(&ticket.ticket.number.to_string()))
    }

    /// Whose ticket it is: `Guest 2 of Ana` until it has a name. The only ticket of an order is its buyer's.
    pub(super) fn guest(&self, order: &Order, index: usize, view: &TicketView) -> String {
        wording::guest(self.texts, order, index, &view.ticket)
    }

    /// What was charged, line by line, what has been paid of it, and what is still due.
    pub(super) fn sums(&self, view: &OrderView) -> Vec<Sum> {
        let (texts, order) = (self.texts, &view.order);
        let money = |amount| wording::money(texts, Money::new(amount, order.currency));
        let mut sums: Vec<Sum> = order.lines.iter().map(|line| self.line(view, line, &money)).collect();
        let mut add = |key: &str, amount: String, weight| sums.push(Sum::new(texts.say(key), amount, weight));
        if order.total.is_zero() {
            add("letter-total", texts.say("price-free"), Weight::Total);
            return sums;
        }
        add("letter-total", money(order.total), Weight::Total);
        if order.paid > Amount::ZERO {
            add("letter-paid", money(order.paid), Weight::Part);
        }
        if order.refunded > Amount::ZERO {
            add("letter-refunded", money(-order.refunded), Weight::Part);
        }
        let issued = view.tickets.iter().all(|view| view.issued);
        let due = if issued { view.tickets.iter().map(|view| view.ticket.due()).sum() } else { order.due() };
        if due > Amount::ZERO {
            let at_door = issued || order.method == Some(Method::AtDoor);
            add(if at_door { "letter-still-due-at-door" } else { "letter-still-due" }, money(due), Weight::Due);
        }
        sums
    }

    fn line(&self, view: &OrderView, line: &Line, money: &dyn Fn(Amount) -> String) -> Sum {
        let count = if line.quantity > 1 { format!("{} × ", line.quantity) } else { String::new() };
        let whose = view.tickets.get(line.ticket).map(|ticket| self.guest(&view.order, line.ticket, ticket));
        let whose = whose.map(|name| format!(" · {name}")).unwrap_or_default();
        Sum::new(format!("{count}{}{whose}", line.name), money(line.sum()), Weight::Line)
    }
}

/// A ticket as its buyer may see it: without its barcode where somebody else holds it.
fn for_the_buyer(view: &TicketView) -> TicketView {
    let barcode = view.barcode.clone().filter(|_| view.ticket.is_held_by_buyer());
    TicketView { barcode, ..view.clone() }
}
