//! The demonstration: an organisation with a festival, a weekly series and a small party, some 400 sold tickets of every
//! kind, and one person for each role. Also the festival of the tests.
//!
//! All dates are relative to the day it is made: the festival starts on the next Friday at least two weeks away, the
//! party is tonight, and the sales were made over the last nine weeks. Everything is made by the operations that
//! everybody uses.

mod crowd;
mod fixture;
mod stage;

pub use stage::{FestivalMade, make_festival};

use domain::people::StaffRole;
use domain::values::{Email, Slug};

use crate::Engine;
use crate::scope::PlatformScope;
use crate::stop::{Fault, Stop};

/// Somebody who can sign in to the demonstration.
#[derive(Debug, Clone)]
pub struct DemonstrationPerson {
    /// What they are.
    pub role: Option<StaffRole>,
    /// Their address.
    pub email: Email,
    /// The secret of a link to sign in with, good for once and 10 minutes.
    pub secret: Option<String>,
}

/// What the demonstration is, for whoever prints where to look.
#[derive(Debug, Clone)]
pub struct Demonstration {
    /// Its organisation.
    pub organisation: Slug,
    /// Its festival.
    pub festival: Slug,
    /// One person for each role; the one without a role administers the platform.
    pub people: Vec<DemonstrationPerson>,
    /// It was made just now, and not found.
    pub made: bool,
}

impl Engine {
    /// Makes the demonstration in an empty store; in one that has it already, only fresh links to sign in with.
    pub async fn prepare_demonstration(&self) -> Result<Demonstration, Stop> {
        let made = store::lookups::organisations(self.table(), 1, None).await?.0.is_empty();
        let fixture = fixture::Fixture::read()?;
        let organisation = fixture.organisation.slug.clone();
        if made {
            let festival = make_festival(self).await?;
            let class = stage::make_series(self, &festival).await?;
            let party = stage::make_party(self, &festival).await?;
            crowd::sell(self, &festival, &party, &class).await?;
        }
        Ok(Demonstration {
            people: self.invite_everybody(&organisation).await?,
            organisation,
            festival: fixture.event.slug,
            made,
        })
    }

    async fn invite_everybody(&self, organisation: &Slug) -> Result<Vec<DemonstrationPerson>, Stop> {
        let platform = PlatformScope::of_the_program();
        let mut people = Vec::new();
        for role in StaffRole::ALL {
            let email = address(role.word())?;
            let invited = self.invite_staff_of(&platform, organisation, &email, role).await?;
            people.push(DemonstrationPerson { role: Some(role), email, secret: invited.secret });
        }
        let email = address("platform")?;
        let invited = self.invite_admin(&platform, &email).await?;
        people.push(DemonstrationPerson { role: None, email, secret: invited.secret });
        Ok(people)
    }
}

fn address(name: &str) -> Result<Email, Stop> {
    let name = name.replace('_', "-");
    format!("{name}@northern-salsa.example")
        .parse()
        .map_err(|_| Fault::Impossible("an address of the demonstration").into())
}
