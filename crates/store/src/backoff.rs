//! How long to wait before what failed for a moment is tried again: a time that is chosen anew each time between nothing
//! and a bound that doubles (*full jitter*, so that those who were refused together do not come back together).
//!
//! What may be tried again, and how often, knows whoever tries.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::faulty::Random;

/// The waits of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The bound of the next wait; it doubles with each.
    pub bound: Duration,
    /// What it never passes.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { bound: Duration::from_millis(20), longest: Duration::from_secs(1) }
    }
}

impl Backoff {
    /// The next wait.
    pub fn next(&mut self, jitter: &Jitter) -> Duration {
        let bound = u64::try_from(self.bound.as_micros()).unwrap_or(u64::MAX);
        self.bound = (self.bound * 2).min(self.longest);
        Duration::from_micros(jitter.below(bound))
    }
}

/// Where the waits of many calls come from: the same seed, the same numbers.
#[derive(Debug)]
pub struct Jitter(AtomicU64);

impl Jitter {
    /// One that begins at `seed`; each process should have its own.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// A number below `end`, or 0 if that is 0.
    fn below(&self, end: u64) -> u64 {
        Random::new(self.0.fetch_add(1, Ordering::Relaxed)).below(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_anything_below_a_bound_that_doubles_up_to_the_longest() {
        let jitter = Jitter::new(1);
        let mut sums = [Duration::ZERO; 9];
        for _ in 0..1_000 {
            let mut backoff = Backoff::default();
            for (sum, bound) in sums.iter_mut().zip([20, 40, 80, 160, 320, 640, 1_000, 1_000, 1_000]) {
                let wait = backoff.next(&jitter);
                assert!(wait < Duration::from_millis(bound), "{wait:?} of {bound}");
                *sum += wait;
            }
        }
        for (sum, bound) in sums.into_iter().zip([20, 40, 80, 160, 320, 640, 1_000, 1_000, 1_000]) {
            let half = Duration::from_millis(bound * 1_000 / 2);
            assert!(sum.abs_diff(half) < half / 10, "{sum:?} of {half:?}");
        }
    }
}
