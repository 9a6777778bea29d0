//! The port of mail: a letter goes out, or it is said why not.

mod smtp;

pub use smtp::{NotAServer, Smtp, is_sender};

use async_trait::async_trait;
use domain::values::Email;

/// A letter as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Unique and stable, without the angle brackets: a second copy of a letter has the same.
    pub message_id: String,
    /// From whom, `Northern Salsa <tickets@example.org>`.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// To whom; one letter each.
    pub to: Email,
    /// What it is about.
    pub subject: String,
    /// For readers without HTML; complete by itself.
    pub text: String,
    /// The same, to be looked at.
    pub html: String,
    /// What comes with it.
    pub attachments: Vec<Attachment>,
}

/// A file that comes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Where the letter's HTML shows it (`cid:…`); none for one that is only attached.
    pub content_id: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a letter did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailFault {
    /// It may go out later: no connection, or the server said so (4xx).
    #[error("not now: {0}")]
    Passing(String),
    /// It will never go out like this (5xx, an address that cannot be).
    #[error("refused: {0}")]
    Refused(String),
}

/// Who sends letters.
#[async_trait]
pub trait Mailer: std::fmt::Debug + Send + Sync + 'static {
    /// Hands a letter to the mail server. `Ok` means that the server has taken it over.
    async fn send(&self, mail: &Mail) -> Result<(), MailFault>;
}
