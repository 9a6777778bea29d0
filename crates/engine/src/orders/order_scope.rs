//! One order, for whoever may see and manage it: staff who sell, and whoever has its secret link.

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::organisations::Organisation;
use domain::people::{By, Permission};
use domain::values::{OrderId, Slug};
use store::lookups;

use super::view::ORDER_LINK;
use crate::Engine;
use crate::scope::{Caller, StaffScope};
use crate::stop::Stop;

/// One order that the caller may see and manage.
#[derive(Debug, Clone)]
pub struct OrderScope {
    organisation: Organisation,
    event: EventRef,
    order: OrderId,
    by: By,
    staff: bool,
}

impl OrderScope {
    /// The organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The event.
    pub fn event(&self) -> &EventRef {
        &self.event
    }

    /// The order.
    pub fn order(&self) -> OrderId {
        self.order
    }

    /// The caller, for histories.
    pub fn by(&self) -> &By {
        &self.by
    }

    /// The caller is staff who may sell.
    pub fn is_staff(&self) -> bool {
        self.staff
    }

    /// An order of the organisation that staff proved to be theirs.
    pub fn of_staff(scope: &StaffScope, event: &Slug, order: OrderId) -> Self {
        Self {
            organisation: scope.organisation().clone(),
            event: scope.event(event),
            order,
            by: scope.by().clone(),
            staff: true,
        }
    }
}

impl Engine {
    /// Proves that the caller may see this order: as staff, or by the secret word of its link.
    pub async fn order_scope(
        &self,
        caller: &Caller,
        (organisation, event, order): (&Slug, &Slug, OrderId),
        word: Option<&str>,
    ) -> Result<OrderScope, Stop> {
        if let Some(word) = word
            && self.secret().is_word(ORDER_LINK, order.0.bytes(), word)
        {
            let found = lookups::organisation(self.table(), organisation).await?.ok_or(Refusal::NotFound)?.value;
            let event = EventRef::new(organisation, event);
            return Ok(OrderScope { organisation: found, event, order, by: By::Buyer, staff: false });
        }
        let scope = self.staff_scope(caller, organisation, Permission::SeeOrders).await?;
        Ok(OrderScope::of_staff(&scope, event, order))
    }
}
