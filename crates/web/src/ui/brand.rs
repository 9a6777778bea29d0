//! An organisation's colour: one token, made readable wherever it stands.
//!
//! Knows contrast (WCAG 2.2: 4.5 to 1 for text). The colour is kept for surfaces (buttons, the mark); the text on it is
//! black or white, whichever reads better; as text or line it is darkened on light pages and lightened on dark ones.

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// What the light pages and the dark ones are made of, at their least favourable: sunken in light, raised in dark.
const LIGHT_PAGE: Colour = Colour { red: 240, green: 237, blue: 235 };
const DARK_PAGE: Colour = Colour { red: 46, green: 40, blue: 38 };
const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };
const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };
/// A little more than is asked for, so that tints of the page do not undercut it.
const ENOUGH: f64 = 4.8;

impl Colour {
    /// Reads `#ad1b5f` or `#a15`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let digits: Vec<u8> =
            digits.chars().map(|digit| digit.to_digit(16).and_then(|n| u8::try_from(n).ok())).collect::<Option<_>>()?;
        match *digits.as_slice() {
            [r, g, b] => Some(Self { red: r * 17, green: g * 17, blue: b * 17 }),
            [r1, r0, g1, g0, b1, b0] => Some(Self { red: r1 * 16 + r0, green: g1 * 16 + g0, blue: b1 * 16 + b0 }),
            _ => None,
        }
    }

    /// As `#ad1b5f`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// Contrast with another colour, from 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever reads better on this colour: always at least 4.5 to 1.
    pub fn text_on(self) -> Self {
        if self.contrast(WHITE) >= 4.5 || self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }

    /// The nearest shade of this colour that reads on the page: darker for a light page, lighter for a dark one.
    fn readable_on(self, page: Self) -> Self {
        let towards = if page.luminance() > 0.5 { BLACK } else { WHITE };
        let shades = (0..=20).map(|step| self.mixed(towards, step * 5));
        shades.into_iter().find(|shade| shade.contrast(page) >= ENOUGH).unwrap_or(towards)
    }

    /// This colour with so many percent of another.
    fn mixed(self, other: Self, percent: u16) -> Self {
        let mix = |a: u8, b: u8| {
            let sum = u16::from(a) * (100 - percent.min(100)) + u16::from(b) * percent.min(100);
            u8::try_from(sum / 100).unwrap_or(u8::MAX)
        };
        Self { red: mix(self.red, other.red), green: mix(self.green, other.green), blue: mix(self.blue, other.blue) }
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

/// The stylesheet to serve at the organisation's brand URL (`text/css`), after `base.css`.
pub fn stylesheet(colour: Colour) -> String {
    let (fill, on) = (colour.hex(), colour.text_on().hex());
    let (light, dark) = (colour.readable_on(LIGHT_PAGE).hex(), colour.readable_on(DARK_PAGE).hex());
    format!(
        ":root{{--brand:{fill};--on-brand:{on};--brand-ink:{light}}}\n\
         @media(prefers-color-scheme:dark){{:root{{--brand:{fill};--on-brand:{on};--brand-ink:{dark}}}}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_on_any_colour_and_any_colour_reads_on_the_page() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let colour = Colour { red, green, blue };
                    assert!(colour.contrast(colour.text_on()) >= 4.5, "{}", colour.hex());
                    assert!(colour.readable_on(LIGHT_PAGE).contrast(LIGHT_PAGE) >= 4.5, "{}", colour.hex());
                    assert!(colour.readable_on(DARK_PAGE).contrast(DARK_PAGE) >= 4.5, "{}", colour.hex());
                }
            }
        }
    }

    #[test]
    fn a_pale_yellow_keeps_its_surface_and_gets_dark_text() {
        let css = stylesheet(Colour::parse("#ffe94d").unwrap());
        assert!(css.starts_with(":root{--brand:#ffe94d;--on-brand:#000000;--brand-ink:#"), "{css}");
        assert!(!css.contains("light}"));
    }

    #[test]
    fn contrast_is_what_wcag_says() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 0.001);
        assert!((Colour::parse("#777777").unwrap().contrast(WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn only_hexadecimal_colours_are_read_so_that_nothing_else_gets_into_the_stylesheet() {
        assert_eq!(Colour::parse("#A15"), Colour::parse("#aa1155"));
        for text in ["", "#", "red", "#12345", "#1234567", "#gggggg", "#fff}body{", "#éé"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
