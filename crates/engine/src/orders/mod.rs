//! Orders: placing, paying, issuing, ending and reading them.

mod cancel_order;
mod expire_order;
mod find_orders;
mod issue_tickets;
mod order_scope;
mod pay_order;
mod place_order;
mod read_orders;
mod release;
mod settle_order;
mod shelf;
mod size;
mod update_order;
mod view;

pub use find_orders::{OpenOrder, OrderFilter};
pub use order_scope::OrderScope;
pub use pay_order::PaymentDraft;
pub use place_order::{BuyerDraft, PlaceOrder};
pub(crate) use release::{forget_lifted, give_back, units_of};
pub use settle_order::Checkout;
pub use shelf::Includes;
pub use update_order::{HolderDraft, OrderChanges};
pub use view::{OrderView, TicketView};

#[cfg(test)]
mod tests;
