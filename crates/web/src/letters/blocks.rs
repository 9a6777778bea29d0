//! What letters are built of. A block knows what it says, not how it looks.

use crate::wording::DayOfItems;

/// A part of a letter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A few sentences.
    Paragraph(String),
    /// Something that must not be missed.
    Notice(String),
    /// What it is about, when and where.
    Event {
        /// Its name.
        title: String,
        /// Line by line.
        details: Vec<String>,
    },
    /// Names and their values.
    Facts(Vec<Fact>),
    /// What to do next.
    Button(Link),
    /// What else can be done.
    Links(Vec<Link>),
    /// Text whose lines are kept, under a heading.
    Lines {
        /// What it is.
        heading: String,
        /// As somebody wrote it.
        text: String,
    },
    /// A ticket.
    Ticket(Box<ShownTicket>),
    /// Amounts, the last of which are totals.
    Sums(Vec<Sum>),
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
}

/// A whole address and what it is called.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub(super) label: String,
    pub(super) url: String,
}

/// A line of a bill.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    pub(super) what: String,
    pub(super) amount: String,
    /// How much it matters.
    pub(super) weight: Weight,
}

/// What a line of a bill is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// One of several.
    Line,
    /// Their sum.
    Total,
    /// What became of the sum.
    Part,
    /// What is left of it.
    Due,
}

/// A ticket in a letter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ShownTicket {
    /// Whose.
    pub(super) name: String,
    /// What was bought, rate, role.
    pub(super) facts: Vec<Fact>,
    /// What to bring, what is due.
    pub(super) notices: Vec<String>,
    /// What it admits to.
    pub(super) days: Vec<DayOfItems>,
    /// Its barcode, if the reader may show it.
    pub(super) code: Option<Code>,
    /// Why there is none.
    pub(super) no_code: Option<String>,
    /// Its number, which staff can find it by.
    pub(super) number: Fact,
    /// Where it is shown, if the letter does not lead there anyway.
    pub(super) link: Option<Link>,
}

/// A picture that comes with the letter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Code {
    /// Of the attachment.
    pub(super) content_id: String,
    /// For whoever does not see it.
    pub(super) alternative: String,
}

impl Fact {
    pub(super) fn new(name: String, value: String) -> Self {
        Self { name, value }
    }
}

impl Link {
    pub(super) fn new(label: String, url: String) -> Self {
        Self { label, url }
    }
}

impl Sum {
    pub(super) fn new(what: String, amount: String, weight: Weight) -> Self {
        Self { what, amount, weight }
    }
}
