//! Instants and days, always in an event's own zone: `Fri 4 Dec 2026, 18:30`.
//!
//! The year is said where it could be doubted; pages that speak of one season use [`day`] and [`day_and_time`].

use domain::catalogue::{Day, Event};
use domain::organisations::TimeZoneName;
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use crate::texts::Texts;

/// A festival day ends at this hour of the next one: a party until four is one evening.
const NIGHT_ENDS: Time = Time::constant(6, 0, 0, 0);

/// What is younger is shown as of now.
const CURRENT: SignedDuration = SignedDuration::from_secs(3);

/// When an event is: `Fri 4 Dec 2026, 18:30 – Mon 7 Dec, 01:30`, of one evening `Sat 5 Dec 2026, 22:00–04:00`.
pub fn when(texts: Texts, event: &Event) -> String {
    between(texts, event.starts_at, event.ends_at, &event.time_zone)
}

/// The day an event begins on: `Fri 4 Dec`.
pub fn first_day(texts: Texts, event: &Event) -> String {
    day(texts, local(event.starts_at, &event.time_zone).date())
}

/// From one instant to a later one, as short as can be without doubt. What ends before six in the morning is one evening.
pub fn between(texts: Texts, from: Timestamp, to: Timestamp, zone: &TimeZoneName) -> String {
    let (start, end) = (local(from, zone), local(to, zone));
    let same_night = start.date().tomorrow().is_ok_and(|next| end.date() == next)
        && end.time() <= NIGHT_ENDS
        && end.time() < start.time();
    if start.date() == end.date() || same_night {
        return format!("{}–{}", said(texts, start, Year::Said), clock(end));
    }
    let year = if start.year() == end.year() { Year::Known } else { Year::Said };
    format!("{} – {}", said(texts, start, Year::Said), said(texts, end, year))
}

/// `Fri 4 Dec 2026, 18:30`
pub fn date_time(texts: Texts, at: Timestamp, zone: &TimeZoneName) -> String {
    said(texts, local(at, zone), Year::Said)
}

/// `Fri 4 Dec, 18:30`
pub fn day_and_time(texts: Texts, at: Timestamp, zone: &TimeZoneName) -> String {
    said(texts, local(at, zone), Year::Known)
}

/// `18:30`
pub fn time(at: Timestamp, zone: &TimeZoneName) -> String {
    clock(local(at, zone))
}

/// When figures or a list were current, `As of 18:30:05`; nothing where that is now.
pub fn as_of(texts: Texts, at: Timestamp, now: Timestamp, zone: &TimeZoneName) -> Option<String> {
    if now.duration_since(at) < CURRENT {
        return None;
    }
    let there = local(at, zone);
    let time = format!("{}:{:02}", clock(there), there.second());
    Some(texts.say_with("wording-as-of", &[("time", time.into())]))
}

/// `Fri 4 Dec 2026`
pub fn date(texts: Texts, date: Date) -> String {
    format!("{} {}", day(texts, date), date.year())
}

/// `Fri 4 Dec`
pub fn day(texts: Texts, date: Date) -> String {
    let (weekday, month) = names(texts, date, "wording-weekdays-short", "wording-months-short");
    format!("{weekday} {} {month}", date.day())
}

/// `Friday 4 December 2026`, `viernes 4 de diciembre de 2026`
pub fn long_date(texts: Texts, date: Date) -> String {
    let (weekday, month) = names(texts, date, "wording-weekdays", "wording-months");
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let places = [("weekday", weekday.into()), ("day", day.into()), ("month", month.into()), ("year", year.into())];
    texts.say_with("wording-long-date", &places)
}

/// When an item is: its day, or that it is every day.
pub fn item_day(texts: Texts, day: Day) -> String {
    match day {
        Day::On(date) => self::day(texts, date),
        Day::All => texts.say("wording-every-day"),
    }
}

/// In whose time something is said: `London time`. Of zones that are no place, their abbreviation at that instant.
pub fn zone(texts: Texts, zone: &TimeZoneName, at: Timestamp) -> String {
    match zone.as_str().rsplit_once('/') {
        Some((area, city)) if area != "Etc" => {
            texts.say_with("wording-zone", &[("city", city.replace('_', " ").into())])
        }
        _ => at.to_zoned_datetime(zone.zone()).strftime("%Z").to_string(),
    }
}

/// `3 days`, `2 h 10 min`, `29 min`, `45 s`; rounded down. What is below nothing is nothing.
pub fn duration(texts: Texts, span: SignedDuration) -> String {
    let seconds = span.as_secs().max(0);
    let (minutes, hours) = (seconds / 60, seconds / 3_600);
    let say = |key: &str, n: i64| texts.say_with(key, &[("n", n.into())]);
    if hours >= 48 {
        say("wording-days", hours / 24)
    } else if hours > 0 && minutes % 60 > 0 {
        format!("{} {}", say("wording-hours", hours), say("wording-minutes", minutes % 60))
    } else if hours > 0 {
        say("wording-hours", hours)
    } else if minutes > 0 {
        say("wording-minutes", minutes)
    } else {
        say("wording-seconds", seconds)
    }
}

/// How long there is still time: `2 h 10 min left`.
pub fn left(texts: Texts, until: Timestamp, now: Timestamp) -> String {
    let span = duration(texts, until.duration_since(now));
    texts.say_with("wording-left", &[("span", span.into())])
}

/// How long ago something was: `just now`, `5 min ago`, `3 days ago`; what is still to come is `just now` too.
pub fn ago(texts: Texts, at: Timestamp, now: Timestamp) -> String {
    let span = now.duration_since(at);
    if span.as_secs() < 60 {
        return texts.say("wording-just-now");
    }
    texts.say_with("wording-ago", &[("span", duration(texts, span).into())])
}

/// Is the year said?
#[derive(Clone, Copy)]
enum Year {
    Said,
    Known,
}

fn said(texts: Texts, at: DateTime, year: Year) -> String {
    let day = match year {
        Year::Said => date(texts, at.date()),
        Year::Known => day(texts, at.date()),
    };
    format!("{day}, {}", clock(at))
}

fn clock(at: DateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

fn local(at: Timestamp, zone: &TimeZoneName) -> DateTime {
    at.to_zoned_datetime(zone.zone()).datetime()
}

/// The names of a date's weekday and month, from messages that list all of them.
fn names(texts: Texts, date: Date, weekdays: &str, months: &str) -> (String, String) {
    let nth = |key: &str, n: i8| {
        let index = usize::try_from(n - 1).unwrap_or_default();
        texts.say(key).split_whitespace().nth(index).unwrap_or_default().to_owned()
    };
    (nth(weekdays, date.weekday().to_monday_one_offset()), nth(months, date.month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    const EN: Texts = Texts::of(Lang::En);
    const ES: Texts = Texts::of(Lang::Es);

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn london() -> TimeZoneName {
        "Europe/London".parse().unwrap()
    }

    #[test]
    fn a_festival_names_both_ends_and_the_year_once() {
        let said = |texts| between(texts, at("2026-12-04T18:30:00Z"), at("2026-12-07T01:30:00Z"), &london());
        assert_eq!(said(EN), "Fri 4 Dec 2026, 18:30 – Mon 7 Dec, 01:30");
        assert_eq!(said(ES), "vie 4 dic 2026, 18:30 – lun 7 dic, 01:30");
    }

    #[test]
    fn an_evening_is_one_day_even_when_it_ends_in_the_morning() {
        let said = |from, to| between(EN, at(from), at(to), &london());
        assert_eq!(said("2026-12-05T22:00:00Z", "2026-12-06T04:00:00Z"), "Sat 5 Dec 2026, 22:00–04:00");
        assert_eq!(said("2026-12-05T18:00:00Z", "2026-12-05T23:00:00Z"), "Sat 5 Dec 2026, 18:00–23:00");
        assert_eq!(said("2026-12-05T02:00:00Z", "2026-12-06T04:00:00Z"), "Sat 5 Dec 2026, 02:00 – Sun 6 Dec, 04:00");
        assert_eq!(said("2026-12-05T22:00:00Z", "2026-12-06T06:01:00Z"), "Sat 5 Dec 2026, 22:00 – Sun 6 Dec, 06:01");
    }

    #[test]
    fn new_year_names_both_years() {
        let said = between(EN, at("2026-12-30T20:00:00Z"), at("2027-01-02T02:00:00Z"), &london());
        assert_eq!(said, "Wed 30 Dec 2026, 20:00 – Sat 2 Jan 2027, 02:00");
    }

    #[test]
    fn times_are_those_of_the_events_own_place() {
        let tokyo = "Asia/Tokyo".parse().unwrap();
        assert_eq!(date_time(EN, at("2026-12-04T18:30:00Z"), &tokyo), "Sat 5 Dec 2026, 03:30");
        assert_eq!(date_time(EN, at("2026-07-04T18:30:00Z"), &london()), "Sat 4 Jul 2026, 19:30");
        assert_eq!(zone(EN, &"America/New_York".parse().unwrap(), Timestamp::UNIX_EPOCH), "New York time");
        assert_eq!(zone(ES, &london(), Timestamp::UNIX_EPOCH), "hora de London");
        assert_eq!(zone(EN, &"UTC".parse().unwrap(), Timestamp::UNIX_EPOCH), "UTC");
    }

    #[test]
    fn days_are_written_out_in_the_readers_language() {
        let date = Date::constant(2026, 12, 4);
        assert_eq!(long_date(EN, date), "Friday 4 December 2026");
        assert_eq!(long_date(ES, date), "viernes 4 de diciembre de 2026");
        assert_eq!(item_day(EN, Day::On(date)), "Fri 4 Dec");
        assert_eq!(item_day(ES, Day::All), "Todos los días");
    }

    #[test]
    fn every_weekday_and_month_has_its_name() {
        for texts in [EN, ES] {
            for (key, count) in [("wording-weekdays", 7), ("wording-months", 12)] {
                assert_eq!(texts.say(key).split_whitespace().count(), count);
                assert_eq!(texts.say(&format!("{key}-short")).split_whitespace().count(), count);
            }
        }
    }

    #[test]
    fn what_is_older_than_a_moment_says_as_of_when_it_is() {
        let zone = "Europe/London".parse().unwrap();
        let said = |texts, now| as_of(texts, at("2026-07-01T17:30:05Z"), at(now), &zone);
        assert_eq!(said(EN, "2026-07-01T17:30:07.9Z"), None);
        assert_eq!(said(EN, "2026-07-01T17:30:08Z").as_deref(), Some("As of 18:30:05"));
        assert_eq!(said(ES, "2026-07-01T17:31:00Z").as_deref(), Some("A las 18:30:05"));
    }

    #[test]
    fn time_left_and_time_past_are_said_in_two_units_at_most() {
        let span = |seconds| duration(EN, SignedDuration::from_secs(seconds));
        assert_eq!(
            [span(7_800), span(7_200), span(1_799), span(59), span(-5)],
            ["2 h 10 min", "2 h", "29 min", "59 s", "0 s"]
        );
        assert_eq!([span(47 * 3_600), span(48 * 3_600)], ["47 h", "2 days"]);
        let now = at("2026-11-01T12:00:00Z");
        assert_eq!(left(EN, at("2026-11-01T12:29:30Z"), now), "29 min left");
        assert_eq!(left(ES, at("2026-11-01T12:29:30Z"), now), "quedan 29 min");
        assert_eq!(ago(EN, at("2026-11-01T11:55:00Z"), now), "5 min ago");
        assert_eq!(ago(ES, at("2026-11-01T12:00:01Z"), now), "ahora mismo");
    }
}
