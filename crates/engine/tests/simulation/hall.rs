//! The event that everybody runs for: small, with something of everything that can run out.

use std::collections::BTreeMap;

use domain::catalogue::{EventDraft, EventRef, EventStatus, ItemDraft, Kind, Live, PassDraft, Rate, RolePlaces};
use domain::door::{Door, DoorDraft};
use domain::payments::Method;
use domain::people::{Grant, Permission, StaffRole, Token};
use domain::pricing::PriceStep;
use domain::values::{Amount, ItemId, PassId, Pointer, Prose, Slug};
use engine::Engine;
use engine::once::Remember;
use engine::organisations::OrganisationDraft;
use engine::scope::{Caller, PlatformScope, StaffScope};

pub struct Hall {
    pub box_office: Caller,
    pub door_staff: Caller,
    /// As the owner, for who only looks.
    pub scope: StaffScope,
    pub event: EventRef,
    pub event_draft: EventDraft,
    /// Leaders and followers apart.
    pub class: ItemId,
    /// For everybody, and few; the first few are cheaper.
    pub party: ItemId,
    /// Handed out; several on a ticket.
    pub shirt: ItemId,
    /// As many as come.
    pub talk: ItemId,
    /// For itself: no pass includes it and no door admits to it, so that it can go. The first few are cheaper.
    pub taster: ItemId,
    /// Class, party and talk, leaders and followers apart; the first few are cheaper.
    pub full: PassId,
    /// Party and talk; the first few are cheaper, and the next few a little.
    pub night: PassId,
    /// Talk; nothing of it is counted.
    pub early: PassId,
    /// Admits to the class and the talk.
    pub main: Door,
    /// Admits to the party and the talk.
    pub side: Door,
}

pub fn organisation() -> Slug {
    "northern-salsa".parse().unwrap()
}

impl Hall {
    pub fn slug(&self) -> &Slug {
        &self.event.event
    }

    pub async fn build(engine: &Engine) -> Self {
        let draft = OrganisationDraft {
            slug: organisation(),
            name: "Northern Salsa".parse().unwrap(),
            currency: "GBP".parse().unwrap(),
            time_zone: "Europe/London".parse().unwrap(),
        };
        let platform = PlatformScope::of_the_program();
        engine.create_organisation(&platform, draft, &Remember::nothing()).await.unwrap();
        let owner = caller(engine, StaffRole::Owner);
        let scope = engine.staff_scope(&owner, &organisation(), Permission::EditEvents).await.unwrap();
        let event_draft = event_draft();
        let event = EventRef::new(&organisation(), &"crush".parse().unwrap());
        engine.create_event(&scope, &event.event, &event_draft, &Remember::nothing()).await.unwrap();

        let item = async |kind, name: &str, steps, (capacity, roles)| {
            let draft = ItemDraft { kind, capacity, roles, steps: Some(steps), ..item_draft(name) };
            engine.create_item(&scope, &event.event, &draft, &Remember::nothing()).await.unwrap().value.id
        };
        let always = || vec![step(engine, 1_500, None)];
        let cheaper = |until| vec![step(engine, 1_000, Some(until)), step(engine, 1_500, None)];
        let class = item(Kind::Class, "Class", always(), (None, Some(RolePlaces { leader: 7, follower: 6 }))).await;
        let party = item(Kind::Party, "Party", cheaper(5), (Some(14), None)).await;
        let shirt = item(Kind::Physical, "Shirt", always(), (Some(5), None)).await;
        let talk = item(Kind::Class, "Talk", always(), (None, None)).await;
        let taster = item(Kind::Class, "Taster", cheaper(2), (Some(5), None)).await;
        let pass = async |name: &str, includes: &[ItemId], steps, (capacity, roles)| {
            let draft = PassDraft { capacity, roles, ..pass_draft(name, includes, steps) };
            engine.create_pass(&scope, &event.event, &draft, &Remember::nothing()).await.unwrap().value.id
        };
        let cheaper_first = vec![step(engine, 3_000, Some(4)), step(engine, 4_000, None)];
        let places = (Some(9), Some(RolePlaces { leader: 6, follower: 6 }));
        let full = pass("Full", &[class, party, talk], cheaper_first, places).await;
        let twice = vec![step(engine, 1_600, Some(3)), step(engine, 1_800, Some(7)), step(engine, 2_000, None)];
        let night = pass("Night", &[party, talk], twice, (None, None)).await;
        let early = pass("Early", &[talk], vec![step(engine, 500, None)], (None, None)).await;
        let door = async |name: &str, items: &[ItemId]| {
            let draft = door_draft(name, items);
            engine.create_door(&scope, &event.event, &draft, &Remember::nothing()).await.unwrap().value
        };
        let main = door("Main", &[class, talk]).await;
        let side = door("Side", &[party, talk]).await;
        Self {
            box_office: caller(engine, StaffRole::BoxOffice),
            door_staff: caller(engine, StaffRole::Door),
            scope,
            event,
            event_draft,
            class,
            party,
            shirt,
            talk,
            taster,
            full,
            night,
            early,
            main,
            side,
        }
    }
}

fn caller(engine: &Engine, role: StaffRole) -> Caller {
    let grant = Grant::Staff { organisation: organisation(), role };
    Caller::Program(Token { id: engine.fresh(), name: role.word().parse().unwrap(), grant, revoked_at: None })
}

fn event_draft() -> EventDraft {
    EventDraft {
        title: "Crush".parse().unwrap(),
        description: Prose::default(),
        starts_at: "2026-12-04T18:30:00Z".parse().unwrap(),
        ends_at: "2026-12-07T01:30:00Z".parse().unwrap(),
        time_zone: None,
        venue: None,
        capacity: Some(60),
        rates: vec![Rate { id: "standard".parse().unwrap(), name: "Standard".parse().unwrap(), proof_required: false }],
        rooms: Vec::new(),
        payment_methods: Method::OFFERED.to_vec(),
        hold_minutes: 10,
        status: EventStatus::Live,
        series: None,
    }
}

pub fn step(engine: &Engine, price: i64, until_sold: Option<u32>) -> PriceStep {
    let prices = BTreeMap::from([("standard".parse().unwrap(), Amount::minor(price))]);
    PriceStep { id: engine.fresh(), name: "Step".parse().unwrap(), prices, until_at: None, until_sold }
}

fn item_draft(name: &str) -> ItemDraft {
    ItemDraft {
        name: name.parse().unwrap(),
        description: Prose::default(),
        kind: Kind::Party,
        day: None,
        steps: None,
        steps_at: Pointer::to("pricing_schedule"),
        capacity: None,
        roles: None,
        live: Live::Yes,
        sold_alone: true,
    }
}

fn pass_draft(name: &str, includes: &[ItemId], steps: Vec<PriceStep>) -> PassDraft {
    PassDraft {
        name: name.parse().unwrap(),
        description: Prose::default(),
        includes: includes.to_vec(),
        steps,
        capacity: None,
        roles: None,
        live: Live::Yes,
    }
}

fn door_draft(name: &str, items: &[ItemId]) -> DoorDraft {
    DoorDraft {
        name: name.parse().unwrap(),
        items: items.to_vec(),
        opens_at: None,
        closes_at: None,
        tolerance_minutes: 0,
        reentry: false,
    }
}
