//! What everybody was told, compared with what is kept when all is done.

use std::collections::{BTreeMap, BTreeSet};

use domain::door::{Action, Scan, ScanId, VerdictWord};
use domain::orders::{Order, OrderState};
use domain::payments::Payment;
use domain::tickets::{Happening, HistoryEntry, StatusWord, Ticket};
use domain::values::{ItemId, OrderId, TicketNumber};
use domain::work::Work;
use integrations::mail::Mail;
use store::records::OfEvent;

use crate::places::{Shelf, places};
use crate::records::{Deed, OrderAnswer, Outcome, Records};
use crate::world::World;

/// What is kept.
struct Kept {
    orders: BTreeMap<OrderId, Order>,
    tickets: BTreeMap<TicketNumber, Ticket>,
    payments: Vec<Payment>,
    history: Vec<HistoryEntry>,
    scans: BTreeMap<ScanId, Scan>,
    mails: Vec<Mail>,
}

/// Notes everything that does not agree.
pub async fn judge(world: &World) {
    let history: Vec<OfEvent<HistoryEntry>> = world.kept().await;
    let kept = Kept {
        orders: world.kept::<Order>().await.into_iter().map(|order| (order.id, order)).collect(),
        tickets: world.kept::<Ticket>().await.into_iter().map(|ticket| (ticket.number, ticket)).collect(),
        payments: world.kept().await,
        history: history.into_iter().map(|entry| entry.value).collect(),
        scans: world.kept::<Scan>().await.into_iter().map(|scan| (scan.id.clone(), scan)).collect(),
        mails: world.post.taken(),
    };
    let mut wrong = Vec::new();
    let shelf = Shelf::of(world).await;
    {
        let records = world.records.borrow();
        orders(&records, &kept, &mut wrong);
        money(&records, &kept, &mut wrong);
        tickets(&records, &kept, &mut wrong);
        scans(&records, &kept, &mut wrong);
        letters(&records, &kept, &mut wrong);
        places(&records, (&kept.orders, &kept.tickets), &shelf, &mut wrong);
    }
    for work in world.kept::<Work>().await {
        wrong.push(format!("work that nobody finished: {work:?}"));
    }
    world.records.borrow_mut().violations.extend(wrong);
}

/// Every request made as many orders as it was told: one, or none.
fn orders(records: &Records, kept: &Kept, wrong: &mut Vec<String>) {
    let mut by_tag: BTreeMap<&str, Vec<&Order>> = BTreeMap::new();
    for order in kept.orders.values() {
        if matches!(order.state, OrderState::Paid) || (order.state == OrderState::Held && order.expires_at.is_some()) {
            wrong.push(format!("order {} is stuck: {:?}", order.id, order.state));
        }
        let tag = order.tickets.first().and_then(|ticket| ticket.partner.as_ref());
        by_tag.entry(tag.map_or("", |tag| tag.as_str())).or_default().push(order);
    }
    for placed in &records.placed {
        let found = by_tag.remove(placed.tag.as_str()).unwrap_or_default();
        let told = OrderAnswer::of(&placed.outcome);
        let right = match &placed.outcome {
            Outcome::Done(_) => {
                found.len() == 1 && told.is_some_and(|told| told.order == found[0].id && same(&told, found[0]))
            }
            Outcome::Refused(_) => found.is_empty(),
            Outcome::Unknown => found.len() <= 1,
        };
        if !right || found.iter().any(|order| order.tickets.len() != placed.tickets) {
            wrong.push(format!("{placed:?} made {} orders", found.len()));
        }
    }
    wrong.extend(by_tag.keys().map(|tag| format!("an order that nobody asked for: {tag}")));
    for settled in &records.settled {
        let buyer = kept.orders.get(&settled.order).and_then(|order| order.buyer.as_ref());
        let is_theirs = buyer.is_some_and(|buyer| buyer.full_name.as_str() == settled.name);
        let agrees = match settled.outcome {
            Outcome::Done(_) => is_theirs,
            Outcome::Refused(_) => !is_theirs,
            Outcome::Unknown => true,
        };
        if !agrees {
            wrong.push(format!("{settled:?}, and the buyer is {buyer:?}"));
        }
    }
    for (id, outcome) in &records.cancelled {
        let state = kept.orders[id].state;
        if outcome.is_done() && !matches!(state, OrderState::Cancelled | OrderState::Expired) {
            wrong.push(format!("order {id} was cancelled and is {state:?}"));
        }
    }
}

/// The order is what it was said to be, or what that can have become.
fn same(told: &OrderAnswer, order: &Order) -> bool {
    let numbers = order.tickets.iter().map(|ticket| ticket.number);
    let may_become = match told.state {
        OrderState::Held => true,
        OrderState::Paid | OrderState::Fulfilled => {
            matches!(order.state, OrderState::Fulfilled | OrderState::Cancelled)
        }
        OrderState::Expired | OrderState::Cancelled => false,
    };
    told.tickets.iter().copied().eq(numbers) && told.paid <= order.paid.units() && may_become
}

/// Every payment is there once, if it was acknowledged, and not at all if it was refused.
fn money(records: &Records, kept: &Kept, wrong: &mut Vec<String>) {
    for paid in &records.paid {
        let is_it = |payment: &&Payment| payment.reference.as_ref().is_some_and(|text| text.as_str() == paid.reference);
        let found: Vec<&Payment> = kept.payments.iter().filter(is_it).collect();
        let right = match paid.outcome {
            Outcome::Done(_) => found.len() == 1 && found[0].order == paid.order,
            Outcome::Refused(_) => found.is_empty(),
            Outcome::Unknown => found.len() <= 1,
        };
        if !right {
            wrong.push(format!("{paid:?} is there {} times", found.len()));
        }
        if let Some(told) = OrderAnswer::of(&paid.outcome)
            && told.state == OrderState::Fulfilled
            && kept.orders[&paid.order].state != OrderState::Fulfilled
        {
            wrong.push(format!("{paid:?}, and the order is {:?}", kept.orders[&paid.order].state));
        }
    }
}

/// Every ticket was issued once, belongs to an order, and had done to it what was acknowledged.
fn tickets(records: &Records, kept: &Kept, wrong: &mut Vec<String>) {
    let count = |number: TicketNumber, what: fn(&Happening) -> bool| {
        kept.history.iter().filter(|entry| entry.ticket == number && what(&entry.what)).count()
    };
    for ticket in kept.tickets.values() {
        let number = ticket.number;
        let order = kept.orders.get(&ticket.order);
        if !order.is_some_and(|order| order.tickets.iter().any(|ticket| ticket.number == number)) {
            wrong.push(format!("ticket {number} belongs to no order"));
        }
        if count(number, |what| matches!(what, Happening::Issued)) != 1 {
            wrong.push(format!("ticket {number} was not issued once"));
        }
        let reissued = count(number, |what| matches!(what, Happening::Reissued { .. }));
        let handed = count(number, |what| matches!(what, Happening::HandedOn { .. }));
        if reissued + handed + 1 != usize::from(ticket.generation) {
            let generation = ticket.generation;
            wrong.push(format!("ticket {number} has generation {generation} after {reissued} and {handed} times"));
        }
        let voided = count(number, |what| matches!(what, Happening::Voided { .. }));
        if voided != usize::from(ticket.status_word() == StatusWord::Void) {
            wrong.push(format!("ticket {number} was made void {voided} times"));
        }
        let resent = count(number, |what| matches!(what, Happening::Resent { .. }));
        for (deed, times) in [(Deed::Reissue, reissued), (Deed::Resend, resent)] {
            let (least, most) = records.times(number, deed);
            if !(least..=most).contains(&times) {
                wrong.push(format!("ticket {number}: {deed:?} {times} times, where {least} to {most} were told"));
            }
        }
        if voided > 0 && !records.may_be_void(ticket) {
            wrong.push(format!("ticket {number} is void, and nobody was told so"));
        }
        if records.times(number, Deed::Void).0 > 0 && voided == 0 {
            wrong.push(format!("ticket {number} should be void"));
        }
    }
}

impl Records {
    /// It was made void, or its order cancelled, as far as anybody knows.
    fn may_be_void(&self, ticket: &Ticket) -> bool {
        let cancelled =
            |(order, outcome): &(OrderId, Outcome)| *order == ticket.order && !matches!(outcome, Outcome::Refused(_));
        self.times(ticket.number, Deed::Void).1 > 0 || self.cancelled.iter().any(cancelled)
    }

    /// How often this can have been done: at least what was acknowledged, at most that and what nobody knows.
    fn times(&self, ticket: TicketNumber, deed: Deed) -> (usize, usize) {
        let all = || self.done.iter().filter(move |done| done.ticket == ticket && done.deed == deed);
        let done = all().filter(|done| done.outcome.is_done()).count();
        let unknown = all().filter(|done| done.outcome == Outcome::Unknown).count();
        (done, done + unknown)
    }
}

/// Every scan is kept as it was answered, and nobody came in twice.
fn scans(records: &Records, kept: &Kept, wrong: &mut Vec<String>) {
    let undone: BTreeSet<&ScanId> =
        records.scans.iter().filter_map(|scanned| undoes(&scanned.request.action)).collect();
    let mut admitted: BTreeMap<(TicketNumber, ItemId), BTreeSet<&ScanId>> = BTreeMap::new();
    for scanned in &records.scans {
        let Some(answer) = &scanned.answer else { continue };
        let id = &scanned.request.id;
        match kept.scans.get(id) {
            None => wrong.push(format!("scan {id} was answered and is not there")),
            Some(scan) if scan.result != *answer => {
                wrong.push(format!("scan {id} was answered {answer:?} and is kept as {:?}", scan.result));
            }
            Some(_) => {}
        }
        let is_entry = undoes(&scanned.request.action).is_none() && answer.verdict.word() == VerdictWord::Admitted;
        if let (true, Some(ticket)) = (is_entry && !undone.contains(id), &answer.ticket) {
            for item in &answer.items {
                admitted.entry((ticket.number, *item)).or_default().insert(id);
            }
        }
    }
    for ((ticket, item), scans) in admitted.iter().filter(|(_, scans)| scans.len() > 1) {
        wrong.push(format!("ticket {ticket} was admitted to {item} by {scans:?}"));
    }
}

fn undoes(action: &Action) -> Option<&ScanId> {
    match action {
        Action::Undo { undoes } => Some(undoes),
        Action::Entry | Action::Reentry => None,
    }
}

/// Every letter came, and all its copies have one Message-ID.
fn letters(records: &Records, kept: &Kept, wrong: &mut Vec<String>) {
    let mut known: BTreeMap<&str, &Mail> = BTreeMap::new();
    let mut about: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for mail in &kept.mails {
        let first = known.entry(&mail.message_id).or_insert(mail);
        if (&first.to, &first.subject, &first.text) != (&mail.to, &mail.subject, &mail.text) {
            wrong.push(format!("two letters with one Message-ID: {first:?} and {mail:?}"));
        }
        about.entry((&mail.subject, &mail.text)).or_default().insert(&mail.message_id);
    }
    let count = |subject: &str, text: &str| about.get(&(subject, text)).map_or(0, BTreeSet::len);
    for order in kept.orders.values() {
        let is_issued = order.issued == order.tickets.len();
        let letters = count("tickets", &order.id.to_string());
        if letters != usize::from(is_issued) {
            wrong.push(format!("{letters} letters with the tickets of order {}, {:?}", order.id, order.state));
        }
    }
    for ticket in kept.tickets.values() {
        let number = ticket.number.to_string();
        let letters = count("ticket", &number);
        let is_handing =
            |entry: &&HistoryEntry| entry.ticket == ticket.number && matches!(entry.what, Happening::HandedOn { .. });
        let handed = kept.history.iter().filter(is_handing).count();
        let (mut least, most) =
            [Deed::Reissue, Deed::Resend].into_iter().fold((0, 1 + handed), |(least, most), deed| {
                let (l, m) = records.times(ticket.number, deed);
                (least + l, most + m)
            });
        if handed > 0 {
            // A letter to somebody who gave it away before it went out does not go out; that to the last one does.
            least = 1;
            let is_theirs = |mail: &&Mail| mail.to == *ticket.holder_email() && mail.text == number;
            if !kept.mails.iter().any(|mail| is_theirs(&mail)) {
                wrong.push(format!("ticket {number} did not go to its last holder"));
            }
        }
        if !(least..=most).contains(&letters) {
            wrong.push(format!("{letters} letters with ticket {}, where {least} to {most} are due", ticket.number));
        }
    }
}
