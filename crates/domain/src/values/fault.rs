//! What is wrong with a request, and where: facts, no sentences (those are written in `web`).

use std::fmt::{self, Display};

/// A JSON Pointer (RFC 6901) into the request, `/tickets/0/email`; empty for the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole request.
    pub fn root() -> Self {
        Self::default()
    }

    /// A field of the request.
    pub fn to(field: impl Display) -> Self {
        Self::root().then(field)
    }

    /// A field, or an element, of what this points at.
    pub fn then(&self, part: impl Display) -> Self {
        let part = part.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{part}", self.0))
    }

    /// The pointer's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub at: Pointer,
    /// What.
    pub wrong: Wrong,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Missing, and needed.
    Required,
    /// No such field here.
    UnknownField,
    /// Another JSON type than this one ("text", "number", "list", "object", "yes or no").
    Type(&'static str),
    /// Nothing but white space.
    Empty,
    /// More characters, or elements, than this.
    TooLong(usize),
    /// Fewer elements than this.
    TooFew(usize),
    /// More KiB in all than this.
    TooLarge(usize),
    /// More different things with a limit of their own than this.
    TooManyPlaces(usize),
    /// A number outside these bounds (inclusive).
    OutOfRange(i64, i64),
    /// Control characters.
    Control,
    /// Not of the form that is named ("slug", "e-mail address", "instant", …).
    Form(&'static str),
    /// None of these words.
    NotOneOf(Vec<String>),
    /// A local time that the zone's clocks skip.
    SkippedHour,
    /// Must come later than the field that is named.
    NotAfter(&'static str),
    /// Names something that this event does not have ("item", "pass", "rate", "step", …).
    Unknown(&'static str),
    /// The same thing twice, where once is all there can be.
    Repeated,
    /// Cannot be given together with the field that is named.
    ExcludedBy(&'static str),
    /// Another currency than the organisation's.
    OtherCurrency(super::Currency),
    /// Not sold at this rate.
    NotSoldAtRate,
    /// Not on sale, or not alone, or not any more.
    NotOnSale,
    /// A role is needed here.
    RoleNeeded,
    /// No places are left; so many are, where that is known.
    SoldOut(Option<u64>),
    /// Below what has been sold or is held: so many.
    BelowSold(u64),
    /// Cannot be changed any more, because it has been sold.
    AlreadySold,
    /// Is in use already.
    Taken,
    /// Is reserved for the program itself.
    Reserved,
    /// More than is due: so much is.
    MoreThanDue(super::Money),
    /// A way of paying that this caller, or this event, does not have.
    MethodNotAllowed,
    /// Says "free", and something is to pay.
    NotFree,
    /// Has no amount for this rate of the event.
    RateWithoutName(String),
    /// What has happened forbids it.
    State(Obstacle),
}

/// What has happened to a thing, so that something cannot be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not any more as whoever asks has seen it.
    ChangedMeanwhile,
    /// It was archived.
    Archived,
    /// A pass includes it.
    InPass,
    /// A rate that was left out still has prices.
    RateHasPrices,
    /// Those who have one already are still being counted.
    BeingCounted,
    /// The last step of a schedule has no end.
    LastStep,
    /// A slug never changes.
    SlugIsFixed,
    /// Somebody must own an organisation, and this is the last who does.
    LastOwner,
    /// The hold has ended.
    HoldEnded,
    /// The order has ended: expired or cancelled.
    OrderEnded,
    /// The order was cancelled.
    OrderCancelled,
    /// The order is settled, and who bought does not change any more.
    OrderSettled,
    /// Money was taken for the order.
    OrderPaid,
    /// The order's tickets have been issued.
    OrderIssued,
    /// The ticket is void.
    TicketVoid,
    /// The ticket was transferred.
    TicketTransferred,
    /// The ticket's barcode was made anew as often as can be.
    ReissuedTooOften,
    /// Somebody other than the buyer holds the ticket.
    HeldByAnother,
    /// The ticket has been used.
    TicketUsed,
}

impl Obstacle {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::ChangedMeanwhile,
        Self::Archived,
        Self::InPass,
        Self::RateHasPrices,
        Self::BeingCounted,
        Self::LastStep,
        Self::SlugIsFixed,
        Self::LastOwner,
        Self::HoldEnded,
        Self::OrderEnded,
        Self::OrderCancelled,
        Self::OrderSettled,
        Self::OrderPaid,
        Self::OrderIssued,
        Self::TicketVoid,
        Self::TicketTransferred,
        Self::ReissuedTooOften,
        Self::HeldByAnother,
        Self::TicketUsed,
    ];
}

/// Faults as they are found; all are told at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// None yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// One.
    pub fn one(at: Pointer, wrong: Wrong) -> Self {
        Self(vec![Fault { at, wrong }])
    }

    /// Adds one.
    pub fn add(&mut self, at: Pointer, wrong: Wrong) {
        self.0.push(Fault { at, wrong });
    }

    /// Adds all of `others`.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Is nothing wrong?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was found, in the order in which it was found.
    pub fn list(&self) -> &[Fault] {
        &self.0
    }

    /// `value` if nothing is wrong, else all that is.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}
