//! Asking for a link to sign in with.

use domain::values::{Email, Slug};
use jiff::Timestamp;
use store::lookups;

use super::sign_in_link::{ASKED_FOR, LinkDraft};
use crate::Engine;
use crate::commit::Committed;
use crate::stop::{Fault, Stop};

/// Somebody wants to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRequest {
    /// Their address, as they typed it.
    pub email: Email,
    /// On whose page: the mail is sent in its name, the platform's without one.
    pub organisation: Option<Slug>,
    /// Where they want to go: a path of this program. Anything else leads nowhere in particular.
    pub to: Option<String>,
}

/// What is answered, the same for every address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requested {
    /// If the address is known a link is on its way.
    Taken,
    /// The mailbox was asked for 5 times within an hour.
    TooMany {
        /// When it can be asked for again.
        again_at: Timestamp,
    },
}

impl Engine {
    /// Mails a link to sign in with to an address that is known, as staff's, a customer's or an administrator's. The
    /// answer does not tell whether it is.
    pub async fn request_sign_in(&self, request: &SignInRequest) -> Result<Requested, Stop> {
        if let Err(again_at) = self.mailboxes.ask(&request.email, self.now()) {
            return Ok(Requested::TooMany { again_at });
        }
        let Some(address) = lookups::person_of_email(self.table(), &request.email).await? else {
            return self.take_as_long(&request.email).await;
        };
        let to = request.to.clone().filter(|to| is_path(to));
        let (email, organisation) = (request.email.clone(), request.organisation.clone());
        let draft = LinkDraft { person: address.person, email, organisation, lasts: ASKED_FOR, to };
        let writes = self.mailed_link(draft)?;
        match self.commit(writes.to_vec()).await? {
            Committed::Done => {
                self.wake_workers();
                Ok(Requested::Taken)
            }
            Committed::Refused(_) => Err(Fault::Impossible("two links with one secret").into()),
        }
    }
}

impl Engine {
    /// Answers for an address that nobody has after the same work as for a known one, a write that is on disk: else the
    /// time would tell. What is written is a link of nobody, whose secret is nowhere and which goes with its time.
    async fn take_as_long(&self, email: &Email) -> Result<Requested, Stop> {
        let (person, email) = (self.fresh(), email.clone());
        let draft = LinkDraft { person, email, organisation: None, lasts: ASKED_FOR, to: None };
        let (_, link) = self.new_link(&draft)?;
        self.commit(vec![link]).await?;
        Ok(Requested::Taken)
    }
}

/// A path of this program, and nothing that a browser takes for another site.
fn is_path(to: &str) -> bool {
    to.len() <= 500
        && to.starts_with('/')
        && !to.starts_with("//")
        && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_nowhere_but_into_this_program() {
        for path in ["/", "/my", "/dashboard/northern-salsa?tab=door#x"] {
            assert!(is_path(path), "{path}");
        }
        for other in ["", "my", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/\t/evil.example"]
        {
            assert!(!is_path(other), "{other}");
        }
    }
}
