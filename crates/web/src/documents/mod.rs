//! What people keep: a ticket to print, an entry for a calendar, a barcode as a picture.
//!
//! Each is made of domain values when it is fetched or mailed, the same bytes for the same values; nothing is stored.
//! Who may have it is decided before: whoever asks for a document passes only what its reader may see. A ticket that
//! is not good has no barcode, and its page says why.
//!
//! One more document: a file here, its words in `locales/*/documents.ftl`.

mod calendar;
mod fonts;
mod qr;
mod sheet;
mod ticket_page;
mod ticket_pdf;

pub use calendar::{CALENDAR_TYPE, calendar};
pub use qr::{qr_png, qr_svg};
pub use ticket_pdf::ticket_pdf;

#[cfg(test)]
pub(crate) mod sample;

/// Why a PDF was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    /// There is no ticket to put into it.
    #[error("no tickets")]
    Empty,
    /// The program's own fonts cannot be read.
    #[error("the fonts cannot be read")]
    Fonts,
    /// The library refused, with its reason.
    #[error("the PDF was refused: {0}")]
    Library(String),
}
