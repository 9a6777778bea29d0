//! The letter about an order that is held until it is paid: how to pay it, and until when.

use domain::orders::OrderState;
use domain::payments::Method;
use domain::values::Money;
use engine::orders::OrderView;
use engine::render::About;

use super::blocks::{Block, Fact, Link};
use super::{Letter, Letters};
use crate::{links, wording};

impl Letters {
    pub(super) fn reserved(&self, about: &About, view: &OrderView) -> Letter {
        let (texts, order) = (self.texts, &view.order);
        let zone = &about.event.time_zone;
        let until = order.expires_at.map(|at| wording::day_and_time(texts, at, zone));
        let mut blocks = Vec::new();
        match (order.state, &until) {
            (OrderState::Held, Some(until)) => {
                let named = format!("{until} ({})", wording::zone(texts, zone, about.event.starts_at));
                blocks.push(Block::Notice(texts.say_with("letter-held-until", &[("until", named.into())])));
            }
            (OrderState::Held, None) => {}
            (OrderState::Paid | OrderState::Fulfilled, _) => {
                blocks.push(Block::Notice(texts.say("letter-reserved-paid")));
            }
            (OrderState::Expired | OrderState::Cancelled, _) => {
                blocks.push(Block::Notice(texts.say("letter-order-ended")));
            }
        }
        if order.state == OrderState::Held {
            blocks.extend(self.how_to_pay(about, view));
        }
        blocks.push(self.event(about));
        blocks.push(Block::Sums(self.sums(view)));
        let button = order.state != OrderState::Held || order.method == Some(Method::BankTransfer);
        if button {
            blocks.push(Block::Button(self.order_page(view)));
        }
        let event = ("event", about.event.title.to_string().into());
        let subject = match (order.state, until) {
            (OrderState::Held, Some(until)) => {
                texts.say_with("letter-reserved-subject", &[event, ("until", until.into())])
            }
            _ => texts.say_with("letter-reserved-subject-ended", &self.event_places(about)),
        };
        Letter {
            subject,
            preview: self.preview(about),
            title: texts.say("letter-reserved-title"),
            blocks,
            attachments: Vec::new(),
        }
    }

    /// By transfer: account, amount, reference. By card: where.
    fn how_to_pay(&self, about: &About, view: &OrderView) -> Vec<Block> {
        let (texts, order) = (self.texts, &view.order);
        if order.method != Some(Method::BankTransfer) {
            let href = links::order_payment(&order.event, order.id, Some(&view.key));
            return vec![Block::Button(Link::new(texts.say("letter-pay"), self.links.absolute(&href)))];
        }
        let details = &about.organisation.bank_details;
        let account = if details.is_empty() { texts.say("letter-no-bank-details") } else { details.to_string() };
        let amount = wording::money(texts, Money::new(order.due(), order.currency));
        vec![
            Block::Facts(vec![
                Fact::new(texts.say("letter-transfer-amount"), amount),
                Fact::new(texts.say("letter-transfer-reference"), wording::order_reference(order.id)),
            ]),
            Block::Lines { heading: texts.say("letter-transfer-to"), text: account },
            Block::Paragraph(texts.say("letter-transfer-takes-time")),
        ]
    }
}
