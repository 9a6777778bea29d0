//! Who does what is due, where several processes work on one table.
//!
//! Work is spread over shards by its identity, and every process looks at all of them, beginning with any. Whoever is to
//! do something takes a lease first: it moves the work to the end of the lease, by the revision that it has seen, so that
//! one of two wins, and so that nobody else sees it as due. The new revision is the lease's fence: only who holds it
//! settles the work or puts it off. Whoever stops or freezes in between delays what it had taken by the rest of the
//! lease, and nothing else; who wakes after that finds its fence gone, and stops.

use std::time::Duration;

use domain::values::WorkId;
use domain::work::{Lane, Work};
use jiff::SignedDuration;
use store::lookups;
use store::record::Stored;

use crate::stop::Stop;
use crate::{Company, Engine};

/// For how long a letter that is being sent is nobody else's: a mail server takes its time.
pub(super) const LETTER: SignedDuration = SignedDuration::from_secs(60);

/// How long a mail server may take for one letter.
const SENDING: SignedDuration = SignedDuration::from_secs(30);

/// For how long a deadline that is being met is nobody else's.
const DEADLINE: SignedDuration = SignedDuration::from_secs(10);

impl Engine {
    /// In which shard of its lane new work is.
    pub(crate) fn work_shard(&self, id: WorkId) -> u16 {
        if self.settings.company == Company::Alone {
            return 0;
        }
        let sum = id.to_string().bytes().fold(0_u16, |sum, byte| sum.wrapping_mul(31).wrapping_add(u16::from(byte)));
        sum % Company::WORK_SHARDS
    }

    /// How often what is due is looked for when nothing wakes the worker: the oftener the dearer, where looking costs, and
    /// not at the same moments as others.
    pub(super) fn look_every(&self) -> Duration {
        match self.settings.company {
            Company::Alone => Duration::from_millis(500),
            Company::Shared => Duration::from_millis(1_500 + 4 * u64::from(self.fresh_byte())),
        }
    }

    /// Up to `limit` of what is due in a lane, the longest due first; where others look as well, in an order of this
    /// process's own.
    pub(super) async fn due(&self, lane: Lane, limit: usize) -> Result<Vec<Stored<Work>>, Stop> {
        let mut due = lookups::work_due(self.table(), (lane, Company::WORK_SHARDS), self.now(), limit).await?;
        if self.settings.company == Company::Shared && !due.is_empty() {
            let first = usize::from(self.fresh_byte()) % due.len();
            due.rotate_left(first);
        }
        Ok(due)
    }

    /// Makes work ours for a while; none if it is somebody else's, or done. What nobody else can take needs no lease:
    /// deadlines where this process is alone.
    pub(super) async fn lease(&self, work: Stored<Work>) -> Result<Option<Stored<Work>>, Stop> {
        let time = match (work.value.lane, self.settings.company) {
            (Lane::Deliveries, _) => LETTER,
            (Lane::Deadlines, Company::Shared) => DEADLINE,
            (Lane::Deadlines, Company::Alone) => return Ok(Some(work)),
        };
        let until = self.now().checked_add(time).unwrap_or(work.value.due_at);
        // Named, so that whoever is not told what came of it can tell their own lease from another's.
        let lease = Some(self.fresh());
        self.move_work(&work, Work { due_at: until, leased_until: Some(until), lease, ..work.value.clone() }).await
    }

    /// Is a lease still ours by the clock, for as long as a mail server may take? Who was frozen must not act on one that
    /// ends meanwhile.
    pub(super) fn holds(&self, work: &Stored<Work>) -> bool {
        let ends = self.now().checked_add(SENDING).unwrap_or_else(|_| self.now());
        work.value.leased_until.is_none_or(|until| ends <= until)
    }
}
