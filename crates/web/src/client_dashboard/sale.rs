//! The box office: staff sell for others, with money that they take, or none.

use domain::catalogue::{Event, RateId, Role};
use domain::orders::{MOST_THINGS, MOST_TICKETS, OrderRequest, PaymentRequest, Seller, TicketRequest, check_method};
use domain::payments::Method;
use domain::pricing::{ItemOption, Options, PassOption, options};
use domain::values::{Amount, Email, Faults, ItemId, PassId, Pointer, Text, Title, Wrong};
use engine::once::Remember;
use engine::orders::{BuyerDraft, OrderView, PlaceOrder};
use engine::scope::{ShopScope, StaffScope};
use maud::{Markup, Render as _, html};

use super::events::money;
use super::frame::{Tab, event_page};
use crate::forms::{Form, again, refused};
use crate::input::{self, Fields, count, id, line, list, one_of, title};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::{Button, Choice, Dashboard, Empty, Icon, Summary, form};
use crate::visit::{Shown, Visit, go, leads_to, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// The ways of paying at the box office.
const METHODS: [Method; 5] =
    [Method::Cash, Method::CardAtDoor, Method::AtDoor, Method::BankTransfer, Method::Complimentary];

/// A sale as its form says it.
#[derive(Debug, Clone)]
struct SaleForm {
    quantity: u32,
    ticket: TicketRequest,
    buyer: BuyerDraft,
    payment: PaymentRequest,
}

fn sale_form(fields: &mut Fields<'_>) -> Option<SaleForm> {
    let passes: Option<Vec<PassId>> = fields.optional("passes", list(0..=MOST_THINGS, id()));
    let items: Option<Vec<ItemId>> = fields.optional("items", list(0..=MOST_THINGS, id()));
    let (passes, items) = (passes.unwrap_or_default(), items.unwrap_or_default());
    if passes.is_empty() && items.is_empty() && !fields.has("passes") && !fields.has("items") {
        fields.fault("passes", Wrong::TooFew(1));
    }
    let most = u32::try_from(MOST_TICKETS).unwrap_or(u32::MAX);
    let quantity = fields.required("quantity", count(1..=most));
    let rate = fields.optional("rate", input::rate());
    let role = fields.optional("role", one_of(Role::ALL, Role::word));
    let full_name: Option<Title> = fields.required("full_name", title());
    let email: Option<Email> = fields.required("email", input::email());
    let method = fields.required("method", one_of(METHODS, Method::word));
    let reference: Option<Text<200>> = fields.optional("reference", line());
    let ticket = TicketRequest { rate, role, passes, items, ..TicketRequest::default() };
    let buyer = BuyerDraft { email: email?, full_name: full_name? };
    Some(SaleForm { quantity: quantity?, ticket, buyer, payment: PaymentRequest { method: method?, reference } })
}

impl SaleForm {
    /// One ticket for each person; the first is the buyer's own.
    fn order(self, visit: &Desk) -> Result<PlaceOrder, Problem> {
        let count = usize::try_from(self.quantity).unwrap_or(1);
        let mut tickets = vec![self.ticket; count];
        if let Some(first) = tickets.first_mut() {
            first.full_name = Some(self.buyer.full_name.clone());
        }
        let request = OrderRequest { tickets, payment: Some(self.payment), expected_total: None };
        Ok(PlaceOrder { event: visit.event()?.clone(), buyer: Some(self.buyer), request })
    }
}

async fn options_of(visit: &Desk) -> Result<Options, Problem> {
    Ok(visit.engine().read_options(&ShopScope::from(&visit.scope), visit.event()?).await?)
}

/// The form.
pub(super) async fn show_sale(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    Ok(show(&sale_page(&visit, &all, None).render()))
}

/// Sells.
pub(super) async fn sell(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    let sale = match visit.sent.read(sale_form) {
        Ok(sale) => sale,
        Err(faults) => return again(&sale_page(&visit, &all, Some(&faults))),
    };
    let wanted = sale.order(&visit)?;
    let next = |view: &OrderView| links::dashboard::order(&view.order.event, view.order.id).with("done", "sold");
    let answer = |view: &OrderView| leads_to(next(view));
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().place_order(&ShopScope::from(&visit.scope), &wanted, remember).await {
        Ok(view) => Ok(go(next(&view))),
        Err(stop) => {
            let faults: Faults = refused(stop)?.into_iter().map(at_the_form).collect();
            again(&sale_page(&visit, &all, Some(&unrepeated(faults))))
        }
    }
}

/// A fault of `/tickets/0/role` is one of the form's own `/role`, since all of its tickets are alike.
fn at_the_form(fault: domain::values::Fault) -> domain::values::Fault {
    let place = fault.at.as_str();
    let own = match place.strip_prefix("/tickets/").and_then(|rest| rest.split_once('/')) {
        Some((_, field)) => field.split('/').next().map(Pointer::to),
        None if place == "/payment/method" => Some(Pointer::to("method")),
        None if place.starts_with("/tickets") => Some(Pointer::to("passes")),
        None => None,
    };
    domain::values::Fault { at: own.unwrap_or(fault.at), wrong: fault.wrong }
}

/// The same for each of several tickets is said once.
fn unrepeated(faults: Faults) -> Faults {
    let mut once = Faults::none();
    for fault in faults {
        if !once.list().contains(&fault) {
            once.add(fault.at, fault.wrong);
        }
    }
    once
}

/// What a sale comes to, as its form is filled in.
pub(super) async fn show_total(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    Ok(show(&summary(&visit, &all)))
}

fn sale_page(visit: &Desk, all: &Options, faults: Option<&Faults>) -> Dashboard<'static> {
    let (texts, event) = (visit.texts, &all.event);
    let mut form = Form::new(texts, &visit.sent, faults);
    form.keep("quantity", 1);
    form.keep("method", Method::Cash.word());
    let (passes, items) = options(all, visit.engine().now());
    let page = event_page(visit, event, Some(Tab::Orders), texts.say("dash-new-order"));
    if passes.is_empty() && items.is_empty() {
        let empty = Empty::new(Icon::Ticket, texts.say("dash-sale-nothing"), texts.say("dash-sale-nothing-more"));
        let to = Button::link(links::dashboard::items_and_passes(&event.event), texts.say("dash-items")).primary();
        return page.content(empty.actions(to).render());
    }
    let total = links::dashboard::new_order_total(&event.event);
    page.content(html! {
        (form.summary())
        form.with-summary method="post" action=(links::dashboard::new_order(&event.event))
            hx-post=(total) hx-trigger="change" hx-target="#total" {
            (visit.once_field())
            div class="grid gap-4" {
                (what(visit, &form, all, (&passes, &items)))
                (who(texts, &form))
                (how(visit, event, &form))
            }
            aside {
                div #total { (summary(visit, all)) }
                div class="mt-4" { (Button::submit(texts.say("dash-sell")).primary().large().wide().icon(Icon::Check)) }
            }
        }
    })
}

fn what(
    visit: &Desk,
    form: &Form<'_>,
    all: &Options,
    (passes, items): (&[PassOption<'_>], &[ItemOption<'_>]),
) -> Markup {
    let texts = visit.texts;
    let price = |prices: &std::collections::BTreeMap<RateId, Amount>| {
        let amounts = all.event.rates.iter().filter_map(|rate| prices.get(&rate.id));
        amounts.map(|amount| money(visit, *amount)).collect::<Vec<_>>().join(" / ")
    };
    let pass_cards = passes.iter().map(|one| {
        let card = Card::new(one.pass.id.to_string(), one.pass.name.to_string()).aside(price(&one.price));
        if one.left.is_sold_out() { card.detail(texts.say("dash-sold-out")).closed() } else { card }
    });
    let item_cards = items.iter().map(|one| {
        let card = Card::new(one.item.id.to_string(), one.item.name.to_string()).aside(price(&one.price));
        let day = one.item.day.map(|day| wording::item_day(texts, day));
        if one.left.is_sold_out() {
            return card.detail(texts.say("dash-sold-out")).closed();
        }
        match day {
            Some(day) => card.detail(day),
            None => card,
        }
    });
    let choose = |name: &'static str, key: &str, cards: Vec<Card<'static>>, ids: Vec<String>| {
        let chosen = ids.into_iter().filter(|id| form.has(name, id));
        let choices = Choices::several(name, texts.say(key), cards).error(form.error(name));
        chosen.fold(choices, Choices::chosen).render()
    };
    let pass_ids = passes.iter().map(|one| one.pass.id.to_string()).collect();
    let item_ids = items.iter().map(|one| one.item.id.to_string()).collect();
    let rates = all.event.rates.iter().map(|rate| Choice::new(rate.id.as_str(), rate.name.as_str()));
    let asks_role =
        all.passes.iter().any(|pass| pass.roles.is_some()) || all.items.iter().any(|item| item.roles.is_some());
    let no_role = Choice::new("", texts.say("dash-no-role"));
    let roles = Role::ALL.map(|role| Choice::new(role.word(), wording::role(texts, role)));
    html! {
        div class="panel form" {
            h2 { (texts.say("dash-sale-what")) }
            @if !passes.is_empty() { (choose("passes", "dash-passes", pass_cards.collect(), pass_ids)) }
            @if !items.is_empty() { (choose("items", "dash-items-only", item_cards.collect(), item_ids)) }
            (form::row(html! {
                (form.number("quantity", texts.say("dash-sale-people")).required().attr("min", "1").attr("max", MOST_TICKETS.to_string()))
                (form.select("rate", texts.say("dash-rate"), rates))
                @if asks_role { (form.select("role", texts.say("dash-role"), std::iter::once(no_role).chain(roles))) }
            }))
        }
    }
}

fn who(texts: Texts, form: &Form<'_>) -> Markup {
    html! {
        div class="panel form" {
            h2 { (texts.say("dash-buyer")) }
            (form::row(html! {
                (form.text("full_name", texts.say("dash-name")).required().attr("autocomplete", "off"))
                (form.email("email", texts.say("dash-email")).required().attr("autocomplete", "off").hint(texts.say("dash-sale-email-hint")))
            }))
        }
    }
}

fn how(visit: &Desk, event: &Event, form: &Form<'_>) -> Markup {
    let (texts, now) = (visit.texts, visit.engine().now());
    let offered = METHODS.into_iter().filter(|method| check_method(event, *method, Seller::Staff, now).is_ok());
    let cards = offered.map(|method| {
        let about = format!("dash-sale-{}", method.word().replace('_', "-"));
        Card::new(method.word(), wording::method(texts, method)).detail(texts.say(&about))
    });
    let methods = Choices::one("method", texts.say("dash-method"), cards).required();
    html! {
        div class="panel form" {
            h2 { (texts.say("dash-sale-payment")) }
            (methods.chosen(form.value("method")).error(form.error("method")))
            (form.text("reference", texts.say("dash-reference")).optional(texts).hint(texts.say("dash-reference-hint")))
        }
    }
}

/// What was picked so far, at the prices of now.
fn summary(visit: &Desk, all: &Options) -> Markup {
    let texts = visit.texts;
    let now = visit.engine().now();
    let rate = visit.sent.typed("/rate").parse::<RateId>().ok();
    let rate = rate.or_else(|| all.event.rates.first().map(|rate| rate.id.clone()));
    let quantity = visit.sent.typed("/quantity").parse::<u32>().unwrap_or(1).clamp(1, 100);
    let (passes, items) = (visit.sent.all("/passes"), visit.sent.all("/items"));
    let picked = all.passes.iter().filter(|pass| passes.contains(&pass.id.to_string().as_str()));
    let picked = picked.map(|pass| (pass.name.to_string(), Some(&pass.pricing)));
    let alone = all.items.iter().filter(|item| items.contains(&item.id.to_string().as_str()));
    let lines = picked.chain(alone.map(|item| (item.name.to_string(), item.pricing.as_ref())));
    let price = |pricing: Option<&domain::pricing::PricingSchedule>| {
        let price = rate.as_ref().and_then(|rate| pricing?.price_at(rate, now, &all.counters));
        price.unwrap_or_default().times(quantity)
    };
    let lines: Vec<(String, Amount)> = lines.map(|(name, pricing)| (name, price(pricing))).collect();
    let total: Amount = lines.iter().map(|(_, sum)| *sum).sum();
    Summary::new(texts, texts.say("dash-sale-sum"), (texts.say("dash-total"), money(visit, total)))
        .lines(lines.into_iter().map(|(name, sum)| crate::ui::Line {
            what: name.into(),
            detail: format!("{quantity} ×").into(),
            amount: money(visit, sum).into(),
        }))
        .render()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_single_tickets_stand_at_the_fields_of_the_form_once() {
        let role = |index: usize| Pointer::to("tickets").then(index).then("role");
        let faults: Faults = [role(0), role(1)]
            .map(|at| domain::values::Fault { at, wrong: Wrong::RoleNeeded })
            .into_iter()
            .map(at_the_form)
            .collect();
        assert_eq!(unrepeated(faults), Faults::one(Pointer::to("role"), Wrong::RoleNeeded));
    }
}
