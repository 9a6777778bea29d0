//! Persons: staff and administrators, their invitations, tokens for programs, and signing in.
//!
//! Knows who somebody is and how they prove it. What a role may do is [`domain::people::StaffRole::may`]'s; what was
//! proved to whom is a [scope](crate::scope)'s.
//!
//! Nobody is ever given a link with which somebody else signs in: links go to their owner's mailbox, and are shown only
//! to the program's own commands.

mod change_staff_role;
mod create_token;
mod identify;
mod invite_admin;
mod invite_staff;
mod list_staff;
mod mailboxes;
mod remove_staff;
mod request_sign_in;
mod revoke_token;
mod sign_in;
mod sign_in_link;
mod sign_out;

pub use create_token::{NewToken, TokenDraft};
pub(crate) use identify::Identified;
pub use invite_admin::InvitedAdmin;
pub use invite_staff::Invited;
pub use mailboxes::Mailboxes;
pub use request_sign_in::{Requested, SignInRequest};
pub use sign_in::{LinkShown, NewSession};
