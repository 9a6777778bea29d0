//! The installation's secret: what is derived from it, and what is sealed with it.

use std::fmt;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use data_encoding::{BASE32_NOPAD, BASE64};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use store::hex::Hex;

use crate::random::Random;

/// 32 bytes that only this installation knows. Losing them makes every link and barcode of it worthless.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// A text that was not sealed with this secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sealed with this installation's secret")]
pub struct NotSealed;

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// From its bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key for one purpose: HMAC-SHA-256 of the purpose's name and what it is about.
    fn derive(&self, purpose: &str, about: &[u8]) -> [u8; 32] {
        // A key of any length is taken, so this cannot fail; an empty result would open nothing.
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(about);
        mac.finalize().into_bytes().into()
    }

    /// A secret word for a link, 26 letters and digits (128 bits): the same each time, so that it need not be kept.
    pub fn word(&self, purpose: &str, about: &[u8]) -> String {
        let key = self.derive(purpose, about);
        BASE32_NOPAD.encode(key.get(..16).unwrap_or_default()).to_ascii_lowercase()
    }

    /// Is this that word? In constant time.
    pub fn is_word(&self, purpose: &str, about: &[u8], word: &str) -> bool {
        let expected = Sha256::digest(self.word(purpose, about));
        let given = Sha256::digest(word);
        // Comparing hashes leaks nothing about the word, however the comparison is made.
        expected == given
    }

    /// Seals bytes: nonce, ciphertext and tag (XChaCha20-Poly1305), in base64.
    pub fn seal(&self, purpose: &str, plain: &[u8], random: &dyn Random) -> String {
        let mut nonce = [0; 24];
        random.fill(&mut nonce);
        let cipher = XChaCha20Poly1305::new(&self.derive(purpose, b"").into());
        // Fails only for texts of more than 256 GiB.
        let sealed = cipher.encrypt(&XNonce::from(nonce), plain).unwrap_or_default();
        BASE64.encode(&[nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, NotSealed> {
        let bytes = BASE64.decode(sealed.as_bytes()).map_err(|_| NotSealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<24>().ok_or(NotSealed)?;
        let cipher = XChaCha20Poly1305::new(&self.derive(purpose, b"").into());
        cipher.decrypt(&XNonce::from(*nonce), sealed).map_err(|_| NotSealed)
    }
}

/// A secret that its owner shows again: 256 random bits in 52 letters and digits, of which only the hash is kept.
pub fn fresh_secret(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
}

/// What is kept of a secret.
pub fn secret_hash(secret: &str) -> Hex<32> {
    Hex(Sha256::digest(secret.as_bytes()).into())
}

/// The first 16 bytes of the SHA-256 of some parts, each ended so that no two lists of parts are alike.
pub fn hash_of_parts(parts: &[&[u8]]) -> Hex<16> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let mut first = [0; 16];
    for (place, byte) in first.iter_mut().zip(digest) {
        *place = byte;
    }
    Hex(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Seeded;

    #[test]
    fn what_was_sealed_opens_only_with_the_same_secret_and_purpose() {
        let (secret, other) = (Secret::from_bytes([1; 32]), Secret::from_bytes([2; 32]));
        let sealed = secret.seal("key", b"plain", &Seeded::new(1));
        assert_eq!(secret.open("key", &sealed), Ok(b"plain".to_vec()));
        assert_eq!(other.open("key", &sealed), Err(NotSealed));
        assert_eq!(secret.open("another", &sealed), Err(NotSealed));
        assert_eq!(secret.open("key", "bm9uc2Vuc2U="), Err(NotSealed));
    }

    #[test]
    fn words_differ_by_purpose_and_subject() {
        let secret = Secret::from_bytes([1; 32]);
        let word = secret.word("order", b"1");
        assert!(secret.is_word("order", b"1", &word));
        assert!(!secret.is_word("order", b"2", &word));
        assert!(!secret.is_word("ticket", b"1", &word));
        assert_eq!(word.len(), 26);
    }
}
