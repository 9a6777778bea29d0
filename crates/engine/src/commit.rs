//! Committing: one transaction for each operation, whose outcome is known before anything is answered.

use store::row::Key;
use store::table::{Expect, Refused, StoreFault, TransactError, Write};

use crate::Engine;
use crate::stop::{Fault, Stop};

/// How often a transaction with an unknown outcome is looked at and tried again.
const SETTLING_TRIES: usize = 4;

/// How often an operation reads, decides and writes again when others were faster.
pub(crate) const ATTEMPTS: usize = 12;

/// What came of a transaction.
#[derive(Debug)]
pub(crate) enum Committed {
    /// It is on disk.
    Done,
    /// Nothing was written; these did not hold.
    Refused(Vec<Refused>),
}

/// What came of one attempt of an operation.
pub(crate) enum Attempt<T> {
    /// It is done.
    Done(T),
    /// Others were faster; read and decide again.
    Again,
}

impl Engine {
    /// Commits. An unknown outcome is settled first: by looking whether a row of ours is there, and by trying again
    /// if it is not. The conditions make that safe, since every transaction has at least one that can hold only once.
    pub(crate) async fn commit(&self, writes: Vec<Write>) -> Result<Committed, Stop> {
        let mut doubt: Option<StoreFault> = None;
        for _ in 0..SETTLING_TRIES {
            match self.table().transact(writes.clone()).await {
                Ok(()) => return Ok(Committed::Done),
                Err(TransactError::Refused(refused)) => {
                    // Refused by its own first success?
                    if doubt.is_some() && self.has_happened(&writes).await? {
                        return Ok(Committed::Done);
                    }
                    return Ok(Committed::Refused(refused));
                }
                Err(TransactError::Malformed(why)) => return Err(Fault::Impossible(why).into()),
                Err(TransactError::Unavailable(fault)) if doubt.is_none() => return Err(fault.into()),
                Err(TransactError::Unavailable(fault)) => return Err(Fault::OutcomeUnknown(fault).into()),
                Err(TransactError::Unknown(fault)) => {
                    if self.has_happened(&writes).await.unwrap_or(false) {
                        return Ok(Committed::Done);
                    }
                    doubt = Some(fault);
                }
            }
        }
        Err(doubt.map_or(Stop::Fault(Fault::Contended), |fault| Stop::Fault(Fault::OutcomeUnknown(fault))))
    }

    /// Is what this transaction puts there? Asked of the row that only this transaction can have made.
    async fn has_happened(&self, writes: &[Write]) -> Result<bool, StoreFault> {
        let made = writes.iter().find_map(|write| match write {
            Write::Put { row, expect: Expect::Absent } => Some(row),
            _ => None,
        });
        let changed = writes.iter().find_map(|write| match write {
            Write::Put { row, .. } => Some(row),
            _ => None,
        });
        if let Some(row) = made.or(changed) {
            let found = self.table().get(&row.key).await?;
            return Ok(found.is_some_and(|found| found.revision >= row.revision && found.document == row.document));
        }
        let gone = writes.iter().find_map(|write| match write {
            Write::Delete { key, .. } => Some(key),
            _ => None,
        });
        match gone {
            Some(key) => Ok(self.table().get(key).await?.is_none()),
            None => Ok(false),
        }
    }
}

/// Did the write to this key hold?
pub(crate) fn refused_at(writes: &[Write], refused: &[Refused], key: &Key) -> bool {
    refused.iter().any(|refused| writes.get(refused.write).is_some_and(|write| write.key() == key))
}
