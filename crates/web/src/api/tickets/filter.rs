//! Which tickets a list shows.

use domain::catalogue::{RateId, Role};
use domain::payments::Method;
use domain::tickets::{MoneyStatus, StatusWord};
use domain::values::{ItemId, PassId, Slug, TicketNumber};
use engine::roster::Filter;
use engine::tickets::TicketFilter;

use crate::api::paging::{Page, page_of_tickets};
use crate::api::words::method_word;
use crate::input::{Fields, KindExt as _, flag, id, line, one_of, rate, slug};

/// Which tickets, in what portion.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Of this event; of all if none is named.
    pub event: Option<Slug>,
    filter: Filter,
    page: Page<TicketNumber>,
}

/// The query of a list.
pub fn wanted(fields: &mut Fields<'_>) -> Option<Wanted> {
    let event = fields.optional("event", slug());
    let query =
        fields.optional("query", line::<200>().about("Words that all occur in name, address, number or order."));
    let pass: Option<PassId> = fields.optional("pass", id());
    let item: Option<ItemId> = fields.optional("item", id());
    let rate: Option<RateId> = fields.optional("rate", rate());
    let role = fields.optional("role", one_of(Role::ALL, Role::word));
    let status = fields.optional("status", one_of(StatusWord::ALL, StatusWord::word));
    let money = fields.optional("money", one_of(MoneyStatus::ALL, MoneyStatus::word));
    let admitted = fields.optional("admitted", flag().about("For item, if that is given."));
    let payment_method = fields.optional("payment_method", one_of(Method::ALL, method_word));
    let query = query.map(String::from);
    let filter = Filter { query, pass, item, rate, role, status, money, admitted, payment_method };
    Some(Wanted { event, filter, page: page_of_tickets(fields)? })
}

impl Wanted {
    /// As the engine takes it.
    pub fn of(&self, event: Option<Slug>) -> TicketFilter {
        let Page { limit, after } = self.page;
        TicketFilter { event, filter: self.filter.clone(), after, limit }
    }
}
