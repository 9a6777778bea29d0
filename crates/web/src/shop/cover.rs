//! The cheapest cover of what is ticked: what it is made of, what comes on top, what it saves.

use domain::catalogue::{RateId, Role, Thing};
use domain::pricing::{Options, Quote, QuoteLine, QuoteRequest, quote};
use domain::values::{Amount, ItemId};
use domain::{Refusal, values::Money};
use engine::scope::ShopScope;
use maud::{Markup, html};

use super::pick::nothing_picked;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::offer::Line;
use crate::ui::{Button, Icon, Summary, Tone, message};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

/// What is ticked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wish {
    pub(super) items: Vec<ItemId>,
    pub(super) rate: Option<RateId>,
    pub(super) role: Option<Role>,
    pub(super) quantity: u32,
}

impl Wish {
    /// Reads what was sent; what cannot be read counts as not given, since the form offers nothing else.
    pub(super) fn of(visit: &Visit<ShopScope>) -> Self {
        let sent = &visit.sent;
        let items: std::collections::BTreeSet<ItemId> =
            sent.all("/items").into_iter().filter_map(|id| id.parse().ok()).collect();
        Self {
            items: items.into_iter().collect(),
            rate: sent.typed("/rate").parse().ok(),
            role: Role::ALL.into_iter().find(|role| role.word() == sent.typed("/role")),
            quantity: sent.typed("/quantity").parse().unwrap_or(1).clamp(1, super::pick::MOST),
        }
    }

    pub(super) fn request(&self) -> QuoteRequest {
        QuoteRequest { items: self.items.clone(), rate: self.rate.clone(), role: self.role, quantity: self.quantity }
    }
}

/// The panel beside the items, as they are ticked.
pub(super) async fn show_cover(visit: Visit<ShopScope>) -> Shown {
    let slug = visit.event()?.clone();
    let all = visit.engine().read_options(&visit.scope, &slug).await?;
    Ok(show(&cover_panel(&visit, &all)?))
}

/// The cheapest cover of what is ticked, with the button that begins the hold.
pub(super) fn cover_panel(visit: &Visit<ShopScope>, all: &Options) -> Result<Markup, Problem> {
    let texts = visit.texts;
    let wish = Wish::of(visit);
    if wish.items.is_empty() {
        return Ok(html! { (nothing_picked(texts)) (ask(texts, all)) });
    }
    match quote(all, &wish.request(), visit.engine().now()) {
        Ok(found) => Ok(panel(visit, all, &wish, &found)),
        Err(Refusal::CannotBeCovered(_)) => Ok(message::notice(
            Tone::Warning,
            &texts.say("cover-impossible"),
            html! { (texts.say("cover-impossible-more")) },
        )),
        Err(refusal) => Err(refusal.into()),
    }
}

fn panel(visit: &Visit<ShopScope>, all: &Options, wish: &Wish, found: &Quote) -> Markup {
    let texts = visit.texts;
    let amount = |amount: Amount| wording::money(texts, Money::new(amount, visit.scope.organisation().currency));
    let lines = found.lines.iter().map(|line| Line {
        what: name_of(all, line.thing).into(),
        detail: detail(texts, wish, line).into(),
        amount: amount(line.price.times(line.quantity)).into(),
    });
    let mut summary =
        Summary::new(texts, texts.say("cover-title"), (texts.say("cover-total"), amount(found.total))).lines(lines);
    let extras: Vec<String> =
        found.extras.iter().filter_map(|id| all.item(*id)).map(|item| item.name.to_string()).collect();
    if !extras.is_empty() {
        summary = summary.extras(extras);
    }
    if !found.saving.is_zero() {
        let alone = found.total + found.saving;
        summary = summary.sum(texts.say("cover-alone"), amount(alone)).saving(amount(found.saving));
    }
    let button = Button::submit(texts.say("pick-go-on")).primary().large().wide().trailing(Icon::Arrow);
    html! { (summary.action(html! { (button) })) (ask(texts, all)) }
}

/// Without scripts the cover answers when it is asked.
fn ask(texts: Texts, all: &Options) -> Markup {
    let button = Button::submit(texts.say("event-cover")).wide().icon(Icon::Sparkles);
    let button = button.attr("formmethod", "get").attr("formaction", links::pick(&all.event.event));
    html! { noscript { div class="mt-3" { (button) } } }
}

/// What a pass or item is called.
pub(super) fn name_of(all: &Options, thing: Thing) -> String {
    let name = match thing {
        Thing::Pass(id) => all.pass(id).map(|pass| pass.name.to_string()),
        Thing::Item(id) => all.item(id).map(|item| item.name.to_string()),
    };
    name.unwrap_or_default()
}

fn detail(texts: Texts, wish: &Wish, line: &QuoteLine) -> String {
    match wish.quantity {
        1 => line.step.to_string(),
        _ => texts.say_with("cover-times", &[("n", line.quantity.into()), ("step", line.step.as_str().into())]),
    }
}
