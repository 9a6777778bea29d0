//! Troubles by chance, from a seed.

use std::time::Duration;

use super::{Call, Fate, Verb};

/// A small generator of numbers (SplitMix64): the same seed, the same numbers. Not for secrets.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// One that begins at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, or 0 if that is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.number().checked_rem(end).unwrap_or(0)
    }
}

/// How many of 1,000 calls have which trouble. What is left is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Odds {
    /// [`Fate::Failed`].
    pub failed: u64,
    /// [`Fate::DoneButFailed`].
    pub done_but_failed: u64,
    /// [`Fate::FailedUnknown`].
    pub failed_unknown: u64,
    /// [`Fate::DoneAfter`] up to 2 s of tokio's time.
    pub late: u64,
    /// [`Fate::DoneAfterTurns`] up to 8.
    pub turns: u64,
    /// [`Fate::Stale`] by up to 4 transactions, for queries of an index.
    pub stale: u64,
    /// [`Fate::Throttled`].
    pub throttled: u64,
    /// [`Fate::Conflict`], for transactions.
    pub conflict: u64,
    /// Never answered: half of them [`Fate::Silent`], half [`Fate::DoneButSilent`].
    pub silent: u64,
    /// [`Fate::Torn`], for reads of several keys.
    pub torn: u64,
    /// [`Fate::Behind`], for queries of an index: half of them by 5 s, the others by less, each by itself.
    pub behind: u64,
}

impl Odds {
    /// Some of everything that a network and a disk do.
    pub const SOME: Self = Self {
        failed: 30,
        done_but_failed: 30,
        failed_unknown: 30,
        late: 30,
        turns: 200,
        stale: 200,
        throttled: 0,
        conflict: 0,
        silent: 0,
        torn: 0,
        behind: 0,
    };

    pub(super) fn fate(self, call: Call, random: &mut Random) -> Fate {
        // Always two numbers a call, so that one trouble more does not change all that come after it.
        let (chance, size) = (random.below(1_000), random.number());
        let troubles = [
            (self.failed, Fate::Failed),
            (self.done_but_failed, Fate::DoneButFailed),
            (self.failed_unknown, Fate::FailedUnknown),
            (self.late, Fate::DoneAfter(Duration::from_millis(1 + size % 2_000))),
            (self.turns, Fate::DoneAfterTurns(u32::try_from(1 + size % 8).unwrap_or(1))),
            (self.throttled, Fate::Throttled),
            (self.silent, if size.is_multiple_of(2) { Fate::Silent } else { Fate::DoneButSilent }),
            (self.conflict, Fate::Conflict),
            (self.torn, Fate::Torn),
            (self.behind, Fate::Behind { by: Duration::from_millis((size % 10_000).min(5_000)) }),
            (self.stale, Fate::Stale { transactions: usize::try_from(1 + size % 4).unwrap_or(1) }),
        ];
        let mut upto = 0;
        for (odds, fate) in troubles {
            upto += odds;
            if chance < upto {
                let is_of_these = match fate {
                    Fate::Stale { .. } | Fate::Behind { .. } => call.verb == Verb::Query,
                    Fate::Conflict => call.verb == Verb::Transact,
                    Fate::Torn => call.verb == Verb::GetMany,
                    _ => true,
                };
                return if is_of_these { fate } else { Fate::Done };
            }
        }
        Fate::Done
    }
}
