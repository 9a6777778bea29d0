//! The keys that sign and verify barcodes: Ed25519, each of one event.
//!
//! Knows what a key is and what it may be used for; not where it is kept or how it is sealed.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// The secret half of a signing key. Wiped from memory when dropped.
///
/// Has no text and cannot be serialised, so that it is never written by accident: seal its [`bytes`](Self::bytes).
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKeyBytes(SigningKey);

/// The public half of a signing key: what phones check barcodes with. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(VerifyingKey);

/// Bytes or a text that are no public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 public key")]
pub struct NotAKey;

/// What a signing key is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyStatus {
    /// Signs new barcodes, and its old ones hold.
    Active,
    /// Signs no more; its barcodes hold.
    VerifyOnly,
    /// Its barcodes are refused as `reissued`, unless the synced list has exactly their number and generation.
    Revoked,
}

impl SigningKeyBytes {
    /// From 32 bytes, which must come from a cryptographic source of randomness.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The 32 secret bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The other half.
    pub fn public_key(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message)
    }
}

impl PublicKey {
    /// From its 32 bytes; refuses what is no point of the curve, and points of small order, with which one signature
    /// would hold for many messages.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, NotAKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| NotAKey)?;
        if key.is_weak() { Err(NotAKey) } else { Ok(Self(key)) }
    }

    /// Its 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &Signature) -> bool {
        self.0.verify_strict(message, signature).is_ok()
    }
}

impl KeyStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::VerifyOnly, Self::Revoked];

    /// The word for it, as in rows and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::VerifyOnly => "verify_only",
            Self::Revoked => "revoked",
        }
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| NotAKey)?;
        let mut bytes = [0; 32];
        HEXLOWER.decode_mut(digits, &mut bytes).map_err(|_| NotAKey)?;
        Self::from_bytes(&bytes)
    }
}

impl TryFrom<String> for PublicKey {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Self, NotAKey> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for SigningKeyBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKeyBytes(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_read_back_as_it_was_written() {
        let key = SigningKeyBytes::from_bytes(&[7; 32]).public_key();
        assert_eq!(key.to_string().parse(), Ok(key));
        assert_eq!(PublicKey::from_bytes(key.bytes()), Ok(key));
        let json = serde_json::to_string(&key).unwrap();
        assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), key);
    }

    #[test]
    fn what_is_no_point_or_a_point_of_small_order_is_no_key() {
        let identity = format!("01{}", "0".repeat(62));
        let no_point = format!("02{}", "0".repeat(62));
        let upper_case = SigningKeyBytes::from_bytes(&[7; 32]).public_key().to_string().to_uppercase();
        for text in ["", "00", &"0".repeat(64), &identity, &no_point, &upper_case, &"é".repeat(32)] {
            assert_eq!(text.parse::<PublicKey>(), Err(NotAKey), "{text}");
        }
    }

    #[test]
    fn a_secret_key_shows_nothing_when_it_is_debugged() {
        assert_eq!(format!("{:?}", SigningKeyBytes::from_bytes(&[7; 32])), "SigningKeyBytes(…)");
    }

    #[test]
    fn the_words_of_key_statuses_are_those_that_are_stored() {
        for status in KeyStatus::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.word());
        }
    }
}
