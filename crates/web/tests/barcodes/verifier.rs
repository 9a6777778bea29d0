//! A verifier of barcodes that knows nothing but the page on the door: its own letters, its own places of fields, and
//! only the signature's arithmetic from a library. None of the program's code is used here, on purpose.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What the page calls each verdict that a barcode alone can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Unreadable,
    WrongEvent,
    Forged,
    Good,
}

/// What a barcode says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub key: u8,
    pub event: [u8; 8],
    pub number: [u8; 20],
    pub generation: u16,
    pub signature: [u8; 64],
    signed: Vec<u8>,
}

/// What a door knows.
pub struct Door {
    pub organisation: String,
    pub event: String,
    /// Key identifiers and public keys.
    pub keys: Vec<(u8, [u8; 32])>,
}

/// The 96 bytes of 154 letters; none for any other text.
pub fn bytes_of(token: &str) -> Option<[u8; 96]> {
    if token.len() != 154 {
        return None;
    }
    let mut bits = Vec::with_capacity(770);
    for letter in token.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)?;
        bits.extend((0..5).rev().map(|bit| value >> bit & 1 == 1));
    }
    let (used, spare) = bits.split_at(768);
    if spare != [false, false] {
        return None;
    }
    let mut bytes = [0; 96];
    for (place, eight) in bytes.iter_mut().zip(used.chunks(8)) {
        *place = eight.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    }
    Some(bytes)
}

/// The letters of some bytes.
pub fn letters_of(bytes: &[u8]) -> String {
    let mut bits: Vec<bool> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    bits.resize(bits.len().div_ceil(5) * 5, false);
    let values = bits.chunks(5).map(|five| five.iter().fold(0, |value, bit| value << 1 | usize::from(*bit)));
    values.map(|value| char::from(LETTERS[value])).collect()
}

/// Scanners read only what follows the last `/S/`.
pub fn token_in(text: &str) -> &str {
    text.rsplit("/S/").next().unwrap()
}

/// What a text says, if it is a barcode.
pub fn read(text: &str) -> Option<Said> {
    let bytes = bytes_of(token_in(text))?;
    if bytes[0] != 1 {
        return None;
    }
    Some(Said {
        key: bytes[1],
        event: bytes[2..10].try_into().unwrap(),
        number: bytes[10..30].try_into().unwrap(),
        generation: u16::from_be_bytes(bytes[30..32].try_into().unwrap()),
        signature: bytes[32..].try_into().unwrap(),
        signed: bytes[..32].to_vec(),
    })
}

impl Door {
    pub fn tag(&self) -> [u8; 8] {
        let key = format!("EVENT#{}#{}", self.organisation, self.event);
        Sha256::digest(key.as_bytes())[..8].try_into().unwrap()
    }

    pub fn verdict(&self, text: &str) -> Verdict {
        let Some(said) = read(text) else { return Verdict::Unreadable };
        if said.event != self.tag() {
            return Verdict::WrongEvent;
        }
        let key = self.keys.iter().find(|(id, _)| *id == said.key);
        let mut message = b"dance-engine/ticket/1\0".to_vec();
        message.extend(self.organisation.as_bytes());
        message.push(0);
        message.extend(&said.signed);
        let holds = key.is_some_and(|(_, public)| {
            let public = VerifyingKey::from_bytes(public).unwrap();
            public.verify_strict(&message, &Signature::from_bytes(&said.signature)).is_ok()
        });
        if holds { Verdict::Good } else { Verdict::Forged }
    }
}
