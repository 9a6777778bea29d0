//! Many buyers at once: nothing is ever oversold, the rest are told so, and abandoned places are sold again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "whatever fails here is a failed test")]

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Refusal;
use domain::catalogue::{
    Day, EventDraft, EventRef, EventStatus, ItemDraft, Kind, Live, PassDraft, Role, RolePlaces, Shards,
};
use domain::orders::{OrderRequest, OrderState, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::pricing::PriceStep;
use domain::values::{Amount, ItemId, PassId, Pointer, Prose, Slug};
use engine::Engine;
use engine::demonstration::{FestivalMade, make_festival};
use engine::once::Remember;
use engine::orders::{BuyerDraft, OrderView, PlaceOrder};
use engine::scope::{Caller, PlatformScope, ShopScope};
use engine::stop::Stop;
use engine::testing::{House, house_on};
use rstest::rstest;
use store::clock::{Clock, SetClock};
use store::embedded::Embedded;

/// Places for which everybody runs.
const PLACES: u32 = 50;
/// How many run.
const BUYERS: usize = 500;

struct Hall {
    house: House,
    festival: FestivalMade,
    event: Slug,
}

/// A house on the embedded store, with an event that has nothing yet.
async fn hall(capacity: Option<u32>) -> Hall {
    let clock = Arc::new(SetClock::at("2026-11-01T12:00:00Z".parse().unwrap()));
    let house = house_on(Arc::new(Embedded::in_memory(clock.clone()).unwrap()), clock, 1);
    let festival = make_festival(&house.engine).await.unwrap();
    let starts_at = house.clock.now() + jiff::SignedDuration::from_hours(24 * 30);
    let draft = EventDraft {
        title: "Stampede".parse().unwrap(),
        description: Prose::default(),
        starts_at,
        ends_at: starts_at + jiff::SignedDuration::from_hours(6),
        time_zone: None,
        venue: None,
        capacity,
        rates: festival.event.rates.clone(),
        rooms: Vec::new(),
        payment_methods: Method::OFFERED.to_vec(),
        hold_minutes: 30,
        status: EventStatus::Live,
        series: None,
    };
    let event: Slug = "stampede".parse().unwrap();
    house.engine.create_event(&festival.scope, &event, &draft, &Remember::nothing()).await.unwrap();
    Hall { house, festival, event }
}

impl Hall {
    fn engine(&self) -> &Engine {
        &self.house.engine
    }

    fn steps(&self) -> Vec<PriceStep> {
        let prices = BTreeMap::from([("standard".parse().unwrap(), Amount::minor(1_000))]);
        vec![PriceStep {
            id: self.engine().fresh(),
            name: "Door".parse().unwrap(),
            prices,
            until_at: None,
            until_sold: None,
        }]
    }

    async fn item(&self, capacity: Option<u32>, roles: Option<RolePlaces>) -> ItemId {
        let draft = ItemDraft {
            name: "Class".parse().unwrap(),
            description: Prose::default(),
            kind: Kind::Class,
            day: Some(Day::All),
            steps: Some(self.steps()),
            steps_at: Pointer::to("pricing_schedule"),
            capacity,
            roles,
            live: Live::Yes,
            sold_alone: true,
        };
        let made = self.engine().create_item(&self.festival.scope, &self.event, &draft, &Remember::nothing()).await;
        made.unwrap().value.id
    }

    async fn pass(&self, includes: &[ItemId]) -> PassId {
        let draft = PassDraft {
            name: "Pass".parse().unwrap(),
            description: Prose::default(),
            includes: includes.to_vec(),
            steps: self.steps(),
            capacity: None,
            roles: None,
            live: Live::Yes,
        };
        let made = self.engine().create_pass(&self.festival.scope, &self.event, &draft, &Remember::nothing()).await;
        made.unwrap().value.id
    }

    async fn shop(&self) -> ShopScope {
        self.engine().shop_scope(&Caller::Public, &self.festival.event.event.organisation).await.unwrap()
    }

    /// Everybody asks at once; answers what each got.
    async fn everybody(&self, ask: impl Fn(usize) -> OrderRequest) -> Vec<Result<OrderView, Refusal>> {
        let shop = self.shop().await;
        let buyers: Vec<_> = (0..BUYERS)
            .map(|n| {
                let (engine, shop) = (Arc::clone(&self.house.engine), shop.clone());
                let wanted = PlaceOrder {
                    event: self.event.clone(),
                    buyer: Some(BuyerDraft {
                        email: format!("buyer{n}@dancers.example").parse().unwrap(),
                        full_name: format!("Buyer {n}").parse().unwrap(),
                    }),
                    request: ask(n),
                };
                tokio::spawn(async move {
                    match engine.place_order(&shop, &wanted, Remember::nothing()).await {
                        Ok(view) => Ok(view),
                        Err(Stop::Refused(refusal)) => Err(refusal),
                        Err(stop) => panic!("{stop:?}"),
                    }
                })
            })
            .collect();
        let mut answers = Vec::new();
        for buyer in buyers {
            answers.push(buyer.await.unwrap());
        }
        answers
    }

    async fn nothing_is_broken(&self) {
        let report = self.engine().check().await.unwrap();
        assert_eq!(report.broken, []);
    }
}

fn one(method: Method, ticket: &TicketRequest, times: usize) -> OrderRequest {
    OrderRequest {
        tickets: vec![ticket.clone(); times],
        payment: Some(PaymentRequest { method, reference: None }),
        expected_total: None,
    }
}

fn sold(answers: &[Result<OrderView, Refusal>]) -> usize {
    answers.iter().flatten().map(|view| view.tickets.len()).sum()
}

fn all_others_were_told(answers: &[Result<OrderView, Refusal>]) {
    for refusal in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert!(matches!(refusal, Refusal::SoldOut(_)), "{refusal:?}");
    }
}

#[rstest]
#[case::of_an_event(true)]
#[case::of_an_item(false)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn five_hundred_buyers_for_fifty_places(#[case] of_event: bool) {
    let hall = hall(of_event.then_some(PLACES)).await;
    let item = hall.item((!of_event).then_some(PLACES), None).await;
    let ticket = TicketRequest { items: vec![item], ..TicketRequest::default() };
    let answers = hall.everybody(|_| one(Method::AtDoor, &ticket, 1)).await;
    assert_eq!(sold(&answers), 50);
    all_others_were_told(&answers);
    hall.nothing_is_broken().await;
}

#[rstest]
#[case::of_two(2)]
#[case::of_eight(8)]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stock_over_several_shards_sells_every_place_once(#[case] stock: u16) {
    let hall = hall(Some(PLACES)).await;
    let item = hall.item(Some(PLACES), None).await;
    let event = EventRef::new(&hall.festival.event.event.organisation, &hall.event);
    let shards = Shards { stock, lists: 4 };
    hall.engine().set_shards(&PlatformScope::of_the_program(), &event, shards).await.unwrap();
    let ticket = TicketRequest { items: vec![item], ..TicketRequest::default() };
    let answers = hall.everybody(|n| one(Method::AtDoor, &ticket, 1 + n % 3)).await;
    assert_eq!(sold(&answers), 50);
    all_others_were_told(&answers);
    let (orders, _) = hall.engine().list_orders(&hall.festival.scope, &hall.event, 100, None).await.unwrap();
    assert_eq!(orders.len(), answers.iter().flatten().count());
    assert!(orders.is_sorted_by_key(|order| std::cmp::Reverse(order.value.id)), "the latest first, over all shards");
    hall.nothing_is_broken().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_passes_that_share_an_item_share_its_places() {
    let hall = hall(None).await;
    let shared = hall.item(Some(PLACES), None).await;
    let (one_more, other) = (hall.item(None, None).await, hall.item(None, None).await);
    let passes = [hall.pass(&[shared, one_more]).await, hall.pass(&[shared, other]).await];
    let answers = hall
        .everybody(|n| {
            let ticket = TicketRequest { passes: vec![passes[n % 2]], ..TicketRequest::default() };
            one(Method::AtDoor, &ticket, 1)
        })
        .await;
    assert_eq!(sold(&answers), 50);
    all_others_were_told(&answers);
    hall.nothing_is_broken().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn orders_of_one_to_six_tickets_take_all_or_nothing() {
    let hall = hall(Some(PLACES)).await;
    let item = hall.item(None, None).await;
    let ticket = TicketRequest { items: vec![item], ..TicketRequest::default() };
    let answers = hall.everybody(|n| one(Method::AtDoor, &ticket, 1 + n % 6)).await;
    // Single tickets fill what larger orders leave.
    assert_eq!(sold(&answers), 50);
    all_others_were_told(&answers);
    hall.nothing_is_broken().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_role_has_its_own_places_and_a_switch_takes_what_is_left() {
    let hall = hall(None).await;
    let item = hall.item(None, Some(RolePlaces { leader: 20, follower: 30 })).await;
    let roles = [Role::Leader, Role::Follower, Role::Follower, Role::Switch];
    let answers = hall
        .everybody(|n| {
            let role = Some(roles[n % roles.len()]);
            let ticket = TicketRequest { items: vec![item], role, ..TicketRequest::default() };
            one(Method::AtDoor, &ticket, 1)
        })
        .await;
    assert_eq!(sold(&answers), 50);
    all_others_were_told(&answers);
    hall.nothing_is_broken().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn abandoned_places_are_sold_again() {
    let hall = hall(Some(PLACES)).await;
    let item = hall.item(None, None).await;
    let ticket = TicketRequest { items: vec![item], ..TicketRequest::default() };
    let held = hall.everybody(|_| one(Method::Card, &ticket, 1)).await;
    assert_eq!(sold(&held), 50);
    assert!(held.iter().flatten().all(|view| view.order.state == OrderState::Held));
    hall.nothing_is_broken().await;
    assert_eq!(sold(&hall.everybody(|_| one(Method::AtDoor, &ticket, 1)).await), 0);

    hall.house.clock.advance(30 * 60 * 1_000);
    while hall.engine().meet_deadlines().await.unwrap() > 0 {}
    hall.nothing_is_broken().await;
    assert_eq!(sold(&hall.everybody(|_| one(Method::AtDoor, &ticket, 1)).await), 50);
    hall.nothing_is_broken().await;
}
