//! Why an operation did nothing, as facts. One enum for the whole product, since every face tells the same
//! refusals in the same way; the words are written in `web`.

use crate::values::{Faults, Money};

/// Nothing was done, because …
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing, or it belongs to somebody else; which of the two is never told.
    NotFound,
    /// The caller belongs to this organisation, but the role may not.
    Forbidden,
    /// The request is wrong; every fault that was found.
    Invalid(Faults),
    /// A payment method that this caller may not use.
    MethodNotAllowed(Faults),
    /// Not all places that were asked for are left; the lines that did not fit.
    SoldOut(Faults),
    /// The total is not what the buyer expected to pay: it is this.
    PriceChanged(Money),
    /// The event, or what was picked, is not on sale.
    SalesClosed(Faults),
    /// Somebody else changed it meanwhile, or its state no longer allows this.
    Changed(Faults),
    /// A name is in use.
    Taken(Faults),
    /// The items asked for cannot all be had.
    CannotBeCovered(Faults),
}

impl Refusal {
    /// One wrong field.
    pub fn invalid(at: crate::values::Pointer, wrong: crate::values::Wrong) -> Self {
        Self::Invalid(Faults::one(at, wrong))
    }
}

impl From<Faults> for Refusal {
    fn from(faults: Faults) -> Self {
        Self::Invalid(faults)
    }
}
