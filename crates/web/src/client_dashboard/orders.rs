//! An event's orders: a list that can be searched and filtered by state.

use domain::catalogue::Event;
use domain::orders::{Order, OrderState};
use domain::people::Permission;
use engine::catalogue::{cursor_text, read_cursor};
use engine::orders::OrderFilter;
use engine::scope::StaffScope;
use maud::{Markup, Render as _, html};

use super::events::money;
use super::frame::{Tab, event_page};
use crate::texts::Texts;
use crate::ui::form::filters;
use crate::ui::{Button, Choice, Column, Empty, Field, Icon, Pagination, Pill, Row, Table, Tone};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Orders of a page.
const PAGE: usize = 50;

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let slug = visit.event()?.clone();
    let event = visit.engine().read_event(&visit.scope, &slug).await?.value;
    let after = match visit.sent.typed("/after") {
        "" => None,
        text => Some(read_cursor(text)?),
    };
    let (state, query) = (visit.sent.typed("/state").to_owned(), visit.sent.typed("/q").trim().to_owned());
    let filter = OrderFilter {
        state: OrderState::ALL.into_iter().find(|known| known.word() == state),
        query: Some(query.clone()).filter(|query| !query.is_empty()),
    };
    let (orders, next) = visit.engine().find_orders(&visit.scope, &slug, &filter, (PAGE, after)).await?;
    let orders: Vec<Order> = orders.into_iter().map(|order| order.value).collect();
    let here = links::dashboard::orders(&event.event);
    let texts = visit.texts;
    let clear = (filter != OrderFilter::default()).then(|| here.to_string());
    let more = next.map(|next| here.clone().with("state", &state).with("q", &query).with("after", &cursor_text(&next)));
    let pages = Pagination {
        summary: texts.say_with("dash-orders-shown", &[("n", orders.len().into())]).into(),
        previous: None,
        next: more.map(Into::into),
    };
    let states = OrderState::ALL.map(|state| Choice::new(state.word(), wording::order_state(texts, state)));
    let any = Choice::new("", texts.say("dash-any-state"));
    let content = html! {
        (filters(texts, here.as_str(), clear.as_deref(), html! {
            (Field::search("q", texts.say("dash-orders-search")).value(query).attr("placeholder", texts.say("dash-orders-search-example")))
            (Field::select("state", texts.say("dash-state"), std::iter::once(any).chain(states)).value(state).attr("data-sends", ""))
        }))
        @if orders.is_empty() { (nothing(&visit, &event, clear.is_some())) } @else { (orders_table(&visit, &event, &orders)) }
        (pages.show(texts))
    };
    let mut page = event_page(&visit, &event, Some(Tab::Orders), texts.say("dash-orders")).content(content);
    if visit.scope.role().may(Permission::Sell) {
        let new = Button::link(links::dashboard::new_order(&event.event), texts.say("dash-new-order"));
        page = page.actions(new.primary().icon(Icon::Plus));
    }
    Ok(show(&page.render()))
}

fn nothing(visit: &Desk, event: &Event, is_filtered: bool) -> Markup {
    let texts = visit.texts;
    if is_filtered {
        return Empty::new(Icon::Search, texts.say("dash-nothing-found"), texts.say("dash-nothing-found-more"))
            .render();
    }
    let empty = Empty::new(Icon::Receipt, texts.say("dash-orders-none"), texts.say("dash-orders-none-more"));
    empty.actions(Button::link(links::event(&event.event), texts.say("dash-view-page")).icon(Icon::External)).render()
}

/// Orders as rows.
pub(super) fn orders_table(visit: &Desk, event: &Event, orders: &[Order]) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-order")),
        Column::new(texts.say("dash-buyer")),
        Column::new(texts.say("dash-state")),
        Column::new(texts.say("dash-tickets")).numeric(),
        Column::new(texts.say("dash-total")).numeric(),
        Column::new(texts.say("dash-paid")).numeric(),
        Column::new(texts.say("dash-method")),
        Column::new(texts.say("dash-placed")),
    ];
    let rows = orders.iter().map(|order| {
        let cells = [
            html! { code { (wording::order_reference(order.id)) } },
            html! { (buyer_name(texts, order)) },
            state_pill(texts, order.state),
            html! { (order.tickets.len()) },
            html! { (money(visit, order.total)) },
            html! { (money(visit, order.paid - order.refunded)) },
            html! { @if let Some(method) = order.method { (wording::method(texts, method)) } @else { "–" } },
            html! { (wording::day_and_time(texts, order.placed_at, &event.time_zone)) },
        ];
        let row = Row::new(cells).link(links::dashboard::order(&event.event, order.id));
        match order.state {
            OrderState::Expired | OrderState::Cancelled => row.faded(),
            OrderState::Held | OrderState::Paid | OrderState::Fulfilled => row,
        }
    });
    Table::new(texts, texts.say("dash-orders")).columns(columns).rows(rows).render()
}

/// Who buys, or that they have not said so yet.
pub(super) fn buyer_name(texts: Texts, order: &Order) -> String {
    order.buyer.as_ref().map_or_else(|| texts.say("dash-buyer-unknown"), |buyer| buyer.full_name.to_string())
}

/// Where an order is in its life.
pub(super) fn state_pill(texts: Texts, state: OrderState) -> Markup {
    let tone = match state {
        OrderState::Held => Tone::Warning,
        OrderState::Paid | OrderState::Fulfilled => Tone::Good,
        OrderState::Expired | OrderState::Cancelled => Tone::Neutral,
    };
    Pill::new(tone, wording::order_state(texts, state)).render()
}
