//! A ticket's barcode on a page: black on white with its quiet zone in every setting, as large as its room.

use crate::texts::Texts;
use fast_qr::{ECL, QRBuilder};
use maud::{Markup, html};
use std::fmt::Write;

/// The quiet zone around the code, in modules: the standard asks for four.
const QUIET: usize = 4;

/// The barcode of this text. `name` says whose it is, under the code. A text too long for any QR code (about 4,000
/// characters) shows an empty holder.
pub fn code(texts: Texts, text: &str, name: &str) -> Markup {
    let (size, dark) = modules(text);
    html! {
        figure.qr {
            svg viewBox={ "0 0 " (size) " " (size) } role="img" aria-label=(texts.say("qr-label")) shape-rendering="crispEdges" {
                rect width=(size) height=(size) fill="#fff" {}
                path d=(dark) fill="#000" {}
            }
            @if !name.is_empty() { figcaption { (name) } }
        }
    }
}

/// The width of the code with its quiet zone, and its dark modules as one SVG path: a stroke per run.
fn modules(text: &str) -> (usize, String) {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return (2 * QUIET + 21, String::new()) };
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|x| is_dark(&code, *x, y)).count();
            if run > 0 {
                let _never_fails = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    (code.size + 2 * QUIET, path)
}

fn is_dark(code: &fast_qr::QRCode, x: usize, y: usize) -> bool {
    code.data.get(y * code.size + x).is_some_and(|module| module.value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_fits_a_small_code_with_its_quiet_zone() {
        let token = "A".repeat(154);
        let (size, path) = modules(&format!("HTTPS://TICKETS.EXAMPLE/S/{token}"));
        assert_eq!(size, 49 + 2 * QUIET);
        assert!(path.starts_with("M4 4h7v1h-7z"), "the finder pattern begins after four modules: {path}");
    }

    #[test]
    fn a_text_that_no_code_can_hold_is_an_empty_holder() {
        assert_eq!(modules(&"x".repeat(10_000)), (29, String::new()));
    }

    #[test]
    fn the_code_is_a_picture_with_a_name() {
        let html = code(Texts::default(), "HTTPS://X/S/A", "Ana").into_string();
        assert!(html.contains("role=\"img\" aria-label=\"Ticket barcode\"") && html.contains("fill=\"#fff\""));
    }
}
