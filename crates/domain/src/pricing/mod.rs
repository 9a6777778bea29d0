//! What things cost: schedules of prices over time, what a pass saves, and the cheapest cover.

mod cover;
mod options;
mod quote;
mod schedule;

pub use cover::{ItemSet, Offer, cheapest_cover};
pub use options::{ItemOption, Left, Options, PassOption, options};
pub use quote::{MOST_ITEMS, Quote, QuoteLine, QuoteRequest, faults_of_quote, quote};
pub use schedule::{Allotment, Counters, NextPrice, PriceStep, PricingSchedule, check_steps};
