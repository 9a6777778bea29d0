//! Words out of a few, and yes or no.

use domain::values::Wrong;
use serde_json::{Value as Json, json};

use super::fields::Kind;
use super::reader::Reader;

/// One of some words. See [`one_of`].
#[derive(Debug, Clone, Copy)]
pub struct Word<T, const N: usize> {
    all: [T; N],
    word: fn(T) -> &'static str,
}

/// One of the words that `word` gives for `all` there is.
pub fn one_of<T: Copy, const N: usize>(all: [T; N], word: fn(T) -> &'static str) -> Word<T, N> {
    Word { all, word }
}

impl<T: Copy, const N: usize> Word<T, N> {
    fn words(&self) -> Vec<String> {
        self.all.iter().map(|value| (self.word)(*value).to_owned()).collect()
    }
}

impl<T: Copy, const N: usize> Kind for Word<T, N> {
    type Value = T;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<T> {
        let Some(text) = found.as_str() else { return reader.fault(Wrong::Type("text")) };
        let chosen = self.all.iter().copied().find(|value| (self.word)(*value) == text);
        chosen.or_else(|| reader.fault(Wrong::NotOneOf(self.words())))
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "enum": self.words() })
    }
}

/// A word with a meaning of its own, or a value of another kind. See [`word_or`].
#[derive(Debug, Clone, Copy)]
pub struct WordOr<T, K> {
    word: &'static str,
    value: T,
    kind: K,
}

/// `word`, which means `value`, or whatever `kind` reads.
pub fn word_or<T: Clone, K: Kind<Value = T>>(word: &'static str, value: T, kind: K) -> WordOr<T, K> {
    WordOr { word, value, kind }
}

impl<T: Clone, K: Kind<Value = T>> Kind for WordOr<T, K> {
    type Value = T;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<T> {
        if found.as_str() == Some(self.word) { Some(self.value.clone()) } else { self.kind.read(found, reader) }
    }

    fn schema(&self) -> Json {
        json!({ "anyOf": [{ "const": self.word }, self.kind.schema()] })
    }
}

/// Yes or no. See [`flag`].
#[derive(Debug, Clone, Copy)]
pub struct Flag;

/// `true` or `false`; of a form also `on`, `1`, `off`, `0`, and the last of several (a box with a hidden field before).
pub fn flag() -> Flag {
    Flag
}

impl Kind for Flag {
    type Value = bool;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<bool> {
        if let Json::Bool(value) = found {
            return Some(*value);
        }
        let last = match found {
            Json::Array(several) => several.last().unwrap_or(found),
            _ => found,
        };
        match last.as_str().filter(|_| reader.is_text()) {
            Some("true" | "on" | "1" | "yes") => Some(true),
            Some("false" | "off" | "0" | "no") => Some(false),
            _ => reader.fault(Wrong::Type("yes or no")),
        }
    }

    fn schema(&self) -> Json {
        json!({ "type": "boolean" })
    }
}
