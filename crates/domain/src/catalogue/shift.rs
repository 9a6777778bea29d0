//! Moving what is dated to another day: by whole days of a zone, so that local times stay what they were, across a
//! change of the clocks too.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::Event;

/// A number of days, in the zone in which they are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    zone: TimeZone,
    days: i32,
}

impl Shift {
    /// What brings an event to this day; none if that is out of all time.
    pub fn of(event: &Event, to: Date) -> Option<Self> {
        let zone = event.time_zone.zone();
        let from = event.starts_at.to_zoned_datetime(zone.clone()).date();
        Some(Self { days: from.until(to).ok()?.get_days(), zone })
    }

    /// The same local time on the other day. In an hour that the clocks skip it is as much later as they skip.
    pub fn instant(&self, at: Timestamp) -> Option<Timestamp> {
        let local = at.to_zoned_datetime(self.zone.clone()).datetime().checked_add(self.span()).ok()?;
        Some(local.to_zoned_datetime(self.zone.clone()).ok()?.timestamp())
    }

    /// The other day.
    pub fn date(&self, date: Date) -> Option<Date> {
        date.checked_add(self.span()).ok()
    }

    fn span(&self) -> Span {
        Span::new().days(self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn local_times_stay_what_they_were_each_by_its_own_offset() {
        // A week, in which the clocks of London go forward on the 28th.
        let shift = Shift { zone: TimeZone::get("Europe/London").unwrap(), days: 7 };
        assert_eq!(shift.instant(at("2027-03-24T19:00:00Z")), Some(at("2027-03-31T18:00:00Z")));
        assert_eq!(shift.instant(at("2027-03-01T00:00:00Z")), Some(at("2027-03-08T00:00:00Z")));
        assert_eq!(
            shift.instant(at("2027-03-21T01:30:00Z")),
            Some(at("2027-03-28T01:30:00Z")),
            "an hour that is skipped"
        );
        assert_eq!(shift.date("2027-03-24".parse().unwrap()), Some("2027-03-31".parse().unwrap()));
    }
}
