//! The mail that must have gone out, and that nobody got a letter twice without reason.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use tests::mail_server::{MailServer, Taken};

/// The last letter must have arrived within this.
const PATIENCE: Duration = Duration::from_mins(3);

/// How many letters are on their way at the same time, at most.
const AT_ONCE: usize = 16;

/// Waits for the letters that are expected, and holds that there are no others. `expected` says to whom, and how many.
pub async fn verify<'a>(mail: &MailServer, expected: impl Iterator<Item = (&'a str, usize)>, lives: usize) {
    let expected: BTreeMap<String, usize> = expected.map(|(to, count)| (to.to_owned(), count)).collect();
    let begun = Instant::now();
    while different(&mail.taken()) != expected {
        let wrong = faults(&different(&mail.taken()), &expected);
        assert!(begun.elapsed() < PATIENCE, "letters that are missing, or nobody expects: {wrong:#?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let taken = mail.taken();
    let copies = taken.len() - expected.values().sum::<usize>();
    println!("{} letters, {copies} second copies, the last {:?} after the load", taken.len(), begun.elapsed());
    assert!(copies < lives * AT_ONCE, "only what was on its way when its sender died may go out twice");
    no_life_sends_twice(&taken);
}

/// How many different letters went to whom.
fn different(taken: &[Taken]) -> BTreeMap<String, usize> {
    let different: BTreeSet<(&str, &str)> =
        taken.iter().map(|letter| (letter.to.as_str(), letter.message_id.as_str())).collect();
    let mut counts = BTreeMap::new();
    for (to, _) in different {
        *counts.entry(to.to_owned()).or_default() += 1;
    }
    counts
}

fn faults(found: &BTreeMap<String, usize>, expected: &BTreeMap<String, usize>) -> Vec<String> {
    let everybody: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let wrong = everybody.into_iter().filter(|to| found.get(*to) != expected.get(*to));
    wrong.map(|to| format!("{to}: {:?} of {:?}", found.get(to), expected.get(to))).collect()
}

/// A second copy is of a later life: the first one's sender died before it could note that the letter was taken.
fn no_life_sends_twice(taken: &[Taken]) {
    let mut copies: BTreeMap<&str, Vec<&Taken>> = BTreeMap::new();
    for letter in taken {
        assert!(!letter.message_id.is_empty(), "{letter:?}");
        copies.entry(&letter.message_id).or_default().push(letter);
    }
    for copies in copies.values() {
        let lives: BTreeSet<usize> = copies.iter().map(|letter| letter.life).collect();
        assert_eq!(lives.len(), copies.len(), "sent twice in one life: {copies:#?}");
        for letter in &copies[..copies.len() - 1] {
            let after = taken.iter().filter(|other| other.life == letter.life && other.at > letter.at).count();
            assert!(after < AT_ONCE, "{after} letters went out after this one, and it was sent again: {letter:?}");
        }
    }
}
