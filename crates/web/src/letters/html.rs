//! A letter as HTML for mail readers: tables and styles in place, because that is what all of them understand; at most
//! 600 px wide; in dark colours where the reader wants them; no picture from elsewhere, nothing that reports back.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::blocks::{Block, Code, Fact, Link, ShownTicket, Sum, Weight};
use super::{Letter, Sender, closing};
use crate::texts::Texts;
use crate::ui::brand::Colour;

/// The product's own colour, for senders that chose none.
const HOUSE: &str = "#ad1b5f";

const FONT: &str = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
const BODY: &str = "margin:0;padding:0;background-color:#f5f1ee;";
const CARD: &str = "width:100%;max-width:600px;background-color:#ffffff;border-radius:14px;overflow:hidden;";
const TITLE: &str = "margin:4px 0 20px;font-size:26px;line-height:32px;font-weight:700;color:#241d1a;";
const SENDER: &str = "margin:0;font-size:14px;line-height:20px;font-weight:600;color:#6a605a;";
const TEXT: &str = "margin:0 0 16px;font-size:16px;line-height:24px;color:#241d1a;";
const SMALL: &str = "margin:0 0 6px;font-size:13px;line-height:19px;color:#6a605a;";
const NOTICE: &str = "padding:12px 16px;background-color:#fdefd2;border-radius:10px;font-size:15px;line-height:22px;font-weight:600;color:#6b4400;";
const NAME: &str = "padding:3px 16px 3px 0;font-size:14px;line-height:21px;color:#6a605a;white-space:nowrap;";
const VALUE: &str = "padding:3px 0;font-size:15px;line-height:21px;color:#241d1a;";
const BOX: &str = "width:100%;border:1px solid #e4ddd8;border-radius:12px;border-collapse:separate;";
const HOLDER: &str = "margin:0 0 8px;font-size:20px;line-height:26px;font-weight:700;color:#241d1a;";
const EVENT: &str = "margin:0 0 4px;font-size:18px;line-height:25px;font-weight:700;color:#241d1a;";
const DETAIL: &str = "margin:0;font-size:15px;line-height:22px;color:#241d1a;";
const NUMBER: &str =
    "margin:8px 0 0;font-size:13px;line-height:18px;font-family:ui-monospace,Menlo,Consolas,monospace;color:#6a605a;";
const CODE: &str = "display:block;width:228px;height:228px;border:0;background-color:#ffffff;";
const OPEN: &str = "margin:14px 0 0;font-size:14px;line-height:20px;";
const LINES: &str = "padding:14px 16px;background-color:#f5f1ee;border-radius:10px;font-size:15px;line-height:23px;color:#241d1a;white-space:pre-line;";

/// In dark colours, what is written in place is overruled. The barcode stays black on white.
const DARK: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
a{color:#a3195a}\
@media (max-width:480px){.inner{padding:24px 20px!important}}\
@media (prefers-color-scheme:dark){\
.page{background-color:#171312!important}\
.card{background-color:#231d1b!important}\
.ink{color:#f4efec!important}\
.soft{color:#b8ada6!important}\
.box,.line{border-color:#3d3430!important}\
.notice{background-color:#3d2f14!important;color:#f6d595!important}\
.lines{background-color:#171312!important;color:#f4efec!important}\
a{color:#f491bd}\
a.button{color:inherit}}";

/// Writes it.
pub(super) fn write(texts: Texts, sender: &Sender, letter: &Letter) -> Markup {
    let brand = Brand::of(sender);
    html! {
        (DOCTYPE)
        html lang=(texts.lang().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="supported-color-schemes" content="light dark";
                title { (letter.subject) }
                style { (PreEscaped(DARK)) }
            }
            body.page style={ (BODY) (FONT) } {
                div style="display:none;max-height:0;overflow:hidden;" { (letter.preview) }
                (table("page", BODY, &html! {
                    tr { td align="center" style="padding:24px 12px;" {
                        (table("card", CARD, &html! {
                            tr { td style={ "height:6px;line-height:6px;font-size:0;background-color:" (brand.fill) ";" } { (PreEscaped("&nbsp;")) } }
                            tr { td.inner style={ "padding:30px 36px 24px;" (FONT) } {
                                p.soft style=(SENDER) { (sender.name) }
                                h1.ink style=(TITLE) { (letter.title) }
                                @for part in &letter.blocks { (block(part, &brand)) }
                            } }
                        }))
                        (table("", "width:100%;max-width:600px;", &html! {
                            tr { td.inner style={ "padding:20px 36px;" (FONT) } {
                                @for line in closing(texts, sender) { p.soft style=(SMALL) { (line) } }
                            } }
                        }))
                    } }
                }))
            }
        }
    }
}

/// The colours of a button.
struct Brand {
    fill: String,
    text: String,
}

impl Brand {
    fn of(sender: &Sender) -> Self {
        let chosen = sender.colour.as_deref().and_then(Colour::parse).or_else(|| Colour::parse(HOUSE));
        chosen.map_or_else(
            || Self { fill: HOUSE.to_owned(), text: "#ffffff".to_owned() },
            |colour| Self { fill: colour.hex(), text: colour.text_on().hex() },
        )
    }
}

/// A table that only places things.
fn table(class: &str, style: &str, rows: &Markup) -> Markup {
    html! {
        table class=(class) role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style=(style) { (rows) }
    }
}

/// A table of one cell, with room below.
fn cell(class: &str, style: &str, content: &Markup) -> Markup {
    table("", "margin:0 0 14px;width:100%;", &html! { tr { td class=(class) style=(style) { (content) } } })
}

fn block(block: &Block, brand: &Brand) -> Markup {
    match block {
        Block::Paragraph(text) => html! { p.ink style=(TEXT) { (text) } },
        Block::Notice(text) => cell("notice", NOTICE, &html! { (text) }),
        Block::Event { title, details } => html! {
            div style="margin:0 0 22px;" {
                p.ink style=(EVENT) { (title) }
                @for line in details { p.ink style=(DETAIL) { (line) } }
            }
        },
        Block::Facts(facts) => html! { div style="margin:0 0 20px;" { (self::facts(facts)) } },
        Block::Button(link) => button(link, brand),
        Block::Links(links) => html! {
            p.ink style=(TEXT) {
                @for (index, link) in links.iter().enumerate() {
                    @if index > 0 { " · " }
                    a href=(link.url) { (link.label) }
                }
            }
        },
        Block::Lines { heading, text } => html! {
            p.soft style=(SMALL) { (heading) }
            (cell("lines", LINES, &html! { (text) }))
        },
        Block::Ticket(ticket) => self::ticket(ticket),
        Block::Sums(sums) => self::sums(sums),
    }
}

/// What to do next, as a table: the only button that all mail readers show.
fn button(link: &Link, brand: &Brand) -> Markup {
    let shape =
        "display:inline-block;padding:13px 26px;font-size:16px;line-height:22px;font-weight:600;text-decoration:none;";
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;" {
            tr { td style={ "border-radius:10px;background-color:" (brand.fill) ";" } {
                a href=(link.url) style={ (shape) "color:" (brand.text) "!important;" } { (link.label) }
            } }
        }
    }
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" border="0" {
            @for Fact { name, value } in facts {
                tr {
                    td.soft valign="top" style=(NAME) { (name) }
                    td.ink valign="top" style=(VALUE) { (value) }
                }
            }
        }
    }
}

fn ticket(ticket: &ShownTicket) -> Markup {
    html! {
        (table("", "margin:0 0 20px;width:100%;", &html! { tr { td {
            table.box role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style=(BOX) {
                tr { td style="padding:20px;" {
                    h2.ink style=(HOLDER) { (ticket.name) }
                    @for notice in &ticket.notices { (cell("notice", NOTICE, &html! { (notice) })) }
                    @if let Some(code) = &ticket.code { (self::code(code, &ticket.number)) }
                    @if let Some(why) = &ticket.no_code { p.soft style=(TEXT) { (why) } }
                    (facts(&ticket.facts))
                    @if !ticket.days.is_empty() { div.line style="margin:12px 0 0;padding:12px 0 0;border-top:1px solid #e4ddd8;" { (days(ticket)) } }
                    @if let Some(link) = &ticket.link { p style=(OPEN) { a href=(link.url) { (link.label) } } }
                } }
            }
        } } }))
    }
}

/// The barcode with its quiet zone, white in every setting; its number below.
fn code(code: &Code, number: &Fact) -> Markup {
    html! {
        table role="presentation" align="center" cellpadding="0" cellspacing="0" border="0" style="margin:4px auto 18px;" {
            tr { td align="center" bgcolor="#ffffff" style="background-color:#ffffff;border-radius:10px;" {
                img src={ "cid:" (code.content_id) } width="228" height="228" alt=(code.alternative) style=(CODE);
            } }
            tr { td align="center" { p.soft style=(NUMBER) { (number.value) } } }
        }
    }
}

fn days(ticket: &ShownTicket) -> Markup {
    let days = ticket.days.iter().map(|day| Fact::new(day.day.clone(), day.items.join(", ")));
    facts(&days.collect::<Vec<_>>())
}

fn sums(sums: &[Sum]) -> Markup {
    html! {
        (table("", "margin:0 0 20px;width:100%;", &html! {
            @for Sum { what, amount, weight } in sums {
                @let style = sum_style(*weight);
                tr {
                    td.ink.line valign="top" style=(style) { (what) }
                    td.ink.line valign="top" align="right" style={ (style) "white-space:nowrap;padding-left:16px;" } { (amount) }
                }
            }
        }))
    }
}

fn sum_style(weight: Weight) -> String {
    let more = match weight {
        Weight::Line | Weight::Part => "",
        Weight::Total => "border-top:1px solid #e4ddd8;font-weight:700;",
        Weight::Due => "font-weight:700;",
    };
    format!("{VALUE}{more}")
}
