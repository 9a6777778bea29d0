//! What an operation costs: table calls, rows read and rows written, counted, and the same in a small event and a large
//! one. Whoever adds a read changes a number here, and in the table of `docs/data-model.md`.
//!
//! By default the large event has 20,000 tickets, with `PROVE=1` 100,000.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "whatever fails here is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::catalogue::{EventDraft, EventStatus, ItemDraft, Kind, Live, PassDraft, Rate};
use domain::door::{Action, Door, DoorDraft, Mode, ScanRequest, Scanned, VerdictWord};
use domain::orders::{OrderRequest, OrderState, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::people::{Permission, StaffRole};
use domain::pricing::PriceStep;
use domain::values::{Amount, ItemId, Ksuid, Money, PassId, Pointer, Prose, Slug};
use engine::Engine;
use engine::door::ScanAnswer;
use engine::once::{Answer, Once, Remember};
use engine::orders::{BuyerDraft, OrderScope, OrderView, PaymentDraft, PlaceOrder};
use engine::organisations::OrganisationDraft;
use engine::people::TokenDraft;
use engine::scope::{PlatformScope, StaffScope};
use engine::testing::{House, house_on};
use engine::tickets::{TicketScope, VoidTicket};
use store::clock::{Clock, SetClock};
use store::memory::Memory;
use store::row::{Key, Row};
use store::table::{Index, Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

/// What was asked of the table: calls, rows that were asked for by key or answered to a query, and writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    calls: usize,
    rows_read: usize,
    rows_written: usize,
}

/// A table that counts.
#[derive(Debug)]
struct Counting {
    inner: Memory,
    calls: AtomicUsize,
    rows_read: AtomicUsize,
    rows_written: AtomicUsize,
    /// The partitions of indexes that were queried.
    of_indexes: Mutex<Vec<String>>,
    /// How long each call takes, in milliseconds of tokio's time.
    takes: AtomicU64,
}

impl Counting {
    /// The partitions of indexes that were queried since this was asked last, as far as they are none of these.
    fn indexes_besides(&self, expected: &[&str]) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.of_indexes.lock().unwrap());
        asked.retain(|partition| !expected.iter().any(|expected| partition.starts_with(expected)));
        asked
    }

    /// A call on its way: counted when it is made, and answered after a while.
    async fn count(&self, read: usize, written: usize) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.rows_read.fetch_add(read, Ordering::SeqCst);
        self.rows_written.fetch_add(written, Ordering::SeqCst);
        let takes = self.takes.load(Ordering::SeqCst);
        if takes > 0 {
            tokio::time::sleep(Duration::from_millis(takes)).await;
        }
    }

    /// What it cost since this was asked last.
    fn since_then(&self) -> Cost {
        let take = |counter: &AtomicUsize| counter.swap(0, Ordering::SeqCst);
        Cost { calls: take(&self.calls), rows_read: take(&self.rows_read), rows_written: take(&self.rows_written) }
    }
}

#[async_trait]
impl Table for Counting {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        self.count(1, 0).await;
        self.inner.get(key).await
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        self.count(keys.len(), 0).await;
        self.inner.get_many(keys).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        if query.index != Index::Table {
            self.of_indexes.lock().unwrap().push(query.partition.clone());
        }
        let page = self.inner.query(query).await?;
        self.count(page.rows.len(), 0).await;
        Ok(page)
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        self.count(0, writes.len()).await;
        self.inner.transact(writes).await
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.inner.scan(after, limit).await
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        self.inner.load(rows).await
    }
}

/// An event of which everything is counted that can be, with a pass of three items.
struct Hall {
    house: House,
    table: Arc<Counting>,
    event: Slug,
    pass: PassId,
    door: Door,
    box_office: String,
    door_staff: String,
}

async fn hall() -> Hall {
    let clock = Arc::new(SetClock::at("2026-11-01T12:00:00Z".parse().unwrap()));
    let counter = AtomicUsize::default;
    let inner = Memory::new(clock.clone());
    let table = Arc::new(Counting {
        inner,
        calls: counter(),
        rows_read: counter(),
        rows_written: counter(),
        of_indexes: Mutex::default(),
        takes: AtomicU64::new(0),
    });
    let house = house_on(table.clone(), clock, 1);
    let engine = &house.engine;
    let organisation = OrganisationDraft {
        slug: northern_salsa(),
        name: "Northern Salsa".parse().unwrap(),
        currency: "GBP".parse().unwrap(),
        time_zone: "Europe/London".parse().unwrap(),
    };
    let platform = PlatformScope::of_the_program();
    engine.create_organisation(&platform, organisation, &Remember::nothing()).await.unwrap();
    let secret = async |role| {
        let draft = TokenDraft { name: "Till".parse().unwrap(), role };
        engine.create_token_of(&platform, &northern_salsa(), draft, Remember::nothing()).await.unwrap().secret
    };
    let owner = secret(StaffRole::Owner).await;
    let owner = engine.caller_of_token(&owner).await.unwrap().unwrap();
    let scope = engine.staff_scope(&owner, &northern_salsa(), Permission::EditEvents).await.unwrap();
    let event: Slug = "mersey".parse().unwrap();
    engine.create_event(&scope, &event, &event_draft(), &Remember::nothing()).await.unwrap();
    let mut items = Vec::new();
    for name in ["Class", "Party", "Talk"] {
        let draft = item_draft(engine, name);
        items.push(engine.create_item(&scope, &event, &draft, &Remember::nothing()).await.unwrap().value.id);
    }
    let draft = pass_draft(engine, &items);
    let pass = engine.create_pass(&scope, &event, &draft, &Remember::nothing()).await.unwrap().value.id;
    let door = make_door(engine, &scope, &event, items).await;
    let (box_office, door_staff) = (secret(StaffRole::BoxOffice).await, secret(StaffRole::Door).await);
    Hall { house, table, event, pass, door, box_office, door_staff }
}

fn northern_salsa() -> Slug {
    "northern-salsa".parse().unwrap()
}

const MANY: Option<u32> = Some(500_000);

fn event_draft() -> EventDraft {
    EventDraft {
        title: "Mersey".parse().unwrap(),
        description: Prose::default(),
        starts_at: "2026-12-04T18:30:00Z".parse().unwrap(),
        ends_at: "2026-12-07T01:30:00Z".parse().unwrap(),
        time_zone: None,
        venue: None,
        capacity: MANY,
        rates: vec![Rate { id: "standard".parse().unwrap(), name: "Standard".parse().unwrap(), proof_required: false }],
        rooms: Vec::new(),
        payment_methods: Method::OFFERED.to_vec(),
        hold_minutes: 30,
        status: EventStatus::Live,
        series: None,
    }
}

fn steps(engine: &Engine) -> Vec<PriceStep> {
    let prices = BTreeMap::from([("standard".parse().unwrap(), Amount::minor(2_500))]);
    vec![PriceStep { id: engine.fresh(), name: "Step".parse().unwrap(), prices, until_at: None, until_sold: None }]
}

fn item_draft(engine: &Engine, name: &str) -> ItemDraft {
    ItemDraft {
        name: name.parse().unwrap(),
        description: Prose::default(),
        kind: Kind::Party,
        day: None,
        steps: Some(steps(engine)),
        steps_at: Pointer::to("pricing_schedule"),
        capacity: MANY,
        roles: None,
        live: Live::Yes,
        sold_alone: true,
    }
}

fn pass_draft(engine: &Engine, items: &[ItemId]) -> PassDraft {
    PassDraft {
        name: "Full".parse().unwrap(),
        description: Prose::default(),
        includes: items.to_vec(),
        steps: steps(engine),
        capacity: MANY,
        roles: None,
        live: Live::Yes,
    }
}

async fn make_door(engine: &Engine, scope: &StaffScope, event: &Slug, items: Vec<ItemId>) -> Door {
    let draft = DoorDraft {
        name: "Main".parse().unwrap(),
        items,
        opens_at: None,
        closes_at: None,
        tolerance_minutes: 0,
        reentry: false,
    };
    engine.create_door(scope, event, &draft, &Remember::nothing()).await.unwrap().value
}

impl Hall {
    /// One complimentary ticket for the pass, as a request with a token and a key comes.
    async fn order(&self, buyer: &str, key: &str) -> OrderView {
        self.order_by(Method::Complimentary, buyer, key).await
    }

    async fn order_by(&self, method: Method, buyer: &str, key: &str) -> OrderView {
        let engine = &self.house.engine;
        let caller = engine.caller_of_token(&self.box_office).await.unwrap().unwrap();
        let scope = engine.shop_scope(&caller, &northern_salsa()).await.unwrap();
        let once = Some(Once::new("till", "POST /orders", key, b""));
        let email = format!("{buyer}@dancers.example").parse().unwrap();
        let wanted = PlaceOrder {
            event: self.event.clone(),
            buyer: Some(BuyerDraft { email, full_name: buyer.parse().unwrap() }),
            request: OrderRequest {
                tickets: vec![TicketRequest { passes: vec![self.pass], ..TicketRequest::default() }],
                payment: Some(PaymentRequest { method, reference: None }),
                expected_total: None,
            },
        };
        let answer = |view: &OrderView| Answer { status: 201, body: view.order.id.to_string() };
        engine.place_order(&scope, &wanted, Remember::new(once, &answer)).await.unwrap()
    }

    /// One scan, as a request with a token comes.
    async fn scan(&self, id: &str, barcode: &str) -> VerdictWord {
        let engine = &self.house.engine;
        let caller = engine.caller_of_token(&self.door_staff).await.unwrap().unwrap();
        let scope = engine.staff_scope(&caller, &northern_salsa(), Permission::Scan).await.unwrap();
        let request = ScanRequest {
            id: id.parse().unwrap(),
            scanned: Scanned::Barcode(barcode.to_owned()),
            door: self.door.id,
            device: "phone".parse().unwrap(),
            action: Action::Entry,
            scanned_at: self.house.clock.now(),
            mode: Mode::Online,
            shown: None,
            overriding: None,
        };
        let answers = engine.record_scans(&scope, &self.event, &[Ok(request)]).await.unwrap();
        match &answers[0] {
            ScanAnswer::Recorded(result) => result.verdict.word(),
            ScanAnswer::Invalid(faults) => panic!("{faults:?}"),
        }
    }

    /// Fills the event up to so many tickets, with copies of one that was really ordered: every row of it, under fresh
    /// identifiers and for another buyer.
    async fn fill(&self, tickets: usize) {
        let before = self.rows().await;
        let view = self.order("patternperson", "pattern").await;
        assert_eq!(view.tickets.len(), 1);
        let is_new = |row: &Row| row.entity != "STOCK" && row.entity != "OPERATION" && !before.contains(row);
        let pattern: Vec<Row> = self.rows().await.into_iter().filter(is_new).collect();
        let identifiers = identifiers_in(&pattern, &before);
        let mut rows = Vec::new();
        for n in 1..tickets {
            let fresh = |old: &String| (old.clone(), self.house.engine.fresh::<Ksuid>().to_string());
            let mut names: Vec<(String, String)> = identifiers.iter().map(fresh).collect();
            names.push(("patternperson".to_owned(), format!("dancer{n}")));
            rows.extend(pattern.iter().map(|row| renamed(row, &names)));
        }
        self.table.load(rows).await.unwrap();
    }

    async fn rows(&self) -> Vec<Row> {
        self.table.scan(None, usize::MAX).await.unwrap().0
    }
}

/// The identifiers in the text of some rows that are not in the text of others.
fn identifiers_in(rows: &[Row], others: &[Row]) -> BTreeSet<String> {
    let words = |rows: &[Row]| -> BTreeSet<String> {
        let text = format!("{rows:?}");
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.filter(|word| word.parse::<Ksuid>().is_ok()).map(ToOwned::to_owned).collect()
    };
    &words(rows) - &words(others)
}

/// A row under other names.
fn renamed(row: &Row, names: &[(String, String)]) -> Row {
    let other = |text: &str| names.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    let key = |key: &Key| Key::new(other(&key.pk), other(&key.sk));
    Row {
        key: key(&row.key),
        gsi1: row.gsi1.as_ref().map(key),
        gsi2: row.gsi2.as_ref().map(key),
        document: other(&row.document),
        ..row.clone()
    }
}

#[tokio::test]
async fn an_order_and_a_scan_cost_the_same_however_many_tickets_there_are() {
    let large = if std::env::var_os("PROVE").is_some_and(|prove| prove == "1") { 100_000 } else { 20_000 };
    for tickets in [1_000, large] {
        let hall = hall().await;
        hall.fill(tickets).await;
        let kept = hall.rows().await.into_iter().filter(|row| row.entity == "TICKET").count();
        assert_eq!(kept, tickets);
        // What may be 5 seconds old (keys, doors) is read by these two.
        let warm = hall.order("warm", "warm").await;
        hall.scan("warm-up-scan", "no code").await;
        hall.table.since_then();

        let view = hall.order("ana", "one").await;
        let of_a_new_buyer = Cost { calls: 5, rows_read: 9, rows_written: 15 };
        assert_eq!(hall.table.since_then(), of_a_new_buyer, "{tickets} tickets");
        hall.order("ana", "two").await;
        let of_a_known_buyer = Cost { calls: 5, rows_read: 9, rows_written: 11 };
        assert_eq!(hall.table.since_then(), of_a_known_buyer, "{tickets} tickets");

        let barcode = view.tickets[0].barcode.clone().unwrap();
        assert_eq!(hall.scan("first-scan", &barcode).await, VerdictWord::Admitted);
        let admitted = Cost { calls: 5, rows_read: 4, rows_written: 2 };
        assert_eq!(hall.table.since_then(), admitted, "{tickets} tickets");
        assert_eq!(hall.scan("second-scan", &barcode).await, VerdictWord::AlreadyIn);
        let refused = Cost { calls: 5, rows_read: 5, rows_written: 1 };
        assert_eq!(hall.table.since_then(), refused, "{tickets} tickets");
        assert_eq!(hall.scan("second-scan", &barcode).await, VerdictWord::AlreadyIn);
        let again = Cost { calls: 4, rows_read: 7, rows_written: 0 };
        assert_eq!(hall.table.since_then(), again, "{tickets} tickets");
        assert_eq!(warm.tickets.len(), 1);
    }
}

/// How often an operation waits for the table: calls that it makes side by side are one round trip.
async fn round_trips(table: &Counting, operation: impl Future<Output = ()>) -> u64 {
    table.takes.store(10, Ordering::SeqCst);
    let begun = tokio::time::Instant::now();
    operation.await;
    table.takes.store(0, Ordering::SeqCst);
    u64::try_from(begun.elapsed().as_millis()).unwrap().div_ceil(10)
}

/// After the proof of scope (a token and an organisation, one after the other), two of each; keys, doors and what a pass
/// includes were read before.
#[tokio::test(start_paused = true)]
async fn an_order_and_a_scan_wait_for_the_table_twice() {
    let hall = hall().await;
    hall.order("warm", "warm").await;
    hall.scan("warm-up-scan", "no code").await;
    let scope = 2;
    let mut ordered = None;
    let trips = round_trips(&hall.table, async { ordered = Some(hall.order("ana", "one").await) }).await;
    assert_eq!(trips - scope, 2, "an order");
    let barcode = ordered.unwrap().tickets[0].barcode.clone().unwrap();
    for (id, what) in [("scan-the-first", "a scan that admits"), ("scan-the-second", "a scan that is refused")] {
        let trips = round_trips(&hall.table, async {
            hall.scan(id, &barcode).await;
        });
        assert_eq!(trips.await - scope, 2, "{what}");
    }
    // Cold, the items of a pass and the event's keys are read one after the other.
    let cold = house_on(hall.table.clone(), hall.house.clock.clone(), 2);
    let hall = Hall { house: cold, ..hall };
    let trips = round_trips(&hall.table, async { drop(hall.order("ben", "two").await) }).await;
    assert!(trips - scope <= 4, "{trips} for an order of a process that has just begun");
}

/// What is decided about money, stock, authority and admission is decided from rows that were read by their keys, or in
/// one partition of the table: an index may lag.
#[tokio::test]
async fn no_decision_is_made_from_an_index() {
    let hall = hall().await;
    let engine = &hall.house.engine;
    hall.table.indexes_besides(&[]);
    let nothing =
        |what: &str, but: &[&str]| assert_eq!(hall.table.indexes_besides(but), Vec::<String>::new(), "{what}");

    let caller = engine.caller_of_token(&hall.box_office).await.unwrap().unwrap();
    let staff = engine.staff_scope(&caller, &northern_salsa(), Permission::HandleTickets).await.unwrap();
    nothing("who somebody is, and what they may", &[]);

    let free = hall.order("ana", "free").await;
    nothing("an order that is settled at once", &[]);
    let held = hall.order_by(Method::BankTransfer, "ben", "held").await;
    let abandoned = hall.order_by(Method::BankTransfer, "cleo", "abandoned").await;
    nothing("an order that is held", &[]);
    let pay = async |view: &OrderView| {
        let scope = OrderScope::of_staff(&staff, &hall.event, view.order.id);
        let amount = Money::new(view.order.total, view.order.currency);
        let draft = PaymentDraft { method: Method::Cash, amount, reference: None };
        engine.pay_order(&scope, &draft, Remember::nothing()).await.unwrap()
    };
    pay(&held).await;
    nothing("a payment", &[]);
    hall.house.clock.set("2027-01-01T12:00:00Z".parse().unwrap());
    assert!(engine.meet_deadlines().await.unwrap() > 0);
    nothing("a hold that ends", &[]);
    let late = pay(&abandoned).await;
    assert_eq!(late.order.state, OrderState::Fulfilled);
    nothing("a payment after the hold has ended", &[]);

    let barcode = free.tickets[0].barcode.clone().unwrap();
    hall.scan("scan-the-first", &barcode).await;
    hall.scan("scan-the-second", &barcode).await;
    // By its identifier an earlier scan of something else is found, and told; the event's list finds items, which are
    // then read by their keys.
    nothing("a scan", &["SCAN#", "EVENT#"]);

    let ticket = TicketScope::of_staff(&staff, &hall.event, late.tickets[0].ticket.number);
    engine.reissue_ticket(&ticket, Remember::nothing()).await.unwrap();
    let void = VoidTicket { reason: None, release: true };
    engine.void_ticket(&ticket, &void, Remember::nothing()).await.unwrap();
    // The answer shows what was bought for the ticket.
    nothing("a ticket that changes", &["EVENT#"]);
    let scope = OrderScope::of_staff(&staff, &hall.event, held.order.id);
    engine.cancel_order(&scope, Remember::nothing()).await.unwrap_err();
    nothing("an order that is given up", &[]);
}
