//! The organisation, its festival with doors and wristbands, its weekly series and its small party.

use std::collections::BTreeMap;

use domain::catalogue::{
    Day, Event, EventDraft, EventStatus, Item, ItemDraft, Kind, Live, Pass, PassDraft, RateId, RolePlaces,
};
use domain::door::{When, Wristband, WristbandRule};
use domain::payments::Method;
use domain::pricing::PriceStep;
use domain::values::{Amount, ItemId, Ksuid, Pointer, Prose, StepId};
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};

use super::fixture::{Fixture, FixtureItem, FixtureRule};
use crate::Engine;
use crate::catalogue::{FirstEvent, Next, SeriesDraft};
use crate::once::Remember;
use crate::organisations::{OrganisationDraft, OrganisationSettings};
use crate::scope::{PlatformScope, StaffScope};
use crate::stop::{Fault, Stop};

/// The festival as it was made, by the keys of its fixture.
#[derive(Debug, Clone)]
pub struct FestivalMade {
    /// The program as its organisation's owner.
    pub scope: StaffScope,
    /// The festival.
    pub event: Event,
    /// Its items by key: `fri-party`, `sat-classes` …
    pub items: BTreeMap<String, Item>,
    /// Its passes by key: `full`, `party` …
    pub passes: BTreeMap<String, Pass>,
}

fn impossible<E: std::fmt::Debug>(error: E) -> Stop {
    tracing::error!(?error, "the demonstration");
    Fault::Impossible("a date or text of the demonstration").into()
}

/// Makes the fixture's organisation and festival, with doors and wristbands; nothing is sold yet. It starts on the next
/// Friday that is at least two weeks away.
pub async fn make_festival(engine: &Engine) -> Result<FestivalMade, Stop> {
    let fixture = Fixture::read()?;
    let scope = make_organisation(engine, &fixture).await?;
    let days = days_to_next_start(&fixture, engine.now())?;
    let draft = festival_draft(&fixture, days)?;
    let slug = &fixture.event.slug;
    let event = engine.create_event(&scope, slug, &draft, &Remember::nothing()).await?.value;
    let mut items = BTreeMap::new();
    for item in &fixture.items {
        let made = engine.create_item(&scope, slug, &item_draft(engine, item, days)?, &Remember::nothing()).await?;
        items.insert(item.key.clone(), made.value);
    }
    let mut passes = BTreeMap::new();
    for pass in &fixture.passes {
        let includes: Vec<ItemId> = pass.includes.iter().filter_map(|key| items.get(key)).map(|item| item.id).collect();
        let draft = PassDraft {
            name: pass.name.clone(),
            description: Prose::default(),
            includes,
            steps: one_step(engine, &pass.prices)?,
            capacity: None,
            roles: None,
            live: Live::Yes,
        };
        let made = engine.create_pass(&scope, slug, &draft, &Remember::nothing()).await?;
        passes.insert(pass.key.clone(), made.value);
    }
    let rules: Vec<WristbandRule> = fixture.wristbands.iter().map(|rule| wristband_rule(rule, &items)).collect();
    engine.set_wristbands(&scope, slug, rules).await?;
    engine.make_day_doors(&scope, slug, &|day| door_name(day)).await?;
    Ok(FestivalMade { scope, event, items, passes })
}

async fn make_organisation(engine: &Engine, fixture: &Fixture) -> Result<StaffScope, Stop> {
    let organisation = &fixture.organisation;
    let draft = OrganisationDraft {
        slug: organisation.slug.clone(),
        name: organisation.name.clone(),
        currency: organisation.currency,
        time_zone: organisation.time_zone.clone(),
    };
    engine.create_organisation(&PlatformScope::of_the_program(), draft, &Remember::nothing()).await?;
    let scope = engine.program_scope(&organisation.slug).await?;
    let settings = OrganisationSettings {
        description: prose(
            "Salsa, bachata and kizomba in the north of England: a festival each winter, classes each week, and parties in between.",
        )?,
        reply_to: Some("hello@northern-salsa.example".parse().map_err(impossible)?),
        brand_colour: Some("#c8313f".parse().map_err(impossible)?),
        bank_details: prose(
            "Northern Salsa Collective\nSort code 00-00-00, account 12345678\nPlease give the order number as the reference.",
        )?,
        ..OrganisationSettings::of(scope.organisation())
    };
    engine.update_organisation(&scope, None, &|_| Ok(settings.clone())).await?;
    engine.program_scope(&organisation.slug).await
}

fn prose(text: &str) -> Result<Prose, Stop> {
    text.parse().map_err(impossible)
}

/// By how many days the fixture's dates move.
fn days_to_next_start(fixture: &Fixture, now: Timestamp) -> Result<i32, Stop> {
    let zone = fixture.organisation.time_zone.zone();
    let first = fixture.event.starts_at.to_zoned_datetime(zone.clone()).date();
    let earliest = now.to_zoned_datetime(zone).date().checked_add(Span::new().days(14)).map_err(impossible)?;
    let friday = match earliest.weekday() {
        Weekday::Friday => earliest,
        _ => earliest.nth_weekday(1, Weekday::Friday).map_err(impossible)?,
    };
    Ok(first.until(friday).map_err(impossible)?.get_days())
}

/// The same local time, so many days later.
fn later(at: Timestamp, days: i32, fixture: &Fixture) -> Result<Timestamp, Stop> {
    let zone = fixture.organisation.time_zone.zone();
    let local = at.to_zoned_datetime(zone.clone()).datetime();
    let moved = local.checked_add(Span::new().days(days)).map_err(impossible)?;
    Ok(moved.to_zoned_datetime(zone).map_err(impossible)?.timestamp())
}

fn festival_draft(fixture: &Fixture, days: i32) -> Result<EventDraft, Stop> {
    let event = &fixture.event;
    Ok(EventDraft {
        title: event.title.clone(),
        description: prose(
            "Three nights and two days in one hotel: workshops in four rooms, shows, a gala dinner, and social dancing until late. Come for a party, a day, or all of it.",
        )?,
        starts_at: later(event.starts_at, days, fixture)?,
        ends_at: later(event.ends_at, days, fixture)?,
        time_zone: Some(fixture.organisation.time_zone.clone()),
        venue: Some(event.venue.clone()),
        capacity: Some(event.capacity),
        rates: event.rates.clone(),
        rooms: event.rooms.clone(),
        payment_methods: event.payment_methods.clone(),
        hold_minutes: 30,
        status: EventStatus::Live,
        series: None,
    })
}

fn item_draft(engine: &Engine, item: &FixtureItem, days: i32) -> Result<ItemDraft, Stop> {
    let day = match item.day {
        Day::On(date) => Day::On(date.checked_add(Span::new().days(days)).map_err(impossible)?),
        Day::All => Day::All,
    };
    Ok(ItemDraft {
        name: item.name.clone(),
        description: Prose::default(),
        kind: item.kind,
        day: Some(day),
        steps: Some(one_step(engine, &item.prices)?),
        steps_at: Pointer::to("pricing_schedule"),
        capacity: Some(item.capacity),
        roles: None,
        live: Live::Yes,
        sold_alone: true,
    })
}

fn one_step(engine: &Engine, prices: &BTreeMap<RateId, Amount>) -> Result<Vec<PriceStep>, Stop> {
    Ok(vec![PriceStep {
        id: engine.fresh::<StepId>(),
        name: "Standard price".parse().map_err(impossible)?,
        prices: prices.clone(),
        until_at: None,
        until_sold: None,
    }])
}

fn wristband_rule(rule: &FixtureRule, items: &BTreeMap<String, Item>) -> WristbandRule {
    let ids = |keys: &[String]| -> Vec<Ksuid> {
        keys.iter().filter_map(|key| items.get(key)).map(|item| item.id.0).collect()
    };
    WristbandRule {
        when: When { all: ids(&rule.when.all), any: ids(&rule.when.any), rates: Vec::new() },
        hand_out: Wristband {
            name: rule.hand_out.name.clone(),
            colour: rule.hand_out.colour.clone(),
            material: rule.hand_out.material.clone(),
        },
        skip: rule.skip.clone(),
    }
}

fn door_name(day: Option<Date>) -> String {
    day.map_or_else(|| "Main".to_owned(), |day| format!("Main, {}", day.strftime("%A")))
}

/// The weekly series: its first evening on the coming Sunday, and the two after it.
pub(super) async fn make_series(engine: &Engine, festival: &FestivalMade) -> Result<(Event, Item), Stop> {
    let fixture = Fixture::read()?;
    let scope = &festival.scope;
    let series = SeriesDraft {
        slug: fixture.series.slug.clone(),
        title: fixture.series.title.clone(),
        description: prose(
            "Every Sunday: sign in at 19:00, classes at six levels from 19:30, then social dancing until 23:00.",
        )?,
    };
    engine.create_series(scope, &series, &Remember::nothing()).await?;
    let zone = festival.event.time_zone.zone();
    let today = engine.now().to_zoned_datetime(zone).date();
    let sunday = today.nth_weekday(1, Weekday::Sunday).map_err(impossible)?;
    let methods = [Method::AtDoor, Method::Card];
    let evening = evening(festival, &fixture.series.title, sunday, (19, 23), &methods)?;
    let draft = EventDraft { series: Some(fixture.series.slug.clone()), ..evening };
    let first = Next::First(FirstEvent { slug: None, draft });
    let event = engine.next_in_series(scope, &fixture.series.slug, &first, &Remember::nothing()).await?.value;
    let prices = [("standard", 1_000), ("student", 800)];
    let class = ItemDraft {
        roles: Some(RolePlaces { leader: 40, follower: 40 }),
        ..item_of((Kind::Class, "Class and social", sunday), one_step(engine, &amounts(&prices)?)?, 90)?
    };
    let class = engine.create_item(scope, &event.event.event, &class, &Remember::nothing()).await?.value;
    engine.make_day_doors(scope, &event.event.event, &|day| door_name(day)).await?;
    for week in 1..=2 {
        let on = sunday.checked_add(Span::new().weeks(week)).map_err(impossible)?;
        engine.next_in_series(scope, &fixture.series.slug, &Next::On(on), &Remember::nothing()).await?;
    }
    Ok((event, class))
}

/// The small party: tonight, paid at the door.
pub(super) async fn make_party(engine: &Engine, festival: &FestivalMade) -> Result<(Event, Item), Stop> {
    let fixture = Fixture::read()?;
    let scope = &festival.scope;
    let today = engine.now().to_zoned_datetime(festival.event.time_zone.zone()).date();
    let draft = evening(festival, &fixture.small_event.title, today, (20, 26), &[Method::AtDoor])?;
    let event = engine.create_event(scope, &fixture.small_event.slug, &draft, &Remember::nothing()).await?.value;
    let steps = one_step(engine, &amounts(&[("standard", 1_200)])?)?;
    let item = item_of((Kind::Party, "Noche Rebelde", today), steps, 150)?;
    let item = engine.create_item(scope, &event.event.event, &item, &Remember::nothing()).await?.value;
    engine.make_day_doors(scope, &event.event.event, &|_| "Main door".to_owned()).await?;
    Ok((event, item))
}

/// An evening of the organisation, from one hour of a day to another (26 is 2 in the morning).
fn evening(
    festival: &FestivalMade,
    title: &domain::values::Title,
    day: Date,
    (from, to): (i8, i8),
    methods: &[Method],
) -> Result<EventDraft, Stop> {
    let zone = festival.event.time_zone.clone();
    let at = |hour: i8| -> Result<Timestamp, Stop> {
        let day = day.checked_add(Span::new().days(i32::from(hour / 24))).map_err(impossible)?;
        let local = day.at(hour % 24, 0, 0, 0);
        Ok(local.to_zoned_datetime(zone.zone()).map_err(impossible)?.timestamp())
    };
    Ok(EventDraft {
        title: title.clone(),
        description: Prose::default(),
        starts_at: at(from)?,
        ends_at: at(to)?,
        time_zone: Some(zone.clone()),
        venue: festival.event.venue.clone(),
        capacity: None,
        rates: festival.event.rates.clone(),
        rooms: Vec::new(),
        payment_methods: methods.to_vec(),
        hold_minutes: 30,
        status: EventStatus::Live,
        series: None,
    })
}

fn amounts(prices: &[(&str, i64)]) -> Result<BTreeMap<RateId, Amount>, Stop> {
    prices.iter().map(|(rate, price)| Ok((rate.parse().map_err(impossible)?, Amount::minor(*price)))).collect()
}

fn item_of((kind, name, day): (Kind, &str, Date), steps: Vec<PriceStep>, capacity: u32) -> Result<ItemDraft, Stop> {
    Ok(ItemDraft {
        name: name.parse().map_err(impossible)?,
        description: Prose::default(),
        kind,
        day: Some(Day::On(day)),
        steps: Some(steps),
        steps_at: Pointer::to("pricing_schedule"),
        capacity: Some(capacity),
        roles: None,
        live: Live::Yes,
        sold_alone: true,
    })
}
