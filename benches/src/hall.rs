//! The fixture festival on any table, sold to and scanned at as the API does it.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use domain::catalogue::EventRef;
use domain::door::{Action, Mode, ScanRequest, Scanned, VerdictWord};
use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::people::{Permission, StaffRole};
use domain::values::{DoorId, PassId};
use engine::demonstration::make_festival;
use engine::door::ScanAnswer;
use engine::once::{Answer, Once, Remember};
use engine::orders::{BuyerDraft, OrderView, PlaceOrder};
use engine::people::TokenDraft;
use engine::scope::PlatformScope;
use engine::stop::Stop;
use engine::testing::{engine_among, engine_viewing};
use engine::{Company, Engine};
use jiff::Timestamp;
use store::clock::SetClock;
use store::table::Table;

/// An event that sells, and who sells it.
#[derive(Debug, Clone)]
pub struct Hall {
    /// The engine.
    pub engine: Arc<Engine>,
    event: EventRef,
    pass: PassId,
    door: DoorId,
    token: String,
    /// When it begins.
    pub starts_at: Timestamp,
}

/// The clock of measurements, which stands still.
pub fn clock() -> anyhow::Result<Arc<SetClock>> {
    Ok(Arc::new(SetClock::at("2026-11-01T12:00:00Z".parse::<Timestamp>()?)))
}

/// Why an operation stopped, as an error.
#[allow(clippy::needless_pass_by_value, reason = "what is mapped over gives it away")]
pub(crate) fn stopped(stop: Stop) -> anyhow::Error {
    anyhow!("{stop:?}")
}

impl Hall {
    /// Makes the festival on an empty table, and a token that sells and scans. Public pages are read from the second one.
    pub async fn build(tables: (Arc<dyn Table>, Arc<dyn Table>), clock: Arc<SetClock>) -> anyhow::Result<Self> {
        let engine = engine_viewing(Company::Shared, tables, clock, 1);
        let made = make_festival(&engine).await.map_err(stopped)?;
        let (event, starts_at) = (made.event.event, made.event.starts_at);
        let draft = TokenDraft { name: "Till".parse()?, role: StaffRole::BoxOffice };
        let platform = PlatformScope::of_the_program();
        let token = engine.create_token_of(&platform, &event.organisation, draft, Remember::nothing()).await;
        let doors = engine.list_doors(&made.scope, &event.event).await.map_err(stopped)?;
        Ok(Self {
            pass: made.passes.get("party").context("the party pass")?.id,
            door: doors.first().context("a door")?.value.id,
            token: token.map_err(stopped)?.secret,
            engine,
            event,
            starts_at,
        })
    }

    /// The same festival by another engine, with nothing in memory: another process.
    pub fn elsewhere(&self, table: Arc<dyn Table>, clock: Arc<SetClock>, seed: u64) -> Self {
        Self { engine: engine_among(Company::Shared, table, clock, seed), ..self.clone() }
    }

    /// One complimentary ticket for a pass of three items, under a key of its own, as the API places it.
    pub async fn order(&self, buyer: &str, key: &str) -> anyhow::Result<OrderView> {
        let engine = &self.engine;
        let caller = engine.caller_of_token(&self.token).await.map_err(stopped)?.context("a token that is good")?;
        let scope = engine.shop_scope(&caller, &self.event.organisation).await.map_err(stopped)?;
        let wanted = PlaceOrder {
            event: self.event.event.clone(),
            buyer: Some(BuyerDraft {
                email: format!("{buyer}@dancers.example").parse()?,
                full_name: "Somebody Who Dances".parse()?,
            }),
            request: OrderRequest {
                tickets: vec![TicketRequest { passes: vec![self.pass], ..TicketRequest::default() }],
                payment: Some(PaymentRequest { method: Method::Complimentary, reference: None }),
                expected_total: None,
            },
        };
        // As long as the API's own.
        let answer = |view: &OrderView| Answer { status: 201, body: format!("{:1700}", view.order.id) };
        let once = Once::new("till", "POST /orders", key, b"");
        engine.place_order(&scope, &wanted, Remember::new(Some(once), &answer)).await.map_err(stopped)
    }

    /// One scan, as the API records it: what the screen says.
    pub async fn scan(&self, id: &str, barcode: &str) -> anyhow::Result<VerdictWord> {
        let engine = &self.engine;
        let caller = engine.caller_of_token(&self.token).await.map_err(stopped)?.context("a token that is good")?;
        let scope = engine.staff_scope(&caller, &self.event.organisation, Permission::Scan).await.map_err(stopped)?;
        let request = ScanRequest {
            id: id.parse().map_err(|_| anyhow!("{id} is no identifier of a scan"))?,
            scanned: Scanned::Barcode(barcode.to_owned()),
            door: self.door,
            device: "phone".parse()?,
            action: Action::Entry,
            scanned_at: engine.now(),
            mode: Mode::Online,
            shown: None,
            overriding: None,
        };
        let answers = engine.record_scans(&scope, &self.event.event, &[Ok(request)]).await.map_err(stopped)?;
        match answers.first() {
            Some(ScanAnswer::Recorded(result)) => Ok(result.verdict.word()),
            other => Err(anyhow!("{other:?}")),
        }
    }

    /// What the event's page reads when nobody has read it for a while.
    pub async fn page(&self) -> anyhow::Result<()> {
        let scope = engine::scope::Caller::Public;
        let shop = self.engine.shop_scope(&scope, &self.event.organisation).await.map_err(stopped)?;
        self.engine.read_options(&shop, &self.event.event).await.map_err(stopped)?;
        Ok(())
    }
}
