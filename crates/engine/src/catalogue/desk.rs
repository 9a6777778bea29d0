//! For tests: an organiser's desk. One organisation, its owner, and short ways to make what a test is about.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::Refusal;
use domain::catalogue::{
    Event, EventDraft, EventStatus, Item, ItemDraft, Kind, Live, Pass, PassDraft, Rate, Role, RolePlaces,
};
use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::people::{Grant, Permission, StaffRole, Token};
use domain::pricing::PriceStep;
use domain::values::{Amount, Faults, ItemId, PassId, Pointer, Prose, Slug, Wrong};
use jiff::Timestamp;
use store::memory::Memory;
use store::record::Stored;
use store::row::{Key, Row};
use store::table::{Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

use crate::once::Remember;
use crate::orders::{BuyerDraft, OrderScope, OrderView, PlaceOrder};
use crate::organisations::OrganisationDraft;
use crate::scope::{Caller, PlatformScope, ShopScope, StaffScope};
use crate::stop::Stop;
use crate::testing::{House, house, house_on};

/// A house with the organisation `northern-salsa`.
pub(crate) struct Desk {
    pub(crate) house: House,
}

pub(crate) fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Why an operation did nothing.
pub(crate) fn refusal<T: std::fmt::Debug>(answer: Result<T, Stop>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?} is no refusal"),
    }
}

/// Where a refusal points, and what it says there; the kinds of refusal that have faults.
pub(crate) fn faults<T: std::fmt::Debug>(answer: Result<T, Stop>) -> Vec<(String, Wrong)> {
    let faults: Faults = match refusal(answer) {
        Refusal::Invalid(faults) | Refusal::Changed(faults) | Refusal::Taken(faults) | Refusal::SoldOut(faults) => {
            faults
        }
        other => panic!("{other:?} has no faults"),
    };
    faults.into_iter().map(|fault| (fault.at.to_string(), fault.wrong)).collect()
}

pub(crate) async fn desk() -> Desk {
    let desk = Desk { house: house() };
    desk.organisation("northern-salsa").await;
    desk
}

/// A desk at which operations that are joined take turns: each lets the others go on before it reads or writes.
pub(crate) async fn crowded_desk() -> Desk {
    let clock = house().clock;
    let table = Arc::new(Turns(Memory::new(clock.clone())));
    let desk = Desk { house: house_on(table, clock, 1) };
    desk.organisation("northern-salsa").await;
    desk
}

#[derive(Debug)]
struct Turns(Memory);

#[async_trait]
impl Table for Turns {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        tokio::task::yield_now().await;
        self.0.get(key).await
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        tokio::task::yield_now().await;
        self.0.get_many(keys).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        tokio::task::yield_now().await;
        self.0.query(query).await
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        tokio::task::yield_now().await;
        self.0.transact(writes).await
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.0.scan(after, limit).await
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        self.0.load(rows).await
    }
}

impl Desk {
    pub(crate) async fn organisation(&self, name: &str) {
        let draft = OrganisationDraft {
            slug: slug(name),
            name: name.parse().unwrap(),
            currency: "GBP".parse().unwrap(),
            time_zone: "Europe/London".parse().unwrap(),
        };
        let platform = PlatformScope::of_the_program();
        self.house.engine.create_organisation(&platform, draft, &Remember::nothing()).await.unwrap();
    }

    pub(crate) fn caller(&self, organisation: &str, role: StaffRole) -> Caller {
        Caller::Program(Token {
            id: self.house.engine.fresh(),
            name: role.word().parse().unwrap(),
            grant: Grant::Staff { organisation: slug(organisation), role },
            revoked_at: None,
        })
    }

    pub(crate) async fn staff(&self, organisation: &str, role: StaffRole) -> StaffScope {
        let caller = self.caller(organisation, role);
        self.house.engine.staff_scope(&caller, &slug(organisation), Permission::SeeEvents).await.unwrap()
    }

    pub(crate) async fn owner(&self) -> StaffScope {
        self.staff("northern-salsa", StaffRole::Owner).await
    }

    pub(crate) async fn visitor(&self) -> ShopScope {
        self.house.engine.shop_scope(&Caller::Public, &slug("northern-salsa")).await.unwrap()
    }

    /// A live event in December.
    #[expect(clippy::unused_self, reason = "reads like the other drafts")]
    pub(crate) fn event_draft(&self, capacity: Option<u32>) -> EventDraft {
        let rate = |id: &str| Rate { id: id.parse().unwrap(), name: id.parse().unwrap(), proof_required: false };
        EventDraft {
            title: "Mersey Latin".parse().unwrap(),
            description: Prose::default(),
            starts_at: at("2026-12-04T18:30:00Z"),
            ends_at: at("2026-12-07T01:30:00Z"),
            time_zone: None,
            venue: None,
            capacity,
            rates: vec![rate("standard"), rate("student")],
            rooms: Vec::new(),
            payment_methods: vec![Method::Free, Method::Card, Method::AtDoor, Method::BankTransfer],
            hold_minutes: 30,
            status: EventStatus::Live,
            series: None,
        }
    }

    /// The event `mersey`.
    pub(crate) async fn event(&self, capacity: Option<u32>) -> Stored<Event> {
        let draft = self.event_draft(capacity);
        let scope = self.owner().await;
        self.house.engine.create_event(&scope, &slug("mersey"), &draft, &Remember::nothing()).await.unwrap()
    }

    /// A step without an end that costs so much at the standard rate.
    pub(crate) fn step(&self, price: i64, until_sold: Option<u32>) -> PriceStep {
        PriceStep {
            id: self.house.engine.fresh(),
            name: "Step".parse().unwrap(),
            prices: BTreeMap::from([("standard".parse().unwrap(), Amount::minor(price))]),
            until_at: None,
            until_sold,
        }
    }

    pub(crate) fn item_draft(&self, name: &str) -> ItemDraft {
        ItemDraft {
            name: name.parse().unwrap(),
            description: Prose::default(),
            kind: Kind::Party,
            day: None,
            steps: Some(vec![self.step(2_500, None)]),
            steps_at: Pointer::to("pricing_schedule"),
            capacity: None,
            roles: None,
            live: Live::Yes,
            sold_alone: true,
        }
    }

    pub(crate) fn pass_draft(&self, name: &str, includes: &[ItemId]) -> PassDraft {
        PassDraft {
            name: name.parse().unwrap(),
            description: Prose::default(),
            includes: includes.to_vec(),
            steps: vec![self.step(4_000, None)],
            capacity: None,
            roles: None,
            live: Live::Yes,
        }
    }

    pub(crate) async fn item(&self, draft: &ItemDraft) -> Stored<Item> {
        let scope = self.owner().await;
        self.house.engine.create_item(&scope, &slug("mersey"), draft, &Remember::nothing()).await.unwrap()
    }

    pub(crate) async fn pass(&self, draft: &PassDraft) -> Stored<Pass> {
        let scope = self.owner().await;
        self.house.engine.create_pass(&scope, &slug("mersey"), draft, &Remember::nothing()).await.unwrap()
    }

    /// Buys one ticket at the box office; held until it is paid by card, or issued at once for cash.
    pub(crate) async fn buy(&self, passes: &[PassId], items: &[ItemId], method: Method) -> Result<OrderView, Stop> {
        let ticket = TicketRequest { passes: passes.to_vec(), items: items.to_vec(), ..TicketRequest::default() };
        self.buy_ticket(ticket, method).await
    }

    pub(crate) async fn buy_as_switch(&self, item: ItemId) -> Result<OrderView, Stop> {
        let ticket = TicketRequest { items: vec![item], role: Some(Role::Switch), ..TicketRequest::default() };
        self.buy_ticket(ticket, Method::Cash).await
    }

    async fn buy_ticket(&self, ticket: TicketRequest, method: Method) -> Result<OrderView, Stop> {
        self.buy_tickets(vec![ticket], method).await
    }

    pub(crate) async fn buy_tickets(&self, tickets: Vec<TicketRequest>, method: Method) -> Result<OrderView, Stop> {
        let caller = self.caller("northern-salsa", StaffRole::BoxOffice);
        let scope = self.house.engine.shop_scope(&caller, &slug("northern-salsa")).await?;
        let wanted = PlaceOrder {
            event: slug("mersey"),
            buyer: Some(BuyerDraft { email: "ana@example.org".parse().unwrap(), full_name: "Ana".parse().unwrap() }),
            request: OrderRequest {
                tickets,
                payment: Some(PaymentRequest { method, reference: None }),
                expected_total: None,
            },
        };
        self.house.engine.place_order(&scope, &wanted, Remember::nothing()).await
    }

    pub(crate) async fn cancel(&self, order: &OrderView) {
        let scope = OrderScope::of_staff(&self.owner().await, &slug("mersey"), order.order.id);
        self.house.engine.cancel_order(&scope, Remember::nothing()).await.unwrap();
    }

    /// Every invariant of what is stored holds.
    pub(crate) async fn is_sound(&self) {
        let report = self.house.engine.check().await.unwrap();
        assert_eq!(report.broken, []);
    }
}

pub(crate) fn places(leader: u32, follower: u32) -> RolePlaces {
    RolePlaces { leader, follower }
}
