//! How often each mailbox was asked for lately: nobody's is filled by somebody else.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::values::Email;
use jiff::{SignedDuration, Timestamp};

/// Links to sign in with, an hour and mailbox.
const MOST: usize = 5;
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// Mailboxes that are kept before those are forgotten that were not asked for within the hour.
const ROOM: usize = 4_096;

/// The requests of the last hour, by mailbox; whether anybody has that mailbox is of no matter. In memory only: a
/// restart forgets them.
#[derive(Debug, Default)]
pub struct Mailboxes(Mutex<HashMap<Email, Vec<Timestamp>>>);

impl Mailboxes {
    /// Notes a request at an instant, or tells when the next one can be made.
    pub(super) fn ask(&self, mailbox: &Email, at: Timestamp) -> Result<(), Timestamp> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |when: &Timestamp| at.duration_since(*when) < WINDOW;
        if asked.len() >= ROOM {
            asked.retain(|_, times| times.iter().any(recent));
        }
        let times = asked.entry(mailbox.clone()).or_default();
        times.retain(recent);
        match times.first() {
            Some(first) if times.len() >= MOST => Err(first.checked_add(WINDOW).unwrap_or(Timestamp::MAX)),
            _ => {
                times.push(at);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_sixth_request_of_an_hour_is_told_when_to_come_back() {
        let (mailboxes, ana) = (Mailboxes::default(), "ana@example.org".parse().unwrap());
        for second in 0..5 {
            assert_eq!(mailboxes.ask(&ana, at(second)), Ok(()));
        }
        assert_eq!(mailboxes.ask(&ana, at(5)), Err(at(3_600)));
        assert_eq!(mailboxes.ask(&"ben@example.org".parse().unwrap(), at(5)), Ok(()));
        assert_eq!(mailboxes.ask(&ana, at(3_600)), Ok(()));
        assert_eq!(mailboxes.ask(&ana, at(3_600)), Err(at(3_601)));
    }

    #[test]
    fn mailboxes_that_nobody_asks_for_any_more_are_forgotten() {
        let mailboxes = Mailboxes::default();
        for n in 0..ROOM {
            mailboxes.ask(&format!("n{n}@example.org").parse().unwrap(), at(0)).unwrap();
        }
        mailboxes.ask(&"ana@example.org".parse().unwrap(), at(3_600)).unwrap();
        assert_eq!(mailboxes.0.lock().unwrap().len(), 1);
    }
}
