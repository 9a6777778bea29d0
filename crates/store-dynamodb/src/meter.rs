//! What was used: requests, and the units that Amazon bills.

use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// Counts what is used.
#[derive(Debug, Default)]
pub struct Meter {
    requests: AtomicU64,
    half_reads: AtomicU64,
    half_writes: AtomicU64,
}

/// What was used.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Used {
    /// Requests that were answered with success.
    pub requests: u64,
    /// Read units: a consistent read of 4 KiB is one, an eventual one half of it, a transaction's two.
    pub read_units: f64,
    /// Write units: 1 KiB to the table or to an index is one, in a transaction two.
    pub write_units: f64,
}

impl Meter {
    /// What was used so far.
    pub fn used(&self) -> Used {
        let halves =
            |counter: &AtomicU64| f64::from(u32::try_from(counter.load(Ordering::Relaxed)).unwrap_or(u32::MAX)) / 2.0;
        Used {
            requests: self.requests.load(Ordering::Relaxed),
            read_units: halves(&self.half_reads),
            write_units: halves(&self.half_writes),
        }
    }

    pub(crate) fn read<'a>(&self, told: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.add(&self.half_reads, told);
    }

    pub(crate) fn wrote<'a>(&self, told: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.add(&self.half_writes, told);
    }

    fn add<'a>(&self, counter: &AtomicU64, told: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let units: f64 = told.into_iter().filter_map(|one| one.capacity_units).sum();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "units are small, in steps of a half"
        )]
        counter.fetch_add((units * 2.0).round().max(0.0) as u64, Ordering::Relaxed);
    }
}
