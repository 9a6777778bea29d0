//! Statuses and kinds, in words. Each word of the domain has a message, `wording-{what}-{word}`.

use domain::catalogue::{Event, EventStatus, Kind, RateId, Role};
use domain::orders::OrderState;
use domain::payments::Method;
use domain::people::StaffRole;
use domain::tickets::{MoneyStatus, StatusWord};

use crate::texts::Texts;

/// How somebody dances: `Leader`.
pub fn role(texts: Texts, role: Role) -> String {
    say(texts, "role", role.word())
}

/// What a rate is called; an event may have lost it since.
pub fn rate(event: &Event, rate: &RateId) -> String {
    event.rate(rate).map_or_else(|| rate.to_string(), |rate| rate.name.to_string())
}

/// What kind of thing an item is: `Party`.
pub fn kind(texts: Texts, kind: Kind) -> String {
    say(texts, "kind", kind.word())
}

/// How an order is paid: `Bank transfer`.
pub fn method(texts: Texts, method: Method) -> String {
    say(texts, "method", method.word())
}

/// Whether a ticket is good: `Active`.
pub fn ticket_status(texts: Texts, status: StatusWord) -> String {
    say(texts, "ticket", status.word())
}

/// What has been paid of a ticket: `Part paid`.
pub fn money_status(texts: Texts, status: MoneyStatus) -> String {
    say(texts, "money", status.word())
}

/// Where an order is in its life, as people say it: `Waiting for payment`.
pub fn order_state(texts: Texts, state: OrderState) -> String {
    say(texts, "order", state.word())
}

/// Whether an event is public: `Draft`.
pub fn event_status(texts: Texts, status: EventStatus) -> String {
    say(texts, "event", status.word())
}

/// What a member of staff is: `Box office`.
pub fn staff_role(texts: Texts, role: StaffRole) -> String {
    say(texts, "staff", role.word())
}

fn say(texts: Texts, what: &str, word: &str) -> String {
    texts.say(&format!("wording-{what}-{}", word.replace('_', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Lang;

    #[test]
    fn every_word_of_the_domain_is_said_in_every_language() {
        for texts in Lang::ALL.map(Texts::of) {
            let said = Role::ALL.map(|word| role(texts, word)).into_iter();
            let said = said.chain(Kind::ALL.map(|word| kind(texts, word)));
            let said = said.chain(Method::ALL.map(|word| method(texts, word)));
            let said = said.chain(StatusWord::ALL.map(|word| ticket_status(texts, word)));
            let said = said.chain(MoneyStatus::ALL.map(|word| money_status(texts, word)));
            let said = said.chain(OrderState::ALL.map(|word| order_state(texts, word)));
            let said = said.chain(EventStatus::ALL.map(|word| event_status(texts, word)));
            let said = said.chain(StaffRole::ALL.map(|word| staff_role(texts, word)));
            for words in said {
                assert!(!words.starts_with("wording-") && !words.is_empty(), "{words}");
            }
        }
        assert_eq!(method(Texts::default(), Method::AtDoor), "Pay at the door");
    }
}
