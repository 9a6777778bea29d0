//! An event's signing keys, opened: read at most every 5 s, and never written anywhere.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::catalogue::EventRef;
use domain::tickets::{EventTag, KeyStatus, Payload, PublicKey, SigningKeyBytes, Ticket};
use jiff::{SignedDuration, Timestamp};
use store::hex::Hex;
use store::records::SealedKey;
use store::{keys, lookups};

use crate::Engine;
use crate::stop::{Fault, Stop};

/// What signing keys are sealed for.
const PURPOSE: &str = "signing key";

/// How long opened keys are used before they are read again.
const KEPT: SignedDuration = SignedDuration::from_secs(5);

/// The keys of the events that were asked for lately.
#[derive(Debug, Default)]
pub struct Keyring(Mutex<HashMap<EventRef, (Timestamp, Arc<EventKeys>)>>);

/// The signing keys of one event.
#[derive(Debug)]
pub struct EventKeys {
    /// What its barcodes carry instead of its name.
    pub tag: EventTag,
    /// The key that signs new barcodes.
    signs: Option<u8>,
    /// All keys by number.
    keys: HashMap<u8, OpenKey>,
}

/// A key as it is used.
#[derive(Debug)]
struct OpenKey {
    secret: SigningKeyBytes,
    public: PublicKey,
    status: KeyStatus,
}

impl EventKeys {
    /// What checks the barcodes of a key, and what that key is good for.
    pub fn public(&self, id: u8) -> Option<(&PublicKey, KeyStatus)> {
        self.keys.get(&id).map(|key| (&key.public, key.status))
    }

    /// The number of the key that signs new barcodes.
    pub(crate) fn active(&self) -> Result<u8, Stop> {
        self.signs.ok_or(Stop::Fault(Fault::Impossible("an event without an active signing key")))
    }

    /// All keys, for phones, by number.
    pub fn all(&self) -> Vec<(u8, PublicKey, KeyStatus)> {
        let mut all: Vec<_> = self.keys.iter().map(|(id, key)| (*id, key.public, key.status)).collect();
        all.sort_by_key(|(id, ..)| *id);
        all
    }
}

impl Engine {
    /// The signing keys of an event.
    pub async fn event_keys(&self, event: &EventRef) -> Result<Arc<EventKeys>, Stop> {
        let now = self.now();
        let kept = self.keyring.0.lock().unwrap_or_else(PoisonError::into_inner).get(event).cloned();
        if let Some((read_at, found)) = kept
            && now.duration_since(read_at).abs() < KEPT
        {
            return Ok(found);
        }
        let rows = lookups::signing_keys(self.table(), event).await?;
        let mut opened = EventKeys { tag: EventTag::of_key(&keys::event(event)), signs: None, keys: HashMap::new() };
        for row in rows {
            let bytes = self
                .secret()
                .open(PURPOSE, &row.value.sealed)
                .map_err(|_| Fault::Impossible("a signing key that this secret does not open"))?;
            let bytes: [u8; 32] = bytes.try_into().map_err(|_| Fault::Impossible("a signing key of another length"))?;
            let secret = SigningKeyBytes::from_bytes(&bytes);
            let public = secret.public_key();
            if row.value.status == KeyStatus::Active {
                opened.signs = Some(row.value.id);
            }
            opened.keys.insert(row.value.id, OpenKey { secret, public, status: row.value.status });
        }
        let opened = Arc::new(opened);
        let mut kept = self.keyring.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A platform of very many events keeps those of the last seconds only.
        kept.retain(|_, (read_at, _)| now.duration_since(*read_at).abs() < KEPT);
        kept.insert(event.clone(), (now, Arc::clone(&opened)));
        Ok(opened)
    }

    /// Is the secret the one with which this store's signing keys were sealed? Told by the first event there is; a
    /// store without events has none.
    pub async fn opens_signing_keys(&self) -> Result<bool, Stop> {
        let mut after = None;
        loop {
            let (organisations, next) = lookups::organisations(self.table(), 50, after).await?;
            for organisation in organisations {
                let (events, _) = lookups::events_of(self.table(), &organisation.value.slug, 1, None).await?;
                if let Some(event) = events.first() {
                    let sealed = lookups::signing_keys(self.table(), &event.value.event).await?;
                    return Ok(sealed.iter().all(|row| self.secret().open(PURPOSE, &row.value.sealed).is_ok()));
                }
            }
            if next.is_none() {
                return Ok(true);
            }
            after = next;
        }
    }

    /// The address in a ticket's barcode.
    pub(crate) async fn barcode(&self, ticket: &Ticket) -> Result<String, Stop> {
        let keys = self.event_keys(&ticket.event).await?;
        let key = keys.keys.get(&ticket.key).ok_or(Fault::Impossible("a ticket whose signing key is gone"))?;
        let payload =
            Payload { key: ticket.key, event: keys.tag, ticket: ticket.number, generation: ticket.generation };
        Ok(payload.encode(&key.secret, &ticket.event.organisation).url(&self.settings().public_url))
    }
}

/// A fresh signing key of an event, sealed for its row.
pub fn fresh_key(engine: &Engine, event: &EventRef, id: u8) -> SealedKey {
    let mut bytes = [0; 32];
    engine.random().fill(&mut bytes);
    let key = SigningKeyBytes::from_bytes(&bytes);
    SealedKey {
        event: event.clone(),
        id,
        public: Hex(*key.public_key().bytes()),
        sealed: engine.secret().seal(PURPOSE, &bytes, engine.random()),
        status: KeyStatus::Active,
    }
}
