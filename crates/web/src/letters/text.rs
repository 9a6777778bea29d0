//! A letter as plain text: complete by itself, one paragraph a line, addresses on lines of their own.

use super::blocks::{Block, Fact, Link, ShownTicket, Sum, Weight};
use super::{Letter, Sender, closing};
use crate::texts::Texts;

/// What parts the letter's own sections.
const RULE: &str = "----------------------------------------";

/// Writes it.
pub(super) fn write(texts: Texts, sender: &Sender, letter: &Letter) -> String {
    let mut parts = vec![sender.name.clone(), letter.title.clone()];
    parts.extend(letter.blocks.iter().map(block));
    parts.push(RULE.to_owned());
    parts.push(closing(texts, sender).join("\n"));
    parts.retain(|part| !part.is_empty());
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => text.clone(),
        Block::Notice(text) => format!("! {text}"),
        Block::Event { title, details } => format!("{title}\n{}", details.join("\n")),
        Block::Facts(facts) => lines(facts.iter().map(fact)),
        Block::Button(link) => self::link(link),
        Block::Links(links) => lines(links.iter().map(self::link)),
        Block::Lines { heading, text } => format!("{heading}:\n{text}"),
        Block::Ticket(ticket) => self::ticket(ticket),
        Block::Sums(sums) => format!("{RULE}\n{}", lines(sums.iter().map(sum))),
    }
}

fn ticket(ticket: &ShownTicket) -> String {
    let notices = ticket.notices.iter().map(|notice| format!("! {notice}"));
    let days = ticket.days.iter().map(|day| format!("{}: {}", day.day, day.items.join(", ")));
    let head = [RULE.to_owned(), ticket.name.clone()].into_iter();
    let tail = ticket.no_code.iter().cloned().chain([fact(&ticket.number)]).chain(ticket.link.iter().map(link));
    lines(head.chain(ticket.facts.iter().map(fact)).chain(days).chain(notices).chain(tail))
}

fn fact(fact: &Fact) -> String {
    format!("{}: {}", fact.name, fact.value)
}

fn link(link: &Link) -> String {
    format!("{}:\n{}", link.label, link.url)
}

fn sum(sum: &Sum) -> String {
    match sum.weight {
        Weight::Line => format!("{}: {}", sum.what, sum.amount),
        Weight::Total | Weight::Part | Weight::Due => format!("= {}: {}", sum.what, sum.amount),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}
