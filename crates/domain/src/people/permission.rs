//! Which role may do what: the one table of authority inside an organisation.

use serde::{Deserialize, Serialize};

/// What a member of staff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Everything, staff and settings included.
    Owner,
    /// Everything but staff and settings.
    Manager,
    /// Sells, takes money, helps with tickets, scans.
    BoxOffice,
    /// Scans.
    Door,
    /// Writes what the public reads.
    Content,
}

/// Something that can be done in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See events that are not live, and their figures of places.
    SeeEvents,
    /// Make and change events, series, items, passes, prices, doors, wristbands.
    EditEvents,
    /// See settings of the organisation.
    SeeSettings,
    /// Change settings and branding.
    EditSettings,
    /// See, invite, change and remove staff; make tokens.
    ManageStaff,
    /// See orders, and how they were paid.
    SeeOrders,
    /// Place orders for others, with payments that staff record, and without any; cancel them.
    Sell,
    /// See the list of tickets and one ticket, without its barcode.
    SeeTickets,
    /// See barcodes; resend, reissue and void tickets; change names and answers.
    HandleTickets,
    /// Scan and check in; see doors and the door list.
    Scan,
    /// Go on in spite of a verdict that can be overridden.
    OverrideVerdicts,
}

impl StaffRole {
    /// All of them, highest first.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Manager, Self::BoxOffice, Self::Door, Self::Content];

    /// The word for it, as in requests and rows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::BoxOffice => "box_office",
            Self::Door => "door",
            Self::Content => "content",
        }
    }

    /// The role of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// May somebody in this role do that?
    pub fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match permission {
            P::SeeEvents => true,
            P::SeeSettings => self != Self::Door,
            P::EditSettings | P::ManageStaff => self == Self::Owner,
            P::EditEvents => matches!(self, Self::Owner | Self::Manager),
            P::SeeOrders | P::Sell | P::HandleTickets | P::OverrideVerdicts => {
                matches!(self, Self::Owner | Self::Manager | Self::BoxOffice)
            }
            P::SeeTickets | P::Scan => self != Self::Content,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_door_scans_and_sells_nothing() {
        assert!(StaffRole::Door.may(Permission::Scan));
        for permission in [Permission::Sell, Permission::HandleTickets, Permission::EditEvents] {
            assert!(!StaffRole::Door.may(permission), "{permission:?}");
        }
    }

    #[test]
    fn only_the_owner_manages_staff_and_settings() {
        for role in StaffRole::ALL {
            assert_eq!(role.may(Permission::ManageStaff), role == StaffRole::Owner);
            assert_eq!(role.may(Permission::EditSettings), role == StaffRole::Owner);
        }
    }

    #[test]
    fn words_and_roles_are_one_to_one() {
        for role in StaffRole::ALL {
            assert_eq!(StaffRole::of_word(role.word()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.word());
        }
    }
}
