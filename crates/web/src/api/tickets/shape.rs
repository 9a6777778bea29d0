//! How tickets are shown.

use std::collections::BTreeMap;

use domain::catalogue::Thing;
use domain::door::HistoryLine;
use domain::tickets::{Entitlement, Sale, SaleKind, Source, Ticket};
use domain::values::Currency;
use engine::tickets::TicketDetail;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use crate::answer::{At, MoneyShown};
use crate::api::words::method_word;

/// The address in a ticket's barcode, where it may be seen.
pub type Barcode<'a> = Option<&'a str>;

/// A page of a list of tickets.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketList")]
pub struct TicketsShown {
    /// What is on this page.
    pub data: Vec<TicketShown>,
    /// Where the next page begins (`?cursor=`); null on the last.
    pub next: Option<String>,
    /// As of when they were found; each is then shown as it is now. With several processes on one store, some of what
    /// another did in the second before may be missing.
    pub as_of: At,
}

/// A ticket.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Ticket")]
pub struct TicketShown {
    /// Identifies, and does not admit.
    number: String,
    /// Its order.
    order: String,
    /// The slug of its event.
    event: String,
    /// `active`, `void`, `transferred`.
    status: &'static str,
    /// `paid`, `unpaid`, `part_paid`, `part_refunded`, `refunded`, `complimentary`.
    money: &'static str,
    due: MoneyShown,
    price: MoneyShown,
    full_name: Option<String>,
    /// The holder's own address; null means the buyer's.
    email: Option<String>,
    rate: String,
    role: Option<&'static str>,
    partner: Option<String>,
    /// The passes that were bought for it.
    passes: Vec<String>,
    /// What it admits to.
    entitlements: Vec<EntitlementShown>,
    /// By the question's name.
    answers: BTreeMap<String, Json>,
    /// What its QR code holds; null for who may not see it, before it is issued, and when it is no longer good.
    barcode: Option<String>,
    /// How its order is paid.
    payment_method: &'static str,
    issued_at: At,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Entitlement")]
struct EntitlementShown {
    item: String,
    quantity: u32,
    from: SourceShown,
    /// When it was first used.
    admitted_at: Option<At>,
    /// Who let them in.
    admitted_by: Option<String>,
    /// The name of the door.
    door: Option<String>,
}

/// What gave an entitlement.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Source")]
enum SourceShown {
    /// A pass.
    Pass(String),
    /// The item itself, bought.
    Item(String),
    /// Staff, for this reason.
    Staff(String),
}

impl TicketShown {
    /// As it is shown, with its barcode or without.
    pub fn of(ticket: &Ticket, barcode: Barcode<'_>) -> Self {
        Self {
            number: ticket.number.to_string(),
            order: ticket.order.to_string(),
            event: ticket.event.event.to_string(),
            status: ticket.status_word().word(),
            money: ticket.money().word(),
            due: MoneyShown::new(ticket.due(), ticket.currency),
            price: MoneyShown::new(ticket.price, ticket.currency),
            full_name: ticket.full_name.as_ref().map(ToString::to_string),
            email: ticket.email.as_ref().map(ToString::to_string),
            rate: ticket.rate.to_string(),
            role: ticket.role.map(domain::catalogue::Role::word),
            partner: ticket.partner.as_ref().map(ToString::to_string),
            passes: ticket.passes().map(|pass| pass.to_string()).collect(),
            entitlements: ticket.entitlements.iter().map(EntitlementShown::of).collect(),
            answers: ticket.answers.clone(),
            barcode: barcode.map(str::to_owned),
            payment_method: method_word(ticket.method),
            issued_at: At(ticket.issued_at),
        }
    }
}

impl EntitlementShown {
    fn of(entitlement: &Entitlement) -> Self {
        let first = entitlement.admissions.iter().min_by_key(|admission| admission.at);
        Self {
            item: entitlement.item.to_string(),
            quantity: entitlement.quantity,
            from: match &entitlement.from {
                Source::Pass(id) => SourceShown::Pass(id.to_string()),
                Source::Item(id) => SourceShown::Item(id.to_string()),
                Source::Staff(reason) => SourceShown::Staff(reason.to_string()),
            },
            admitted_at: first.map(|admission| At(admission.at)),
            admitted_by: first.map(|admission| admission.by.clone()),
            door: first.map(|admission| admission.door_name.to_string()),
        }
    }
}

/// A ticket and everything that belongs to it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketDetail")]
pub struct DetailShown {
    #[serde(flatten)]
    ticket: TicketShown,
    /// What was bought for it.
    purchases: Vec<PurchaseShown>,
    /// What staff noted.
    notes: String,
    /// What happened to it, first to last.
    history: Vec<HappeningShown>,
    /// The money that moved for it, first to last.
    sales: Vec<SaleShown>,
    /// Its way from owner to owner.
    transfers: Vec<Json>,
    /// The sessions that it is signed up for.
    sign_ups: Vec<Json>,
    /// For `If-Match`.
    revision: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Purchase")]
struct PurchaseShown {
    #[serde(skip_serializing_if = "Option::is_none")]
    pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: String,
    quantity: u32,
    /// Of one.
    price: MoneyShown,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Happening")]
struct HappeningShown {
    at: At,
    what: &'static str,
    /// Who.
    by: String,
    /// From where, where that is known.
    from: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Sale")]
struct SaleShown {
    id: String,
    /// Negative for what was given back.
    amount: MoneyShown,
    method: &'static str,
    /// `purchase` or `refund`.
    kind: &'static str,
    payment: String,
    at: At,
}

impl DetailShown {
    /// As it is shown.
    pub fn of(detail: &TicketDetail) -> Self {
        let ticket = &detail.view.ticket;
        let purchases = ticket.purchases.iter().map(|purchase| {
            let (pass, item) = match purchase.thing {
                Thing::Pass(id) => (Some(id.to_string()), None),
                Thing::Item(id) => (None, Some(id.to_string())),
            };
            let price = MoneyShown::new(purchase.price, ticket.currency);
            PurchaseShown { pass, item, name: purchase.name.to_string(), quantity: purchase.quantity, price }
        });
        Self {
            ticket: TicketShown::of(ticket, detail.view.barcode.as_deref()),
            purchases: purchases.collect(),
            notes: ticket.notes.to_string(),
            history: history_of(detail),
            sales: detail.sales.iter().map(|sale| SaleShown::of(sale, ticket.currency)).collect(),
            transfers: Vec::new(),
            sign_ups: Vec::new(),
            revision: detail.revision,
        }
    }
}

/// What happened, scans included.
fn history_of(detail: &TicketDetail) -> Vec<HappeningShown> {
    let lines = detail.whole_history().unwrap_or_else(|fault| {
        tracing::error!(?fault, number = %detail.view.ticket.number, "a ticket's scans cannot be read");
        detail.history.iter().cloned().map(HistoryLine::Entry).collect()
    });
    lines.iter().map(HappeningShown::of).collect()
}

impl HappeningShown {
    fn of(line: &HistoryLine) -> Self {
        Self {
            at: At(line.at()),
            what: line.what(),
            by: line.by().shown().to_owned(),
            from: line.from().map(str::to_owned),
        }
    }
}

impl SaleShown {
    fn of(sale: &Sale, currency: Currency) -> Self {
        Self {
            id: sale.id.to_string(),
            amount: MoneyShown::new(sale.amount, currency),
            method: method_word(sale.method),
            kind: match sale.kind {
                SaleKind::Purchase => "purchase",
                SaleKind::Refund => "refund",
            },
            payment: sale.payment.to_string(),
            at: At(sale.at),
        }
    }
}
