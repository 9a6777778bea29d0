//! Texts that people typed: trimmed, bounded, without control characters.

use std::fmt;
use std::str::FromStr;

/// One line of 1 to `MAX` characters (Unicode scalar values), trimmed, without control characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// A name or title.
pub type Title = Text<200>;

/// Several lines of 0 to 5,000 characters, without control characters other than line ends.
#[derive(Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose(String);

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but white space.
    #[error("empty")]
    Empty,
    /// More characters than fit.
    #[error("longer than {0} characters")]
    TooLong(usize),
    /// Characters that no screen shows.
    #[error("control characters")]
    Control,
}

impl<const MAX: usize> Text<MAX> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Prose {
    /// Most characters.
    pub const MAX: usize = 5_000;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Characters that turn the direction of a line or hide: they let a name pretend to be another.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

impl<const MAX: usize> FromStr for Text<MAX> {
    type Err = TextFault;

    fn from_str(text: &str) -> Result<Self, TextFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextFault::Empty);
        }
        if text.chars().count() > MAX {
            return Err(TextFault::TooLong(MAX));
        }
        if text.chars().any(|c| c.is_control() || is_hidden(c)) {
            return Err(TextFault::Control);
        }
        Ok(Self(text.to_owned()))
    }
}

impl FromStr for Prose {
    type Err = TextFault;

    fn from_str(text: &str) -> Result<Self, TextFault> {
        let text = text.trim().replace("\r\n", "\n");
        if text.chars().count() > Self::MAX {
            return Err(TextFault::TooLong(Self::MAX));
        }
        if text.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || is_hidden(c)) {
            return Err(TextFault::Control);
        }
        Ok(Self(text))
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextFault;

    fn try_from(text: String) -> Result<Self, TextFault> {
        text.parse()
    }
}

impl TryFrom<String> for Prose {
    type Error = TextFault;

    fn try_from(text: String) -> Result<Self, TextFault> {
        text.parse()
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl From<Prose> for String {
    fn from(text: Prose) -> Self {
        text.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize> fmt::Debug for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(" Ana ".parse::<Text<3>>().map(String::from), Ok("Ana".into()));
        assert_eq!("Anna".parse::<Text<3>>(), Err(TextFault::TooLong(3)));
        assert_eq!("  ".parse::<Title>(), Err(TextFault::Empty));
        assert_eq!("a\0b".parse::<Title>(), Err(TextFault::Control));
        assert_eq!("a\nb".parse::<Title>(), Err(TextFault::Control));
        assert_eq!("a\u{202E}b".parse::<Title>(), Err(TextFault::Control));
        assert_eq!("a\r\nb".parse::<Prose>().map(String::from), Ok("a\nb".into()));
    }
}
