//! A command as it is carried out: here, or by the server that has the store open.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::arguments::{AdminCommand, Errand, Options, OrganisationCommand, RoleWord, StaffCommand, TokenCommand};

/// What is to be done, with everything that it needs. Paths are absolute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Make an organisation.
    CreateOrganisation {
        /// Its slug.
        slug: String,
        /// Its name.
        name: String,
        /// Its currency.
        currency: String,
        /// Its zone.
        time_zone: String,
    },
    /// Add a member of staff.
    InviteStaff {
        /// To which organisation.
        organisation: String,
        /// Their address.
        email: String,
        /// What they may do.
        role: RoleWord,
    },
    /// Add an administrator.
    InviteAdmin {
        /// Their address.
        email: String,
    },
    /// Make a token.
    CreateToken {
        /// Of which organisation, in which role; the platform's without.
        grant: Option<(String, RoleWord)>,
        /// What it is for.
        name: String,
    },
    /// Write the whole store to a file.
    Export {
        /// Which.
        output: PathBuf,
    },
    /// Read a file into an empty store.
    Import {
        /// Which.
        input: PathBuf,
    },
    /// Copy the store.
    Backup {
        /// Where to.
        output: PathBuf,
    },
    /// Put a backup in place.
    Restore {
        /// Where it is.
        input: PathBuf,
    },
    /// Verify everything.
    Check,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Results, for standard output.
    pub output: String,
    /// Words for people, for standard error.
    pub message: String,
    /// Exit status.
    pub status: u8,
}

/// Parts a command into the options of its store and what is to be done.
pub fn split(errand: Errand) -> anyhow::Result<(Options, Order)> {
    let absolute = |path: &Path| std::path::absolute(path);
    Ok(match errand {
        Errand::Organisation(OrganisationCommand::Create { store, slug, name, currency, time_zone }) => {
            (store, Order::CreateOrganisation { slug, name, currency, time_zone })
        }
        Errand::Staff(StaffCommand::Invite { store, organisation, email, role }) => {
            (store, Order::InviteStaff { organisation, email, role })
        }
        Errand::Admin(AdminCommand::Invite { store, email }) => (store, Order::InviteAdmin { email }),
        Errand::Token(TokenCommand::Create { store, organisation, role, name, .. }) => {
            (store, Order::CreateToken { grant: organisation.zip(role), name })
        }
        Errand::Export { store, output } => (store, Order::Export { output: absolute(&output)? }),
        Errand::Import { store, input } => (store, Order::Import { input: absolute(&input)? }),
        Errand::Backup { store, output } => (store, Order::Backup { output: absolute(&output)? }),
        Errand::Restore { store, input } => (store, Order::Restore { input: absolute(&input)? }),
        Errand::Check { store } => (store, Order::Check),
    })
}
