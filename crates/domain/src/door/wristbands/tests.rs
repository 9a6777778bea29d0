use proptest::prelude::*;

use super::super::testing::*;
use super::super::{Door, ScanRequest};
use super::*;

/// A rule for each item, all of them alike, named after its number.
pub(in crate::door) fn one_band_each(items: &[u8]) -> Vec<WristbandRule> {
    items.iter().map(|item| rule(&format!("Band {item}"), &[*item], &[])).collect()
}

fn rule(name: &str, all: &[u8], skip: &[&str]) -> WristbandRule {
    let all = all.iter().map(|n| ksuid(*n)).collect();
    WristbandRule {
        when: When { all, ..When::default() },
        hand_out: Wristband {
            name: name.parse().unwrap(),
            colour: "#8a8d91".parse().unwrap(),
            material: "paper".parse().unwrap(),
        },
        skip: Skip::Named(skip.iter().map(|name| name.parse().unwrap()).collect()),
    }
}

/// The rules of a real festival.
fn festival() -> Vec<WristbandRule> {
    let all = [FRI_PARTY, SAT_CLASSES, SAT_PARTY, SUN_CLASSES, SUN_PARTY];
    let mut full = rule("Full", &all, &[]);
    full.skip = Skip::Rest(Rest::Rest);
    let mut stamp = rule("Friday stamp", &[], &[]);
    stamp.when.any = vec![ksuid(FRI_PARTY)];
    vec![
        rule("Gala dinner voucher", &[SAT_DINNER], &[]),
        full,
        rule("Party", &[FRI_PARTY, SAT_PARTY, SUN_PARTY], &["Friday stamp", "Saturday party", "Sunday party"]),
        rule("Class", &[SAT_CLASSES, SUN_CLASSES], &["Saturday classes", "Sunday classes"]),
        rule("Saturday", &[SAT_CLASSES, SAT_PARTY], &["Saturday classes", "Saturday party"]),
        rule("Sunday", &[SUN_CLASSES, SUN_PARTY], &["Sunday classes", "Sunday party"]),
        rule("Saturday classes", &[SAT_CLASSES], &[]),
        rule("Saturday party", &[SAT_PARTY], &[]),
        rule("Sunday classes", &[SUN_CLASSES], &[]),
        rule("Sunday party", &[SUN_PARTY], &[]),
        stamp,
    ]
}

fn due(items: &[u8]) -> Vec<String> {
    names(&bands_due(&festival(), &ticket(items).holdings()))
}

fn names(bands: &[Wristband]) -> Vec<String> {
    bands.iter().map(|band| band.name.to_string()).collect()
}

#[test]
fn a_full_pass_gets_one_band_and_a_dinner_voucher_comes_on_top() {
    let all = [FRI_PARTY, SAT_CLASSES, SAT_PARTY, SUN_CLASSES, SUN_PARTY];
    assert_eq!(due(&all), ["Full"]);
    assert_eq!(due(&[all.as_slice(), &[SAT_DINNER]].concat()), ["Gala dinner voucher", "Full"]);
}

#[test]
fn every_pass_of_the_festival_gets_its_bands() {
    for (items, bands) in [
        (vec![FRI_PARTY, SAT_PARTY, SUN_PARTY], vec!["Party"]),
        (vec![SUN_CLASSES, SUN_PARTY], vec!["Sunday"]),
        (vec![SAT_DINNER, SAT_PARTY], vec!["Gala dinner voucher", "Saturday party"]),
        (vec![SAT_CLASSES, SAT_PARTY], vec!["Saturday"]),
        (vec![SAT_CLASSES, SAT_PARTY, SAT_DINNER], vec!["Gala dinner voucher", "Saturday"]),
        (vec![SAT_CLASSES, SUN_CLASSES], vec!["Class"]),
        (vec![FRI_PARTY], vec!["Friday stamp"]),
        (vec![FRI_PARTY, SAT_PARTY], vec!["Saturday party", "Friday stamp"]),
        (vec![SAT_CLASSES, SUN_PARTY], vec!["Saturday classes", "Sunday party"]),
        (vec![FRI_PARTY, SAT_CLASSES, SAT_PARTY, SUN_PARTY], vec!["Party", "Saturday"]),
        (vec![VIDEOS], vec![]),
        (vec![], vec![]),
    ] {
        assert_eq!(due(&items), bands, "{items:?}");
    }
}

#[test]
fn a_rule_that_was_taken_out_takes_nothing_out_itself() {
    let rules = vec![rule("A", &[1], &["B"]), rule("B", &[1], &["C"]), rule("C", &[1], &[])];
    assert_eq!(names(&bands_due(&rules, &ticket(&[1]).holdings())), ["A", "C"]);
}

#[test]
fn rules_ask_for_passes_and_rates_as_well() {
    let mut student = rule("Student", &[], &[]);
    student.when.rates = vec!["student".parse().unwrap()];
    let rules = vec![rule("Pass", &[50], &[]), student];
    let mut ticket = ticket(&[FRI_PARTY]);
    assert_eq!(bands_due(&rules, &ticket.holdings()), []);
    ticket.purchases = vec![purchase(50)];
    ticket.rate = "student".parse().unwrap();
    assert_eq!(names(&bands_due(&rules, &ticket.holdings())), ["Pass", "Student"]);
}

#[test]
fn a_rule_without_conditions_is_for_everybody() {
    assert_eq!(names(&bands_due(&[rule("Guest", &[], &[])], &ticket(&[]).holdings())), ["Guest"]);
}

#[test]
fn a_band_is_handed_out_once_and_after_an_upgrade_only_the_difference() {
    let mut desk = Desk::new(&[FRI_PARTY, SAT_PARTY]);
    desk.gate = gate(festival());
    let (friday, saturday) = (door(1, &[FRI_PARTY]), door(2, &[SAT_PARTY]));
    let first = desk.scan(&friday, &request("1", &friday)).scan.result;
    assert_eq!(names(&first.wristbands), ["Saturday party", "Friday stamp"]);
    assert_eq!(desk.scan(&saturday, &request("2", &saturday)).scan.result.wristbands, []);
    // She buys Sunday's party: all three parties.
    desk.ticket.entitlements = ticket(&[FRI_PARTY, SAT_PARTY, SUN_PARTY]).entitlements;
    let sunday = door(3, &[SUN_PARTY]);
    let third = desk.scan(&sunday, &request("3", &sunday)).scan.result;
    assert_eq!(names(&third.wristbands), ["Party"]);
    assert_eq!(desk.ticket.wristbands.len(), 3);
    let lenient = Door { reentry: true, ..sunday };
    let back = ScanRequest { action: super::super::Action::Reentry, ..request("4", &lenient) };
    assert_eq!(desk.scan(&lenient, &back).scan.result.wristbands, []);
}

#[test]
fn who_is_refused_gets_no_band_and_an_undone_scan_gives_its_back() {
    let mut desk = Desk::new(&[FRI_PARTY]);
    desk.gate = gate(festival());
    let (friday, saturday) = (door(1, &[FRI_PARTY]), door(2, &[SAT_PARTY]));
    assert_eq!(desk.scan(&saturday, &request("1", &saturday)).scan.result.wristbands, []);
    let scan = desk.scan(&friday, &request("2", &friday)).scan;
    assert_eq!(names(&scan.result.wristbands), ["Friday stamp"]);
    let undo = super::super::Action::Undo { undoes: scan.id };
    desk.scan(&friday, &ScanRequest { action: undo, ..request("3", &friday) });
    assert_eq!(desk.ticket.wristbands, []);
    let again = desk.scan(&friday, &request("4", &friday)).scan.result;
    assert_eq!(names(&again.wristbands), ["Friday stamp"]);
}

#[test]
fn rules_name_only_what_there_is_and_each_band_once() {
    let things: BTreeSet<Thing> = (1..=9).map(|n| Thing::Item(item_id(n))).collect();
    let event = event();
    assert!(check_rules(&festival(), &event, &things).is_empty());
    let mut wrong = rule("A", &[1, 77], &["B", "Nobody's"]);
    wrong.when.any = vec![ksuid(78)];
    wrong.when.rates = vec!["standard".parse().unwrap(), "pensioner".parse().unwrap()];
    let faults = check_rules(&[wrong, rule("B", &[1], &[]), rule("A", &[2], &[])], &event, &things);
    let at: Vec<String> = faults.into_iter().map(|fault| fault.at.to_string()).collect();
    let expected = ["/rules/0/when/all/1", "/rules/0/when/any/0", "/rules/0/when/rates/1", "/rules/0/skip/1"];
    assert_eq!(at, [expected.as_slice(), &["/rules/2/hand_out/name"]].concat());
    let many = one_band_each(&(0..101).map(|_| 1).collect::<Vec<u8>>());
    assert!(!check_rules(&many, &event, &things).is_empty());
}

proptest! {
    /// Whatever the rules and the ticket, no band comes twice and none that an earlier rule took out.
    #[test]
    fn no_band_comes_twice(items in proptest::collection::vec(1..7_u8, 0..6)) {
        let bands = due(&items);
        let unique: BTreeSet<&String> = bands.iter().collect();
        prop_assert_eq!(unique.len(), bands.len());
        prop_assert!(!bands.contains(&"Full".to_owned()) || bands.iter().all(|band| band == "Full" || band.contains("Gala")));
    }
}
