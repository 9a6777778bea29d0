//! A command as it is carried out: here, or by the server that has the store open.

use std::path::{Path, PathBuf};

use domain::organisations::TimeZoneName;
use domain::values::{Currency, Email, Slug, Text, Title};
use serde::{Deserialize, Serialize};

use crate::arguments::{
    AdminCommand, Errand, EventCommand, OrganisationCommand, RoleWord, StaffCommand, StoreOptions, TokenCommand,
};

/// What is to be done, with everything that it needs. Paths are absolute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Make an organisation.
    CreateOrganisation {
        /// Its slug.
        slug: Slug,
        /// Its name.
        name: Title,
        /// Its currency.
        currency: Currency,
        /// Its zone.
        time_zone: TimeZoneName,
    },
    /// Spread an event over more partitions.
    SetShards {
        /// Of which organisation.
        organisation: Slug,
        /// Which.
        event: Slug,
        /// Of its stock.
        stock: u16,
        /// Of its lists.
        lists: u16,
    },
    /// Add a member of staff.
    InviteStaff {
        /// To which organisation.
        organisation: Slug,
        /// Their address.
        email: Email,
        /// What they may do.
        role: RoleWord,
    },
    /// Add an administrator.
    InviteAdmin {
        /// Their address.
        email: Email,
    },
    /// Make a token.
    CreateToken {
        /// Of which organisation, in which role; the platform's without.
        grant: Option<(Slug, RoleWord)>,
        /// What it is for.
        name: Text<100>,
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

impl Order {
    /// It is about a store that is there: where none is, the folder is a wrong one.
    pub fn needs_a_store(&self) -> bool {
        match self {
            Self::SetShards { .. }
            | Self::InviteStaff { .. }
            | Self::Export { .. }
            | Self::Backup { .. }
            | Self::Check => true,
            Self::CreateToken { grant, .. } => grant.is_some(),
            Self::CreateOrganisation { .. } | Self::InviteAdmin { .. } | Self::Import { .. } | Self::Restore { .. } => {
                false
            }
        }
    }

    /// It makes something of the installation's secret: a link.
    pub fn needs_the_secret(&self) -> bool {
        matches!(self, Self::InviteStaff { .. } | Self::InviteAdmin { .. })
    }
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
pub fn split(errand: Errand) -> anyhow::Result<(StoreOptions, Order)> {
    let absolute = |path: &Path| std::path::absolute(path);
    Ok(match errand {
        Errand::Organisation(OrganisationCommand::Create { store, slug, name, currency, time_zone }) => {
            (store, Order::CreateOrganisation { slug, name, currency, time_zone })
        }
        Errand::Event(EventCommand::Shards { store, organisation, event, stock, lists }) => {
            (store, Order::SetShards { organisation, event, stock, lists })
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
