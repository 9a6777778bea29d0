//! Orders: placing, reading, paying and cancelling them.

mod body;
mod shape;

use domain::Refusal;
use domain::values::{Fault, Faults, Wrong};
use engine::catalogue::Cursor;
use engine::orders::{OrderScope, OrderView, PaymentDraft, PlaceOrder};
use engine::scope::{ShopScope, StaffScope};
use engine::stop::Stop;

use super::paging::{Page, listed};
use crate::answer::{Current, List, Made, Shown, made, shown};
use crate::app::App;
use crate::call::Call;
use crate::input::SoFar;
use crate::problem::Problem;

pub use body::{ChangesBody, OrderBody, changes, order, payment};
pub use shape::{Eyes, OrderListed, OrderShown};

/// How often a change is tried against an order that others change too.
const MOST_TRIES: u32 = 5;

/// Places an order.
pub async fn create(call: Call<ShopScope, SoFar<OrderBody>>) -> Result<Made<OrderShown>, Problem> {
    let further = match &call.body {
        body if body.is_whole() => Faults::none(),
        body => {
            let further = call.engine().faults_of_order(&call.scope, call.event()?, &body.value.request).await?;
            further.into_iter().filter(|fault| !is_hollow(fault, body.faults())).collect()
        }
    };
    let call = call.checked(further)?;
    let eyes = Eyes::of_shop(&call.scope);
    let answer = |view: &OrderView| made(&OrderShown::of(view, &call.app, eyes));
    let wanted =
        PlaceOrder { event: call.event()?.clone(), buyer: call.body.buyer.clone(), request: call.body.request.clone() };
    let view = call.engine().place_order(&call.scope, &wanted, call.remember(&answer)).await?;
    Ok(Made(OrderShown::of(&view, &call.app, eyes)))
}

/// Is this only so because something else of the ticket could not be read: that nothing is wanted, or not sold at the
/// event's first rate?
fn is_hollow(fault: &Fault, known: &Faults) -> bool {
    let besides = match fault.wrong {
        Wrong::TooFew(_) => "items",
        Wrong::NotSoldAtRate => "rate",
        _ => return false,
    };
    let ticket: Vec<&str> = fault.at.as_str().split('/').take(3).collect();
    let place = format!("{}/{besides}", ticket.join("/"));
    known.list().iter().any(|known| known.at.as_str().starts_with(&place))
}

/// One order.
pub async fn read(call: Call<OrderScope>) -> Result<Current<OrderShown>, Problem> {
    let view = call.engine().read_order(&call.scope).await?;
    Ok(current(&view, &call.app, &call.scope))
}

/// An event's orders, the latest first.
pub async fn list(call: Call<StaffScope, Page<Cursor>>) -> Result<Shown<List<OrderListed>>, Problem> {
    let after = call.body.after.clone();
    let (orders, next) = call.engine().list_orders(&call.scope, call.event()?, call.body.limit, after).await?;
    Ok(Shown(listed(orders.iter().map(OrderListed::of), next.as_ref())))
}

/// Changes names, addresses and answers.
pub async fn update(call: Call<OrderScope, ChangesBody>) -> Result<Current<OrderShown>, Problem> {
    let mut tries = 0;
    loop {
        tries += 1;
        let before = call.engine().read_order(&call.scope).await?;
        let mut changes = call.body.over(&before)?;
        changes.revision = call.revision.or(changes.revision);
        match call.engine().update_order(&call.scope, &changes).await {
            // Somebody was faster, and the sender did not say what they had seen: begin again.
            Err(Stop::Refused(Refusal::Changed(_))) if call.revision.is_none() && tries < MOST_TRIES => {}
            done => return Ok(current(&done?, &call.app, &call.scope)),
        }
    }
}

/// Records that money arrived.
pub async fn pay(call: Call<OrderScope, PaymentDraft>) -> Result<Made<OrderShown>, Problem> {
    let eyes = Eyes::of_order(&call.scope);
    let answer = |view: &OrderView| made(&OrderShown::of(view, &call.app, eyes));
    let view = call.engine().pay_order(&call.scope, &call.body, call.remember(&answer)).await?;
    Ok(Made(OrderShown::of(&view, &call.app, eyes)))
}

/// Gives an order up.
pub async fn cancel(call: Call<OrderScope>) -> Result<Shown<OrderShown>, Problem> {
    let eyes = Eyes::of_order(&call.scope);
    let answer = |view: &OrderView| shown(&OrderShown::of(view, &call.app, eyes));
    let view = call.engine().cancel_order(&call.scope, call.remember(&answer)).await?;
    Ok(Shown(OrderShown::of(&view, &call.app, eyes)))
}

fn current(view: &OrderView, app: &App, scope: &OrderScope) -> Current<OrderShown> {
    Current(OrderShown::of(view, app, Eyes::of_order(scope)), view.revision)
}
