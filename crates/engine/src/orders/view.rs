//! Orders and tickets as they are answered: with what is derived for whoever may see it.

use domain::orders::{Issue, Order, OrderState};
use domain::payments::Payment;
use domain::tickets::{StatusWord, Ticket};
use domain::values::{ChangeId, Ksuid};

use crate::Engine;
use crate::stop::Stop;

/// An order with its tickets.
#[derive(Debug, Clone)]
pub struct OrderView {
    /// The order.
    pub order: Order,
    /// Its revision.
    pub revision: u64,
    /// Its tickets, in its order. Before they are issued: as they will be.
    pub tickets: Vec<TicketView>,
    /// What was paid, first to last.
    pub payments: Vec<Payment>,
    /// The secret word of the link with which anybody may manage it.
    pub key: String,
}

/// A ticket with its barcode.
#[derive(Debug, Clone)]
pub struct TicketView {
    /// The ticket.
    pub ticket: Ticket,
    /// Its row has been written.
    pub issued: bool,
    /// The address in its barcode; none before it is issued, and none when it is no longer good.
    pub barcode: Option<String>,
}

/// What the secret word of an order's link is derived for.
pub(crate) const ORDER_LINK: &str = "order link";

impl Engine {
    /// The view of an order whose tickets are `issued` (those that are; the others are shown as they will be).
    pub(crate) async fn view_order(
        &self,
        order: Order,
        revision: u64,
        issued: Vec<Ticket>,
        payments: Vec<Payment>,
    ) -> Result<OrderView, Stop> {
        let key = self.secret().word(ORDER_LINK, order.id.0.bytes());
        let mut tickets = Vec::with_capacity(order.tickets.len());
        for (index, promised) in order.tickets.iter().enumerate() {
            match issued.iter().find(|ticket| ticket.number == promised.number) {
                Some(ticket) => tickets.push(self.view_ticket(ticket.clone()).await?),
                None => tickets.extend(to_be(&order, index)),
            }
        }
        Ok(OrderView { order, revision, tickets, payments, key })
    }

    /// The view of a ticket that was issued.
    pub async fn view_ticket(&self, ticket: Ticket) -> Result<TicketView, Stop> {
        let barcode = match ticket.status_word() {
            StatusWord::Active => Some(self.barcode(&ticket).await?),
            StatusWord::Void | StatusWord::Transferred => None,
        };
        Ok(TicketView { ticket, issued: true, barcode })
    }
}

/// A ticket as it will be, once it is issued.
fn to_be(order: &Order, index: usize) -> Option<TicketView> {
    let nobody = Ksuid::from_bytes([0; 20]);
    let buyer = order.buyer.clone().or_else(|| {
        let email = "nobody@example.invalid".parse().ok()?;
        let full_name = "Nobody".parse().ok()?;
        Some(domain::orders::Buyer { customer: nobody.into(), email, full_name })
    })?;
    let issue = Issue { change: ChangeId(nobody), key: 0, sale: None, at: order.placed_at };
    let mut ticket = order.ticket(index, &buyer, issue)?;
    if let (OrderState::Expired | OrderState::Cancelled, Some(at)) = (order.state, order.ended_at) {
        ticket.status = domain::tickets::TicketStatus::Void { at, by_refund: false };
    }
    Some(TicketView { ticket, issued: false, barcode: None })
}
