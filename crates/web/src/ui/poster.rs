//! The picture of an event that has none: ribbons in the organisation's colour, as two dancers might leave them on a
//! floor. The same name always gives the same picture.

use maud::{Markup, html};

/// A picture for this name, as wide as its room, 16 to 9. Decoration.
pub fn poster(name: &str) -> Markup {
    let seed = name.bytes().fold(0x9e37_79b9_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let turned = if seed & 8 == 0 { "" } else { "translate(320 0) scale(-1 1)" };
    html! {
        svg class={ "poster poster-" (seed / 2 % 4) } viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false" {
            rect.poster-ground width="320" height="180" {}
            circle.poster-light cx=(40 + seed % 240) cy=(10 + seed / 7 % 150) r="110" {}
            g transform=(turned) {
                g.poster-second { @for at in 0..5 { path.poster-ribbon d=(strand(seed.rotate_left(13), at)) {} } }
                g { @for at in 0..9 { path.poster-ribbon d=(strand(seed, at)) {} } }
            }
        }
    }
}

/// One strand of a ribbon: its neighbours run close at one end and part at the other.
fn strand(seed: u32, at: i64) -> String {
    let part = |shift: u32, room: u32| i64::from(seed.rotate_right(shift) % room);
    let open = 3 + part(2, 8);
    let (start, end) = (20 + part(3, 150) + at * 2, 10 + part(9, 150) + at * open);
    let (first, second) = (part(15, 220) - 20 - at * 3, 200 - part(21, 220) + at * open / 2);
    let (x, y) = (120 + part(7, 90), 40 + part(18, 100) + at * (2 + part(24, 5)));
    format!(
        "M-20 {start}C{} {first} {} {second} {x} {y}S{} {} 345 {end}",
        30 + part(5, 50),
        x - 60,
        x + 90,
        end + 60 - part(27, 150)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_always_has_the_same_picture_and_another_name_another() {
        let picture = |name| poster(name).into_string();
        assert_eq!(picture("Winter Salsa"), picture("Winter Salsa"));
        assert_ne!(picture("Winter Salsa"), picture("Summer Salsa"));
        assert!(!picture("").contains("NaN"));
    }
}
