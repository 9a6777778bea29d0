//! Checking in by hand: staff found the ticket in a list, and no code was scanned.

use domain::Refusal;
use domain::door::{Action, Device, Mode, Override, ScanId, ScanRequest, ScanResult, Scanned};
use domain::values::{DoorId, Ksuid, Pointer, Slug, TicketNumber, Wrong};

use super::record_scans::ScanAnswer;
use crate::Engine;
use crate::scope::StaffScope;
use crate::stop::Stop;

/// What staff do with a ticket that they picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// The scan's identity, if the caller made one so that it may ask twice; none makes a fresh one.
    pub id: Option<ScanId>,
    /// At which door.
    pub door: DoorId,
    /// From which device or page.
    pub device: Device,
    /// Lets in, lets in again, or takes an earlier scan back.
    pub action: Action,
    /// Goes on in spite of a verdict.
    pub overriding: Option<Override>,
}

impl Engine {
    /// Checks a ticket in by hand, now. It follows the same verdicts as a scan, and is kept as what it was.
    pub async fn check_in(
        &self,
        scope: &StaffScope,
        event: &Slug,
        number: TicketNumber,
        wanted: &CheckIn,
    ) -> Result<ScanResult, Stop> {
        let fresh = || {
            let id: Ksuid = self.fresh();
            id.to_string().parse().map_err(|_| Refusal::invalid(Pointer::to("id"), Wrong::Form("scan identifier")))
        };
        let request = ScanRequest {
            id: wanted.id.clone().map_or_else(fresh, Ok)?,
            scanned: Scanned::Ticket(number),
            door: wanted.door,
            device: wanted.device.clone(),
            action: wanted.action.clone(),
            scanned_at: self.now(),
            mode: Mode::ByHand,
            shown: None,
            overriding: wanted.overriding.clone(),
        };
        let counter = self.counter(scope, event, std::iter::once(&request)).await?;
        match self.record_scan(&counter, &request).await? {
            ScanAnswer::Recorded(result) => Ok(*result),
            ScanAnswer::Invalid(faults) => Err(Refusal::Invalid(faults).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::door::VerdictWord;
    use domain::people::StaffRole;

    use super::super::desk::{mersey, minute, night};
    use super::*;
    use crate::catalogue::desk::refusal;

    fn wanted(door: DoorId, action: Action) -> CheckIn {
        CheckIn { id: None, door, device: "Dashboard".parse().unwrap(), action, overriding: None }
    }

    #[tokio::test]
    async fn staff_let_in_whom_they_found_in_a_list_and_take_it_back() {
        let night = night().await;
        let number = night.ticket(&[night.friday.id]).await.ticket.number;
        night.desk.house.clock.set(minute(0));
        let door = night.staff(StaffRole::Door).await;
        let first = ScanId::try_from("by-hand-1".to_owned()).unwrap();
        let entry = CheckIn { id: Some(first.clone()), ..wanted(night.main.id, Action::Entry) };
        let check_in = async |wanted: &CheckIn| {
            night.engine().check_in(&door, &mersey(), number, wanted).await.unwrap().verdict.word()
        };
        assert_eq!(check_in(&entry).await, VerdictWord::Admitted);
        assert_eq!(check_in(&entry).await, VerdictWord::Admitted, "asked twice, done once");
        assert_eq!(check_in(&wanted(night.main.id, Action::Entry)).await, VerdictWord::AlreadyIn);
        assert_eq!(check_in(&wanted(night.main.id, Action::Undo { undoes: first })).await, VerdictWord::Undone);
        assert_eq!(check_in(&wanted(night.side.id, Action::Entry)).await, VerdictWord::Admitted);
        assert_eq!(night.kept(number).await.entitlements[0].admissions[0].at, minute(0));
        night.desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_door_that_is_not_there_is_refused_and_a_ticket_that_is_not_there_unknown() {
        let night = night().await;
        let door = night.staff(StaffRole::Door).await;
        let nobody = TicketNumber(Ksuid::from_bytes([5; 20]));
        let nowhere = wanted(DoorId(Ksuid::from_bytes([5; 20])), Action::Entry);
        let refused = night.engine().check_in(&door, &mersey(), nobody, &nowhere).await;
        assert_eq!(refusal(refused), Refusal::invalid(Pointer::to("door"), Wrong::Unknown("door")));
        let wanted = wanted(night.main.id, Action::Entry);
        let unknown = night.engine().check_in(&door, &mersey(), nobody, &wanted).await.unwrap();
        assert_eq!(unknown.verdict.word(), VerdictWord::Unknown);
    }
}
