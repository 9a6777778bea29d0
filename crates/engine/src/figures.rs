//! What is counted of operations, for whoever runs the program.

use domain::door::VerdictWord;
use domain::payments::Method;
use metrics::{counter, describe_counter};

const ORDERS: &str = "orders_placed_total";
const SCANS: &str = "scans_recorded_total";
const LETTERS: &str = "letters_total";
const TRANSACTIONS: &str = "transactions_total";

/// Says what each figure is.
pub fn describe() {
    describe_counter!(ORDERS, "Orders that were placed, by how they are paid; none while a visitor is still choosing.");
    describe_counter!(SCANS, "Scans that were recorded, by verdict.");
    describe_counter!(
        LETTERS,
        "Letters, by outcome: sent, put_off (tried again later), dropped (about nothing any more)."
    );
    describe_counter!(TRANSACTIONS, "Attempts to write, by outcome: done, refused (somebody was faster), failed.");
}

pub(crate) fn order_placed(method: Option<Method>) {
    counter!(ORDERS, "method" => method.map_or("none", Method::word)).increment(1);
}

pub(crate) fn scan_recorded(verdict: VerdictWord) {
    counter!(SCANS, "verdict" => verdict.word()).increment(1);
}

pub(crate) fn letter(outcome: &'static str) {
    counter!(LETTERS, "outcome" => outcome).increment(1);
}

pub(crate) fn transaction(outcome: &'static str) {
    counter!(TRANSACTIONS, "outcome" => outcome).increment(1);
}
