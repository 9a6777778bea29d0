//! Who holds a ticket, and what becomes of it when that is somebody else.

use jiff::Timestamp;

use super::{Answers, StatusWord, Ticket};
use crate::values::{ChangeId, CustomerId, Email, Obstacle, Title, Wrong};

/// Who is to hold a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The customer with that address; the buyer if they have none of their own.
    pub customer: CustomerId,
    /// Their name.
    pub full_name: Option<Title>,
    /// Their own address; none means the buyer's.
    pub email: Option<Email>,
    /// With whom, as they wrote it.
    pub partner: Option<Title>,
    /// What they answered.
    pub answers: Answers,
}

impl Ticket {
    /// Can whoever manages its order give it to the holder of this address (none means the buyer's)? The buyer can give
    /// on what they hold themselves and nobody has used; what somebody else holds is theirs. Staff can give on any
    /// ticket that is good.
    pub fn may_go_to(&self, email: Option<&Email>, by_staff: bool) -> Result<(), Wrong> {
        if self.email.as_ref() == email {
            return Ok(());
        }
        let why = match self.status_word() {
            StatusWord::Void => Obstacle::TicketVoid,
            StatusWord::Transferred => Obstacle::TicketTransferred,
            StatusWord::Active if self.generation == u16::MAX => Obstacle::ReissuedTooOften,
            StatusWord::Active if by_staff => return Ok(()),
            StatusWord::Active if !self.is_held_by_buyer() => Obstacle::HeldByAnother,
            StatusWord::Active if self.is_used() => Obstacle::TicketUsed,
            StatusWord::Active => return Ok(()),
        };
        Err(Wrong::State(why))
    }

    /// The ticket with this holder. In other hands it has another barcode, signed with this key: the one that others
    /// have seen is void at once.
    #[must_use]
    pub fn held_by(&self, holder: Holder, key: u8, change: ChangeId, at: Timestamp) -> Self {
        let changes_hands = holder.customer != self.customer;
        let Holder { customer, full_name, email, partner, answers } = holder;
        let next = Self { customer, full_name, email, partner, answers, ..self.clone() };
        if changes_hands {
            Self { generation: self.generation.saturating_add(1), key, reissued_at: Some(at), change, ..next }
        } else if next == *self {
            next
        } else {
            Self { change, ..next }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::testing;
    use crate::tickets::{Admission, TicketStatus};

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    /// Of Ana, who bought it.
    fn ticket() -> Ticket {
        testing::ticket(&[1])
    }

    fn used() -> Ticket {
        let mut ticket = ticket();
        let door = testing::door(1, &[1]);
        let admission = Admission { day: None, at: AT, door: door.id, door_name: door.name, by: "Dee".into() };
        ticket.entitlements[0].admissions.push(admission);
        ticket
    }

    fn of_bo() -> Ticket {
        let customer = CustomerId(testing::ksuid(9));
        Ticket { customer, email: Some("bo@example.org".parse().unwrap()), ..ticket() }
    }

    #[test]
    fn the_buyer_gives_on_what_is_theirs_and_staff_whatever_is_good() {
        let void = Ticket { status: TicketStatus::Void { at: AT, by_refund: false }, ..ticket() };
        let gone = Ticket { status: TicketStatus::Transferred { at: AT }, ..ticket() };
        let worn = Ticket { generation: u16::MAX, ..ticket() };
        let cases = [
            (ticket(), true, true),
            (used(), false, true),
            (of_bo(), false, true),
            (void, false, false),
            (gone, false, false),
            (worn, false, false),
        ];
        let cy: Email = "cy@example.org".parse().unwrap();
        for (ticket, buyer_may, staff_may) in cases {
            assert_eq!(ticket.may_go_to(Some(&cy), false).is_ok(), buyer_may, "{ticket:?}");
            assert_eq!(ticket.may_go_to(Some(&cy), true).is_ok(), staff_may, "{ticket:?}");
            assert_eq!(ticket.may_go_to(ticket.email.as_ref(), false), Ok(()), "to whom has it already");
        }
        assert!(of_bo().may_go_to(None, false).is_err(), "not back to the buyer either");
    }

    #[test]
    fn another_name_keeps_the_barcode_and_other_hands_do_not() {
        let before = ticket();
        let change = ChangeId(testing::ksuid(50));
        let holder = |customer, full_name: &str| Holder {
            customer,
            full_name: Some(full_name.parse().unwrap()),
            email: None,
            partner: before.partner.clone(),
            answers: before.answers.clone(),
        };
        let same = holder(before.customer, before.full_name.as_ref().unwrap().as_str());
        assert_eq!(before.held_by(same, 7, change, AT), before);
        let renamed = before.held_by(holder(before.customer, "Anne"), 7, change, AT);
        assert_eq!((renamed.generation, renamed.key, renamed.change), (before.generation, before.key, change));
        let given = before.held_by(holder(CustomerId(testing::ksuid(9)), "Bo"), 7, change, AT);
        assert_eq!((given.generation, given.key, given.reissued_at), (before.generation + 1, 7, Some(AT)));
        assert_eq!((given.number, given.entitlements, given.buyer), (before.number, before.entitlements, before.buyer));
    }
}
