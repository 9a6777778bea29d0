//! How orders are shown, to staff and to whoever bought.

use domain::catalogue::Thing;
use domain::orders::{Line, Order, OrderState};
use domain::payments::{Method, Payment};
use domain::people::By;
use domain::values::{Amount, Currency};
use engine::catalogue::Stored;
use engine::orders::{OrderScope, OrderView, TicketView};
use engine::scope::ShopScope;
use schemars::JsonSchema;
use serde::Serialize;

use crate::answer::{At, MoneyShown};
use crate::api::tickets::{Barcode, TicketShown};
use crate::api::words::method_word;
use crate::app::App;
use crate::links;

/// Who looks at an order: it decides whose barcodes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// Staff who sell: all barcodes.
    Staff,
    /// The buyer: those of tickets that nobody else holds.
    Buyer,
}

impl Eyes {
    /// Of whoever places an order.
    pub fn of_shop(scope: &ShopScope) -> Self {
        if *scope.by() == By::Public { Self::Buyer } else { Self::Staff }
    }

    /// Of whoever opens an order.
    pub fn of_order(scope: &OrderScope) -> Self {
        if scope.is_staff() { Self::Staff } else { Self::Buyer }
    }

    fn barcode(self, view: &TicketView) -> Barcode<'_> {
        match self {
            Self::Buyer if !view.ticket.is_held_by_buyer() => None,
            Self::Buyer | Self::Staff => view.barcode.as_deref(),
        }
    }
}

/// An order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Order")]
pub struct OrderShown {
    id: String,
    /// The slug of its event.
    event: String,
    /// `held`, `paid`, `fulfilled`, `expired`, `cancelled`.
    state: &'static str,
    total: MoneyShown,
    due: MoneyShown,
    /// When its hold ends.
    expires_at: Option<At>,
    /// Where it can be paid by card, while something is due.
    pay_url: Option<String>,
    /// Where its buyer manages it; a secret link.
    manage_url: String,
    buyer: Option<BuyerShown>,
    tickets: Vec<TicketShown>,
    lines: Vec<LineShown>,
    /// How it is paid.
    payment_method: Option<&'static str>,
    payments: Vec<PaymentShown>,
    refunds: Vec<RefundShown>,
    placed_at: At,
    /// For `If-Match`.
    revision: u64,
}

/// Who buys.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Buyer")]
struct BuyerShown {
    email: String,
    full_name: String,
}

/// Some of one thing for one ticket at one price.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OrderLine")]
struct LineShown {
    /// Which ticket of the order, from 0.
    ticket: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: String,
    /// At which step of its prices.
    step: String,
    quantity: u32,
    /// Of one.
    price: MoneyShown,
}

/// Money that arrived.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Payment")]
struct PaymentShown {
    id: String,
    method: &'static str,
    amount: MoneyShown,
    reference: Option<String>,
    at: At,
    /// Who said so.
    by: String,
}

/// Money that was given back.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Refund")]
struct RefundShown {
    amount: MoneyShown,
}

impl OrderShown {
    /// As these eyes see it.
    pub fn of(view: &OrderView, app: &App, eyes: Eyes) -> Self {
        let order = &view.order;
        let currency = order.currency;
        let tickets = view.tickets.iter();
        Self {
            id: order.id.to_string(),
            event: order.event.event.to_string(),
            state: order.state.word(),
            total: MoneyShown::new(order.total, currency),
            due: MoneyShown::new(order.due(), currency),
            expires_at: order.expires_at.map(At),
            pay_url: pays_online(order)
                .then(|| app.links().absolute(&links::order_payment(&order.event, order.id, Some(&view.key)))),
            manage_url: app.links().absolute(&links::order(&order.event, order.id, Some(&view.key))),
            buyer: order
                .buyer
                .as_ref()
                .map(|buyer| BuyerShown { email: buyer.email.to_string(), full_name: buyer.full_name.to_string() }),
            tickets: tickets.map(|ticket| TicketShown::of(&ticket.ticket, eyes.barcode(ticket))).collect(),
            lines: order.lines.iter().map(|line| LineShown::of(line, currency)).collect(),
            payment_method: order.method.map(method_word),
            payments: view.payments.iter().map(PaymentShown::of).collect(),
            refunds: refunds(order.refunded, currency),
            placed_at: At(order.placed_at),
            revision: view.revision,
        }
    }
}

fn refunds(refunded: Amount, currency: Currency) -> Vec<RefundShown> {
    let given_back = (!refunded.is_zero()).then(|| RefundShown { amount: MoneyShown::new(refunded, currency) });
    given_back.into_iter().collect()
}

impl LineShown {
    fn of(line: &Line, currency: Currency) -> Self {
        let (pass, item) = match line.thing {
            Thing::Pass(id) => (Some(id.to_string()), None),
            Thing::Item(id) => (None, Some(id.to_string())),
        };
        Self {
            ticket: line.ticket,
            pass,
            item,
            name: line.name.to_string(),
            step: line.step.to_string(),
            quantity: line.quantity,
            price: MoneyShown::new(line.price, currency),
        }
    }
}

impl PaymentShown {
    fn of(payment: &Payment) -> Self {
        Self {
            id: payment.id.to_string(),
            method: method_word(payment.method),
            amount: MoneyShown::new(payment.amount, payment.currency),
            reference: payment.reference.as_ref().map(ToString::to_string),
            at: At(payment.at),
            by: payment.by.shown().to_owned(),
        }
    }
}

/// An order in a list: without its tickets and what was paid.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OrderSummary")]
pub struct OrderListed {
    id: String,
    event: String,
    /// `held`, `paid`, `fulfilled`, `expired`, `cancelled`.
    state: &'static str,
    total: MoneyShown,
    due: MoneyShown,
    expires_at: Option<At>,
    buyer: Option<BuyerShown>,
    /// The numbers of its tickets.
    tickets: Vec<String>,
    payment_method: Option<&'static str>,
    placed_at: At,
    /// For `If-Match`.
    revision: u64,
}

impl OrderListed {
    /// As it is listed.
    pub fn of(stored: &Stored<Order>) -> Self {
        let order = &stored.value;
        Self {
            id: order.id.to_string(),
            event: order.event.event.to_string(),
            state: order.state.word(),
            total: MoneyShown::new(order.total, order.currency),
            due: MoneyShown::new(order.due(), order.currency),
            expires_at: order.expires_at.map(At),
            buyer: order
                .buyer
                .as_ref()
                .map(|buyer| BuyerShown { email: buyer.email.to_string(), full_name: buyer.full_name.to_string() }),
            tickets: order.tickets.iter().map(|ticket| ticket.number.to_string()).collect(),
            payment_method: order.method.map(method_word),
            placed_at: At(order.placed_at),
            revision: stored.revision,
        }
    }
}

/// Can this order be paid online now?
fn pays_online(order: &Order) -> bool {
    let by_card = matches!(order.method, None | Some(Method::Card));
    by_card && order.state == OrderState::Held && !order.due().is_zero()
}
