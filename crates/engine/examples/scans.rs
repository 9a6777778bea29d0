//! What the door takes on this disk: scans a second in batches, each on disk before it is answered.
//!
//! `cargo run --release -p engine --example scans -- [folder] [tickets] [scans of a batch] [batches at once]`

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::catalogue::{Event, EventDraft, ItemDraft, Kind};
use domain::door::{Action, Door, DoorDraft, Mode, ScanRequest, Scanned};
use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::organisations::TimeZoneName;
use domain::payments::Method;
use domain::people::{Grant, Permission, StaffRole, Token};
use domain::values::{Faults, ItemId, Pointer, Slug};
use engine::demonstration::{FestivalMade, make_festival};
use engine::door::ScanAnswer;
use engine::once::Remember;
use engine::orders::{BuyerDraft, PlaceOrder};
use engine::scope::{Caller, StaffScope};
use engine::stop::Stop;
use engine::testing::house_on;
use engine::{Engine, SetClock};
use jiff::Timestamp;
use store::embedded::Embedded;

type Fault = Box<dyn std::error::Error + Send + Sync>;

#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn fault(stop: Stop) -> Fault {
    format!("{stop:?}").into()
}

#[tokio::main]
#[allow(clippy::print_stdout, reason = "printing is what it is for")]
async fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("door-scans"), PathBuf::from);
    let mut number = |usual| arguments.next().map_or(Ok(usual), |text| text.parse::<usize>());
    let (tickets, batch, at_once) = (number(4_000)?, number(100)?.clamp(1, 200), number(8)?.max(1));

    let clock = Arc::new(SetClock::at(Timestamp::from_second(1_793_534_400)?));
    let table = Arc::new(Embedded::open(&folder, clock.clone())?);
    let engine = house_on(table, clock, 1).engine;
    let festival = make_festival(&engine).await.map_err(fault)?;
    let (slug, owner) = (festival.event.event.event.clone(), festival.scope.clone());
    let party = make_party(&engine, &festival).await.map_err(fault)?;
    let door = make_door(&engine, &festival, party).await.map_err(fault)?;
    let caller = door_staff(&engine, &owner);
    let scope = engine.staff_scope(&caller, &owner.organisation().slug, Permission::Scan).await.map_err(fault)?;
    let barcodes = sell(&engine, &festival, (party, tickets)).await.map_err(fault)?;

    for round in ["admitted", "already_in"] {
        let requests: Vec<_> =
            barcodes.iter().enumerate().map(|(n, code)| Ok(request(round, n, code, &door))).collect();
        let batches = requests.chunks(batch).map(<[_]>::to_vec).collect();
        let (begun, busy) = (Instant::now(), processor_time());
        let answers = send(&engine, &scope, &slug, batches, at_once).await?;
        let (elapsed, busy) = (begun.elapsed(), processor_time().saturating_sub(busy));
        let count = u32::try_from(answers.len().max(1))?;
        let as_expected = answers.iter().filter(|answer| is_word(answer, round)).count();
        println!(
            "{count} scans, {as_expected} {round}: {:.0} a second, {:?} of processor time each, in batches of {batch}, {at_once} at once",
            f64::from(count) / elapsed.as_secs_f64(),
            busy / count,
        );
    }
    Ok(())
}

/// An item without a limit, and an event without one.
async fn make_party(engine: &Engine, festival: &FestivalMade) -> Result<ItemId, Stop> {
    let event = &festival.event.event.event;
    let zone = &festival.event.time_zone;
    let unlimited = |event: &Event| Ok(EventDraft { capacity: None, ..draft_of(event, zone) });
    engine.update_event(&festival.scope, event, None, &unlimited).await?;
    let like = festival.items.values().find(|item| item.kind == Kind::Party).ok_or(domain::Refusal::NotFound)?;
    let draft = ItemDraft {
        name: like.name.clone(),
        description: like.description.clone(),
        kind: like.kind,
        day: like.day,
        steps: like.pricing.clone().map(|pricing| pricing.steps),
        steps_at: Pointer::root(),
        capacity: None,
        roles: None,
        live: like.live,
        sold_alone: true,
    };
    Ok(engine.create_item(&festival.scope, event, &draft, &Remember::nothing()).await?.value.id)
}

fn draft_of(event: &Event, zone: &TimeZoneName) -> EventDraft {
    let event = event.clone();
    EventDraft {
        title: event.title,
        description: event.description,
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        time_zone: Some(zone.clone()),
        venue: event.venue,
        capacity: event.capacity,
        rates: event.rates,
        rooms: event.rooms,
        payment_methods: event.payment_methods,
        hold_minutes: event.hold_minutes,
        status: event.status,
        series: event.series,
    }
}

async fn make_door(engine: &Engine, festival: &FestivalMade, party: ItemId) -> Result<Door, Stop> {
    let items = festival.items.values().map(|item| item.id).chain([party]).collect();
    let name = "Main".parse().map_err(|_| domain::Refusal::NotFound)?;
    let draft = DoorDraft { name, items, opens_at: None, closes_at: None, tolerance_minutes: 0, reentry: false };
    let event = &festival.event.event.event;
    Ok(engine.create_door(&festival.scope, event, &draft, &Remember::nothing()).await?.value)
}

fn door_staff(engine: &Engine, owner: &StaffScope) -> Caller {
    let organisation = owner.organisation().slug.clone();
    let grant = Grant::Staff { organisation, role: StaffRole::BoxOffice };
    let name = "door".parse().unwrap_or_else(|_| unreachable!());
    Caller::Program(Token { id: engine.fresh(), name, grant, revoked_at: None })
}

/// Sells so many tickets to an item for cash, and answers their barcodes.
async fn sell(engine: &Engine, festival: &FestivalMade, (item, tickets): (ItemId, usize)) -> Result<Vec<String>, Stop> {
    let organisation = &festival.scope.organisation().slug;
    let scope = engine.shop_scope(&door_staff(engine, &festival.scope), organisation).await?;
    let mut barcodes = Vec::new();
    while barcodes.len() < tickets {
        let ticket = TicketRequest { items: vec![item], ..TicketRequest::default() };
        let wanted = PlaceOrder {
            event: festival.event.event.event.clone(),
            buyer: "ana@example.org"
                .parse()
                .ok()
                .zip("Ana".parse().ok())
                .map(|(email, full_name)| BuyerDraft { email, full_name }),
            request: OrderRequest {
                tickets: vec![ticket; (tickets - barcodes.len()).min(15)],
                payment: Some(PaymentRequest { method: Method::Cash, reference: None }),
                expected_total: None,
            },
        };
        let order = engine.place_order(&scope, &wanted, Remember::nothing()).await?;
        barcodes.extend(order.tickets.into_iter().filter_map(|ticket| ticket.barcode));
    }
    Ok(barcodes)
}

fn request(round: &str, n: usize, barcode: &str, door: &Door) -> ScanRequest {
    ScanRequest {
        id: format!("{round}-{n:06}").parse().unwrap_or_else(|_| unreachable!()),
        scanned: Scanned::Barcode(barcode.to_owned()),
        door: door.id,
        device: "phone".parse().unwrap_or_else(|_| unreachable!()),
        action: Action::Entry,
        scanned_at: Timestamp::UNIX_EPOCH,
        mode: Mode::Online,
        shown: None,
        overriding: None,
    }
}

async fn send(
    engine: &Arc<Engine>,
    scope: &StaffScope,
    event: &Slug,
    batches: Vec<Vec<Result<ScanRequest, Faults>>>,
    at_once: usize,
) -> Result<Vec<ScanAnswer>, Fault> {
    let waiting = Arc::new(std::sync::Mutex::new(batches));
    let mut phones = tokio::task::JoinSet::new();
    for _ in 0..at_once {
        let (engine, scope, event, waiting) = (engine.clone(), scope.clone(), event.clone(), waiting.clone());
        phones.spawn(async move {
            let mut answers = Vec::new();
            loop {
                let next = waiting.lock().ok().and_then(|mut waiting| waiting.pop());
                let Some(batch) = next else { return Ok::<_, Fault>(answers) };
                answers.extend(engine.record_scans(&scope, &event, &batch).await.map_err(fault)?);
            }
        });
    }
    let mut answers = Vec::new();
    while let Some(done) = phones.join_next().await {
        answers.extend(done??);
    }
    Ok(answers)
}

fn is_word(answer: &ScanAnswer, word: &str) -> bool {
    matches!(answer, ScanAnswer::Recorded(result) if result.verdict.word().word() == word)
}

/// What this process has used of the processor, on Linux; to a hundredth of a second.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |place| after_name.split_whitespace().nth(place).and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
