//! One ticket in a roster, as small as lists need it, and what lists filter by.

use domain::catalogue::{RateId, Role};
use domain::payments::Method;
use domain::tickets::{MoneyStatus, StatusWord, Ticket};
use domain::values::{Amount, ChangeId, CustomerId, ItemId, OrderId, PassId, TicketNumber};
use jiff::Timestamp;
use memchr::memmem;

use super::folded::folded;

/// One ticket, without what only its own page shows.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which.
    pub number: TicketNumber,
    /// Of which order.
    pub order: OrderId,
    /// Who holds it: the sort key of its row.
    pub customer: CustomerId,
    /// The holder's name; empty if it was not given.
    pub full_name: Box<str>,
    /// Where the holder's mail goes.
    pub email: Box<str>,
    /// At which rate.
    pub rate: RateId,
    /// In which role.
    pub role: Option<Role>,
    /// The passes that were bought for it.
    pub passes: Box<[PassId]>,
    /// What it admits to, and whether that was used.
    pub items: Box<[(ItemId, bool)]>,
    /// Whether it is good.
    pub status: StatusWord,
    /// How it stands with money.
    pub money: MoneyStatus,
    /// How its order is paid.
    pub method: Method,
    /// What it costs.
    pub price: Amount,
    /// What of that is still due.
    pub due: Amount,
    /// What was paid for it, less what was given back.
    pub kept: Amount,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Its last change.
    pub change: ChangeId,
    /// The revision that this was made of.
    pub revision: u64,
    /// What is searched, folded.
    haystack: Box<str>,
}

/// Which tickets a list shows; what is none is no condition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Words that all occur in name, address, ticket number or order.
    pub query: Option<String>,
    /// Bought with this pass.
    pub pass: Option<PassId>,
    /// Admits to this item.
    pub item: Option<ItemId>,
    /// At this rate.
    pub rate: Option<RateId>,
    /// In this role.
    pub role: Option<Role>,
    /// With this status.
    pub status: Option<StatusWord>,
    /// Standing so with money.
    pub money: Option<MoneyStatus>,
    /// Used, for `item` if that is given, else for anything; or not.
    pub admitted: Option<bool>,
    /// Paid in this way.
    pub payment_method: Option<Method>,
}

impl Entry {
    /// The entry of a ticket.
    pub fn of(ticket: &Ticket, revision: u64) -> Self {
        let full_name = ticket.full_name.as_ref().map(domain::values::Text::as_str).unwrap_or_default();
        let email = ticket.holder_email().as_str();
        let buyer = if ticket.buyer_email.as_str() == email { "" } else { ticket.buyer_email.as_str() };
        let haystack = format!("{full_name}\n{email}\n{buyer}\n{}\n{}", ticket.number, ticket.order);
        Self {
            number: ticket.number,
            order: ticket.order,
            customer: ticket.customer,
            full_name: full_name.into(),
            email: email.into(),
            rate: ticket.rate.clone(),
            role: ticket.role,
            passes: ticket.passes().collect(),
            items: ticket.entitlements.iter().map(|one| (one.item, !one.admissions.is_empty())).collect(),
            status: ticket.status_word(),
            money: ticket.money(),
            method: ticket.method,
            price: ticket.price,
            due: ticket.due(),
            kept: ticket.paid - ticket.refunded,
            issued_at: ticket.issued_at,
            change: ticket.change,
            revision,
            haystack: folded(&haystack).into(),
        }
    }

    /// Some of what it admits to was used.
    pub fn is_admitted(&self) -> bool {
        self.items.iter().any(|(_, used)| *used)
    }
}

impl Filter {
    /// Prepares the filter for many entries.
    pub fn matcher(&self) -> impl Fn(&Entry) -> bool + '_ {
        let words: Vec<memmem::Finder<'static>> = folded(self.query.as_deref().unwrap_or_default())
            .split_whitespace()
            .map(|word| memmem::Finder::new(word).into_owned())
            .collect();
        move |entry| {
            self.status.is_none_or(|status| entry.status == status)
                && self.money.is_none_or(|money| entry.money == money)
                && self.payment_method.is_none_or(|method| entry.method == method)
                && self.rate.as_ref().is_none_or(|rate| entry.rate == *rate)
                && self.role.is_none_or(|role| entry.role == Some(role))
                && self.pass.is_none_or(|pass| entry.passes.contains(&pass))
                && self.item.is_none_or(|item| entry.items.iter().any(|(other, _)| *other == item))
                && self.admitted.is_none_or(|admitted| self.is_admitted(entry) == admitted)
                && words.iter().all(|word| word.find(entry.haystack.as_bytes()).is_some())
        }
    }

    fn is_admitted(&self, entry: &Entry) -> bool {
        match self.item {
            None => entry.is_admitted(),
            Some(item) => entry.items.iter().any(|(other, used)| *other == item && *used),
        }
    }
}
