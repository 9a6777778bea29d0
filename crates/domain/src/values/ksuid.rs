//! Identifiers: 20 bytes that sort by the second they were made in, written as 27 letters of base62.

use std::fmt;
use std::str::FromStr;

use super::base62;

/// The second in which the time of KSUIDs begins, since the Unix epoch (from the format's reference implementation).
const EPOCH: i64 = 1_400_000_000;

/// A KSUID of anything. The typed identifiers (`PassId`, `TicketNumber` …) wrap it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ksuid([u8; 20]);

/// A text that is no KSUID: not 27 letters and digits, or beyond the greatest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a KSUID")]
pub struct NotAKsuid;

impl Ksuid {
    /// From its bytes: 4 of seconds since the KSUID epoch, 16 of payload.
    pub const fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// Made at `unix_milliseconds`, with 15 random bytes. The first payload byte counts units of 4 ms, so that
    /// identifiers sort by time within the second as well; any KSUID library reads them.
    pub fn made_at(unix_milliseconds: i64, random: [u8; 15]) -> Self {
        let seconds = unix_milliseconds.div_euclid(1_000) - EPOCH;
        let seconds = u32::try_from(seconds.clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX);
        let quarter = u8::try_from(unix_milliseconds.rem_euclid(1_000) / 4).unwrap_or(u8::MAX);
        let mut bytes = [0; 20];
        for (place, byte) in bytes.iter_mut().zip(seconds.to_be_bytes().into_iter().chain([quarter]).chain(random)) {
            *place = byte;
        }
        Self(bytes)
    }

    /// Its bytes.
    pub const fn bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The second it was made in, since the Unix epoch.
    pub fn unix_seconds(&self) -> i64 {
        let [a, b, c, d, ..] = self.0;
        i64::from(u32::from_be_bytes([a, b, c, d])) + EPOCH
    }
}

impl fmt::Display for Ksuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(base62::encode(&self.0, &mut [0; base62::LENGTH]))
    }
}

impl fmt::Debug for Ksuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Ksuid {
    type Err = NotAKsuid;

    fn from_str(text: &str) -> Result<Self, NotAKsuid> {
        base62::decode(text).map(Self).ok_or(NotAKsuid)
    }
}

impl serde::Serialize for Ksuid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Ksuid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Makes a typed identifier of [`Ksuid`].
macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Ksuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAKsuid;

            fn from_str(text: &str) -> Result<Self, NotAKsuid> {
                text.parse().map(Self)
            }
        }

        impl From<Ksuid> for $name {
            fn from(ksuid: Ksuid) -> Self {
                Self(ksuid)
            }
        }
    )*};
}

identifiers! {
    /// A person, across organisations.
    PersonId
    /// A person as one organisation knows them.
    CustomerId
    /// A member of an organisation's staff.
    StaffId
    /// An administrator of the platform.
    AdminId
    /// An item of an event.
    ItemId
    /// A pass of an event.
    PassId
    /// A step of a pricing schedule; its own identifier, because it can have a stock.
    StepId
    /// One purchase.
    OrderId
    /// A payment of an order.
    PaymentId
    /// A ticket's number. It identifies, and does not admit.
    TicketNumber
    /// A movement of money on a ticket.
    SaleId
    /// An entry of a ticket's history.
    HistoryId
    /// The last change of a ticket: its place in the event's list and change feed.
    ChangeId
    /// A scanning point.
    DoorId
    /// Something that is due.
    WorkId
    /// An API token (not its secret).
    TokenId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ksuid_is_read_back_as_it_was_written() {
        let ksuid = Ksuid::made_at(1_776_798_415_123, [7; 15]);
        assert_eq!(ksuid.to_string().parse(), Ok(ksuid));
        assert_eq!(ksuid.unix_seconds(), 1_776_798_415);
    }

    #[test]
    fn the_greatest_ksuid_is_the_last_that_is_read() {
        let greatest = Ksuid::from_bytes([0xff; 20]);
        assert_eq!(greatest.to_string(), "aWgEPTl1tmebfsQzFP4bxwgy80V");
        assert_eq!("aWgEPTl1tmebfsQzFP4bxwgy80V".parse(), Ok(greatest));
        assert_eq!("aWgEPTl1tmebfsQzFP4bxwgy80W".parse::<Ksuid>(), Err(NotAKsuid));
        assert_eq!("zzzzzzzzzzzzzzzzzzzzzzzzzzz".parse::<Ksuid>(), Err(NotAKsuid));
    }

    #[test]
    fn other_letters_and_lengths_are_refused() {
        for text in
            ["", "0ujtsYcgvSTl8PAuAdqWYSMnLO", "0ujtsYcgvSTl8PAuAdqWYSMnLOvv", "0ujtsYcgvSTl8PAuAdqWYSMnLO-", "é"]
        {
            assert_eq!(text.parse::<Ksuid>(), Err(NotAKsuid), "{text}");
        }
    }
}
