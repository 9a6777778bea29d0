//! Organisations: making, reading and changing the tenants of a platform.
//!
//! Settings are the owner's, terms (status and fee) the platform's. Knows nothing of staff: see [`crate::people`].

mod change_terms;
mod create_organisation;
mod list_organisations;
mod read_organisation;
mod reserved;
mod update_organisation;

pub use change_terms::Terms;
pub use create_organisation::OrganisationDraft;
pub(crate) use reserved::is_reserved;
pub use update_organisation::OrganisationSettings;
