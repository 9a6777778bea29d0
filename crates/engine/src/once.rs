//! A request that takes effect at most once: its key, and the answer that is kept with what it did.
//!
//! The row of a request is put `Absent` in the transaction of its effect. Of two equal requests one loses, reads the
//! row back and gives the first one's answer. A refusal leaves no row.

use store::hex::Hex;
use store::record::create;
use store::records::Operation;
use store::table::{StoreFault, Write};
use store::{keys, lookups};

use crate::Engine;
use crate::commit::Committed;
use crate::secret::hash_of_parts;
use crate::stop::{Fault, Stop};

/// How long an answer is remembered.
const REMEMBERED_HOURS: i64 = 24;

/// What answers are sealed for: there are secrets of links, of barcodes and of tokens in them.
const PURPOSE: &str = "answer";

/// Which request: who sent it, to what, under which key, saying what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    scope: Hex<16>,
    key: Hex<16>,
    fingerprint: Hex<16>,
}

impl Once {
    /// The request with this key of its sender, for this method and path, with this body.
    pub fn new(sender: &str, method_and_path: &str, key: &str, body: &[u8]) -> Self {
        Self {
            scope: hash_of_parts(&[sender.as_bytes(), method_and_path.as_bytes()]),
            key: hash_of_parts(&[key.as_bytes()]),
            fingerprint: hash_of_parts(&[body]),
        }
    }
}

/// An answer as it was given: an HTTP status, and a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, JSON.
    pub body: String,
}

/// What an operation that makes a `T` needs to remember its answer: the request's key, if it came with one, and how
/// the answer is written. The answer is written before the commit, and kept by it.
pub struct Remember<'a, T: ?Sized> {
    once: Option<Once>,
    answer: &'a (dyn Fn(&T) -> Answer + Send + Sync),
}

impl<T: ?Sized> Clone for Remember<'_, T> {
    fn clone(&self) -> Self {
        Self { once: self.once.clone(), answer: self.answer }
    }
}

impl<'a, T: ?Sized> Remember<'a, T> {
    /// Remembers `answer` under `once`, if there is a key.
    pub fn new(once: Option<Once>, answer: &'a (dyn Fn(&T) -> Answer + Send + Sync)) -> Self {
        Self { once, answer }
    }

    /// Remembers nothing.
    pub fn nothing() -> Self {
        Self { once: None, answer: &|_| Answer { status: 200, body: String::new() } }
    }

    /// The write that keeps the answer, to stand in the transaction of the effect.
    pub(crate) fn write(&self, engine: &Engine, made: &T) -> Result<Option<Write>, StoreFault> {
        let Some(once) = &self.once else { return Ok(None) };
        let Answer { status, body } = (self.answer)(made);
        let at = engine.now();
        let until = at.checked_add(jiff::SignedDuration::from_hours(REMEMBERED_HOURS)).unwrap_or(at);
        let Once { scope, key, fingerprint } = once.clone();
        let body = engine.secret().seal(PURPOSE, body.as_bytes(), engine.random());
        create(&Operation { scope, key, fingerprint, status, body, until }, at).map(Some)
    }

    /// The request's key.
    pub(crate) fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }
}

impl Engine {
    /// Has this request taken effect already? Then that answer stops it, or the misuse of its key.
    pub async fn recall(&self, once: Option<&Once>) -> Result<(), Stop> {
        let Some(once) = once else { return Ok(()) };
        let key = keys::operation(once.scope, once.key);
        match lookups::get::<Operation>(self.table(), &key).await? {
            None => Ok(()),
            Some(found) if found.value.fingerprint != once.fingerprint => Err(Stop::KeyReused),
            Some(found) => {
                let body =
                    self.secret().open(PURPOSE, &found.value.body).ok().and_then(|it| String::from_utf8(it).ok());
                let body = body.ok_or(Fault::Impossible("an answer that this installation did not remember"))?;
                Err(Stop::Replayed(Answer { status: found.value.status, body }))
            }
        }
    }
}

impl Engine {
    /// What an operation came to; but if it was refused because the same request took effect meanwhile, the answer to
    /// that.
    pub(crate) async fn unless_done<T>(&self, once: Option<&Once>, outcome: Result<T, Stop>) -> Result<T, Stop> {
        if let Err(Stop::Refused(_)) = outcome {
            self.recall(once).await?;
        }
        outcome
    }
}

impl Engine {
    /// Keeps an answer after its effect: for what takes more than one transaction. What such an operation does must be
    /// safe to repeat by itself. Of equal requests at the same time the first answer is given.
    pub async fn remember_late<T: ?Sized>(&self, remember: &Remember<'_, T>, made: &T) -> Result<(), Stop> {
        let Some(write) = remember.write(self, made)? else { return Ok(()) };
        match self.commit(vec![write]).await? {
            Committed::Done => Ok(()),
            Committed::Refused(_) => self.recall(remember.once()).await,
        }
    }
}
