//! Whether something is on sale: no, yes, or between two instants.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Shift;

/// When a pass or item can be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub enum Live {
    /// Not.
    #[default]
    No,
    /// Always, while the event is live.
    Yes,
    /// From an instant (included) and, or, until one (excluded).
    Between {
        /// The first instant.
        from_at: Option<Timestamp>,
        /// The first instant after.
        until_at: Option<Timestamp>,
    },
}

/// As it is written in rows and requests: `true`, `false`, or `{from_at, until_at}`.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Flag(bool),
    Between {
        #[serde(default)]
        from_at: Option<Timestamp>,
        #[serde(default)]
        until_at: Option<Timestamp>,
    },
}

impl From<Written> for Live {
    fn from(written: Written) -> Self {
        match written {
            Written::Flag(false) => Self::No,
            Written::Flag(true) => Self::Yes,
            Written::Between { from_at, until_at } => Self::Between { from_at, until_at },
        }
    }
}

impl From<Live> for Written {
    fn from(live: Live) -> Self {
        match live {
            Live::No => Self::Flag(false),
            Live::Yes => Self::Flag(true),
            Live::Between { from_at, until_at } => Self::Between { from_at, until_at },
        }
    }
}

impl Live {
    /// Can it be bought at this instant?
    pub fn is_at(self, at: Timestamp) -> bool {
        match self {
            Self::No => false,
            Self::Yes => true,
            Self::Between { from_at, until_at } => {
                from_at.is_none_or(|from| from <= at) && until_at.is_none_or(|until| at < until)
            }
        }
    }

    /// The same on another day: for a copy of an event.
    pub fn shifted(self, by: &Shift) -> Self {
        let shift = |at: Option<Timestamp>| at.and_then(|at| by.instant(at));
        match self {
            Self::No | Self::Yes => self,
            Self::Between { from_at, until_at } => Self::Between { from_at: shift(from_at), until_at: shift(until_at) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_includes_its_first_instant_and_not_its_last() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let live = Live::Between { from_at: Some(at(10)), until_at: Some(at(20)) };
        assert_eq!([9, 10, 19, 20].map(|second| live.is_at(at(second))), [false, true, true, false]);
    }

    #[test]
    fn it_is_written_as_requests_have_it() {
        for (live, text) in [
            (Live::No, "false"),
            (Live::Yes, "true"),
            (
                Live::Between { from_at: Timestamp::from_second(0).ok(), until_at: None },
                r#"{"from_at":"1970-01-01T00:00:00Z","until_at":null}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&live).unwrap(), text);
            assert_eq!(serde_json::from_str::<Live>(text).unwrap(), live);
        }
    }
}
