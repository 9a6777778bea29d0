//! Links to sign in with. What is kept of one is the hash of its secret; the secret is derived from its identifier, so
//! that a mail that waits holds nothing that opens anything.

use domain::people::SignInLink;
use domain::values::{Email, Ksuid, PersonId, Slug};
use domain::work::{Lane, Letter, Task};
use jiff::SignedDuration;
use store::record::create;
use store::records::HashedLink;
use store::table::Write;

use crate::Engine;
use crate::secret::secret_hash;
use crate::stop::Stop;

/// What the secret of a link is derived for.
const PURPOSE: &str = "sign-in link";

/// How long a link that somebody asked for can be used.
pub(super) const ASKED_FOR: SignedDuration = SignedDuration::from_mins(10);
/// How long an invitation can be used: it comes unasked, and may lie in a mailbox for a night.
pub(super) const INVITED: SignedDuration = SignedDuration::from_hours(24);

/// A link that is to be.
pub(super) struct LinkDraft {
    /// Who will sign in with it.
    pub(super) person: PersonId,
    /// Where it goes, if it is mailed.
    pub(super) email: Email,
    /// In whose name; the platform's without one.
    pub(super) organisation: Option<Slug>,
    /// How long it can be used.
    pub(super) lasts: SignedDuration,
    /// Where it leads: a path of this program.
    pub(super) to: Option<String>,
}

impl Engine {
    /// The secret of a link, the same each time.
    pub fn sign_in_secret(&self, link: Ksuid) -> String {
        self.secret().word(PURPOSE, link.bytes())
    }

    /// A fresh link, and the write that makes it good.
    pub(super) fn new_link(&self, draft: &LinkDraft) -> Result<(Ksuid, Write), Stop> {
        let id: Ksuid = self.fresh();
        let at = self.now();
        let expires_at = at.checked_add(draft.lasts).unwrap_or(at);
        let link = SignInLink { person: draft.person, expires_at, to: draft.to.clone() };
        let row = HashedLink { secret_hash: secret_hash(&self.sign_in_secret(id)), link };
        Ok((id, create(&row, at)?))
    }

    /// A fresh link, and the writes that make it good and mail it to its owner.
    pub(super) fn mailed_link(&self, draft: LinkDraft) -> Result<[Write; 2], Stop> {
        let (link, made) = self.new_link(&draft)?;
        let LinkDraft { email, organisation, to, .. } = draft;
        let letter = Letter::SignIn { link, organisation: organisation.clone(), to };
        let work = self.new_work(Lane::Deliveries, organisation, Task::Send { to: email, letter });
        Ok([made, create(&work, self.now())?])
    }
}
