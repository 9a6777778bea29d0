//! What a message, pill or bar wants to say by its colour. Colour is never alone: each tone has an icon too.

use super::Icon;

/// The mood of a message, pill, bar or tile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A plain fact.
    #[default]
    Neutral,
    /// The organisation's own colour: what is chosen, what is new.
    Brand,
    /// Done, paid, admitted.
    Good,
    /// Needs attention soon.
    Warning,
    /// Failed, void, refused.
    Bad,
    /// Worth knowing, nothing to do.
    Info,
}

impl Tone {
    /// The part of a class name: `neutral`, `brand`, `good`, `warn`, `bad`, `info`.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Brand => "brand",
            Self::Good => "good",
            Self::Warning => "warn",
            Self::Bad => "bad",
            Self::Info => "info",
        }
    }

    /// The icon that says the same as the colour.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Brand => Icon::Sparkles,
            Self::Good => Icon::Good,
            Self::Warning => Icon::Warning,
            Self::Bad => Icon::Bad,
            Self::Neutral | Self::Info => Icon::Info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_that_ask_for_something_have_an_icon_of_their_own() {
        let icons = [Tone::Good, Tone::Warning, Tone::Bad, Tone::Info].map(Tone::icon);
        for (at, icon) in icons.iter().enumerate() {
            assert!(!icons.iter().skip(at + 1).any(|other| other == icon));
        }
    }
}
