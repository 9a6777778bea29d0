//! The barcode: a signed text that admits. Its form is that of the design's page on the door, "The barcode".
//!
//! Knows how a barcode is written, read, signed and verified. Does not know whether its ticket exists, is still good
//! or belongs to the event of a door: a [`SignedPayload`] that was read is a claim until it is verified, and a
//! verified one still has to be looked up.
//!
//! A change of the form is a new [`VERSION`]; what old versions signed must then still be read.

mod keys;

use std::fmt;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use ed25519_dalek::Signature;
use sha2::{Digest as _, Sha256};

pub use keys::{KeyStatus, NotAKey, PublicKey, SigningKeyBytes};

use crate::values::{Ksuid, Slug, TicketNumber};

/// The version of the form, the first byte of every payload.
pub const VERSION: u8 = 1;

/// What is signed begins with this, so that no signature made for anything else is a ticket's.
const CONTEXT: &[u8] = b"dance-engine/ticket/1\0";
const PAYLOAD_BYTES: usize = 32;
const SIGNATURE_BYTES: usize = 64;
const BYTES: usize = PAYLOAD_BYTES + SIGNATURE_BYTES;
const LETTERS: usize = 154;

/// What a barcode says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Payload {
    /// Which of the event's signing keys signed it.
    pub key: u8,
    /// Of which event.
    pub event: EventTag,
    /// Which ticket.
    pub ticket: TicketNumber,
    /// Goes up by 1 with every reissue and transfer of the ticket.
    pub generation: u16,
}

/// An event, in a barcode: the first 8 bytes of the SHA-256 of its key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventTag(pub [u8; 8]);

/// A payload and its signature as they were read: a claim, until [`SignedPayload::verify`] says that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedPayload {
    /// What it says.
    pub payload: Payload,
    signature: [u8; SIGNATURE_BYTES],
}

/// A barcode's text: exactly 154 of `A–Z 2–7`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token(String);

/// A text that is no barcode: other letters, small ones included, another length, spare bits that are not 0, or an unknown version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a ticket's barcode")]
pub struct Unreadable;

impl Payload {
    /// Signs it for a ticket of `organisation`, and writes it as a barcode's text. The same each time.
    pub fn encode(&self, key: &SigningKeyBytes, organisation: &Slug) -> Token {
        let signature = key.sign(&self.message(organisation));
        SignedPayload { payload: *self, signature: signature.to_bytes() }.token()
    }

    /// 1 version, 1 key, 8 event tag, 20 ticket number, 2 generation (big-endian).
    fn bytes(&self) -> [u8; PAYLOAD_BYTES] {
        let parts = [VERSION, self.key].into_iter().chain(self.event.0);
        let parts = parts.chain(*self.ticket.0.bytes()).chain(self.generation.to_be_bytes());
        let mut bytes = [0; PAYLOAD_BYTES];
        bytes.iter_mut().zip(parts).for_each(|(place, byte)| *place = byte);
        bytes
    }

    fn from_bytes(bytes: &[u8; PAYLOAD_BYTES]) -> Result<Self, Unreadable> {
        let ([version, key], rest) = bytes.split_first_chunk().ok_or(Unreadable)?;
        let (event, rest) = rest.split_first_chunk().ok_or(Unreadable)?;
        let (ticket, generation) = rest.split_first_chunk().ok_or(Unreadable)?;
        if *version != VERSION {
            return Err(Unreadable);
        }
        Ok(Self {
            key: *key,
            event: EventTag(*event),
            ticket: TicketNumber(Ksuid::from_bytes(*ticket)),
            generation: u16::from_be_bytes(generation.try_into().map_err(|_| Unreadable)?),
        })
    }

    /// What is signed. A slug has no NUL, so that no two organisations and payloads are signed as the same bytes.
    fn message(&self, organisation: &Slug) -> Vec<u8> {
        [CONTEXT, organisation.as_str().as_bytes(), b"\0", &self.bytes()].concat()
    }
}

impl EventTag {
    /// The tag of an event, from its key as it is in the table.
    pub fn of_key(event_key: &str) -> Self {
        let hash = Sha256::digest(event_key.as_bytes());
        let mut tag = [0; 8];
        tag.iter_mut().zip(hash).for_each(|(place, byte)| *place = byte);
        Self(tag)
    }
}

impl SignedPayload {
    /// Reads what was scanned: a token alone, or any text in which it follows the last `/S/`.
    ///
    /// Each token has one spelling, and nothing may follow it. Looks at the text once and keeps nothing of it, however
    /// long.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        Self::decode(token_in(text)?)
    }

    /// Reads what a browser opened: the same in any case of letters, because whoever passes an address on may change
    /// it. Its [`Self::token`] is spelled right again.
    pub fn read_in_any_case(text: &str) -> Result<Self, Unreadable> {
        Self::decode(&token_in(text)?.to_ascii_uppercase())
    }

    fn decode(token: &[u8]) -> Result<Self, Unreadable> {
        let token: &[u8; LETTERS] = token.try_into().map_err(|_| Unreadable)?;
        let mut bytes = [0; BYTES];
        // Refuses spare bits that are not 0.
        BASE32_NOPAD.decode_mut(token, &mut bytes).map_err(|_| Unreadable)?;
        let (payload, signature) = bytes.split_first_chunk().ok_or(Unreadable)?;
        Ok(Self { payload: Payload::from_bytes(payload)?, signature: signature.try_into().map_err(|_| Unreadable)? })
    }

    /// Did the holder of this key sign it, for a ticket of this organisation?
    ///
    /// Strictly (RFC 8032 5.1.7, cofactorless, without keys or points of small order), so that nobody can turn one
    /// good signature into another.
    pub fn verify(&self, key: &PublicKey, organisation: &Slug) -> bool {
        key.verifies(&self.payload.message(organisation), &Signature::from_bytes(&self.signature))
    }

    /// Its one spelling.
    pub fn token(&self) -> Token {
        Token(BASE32_NOPAD.encode(&[self.payload.bytes().as_slice(), &self.signature].concat()))
    }
}

/// What follows the last `/S/` of a text, if it is as long as a token.
fn token_in(text: &str) -> Result<&[u8], Unreadable> {
    let bytes = text.as_bytes();
    let after_path = bytes.windows(3).rposition(|part| part.eq_ignore_ascii_case(b"/S/")).map_or(0, |at| at + 3);
    bytes.get(after_path..).filter(|token| token.len() == LETTERS).ok_or(Unreadable)
}

impl Token {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the QR code holds: scheme, host and port of the program's public URL, `/S/`, and the token, in upper case
    /// so that the code stays in its alphanumeric mode. A path of the public URL is left out.
    pub fn url(&self, public_url: &str) -> String {
        let (scheme, rest) = public_url.split_once("://").unwrap_or(("https", public_url));
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        format!("{}://{}/S/{}", scheme.to_ascii_uppercase(), host.to_ascii_uppercase(), self.0)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Token {
    /// Not the text: it admits, and debugging output ends in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl fmt::Display for EventTag {
    /// 16 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for EventTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
