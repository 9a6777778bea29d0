//! An event of which everything is counted that can be, and what is done with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::catalogue::{EventDraft, EventStatus, ItemDraft, Kind, Live, PassDraft, Rate};
use domain::door::{Action, Door, DoorDraft, Mode, ScanRequest, Scanned, VerdictWord};
use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::people::{Permission, StaffRole};
use domain::pricing::PriceStep;
use domain::values::{Amount, ItemId, Ksuid, PassId, Pointer, Prose, Slug};
use engine::Engine;
use engine::door::ScanAnswer;
use engine::once::{Answer, Once, Remember};
use engine::orders::{BuyerDraft, OrderView, PlaceOrder};
use engine::organisations::OrganisationDraft;
use engine::people::TokenDraft;
use engine::scope::{PlatformScope, StaffScope};
use engine::testing::{House, house_on};
use store::clock::{Clock, SetClock};
use store::memory::Memory;
use store::row::{Key, Row};
use store::table::Table;

use crate::counting::Counting;

/// An event of which everything is counted that can be, with a pass of three items.
pub struct Hall {
    pub house: House,
    pub table: Arc<Counting>,
    pub event: Slug,
    pub pass: PassId,
    pub door: Door,
    pub box_office: String,
    pub door_staff: String,
}

pub async fn hall() -> Hall {
    let clock = Arc::new(SetClock::at("2026-11-01T12:00:00Z".parse().unwrap()));
    let table = Arc::new(Counting::new(Memory::new(clock.clone())));
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

pub fn northern_salsa() -> Slug {
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
    pub async fn order(&self, buyer: &str, key: &str) -> OrderView {
        self.order_by(Method::Complimentary, buyer, key).await
    }

    pub async fn order_by(&self, method: Method, buyer: &str, key: &str) -> OrderView {
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
    pub async fn scan(&self, id: &str, barcode: &str) -> VerdictWord {
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
    pub async fn fill(&self, tickets: usize) {
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

    pub async fn rows(&self) -> Vec<Row> {
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
