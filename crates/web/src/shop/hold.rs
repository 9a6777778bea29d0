//! Beginning the hold: what was picked, by pass or by item, becomes a held order whose page the visitor is sent to.

use domain::Refusal;
use domain::catalogue::{RateId, Role, Thing};
use domain::orders::{OrderRequest, TicketRequest};
use domain::pricing::{Options, quote};
use domain::values::{Fault, PassId};
use engine::once::Remember;
use engine::orders::{OrderView, PlaceOrder};
use engine::scope::ShopScope;
use engine::stop::Stop;

use super::cover::{Wish, name_of};
use super::pick::{MOST, pick_again};
use crate::problem::Problem;
use crate::visit::{Shown, Visit, go, leads_to};
use crate::{links, wording};

/// Holds what was picked, and sends the visitor on to say who is coming.
pub(super) async fn begin_hold(visit: Visit<ShopScope>) -> Shown {
    let texts = visit.texts;
    let slug = visit.event()?.clone();
    let all = visit.engine().read_options(&visit.scope, &slug).await?;
    let tickets = match tickets(&visit, &all) {
        Ok(tickets) if tickets.is_empty() => return pick_again(&visit, &all, &texts.say("pick-nothing")),
        Ok(tickets) => tickets,
        Err(Refusal::CannotBeCovered(_)) => return pick_again(&visit, &all, &texts.say("cover-impossible-more")),
        Err(refusal) => return Err(refusal.into()),
    };
    let request = OrderRequest { tickets, payment: None, expected_total: None };
    let wanted = PlaceOrder { event: slug, buyer: None, request };
    let next = |view: &OrderView| links::order_who(&view.order.event, view.order.id, Some(&view.key));
    let answer = |view: &OrderView| leads_to(next(view));
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().place_order(&visit.scope, &wanted, remember).await {
        Ok(view) => Ok(go(next(&view))),
        Err(Stop::Refused(refusal @ (Refusal::SoldOut(_) | Refusal::SalesClosed(_) | Refusal::Invalid(_)))) => {
            pick_again(&visit, &all, &sentence(&visit, &all, &wanted.request, &refusal))
        }
        Err(stop) => Err(Problem::from(stop)),
    }
}

/// What was picked as tickets: each person of a pass has one; each of those who do the same things has one.
fn tickets(visit: &Visit<ShopScope>, all: &Options) -> Result<Vec<TicketRequest>, Refusal> {
    let by_pass = by_pass(visit);
    if !by_pass.is_empty() {
        return Ok(by_pass);
    }
    let wish = Wish::of(visit);
    if wish.items.is_empty() {
        return Ok(Vec::new());
    }
    let found = quote(all, &wish.request(), visit.engine().now())?;
    let mut ticket = TicketRequest { rate: wish.rate.clone(), role: wish.role, ..TicketRequest::default() };
    for line in &found.lines {
        match line.thing {
            Thing::Pass(id) if !ticket.passes.contains(&id) => ticket.passes.push(id),
            Thing::Item(id) if !ticket.items.contains(&id) => ticket.items.push(id),
            Thing::Pass(_) | Thing::Item(_) => {}
        }
    }
    let quantity = usize::try_from(wish.quantity).unwrap_or(1);
    Ok(vec![ticket; quantity])
}

/// `q[{pass}][{rate}][{role}]`: how many.
fn by_pass(visit: &Visit<ShopScope>) -> Vec<TicketRequest> {
    let mut tickets = Vec::new();
    for (pass, rates) in visit.sent.below("/q") {
        let Ok(pass) = pass.parse::<PassId>() else { continue };
        for (rate, roles) in rates.as_object().into_iter().flatten() {
            let rate: Option<RateId> = rate.parse().ok();
            for (role, count) in roles.as_object().into_iter().flatten() {
                let role = Role::ALL.into_iter().find(|known| known.word() == role);
                let count = count.as_str().and_then(|count| count.parse::<u32>().ok()).unwrap_or_default().min(MOST);
                let ticket = TicketRequest { rate: rate.clone(), role, passes: vec![pass], ..TicketRequest::default() };
                tickets.extend(std::iter::repeat_n(ticket, usize::try_from(count).unwrap_or_default()));
            }
        }
    }
    tickets
}

/// What of the choice cannot be had, by name.
fn sentence(visit: &Visit<ShopScope>, all: &Options, request: &OrderRequest, refusal: &Refusal) -> String {
    let (Refusal::SoldOut(faults) | Refusal::SalesClosed(faults) | Refusal::Invalid(faults)) = refusal else {
        return visit.texts.say("pick-not-possible");
    };
    let mut sentences: Vec<String> = faults
        .list()
        .iter()
        .map(|fault| match named(all, request, fault) {
            Some(name) => format!("{name}: {}", wording::fault(visit.texts, &fault.wrong)),
            None => wording::fault(visit.texts, &fault.wrong),
        })
        .collect();
    sentences.dedup();
    sentences.join(" ")
}

/// The pass or item that a fault of `/tickets/0/passes/0` is about.
fn named(all: &Options, request: &OrderRequest, fault: &Fault) -> Option<String> {
    let mut parts = fault.at.as_str().split('/').skip(2);
    let ticket = request.tickets.get(parts.next()?.parse::<usize>().ok()?)?;
    let (field, index) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
    let thing = match field {
        "passes" => Thing::Pass(*ticket.passes.get(index)?),
        _ => Thing::Item(*ticket.items.get(index)?),
    };
    Some(name_of(all, thing))
}
