//! Orders: one purchase, from the hold to the tickets; and the stock that it takes.

mod check;
mod issue;
pub(crate) mod order;
mod place;
mod spread;
mod stock;

pub use check::{bank_transfer_until, check_method, faults_of_request};
pub use issue::Issue;
pub use order::{Buyer, Line, Order, OrderState, OrderTicket, Take};
pub use place::*;
pub use spread::spread;
pub use stock::{Place, StockOf, StockRole, UNLIMITED, places_of};
