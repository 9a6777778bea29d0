use domain::door::VerdictWord;
use domain::people::StaffRole;
use domain::values::{Ksuid, Wrong};

use super::super::desk::{door_draft, mersey, minute, night, request};
use super::*;
use crate::catalogue::desk::{faults, refusal, slug};
use crate::once::{Answer, Once};

#[tokio::test]
async fn a_door_names_items_of_its_event() {
    let night = night().await;
    let owner = night.staff(StaffRole::Owner).await;
    let stranger = ItemId(Ksuid::from_bytes([9; 20]));
    let create = async |items: &[ItemId]| {
        night.engine().create_door(&owner, &mersey(), &door_draft("Door", items), &Remember::nothing()).await
    };
    let expected = [("/items/1".to_owned(), Wrong::Unknown("item"))];
    assert_eq!(faults(create(&[night.friday.id, stranger]).await), expected);
    assert_eq!(faults(create(&[]).await), [("/items".to_owned(), Wrong::TooFew(1))]);
    assert_eq!(night.engine().list_doors(&owner, &mersey()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn only_those_who_edit_events_make_doors_and_only_in_their_own_organisation() {
    let night = night().await;
    let draft = door_draft("Door", &[night.friday.id]);
    for role in [StaffRole::BoxOffice, StaffRole::Door, StaffRole::Content] {
        let scope = night.staff(role).await;
        let refused = night.engine().create_door(&scope, &mersey(), &draft, &Remember::nothing()).await;
        assert_eq!(refusal(refused), Refusal::Forbidden, "{role:?}");
    }
    night.desk.organisation("southern-salsa").await;
    let stranger = night.desk.staff("southern-salsa", StaffRole::Owner).await;
    let engine = night.engine();
    let refused = engine.create_door(&stranger, &mersey(), &draft, &Remember::nothing()).await;
    assert_eq!(refusal(refused), Refusal::NotFound);
    assert_eq!(refusal(engine.list_doors(&stranger, &mersey()).await), Refusal::NotFound);
    assert_eq!(refusal(engine.read_door(&stranger, &mersey(), night.main.id).await), Refusal::NotFound);
    assert_eq!(refusal(engine.delete_door(&stranger, &mersey(), night.main.id).await), Refusal::NotFound);
}

#[tokio::test]
async fn the_same_request_twice_makes_one_door() {
    let night = night().await;
    let owner = night.staff(StaffRole::Owner).await;
    let draft = door_draft("Door", &[night.friday.id]);
    let answer = |door: &Stored<Door>| Answer { status: 201, body: door.value.id.to_string() };
    let remember = || Remember::new(Some(Once::new("me", "POST doors", "key", b"{}")), &answer);
    let made = night.engine().create_door(&owner, &mersey(), &draft, &remember()).await.unwrap();
    let again = night.engine().create_door(&owner, &mersey(), &draft, &remember()).await;
    assert!(matches!(again, Err(Stop::Replayed(first)) if first == answer(&made)));
    assert_eq!(night.engine().list_doors(&owner, &mersey()).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_changed_door_counts_for_the_next_scan() {
    let night = night().await;
    let barcode = night.barcode(&[night.saturday.id]).await;
    assert_eq!(night.verdict(request("1", &barcode, &night.main)).await, VerdictWord::NotIncluded);
    let owner = night.staff(StaffRole::Owner).await;
    let at = (&mersey(), night.main.id);
    let both = [night.friday.id, night.saturday.id];
    let edit = |door: &Door| Ok(DoorDraft { items: both.to_vec(), ..DoorDraft::from(door) });
    let changed = night.engine().update_door(&owner, at, Some(1), &edit).await.unwrap();
    assert_eq!((changed.revision, changed.value.name.as_str()), (2, "Main"));
    assert!(matches!(refusal(night.engine().update_door(&owner, at, Some(1), &edit).await), Refusal::Changed(_)));
    assert_eq!(night.verdict(request("2", &barcode, &night.main)).await, VerdictWord::Admitted);
}

#[tokio::test]
async fn a_door_that_closes_before_it_opens_is_refused() {
    let night = night().await;
    let owner = night.staff(StaffRole::Owner).await;
    let backwards = |door: &Door| {
        let draft = DoorDraft::from(door);
        Ok(DoorDraft { opens_at: Some(minute(60)), closes_at: Some(minute(0)), ..draft })
    };
    let refused = night.engine().update_door(&owner, (&mersey(), night.main.id), None, &backwards).await;
    assert_eq!(faults(refused), [("/closes_at".to_owned(), Wrong::NotAfter("opens_at"))]);
}

#[tokio::test]
async fn a_deleted_door_is_gone_and_what_phones_still_hold_for_it_is_not_lost() {
    let night = night().await;
    let barcode = night.barcode(&[night.friday.id]).await;
    let owner = night.staff(StaffRole::Owner).await;
    night.engine().delete_door(&owner, &mersey(), night.main.id).await.unwrap();
    let engine = night.engine();
    assert_eq!(refusal(engine.read_door(&owner, &mersey(), night.main.id).await), Refusal::NotFound);
    assert_eq!(refusal(engine.delete_door(&owner, &mersey(), night.main.id).await), Refusal::NotFound);
    let names: Vec<_> = engine
        .list_doors(&owner, &mersey())
        .await
        .unwrap()
        .into_iter()
        .map(|door| door.value.name.to_string())
        .collect();
    assert_eq!(names, ["Side"]);
    assert_eq!(night.verdict(request("1", &barcode, &night.main)).await, VerdictWord::Admitted);
    night.desk.is_sound().await;
}

#[tokio::test]
async fn a_door_goes_on_with_an_item_that_was_put_away() {
    let night = night().await;
    let barcode = night.barcode(&[night.friday.id]).await;
    let owner = night.staff(StaffRole::Owner).await;
    night.engine().delete_item(&owner, &mersey(), night.friday.id).await.unwrap();
    let renamed = |door: &Door| Ok(DoorDraft { name: "Cellar".parse().unwrap(), ..DoorDraft::from(door) });
    night.engine().update_door(&owner, (&mersey(), night.main.id), None, &renamed).await.unwrap();
    assert_eq!(night.verdict(request("1", &barcode, &night.main)).await, VerdictWord::Admitted);
}

#[tokio::test]
async fn doors_of_the_days_are_made_in_one_press_and_not_twice() {
    let night = night().await;
    let owner = night.staff(StaffRole::Owner).await;
    let press = async || {
        let name =
            |day: Option<jiff::civil::Date>| day.map_or("Main".to_owned(), |day| day.strftime("Main, %A").to_string());
        night.engine().make_day_doors(&owner, &mersey(), &name).await.unwrap()
    };
    let (one, two) = tokio::join!(press(), press());
    let names: Vec<_> = one.iter().chain(&two).map(|door| door.value.name.to_string()).collect();
    assert_eq!(names, ["Main, Friday", "Main, Saturday"]);
    assert_eq!(press().await, []);
    let barcode = night.barcode(&[night.saturday.id]).await;
    let saturday = one.iter().chain(&two).find(|door| door.value.name.as_str() == "Main, Saturday").unwrap();
    let early = crate::catalogue::desk::at("2026-12-04T15:00:00Z");
    let sound_check = domain::door::ScanRequest { scanned_at: early, ..request("1", &barcode, &saturday.value) };
    assert_eq!(night.verdict(sound_check).await, VerdictWord::Admitted);
    let nameless = night.engine().make_day_doors(&owner, &slug("nowhere"), &|_| String::new()).await;
    assert_eq!(refusal(nameless), Refusal::NotFound);
}
