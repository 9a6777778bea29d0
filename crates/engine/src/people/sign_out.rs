//! Signing out.

use store::lookups;

use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::secret::secret_hash;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Ends the session of a browser. One that is over already stays so.
    pub async fn sign_out(&self, secret: &str) -> Result<(), Stop> {
        for _ in 0..ATTEMPTS {
            let Some(session) = lookups::session(self.table(), secret_hash(secret)).await? else { return Ok(()) };
            if matches!(self.commit(vec![session.delete()]).await?, Committed::Done) {
                return Ok(());
            }
        }
        Err(Fault::Contended.into())
    }
}
