//! Picking: by what one wants to do, with the cheapest cover answering as items are ticked; or by pass, for several
//! people at several rates.

use domain::catalogue::{Rate, Role};
use domain::pricing::{ItemOption, Options, PassOption, options};
use engine::scope::ShopScope;
use maud::{Markup, Render as _, html};

use super::cover::cover_panel;
use super::event::{Offers, left};
use super::frame;
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::offer::buy_bar;
use crate::ui::{Button, Choice, Empty, Field, Icon, Left, NavLink, Quantity, Steps, navigation};
use crate::visit::{Shown, Visit, show, show_with};
use crate::{links, wording};

/// Most people for whom one thing can be picked at once.
pub(super) const MOST: u32 = 10;

/// The page on which a visitor picks.
pub(super) async fn show_pick(visit: Visit<ShopScope>) -> Shown {
    let slug = visit.event()?.clone();
    let all = visit.engine().read_options(&visit.scope, &slug).await?;
    Ok(show(&pick_page(&visit, &all, None)?))
}

/// The same page with what went wrong, after a form came back.
pub(super) fn pick_again(visit: &Visit<ShopScope>, all: &Options, trouble: &str) -> Shown {
    Ok(show_with(axum::http::StatusCode::CONFLICT, &pick_page(visit, all, Some(trouble))?))
}

fn pick_page(
    visit: &Visit<ShopScope>,
    all: &Options,
    trouble: Option<&str>,
) -> Result<Markup, crate::problem::Problem> {
    let texts = visit.texts;
    let (passes, items) = options(all, visit.engine().now());
    let by_pass = visit.sent.typed("/by") == "pass" || items.is_empty();
    let here = links::pick(&all.event.event);
    let views = [
        NavLink::new(texts.say("pick-by-items"), here.as_str().to_owned()).current_when(!by_pass),
        NavLink::new(texts.say("pick-by-pass"), links::pick(&all.event.event).with("by", "pass")).current_when(by_pass),
    ];
    let offers = Offers { texts, all, currency: visit.scope.organisation().currency };
    let content = html! {
        div class="mb-8 grid gap-6" {
            (steps(texts, 0))
            div class="flex flex-wrap items-end justify-between gap-4" {
                div {
                    p.hero-kicker { a href=(links::event(&all.event.event)) { (all.event.title) } }
                    h1 { (texts.say(if by_pass { "pick-title-pass" } else { "pick-title-items" })) }
                }
                @if !items.is_empty() && !passes.is_empty() {
                    (navigation::segments(&texts.say("pick-how"), &views))
                }
            }
            @if let Some(trouble) = trouble {
                (crate::ui::message::notice(crate::ui::Tone::Warning, &texts.say("pick-not-possible"), html! { (trouble) }))
            }
        }
        @if passes.is_empty() && items.is_empty() {
            (Empty::new(Icon::Ticket, texts.say("event-nothing-yet"), texts.say("event-nothing-yet-more")))
        } @else if by_pass {
            (by_pass_form(visit, &offers, &passes))
        } @else {
            (by_items_form(visit, &offers, &items)?)
        }
    };
    let title = texts.say("pick-title-items");
    Ok(frame::page(texts, visit.scope.organisation(), &visit.caller, &title).content(content).private().render())
}

/// The steps of buying; those before `at` are done.
pub(super) fn steps(texts: Texts, at: usize) -> Markup {
    let names = ["buy-pick", "buy-who", "buy-pay", "buy-done"];
    names.iter().fold(Steps::at(texts, at), |steps, name| steps.step(texts.say(name))).render()
}

fn by_items_form(
    visit: &Visit<ShopScope>,
    offers: &Offers<'_>,
    items: &[ItemOption<'_>],
) -> Result<Markup, crate::problem::Problem> {
    let (texts, all) = (offers.texts, offers.all);
    let ticked = visit.sent.all("/items");
    let asks_role = items.iter().any(|option| option.item.roles.is_some());
    Ok(html! {
        form.with-summary method="post" action=(links::hold(&all.event.event))
            hx-post=(links::cover(&all.event.event)) hx-trigger="change" hx-target="#cover" {
            (visit.once_field())
            div class="grid gap-4" {
                div class="panel form" {
                    (rate_and_number(offers, visit))
                    @if asks_role { (role_field(texts, visit.sent.typed("/role"), None)) }
                }
                (offers.items(items, &ticked))
            }
            aside #cover { (cover_panel(visit, all)?) }
        }
    })
}

fn rate_and_number(offers: &Offers<'_>, visit: &Visit<ShopScope>) -> Markup {
    let texts = offers.texts;
    let rates = &offers.all.event.rates;
    let typed = visit.sent.typed("/rate");
    let chosen = rates.iter().find(|rate| rate.id.as_str() == typed).or_else(|| rates.first());
    let number = visit.sent.typed("/quantity");
    html! {
        (crate::ui::form::row(html! {
            @if rates.len() > 1 {
                (Field::select("rate", texts.say("pick-rate"), rates.iter().map(|rate| {
                    Choice::new(rate.id.as_str(), rate_name(texts, rate))
                })).value(chosen.map_or("", |rate| rate.id.as_str())))
            }
            (Field::select("quantity", texts.say("pick-people"), (1..=MOST).map(|n| Choice::new(n.to_string(), n.to_string())))
                .value(if number.is_empty() { "1" } else { number }))
        }))
    }
}

/// A rate's name, and that the door asks for proof.
pub(super) fn rate_name(texts: Texts, rate: &Rate) -> String {
    if rate.proof_required {
        texts.say_with("pick-rate-proof", &[("rate", rate.name.as_str().into())])
    } else {
        rate.name.to_string()
    }
}

/// How somebody dances.
pub(super) fn role_field(texts: Texts, chosen: &str, fault: Option<String>) -> Markup {
    let cards = Role::ALL.map(|role| Card::new(role.word(), wording::role(texts, role)));
    Choices::one("role", texts.say("pick-role"), cards).chosen(chosen.to_owned()).error(fault).required().render()
}

fn by_pass_form(visit: &Visit<ShopScope>, offers: &Offers<'_>, passes: &[PassOption<'_>]) -> Markup {
    let texts = offers.texts;
    html! {
        form method="post" action=(links::hold(&offers.all.event.event)) {
            (visit.once_field())
            h2.unseen { (texts.say("event-passes")) }
            div.passes {
                @for option in passes { (offers.pass(option, Some(quantities(visit, offers, option)), false)) }
            }
            (buy_bar(html! { (texts.say("pick-bar")) }, Button::submit(texts.say("pick-go-on")).primary().large().trailing(Icon::Arrow), true))
        }
    }
}

/// How many of a pass at each rate and, where that is asked, in each role.
fn quantities(visit: &Visit<ShopScope>, offers: &Offers<'_>, option: &PassOption<'_>) -> Markup {
    let (texts, all) = (offers.texts, offers.all);
    if matches!(left(option.left), Left::SoldOut) {
        return html! {};
    }
    let roles: Vec<Option<Role>> = match option.left.roles {
        Some(_) => Role::ALL.into_iter().map(Some).collect(),
        None => vec![None],
    };
    let rates: Vec<&Rate> = all.event.rates.iter().filter(|rate| option.price.contains_key(&rate.id)).collect();
    let most = option.left.all.map_or(MOST, |left| MOST.min(u32::try_from(left).unwrap_or_default()));
    html! {
        div class="grid gap-2" {
            @for rate in &rates {
                @for role in &roles {
                    @let price = option.price.get(&rate.id).copied().unwrap_or_default();
                    @let role_word = role.map_or("any", Role::word);
                    @let name = format!("q[{}][{}][{role_word}]", option.pass.id, rate.id);
                    @let of = described(texts, rate, *role, rates.len() > 1);
                    @let typed = visit.sent.typed(&format!("/q/{}/{}/{role_word}", option.pass.id, rate.id));
                    @let value = typed.parse().unwrap_or_default();
                    div class="flex items-center justify-between gap-3" {
                        span class="grid leading-snug" {
                            (of)
                            @if rates.len() > 1 { span class="text-ink-2 tabular-nums" { (offers.amount(price)) } }
                        }
                        (Quantity { name: name.into(), of: format!("{} {of}", option.pass.name).into(), value, most }.show(texts))
                    }
                }
            }
        }
    }
}

fn described(texts: Texts, rate: &Rate, role: Option<Role>, several_rates: bool) -> String {
    let rate = if several_rates { rate_name(texts, rate) } else { texts.say("pick-how-many") };
    match role {
        Some(role) => format!("{rate}, {}", wording::role(texts, role)),
        None => rate,
    }
}

/// What stands in place of a summary while nothing is ticked.
pub(super) fn nothing_picked(texts: Texts) -> Markup {
    Empty::new(Icon::Sparkles, texts.say("cover-title"), texts.say("cover-tick-first")).render()
}
