//! Rows of doors, signing keys and the tags of barcodes.

use domain::catalogue::EventRef;
use domain::door::{Door, Scan};
use domain::tickets::KeyStatus;
use serde::{Deserialize, Serialize};

use crate::hex::Hex;
use crate::keys;
use crate::record::Record;
use crate::row::Key;

impl Record for Door {
    const ENTITY: &'static str = "DOOR";

    fn key(&self) -> Key {
        keys::door(&self.event, self.id)
    }
}

impl Record for Scan {
    const ENTITY: &'static str = "SCAN";

    fn key(&self) -> Key {
        match self.ticket {
            Some(ticket) => keys::scan(&self.event, ticket, self.id.as_str()),
            None => keys::scan_of_unknown(&self.event, 0, self.id.as_str()),
        }
    }

    fn gsi2(&self) -> Option<Key> {
        Some(Key::new(keys::scan_of_id(&self.event, self.id.as_str()), self.key().pk))
    }
}

/// From a barcode's tag to its event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventTag {
    /// The tag.
    pub tag: Hex<8>,
    /// Its event.
    pub event: EventRef,
}

impl Record for EventTag {
    const ENTITY: &'static str = "EVENTTAG";

    fn key(&self) -> Key {
        keys::event_tag(self.tag)
    }
}

/// One of an event's signing keys. The secret part is sealed with the installation's secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SealedKey {
    /// Of which event.
    pub event: EventRef,
    /// Its number in barcodes.
    pub id: u8,
    /// What phones check with.
    pub public: Hex<32>,
    /// The secret part: nonce, ciphertext and tag, in base64.
    pub sealed: String,
    /// What it is good for.
    pub status: KeyStatus,
}

impl Record for SealedKey {
    const ENTITY: &'static str = "KEY";

    fn key(&self) -> Key {
        keys::signing_key(&self.event, self.id)
    }
}
