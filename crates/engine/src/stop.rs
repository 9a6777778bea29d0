//! Why an operation did not do what was asked: a refusal, an earlier answer, or a fault.

use domain::Refusal;
use store::table::StoreFault;

use crate::once::Answer;

/// The way out of an operation that is not its success.
#[derive(Debug)]
pub enum Stop {
    /// Nothing was done, for a reason that the caller is told.
    Refused(Refusal),
    /// It had been done already, by the same request; this was the answer.
    Replayed(Answer),
    /// The key of this request was used for another one.
    KeyReused,
    /// The house is on fire; logged once, at the edge.
    Fault(Fault),
}

/// What went wrong on our side.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store failed, and nothing was written.
    #[error("store: {0}")]
    Store(#[from] StoreFault),
    /// The store did not say whether it committed.
    #[error("the outcome is unknown: {0}")]
    OutcomeUnknown(StoreFault),
    /// Others were faster, again and again.
    #[error("too many others change the same thing")]
    Contended,
    /// A value of ours that cannot be. Named, so that it can be found.
    #[error("cannot be: {0}")]
    Impossible(&'static str),
}

impl Fault {
    /// Nothing was done, and the same may well be done in a second or two: whoever asked should ask again.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Contended => true,
            Self::Store(fault) => fault.is_passing(),
            Self::OutcomeUnknown(_) | Self::Impossible(_) => false,
        }
    }
}

impl Stop {
    /// What stopped it may well have gone by in a second or two.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Fault(fault) if fault.is_passing())
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(Fault::Store(fault))
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
