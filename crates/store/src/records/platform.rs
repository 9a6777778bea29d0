//! Rows of what is due and of what was done once.

use domain::work::Work;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::hex::Hex;
use crate::keys;
use crate::record::Record;
use crate::row::Key;

impl Record for Work {
    const ENTITY: &'static str = "WORK";

    fn key(&self) -> Key {
        keys::work(self)
    }
}

/// A request that took effect, with the answer it got.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Hash of caller, method and path.
    pub scope: Hex<16>,
    /// Hash of the caller's key.
    pub key: Hex<16>,
    /// Hash of the request's body.
    pub fingerprint: Hex<16>,
    /// HTTP status of the answer.
    pub status: u16,
    /// The answer, sealed with the installation's secret.
    pub body: String,
    /// After this it is forgotten.
    pub until: Timestamp,
}

impl Record for Operation {
    const ENTITY: &'static str = "OPERATION";

    fn key(&self) -> Key {
        keys::operation(self.scope, self.key)
    }

    fn ttl(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
