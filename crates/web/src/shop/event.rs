//! An event's page: what, when, where, and what can be bought.

use std::collections::BTreeMap;

use domain::catalogue::{Day, Event, EventStatus, Kind, RateId};
use domain::pricing::{ItemOption, Left as Places, NextPrice, Options, PassOption, options};
use domain::values::{Amount, Currency, Money, PassId};
use engine::scope::ShopScope;
use jiff::Timestamp;
use maud::{Markup, Render as _, html};

use super::frame;
use crate::texts::Texts;
use crate::ui::{Button, Empty, Hero, Icon, ItemRow, Left, PassCard, Price, Tone, message, offer};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

/// So few places left are worth a word.
const FEW: i64 = 20;

/// The page of an event.
pub(super) async fn show_event(visit: Visit<ShopScope>) -> Shown {
    let texts = visit.texts;
    let slug = visit.event()?.clone();
    let all = visit.engine().read_options(&visit.scope, &slug).await?;
    let now = visit.engine().now();
    let (passes, items) = options(&all, now);
    let offers = Offers { texts, all: &all, currency: visit.scope.organisation().currency };
    let best = offers.saves_most(&passes);
    let from = offers.from(&passes, &items);
    let content = html! {
        (hero(texts, &all.event, !passes.is_empty() || !items.is_empty(), now))
        @if passes.is_empty() && items.is_empty() {
            section.page-section { (nothing_on_sale(texts, &all.event, now)) }
        }
        @if !passes.is_empty() {
            section.page-section #passes {
                h2.section-title { (texts.say("event-passes")) }
                div.passes { @for pass in &passes { (offers.pass(pass, Some(offers.choose(pass)), best == Some(pass.pass.id))) } }
            }
        }
        @if !items.is_empty() {
            section.page-section #items {
                h2.section-title { (texts.say("event-items")) }
                form method="get" action=(links::pick(&all.event.event)) {
                    (offers.items(&items, &[]))
                    div class="mt-6 flex justify-end" {
                        (Button::submit(texts.say("event-cover")).large().trailing(Icon::Arrow))
                    }
                }
            }
        }
        @if let Some(from) = from.filter(|_| all.event.is_on_sale(now)) {
            (offer::buy_bar(from, Button::link(links::pick(&all.event.event), texts.say("event-buy")).primary().large(), false))
        }
    };
    let title = all.event.title.as_str();
    let page = frame::page(texts, visit.scope.organisation(), &visit.caller, title)
        .description(all.event.description.as_str())
        .content(content);
    Ok(show(&page.render()))
}

fn hero(texts: Texts, event: &Event, can_buy: bool, now: Timestamp) -> Markup {
    let zone = wording::zone(texts, &event.time_zone, event.starts_at);
    let mut hero = Hero::new(event.title.as_str())
        .lead(event.description.as_str())
        .fact(Icon::Calendar, format!("{} ({zone})", wording::when(texts, event)));
    if let Some(venue) = &event.venue {
        let address = venue.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
        hero = hero.fact(Icon::Place, format!("{}{address}", venue.name));
    }
    if event.status == EventStatus::Draft {
        hero = hero.kicker(texts.say("event-draft"));
    }
    if can_buy && event.is_on_sale(now) {
        hero = hero.actions(html! {
            (Button::link(links::pick(&event.event), texts.say("event-buy")).primary().large())
            (Button::link(links::event_calendar(&event.event), texts.say("event-calendar")).large().icon(Icon::Calendar))
        });
    }
    hero.render()
}

fn nothing_on_sale(texts: Texts, event: &Event, now: Timestamp) -> Markup {
    if event.status == EventStatus::Cancelled {
        let more = html! { (texts.say("event-cancelled-more")) };
        return message::notice(Tone::Bad, &texts.say("event-cancelled"), more);
    }
    let key = if event.ends_at <= now { "event-over" } else { "event-nothing-yet" };
    let others = Button::link(links::organisation(&event.event.organisation), texts.say("event-others"));
    Empty::new(Icon::Ticket, texts.say(key), texts.say(&format!("{key}-more"))).actions(others).render()
}

/// What an event sells, as cards and rows.
pub(super) struct Offers<'a> {
    pub(super) texts: Texts,
    pub(super) all: &'a Options,
    pub(super) currency: Currency,
}

impl Offers<'_> {
    /// An amount in the organisation's currency.
    pub(super) fn amount(&self, amount: Amount) -> String {
        wording::money(self.texts, Money::new(amount, self.currency))
    }

    /// The pass that saves most, where there are several to choose from and one saves more than all others.
    pub(super) fn saves_most(&self, passes: &[PassOption<'_>]) -> Option<PassId> {
        let saving = |option: &PassOption<'_>| {
            let (rate, _) = self.usual(&option.price)?;
            option.saving.get(rate).copied().filter(|saving| !saving.is_zero())
        };
        let mut savings: Vec<(Amount, PassId)> = passes
            .iter()
            .filter(|option| left(option.left) != Left::SoldOut)
            .filter_map(|option| Some((saving(option)?, option.pass.id)))
            .collect();
        savings.sort_by_key(|(saving, _)| std::cmp::Reverse(*saving));
        match savings.as_slice() {
            [first, second, _, ..] if first.0 > second.0 => Some(first.1),
            _ => None,
        }
    }

    /// "From £25": the least that anything costs.
    fn from(&self, passes: &[PassOption<'_>], items: &[ItemOption<'_>]) -> Option<Markup> {
        let prices = passes.iter().map(|option| &option.price).chain(items.iter().map(|option| &option.price));
        let least = prices.filter_map(|prices| self.usual(prices)).map(|(_, price)| price).min()?;
        let amount = if least.is_zero() { self.texts.say("event-free") } else { self.amount(least) };
        Some(html! { small { (self.texts.say("event-from")) } b { (amount) } })
    }

    /// The way from a pass to its number of people, with one person to begin with where no role is asked.
    fn choose(&self, option: &PassOption<'_>) -> Markup {
        let id = option.pass.id.to_string();
        let mut href = links::pick(&self.all.event.event).with("by", "pass");
        if let (None, Some((rate, _))) = (option.left.roles, self.usual(&option.price)) {
            href = href.with(&format!("q[{id}][{rate}][any]"), "1");
        }
        let words = self.texts.say("event-choose");
        let whole = format!("{words}: {}", option.pass.name);
        Button::link(href.at(&id), words).wide().attr("aria-label", whole).render()
    }

    /// A pass, at the first rate that it is sold at; `action` is what can be done with it here.
    pub(super) fn pass(&self, option: &PassOption<'_>, action: Option<Markup>, is_best: bool) -> Markup {
        let pass = option.pass;
        let mut card = PassCard::new(self.texts, pass.name.as_str()).left(left(option.left)).at(pass.id.to_string());
        if is_best {
            card = card.ribbon(self.texts.say("event-saves-most"));
        }
        if !pass.description.is_empty() {
            card = card.about(pass.description.as_str());
        }
        if let Some((rate, price)) = self.usual(&option.price) {
            let saving = option.saving.get(rate).copied().unwrap_or_default();
            let mut shown =
                if price.is_zero() { Price::free(self.texts) } else { Price::new(self.texts, self.amount(price)) };
            if !saving.is_zero() {
                shown = shown.instead_of(self.amount(price + saving)).saving(self.amount(saving));
            }
            if let Some(next) = self.next(option.next.as_ref(), rate) {
                shown = shown.next(next);
            }
            card = card.price(shown);
        }
        for id in &pass.includes {
            if let Some(item) = self.all.item(*id) {
                card = card.includes(icon(item.kind), item.name.as_str());
            }
        }
        match action {
            Some(action) => card.action(action).render(),
            None => card.render(),
        }
    }

    /// Items by day, to be ticked as `items`; those in `ticked` are.
    pub(super) fn items(&self, options: &[ItemOption<'_>], ticked: &[&str]) -> Markup {
        let mut days: BTreeMap<(u8, String), Vec<&ItemOption<'_>>> = BTreeMap::new();
        for option in options {
            let day = match option.item.day {
                Some(Day::On(date)) => (0, date.to_string()),
                Some(Day::All) => (1, String::new()),
                None => (2, String::new()),
            };
            days.entry(day).or_default().push(option);
        }
        html! {
            div.item-days { @for options in days.values() {
                @let heading = options.first().and_then(|option| option.item.day)
                    .map_or_else(|| self.texts.say("event-any-time"), |day| wording::item_day(self.texts, day));
                @let ids: Vec<String> = options.iter().map(|option| option.item.id.to_string()).collect();
                (offer::items(&heading, options.iter().zip(&ids).map(|(option, id)| self.row(option, id, ticked))))
            } }
        }
    }

    fn row<'b>(&self, option: &'b ItemOption<'_>, id: &'b str, ticked: &[&str]) -> ItemRow<'b> {
        let price = self.usual(&option.price).map_or_else(String::new, |(_, price)| {
            if price.is_zero() { self.texts.say("event-free") } else { self.amount(price) }
        });
        let row = ItemRow::new(self.texts, "items", id, option.item.name.as_str())
            .icon(icon(option.item.kind))
            .detail(option.item.description.as_str())
            .price(price)
            .left(left(option.left));
        row.ticked_when(ticked.contains(&id))
    }

    /// The price at the first of the event's rates that the thing is sold at.
    fn usual<'b>(&'b self, prices: &BTreeMap<RateId, Amount>) -> Option<(&'b RateId, Amount)> {
        self.all.event.rates.iter().find_map(|rate| prices.get(&rate.id).map(|price| (&rate.id, *price)))
    }

    fn next(&self, next: Option<&NextPrice<'_>>, rate: &RateId) -> Option<String> {
        let next = next?;
        let price = self.amount(*next.step.prices.get(rate)?);
        let texts = self.texts;
        match (next.from_at, next.after_sold) {
            (Some(from), _) => {
                let when = wording::date_time(texts, from, &self.all.event.time_zone);
                Some(texts.say_with("event-next-from", &[("price", price.into()), ("when", when.into())]))
            }
            (None, Some(_)) => Some(texts.say_with("event-next-soon", &[("price", price.into())])),
            (None, None) => None,
        }
    }
}

/// What is left, as a card says it.
pub(super) fn left(places: Places) -> Left {
    match places.all {
        Some(left) if left <= 0 => Left::SoldOut,
        Some(left) if left <= FEW => Left::Few(u32::try_from(left).unwrap_or_default()),
        Some(_) | None => Left::Plenty,
    }
}

/// The picture of a kind of item.
pub(super) fn icon(kind: Kind) -> Icon {
    match kind {
        Kind::Class => Icon::Class,
        Kind::Party => Icon::Music,
        Kind::Physical => Icon::Gift,
        Kind::Digital => Icon::Download,
        Kind::Access => Icon::Ticket,
    }
}
