//! The faces that documents are set in, and text as glyphs of them.
//!
//! The product's own faces hold Western and Central European names. What they lack (Greek, Cyrillic, Vietnamese) comes
//! from Noto Sans; what that lacks too is a question mark, and pictographs are left out: a name never makes a document
//! fail. Text runs left to right; no face here has a script that does not.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face as Shaper, ShapePlan, UnicodeBuffer, script};

/// A way to set text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// What is read.
    Text,
    /// What is looked for.
    Strong,
    /// What is seen first.
    Title,
}

/// One font: to shape with, and to draw with.
pub(super) struct Cut {
    shaper: Shaper<'static>,
    /// How Latin letters are shaped with it; made once, because that takes longer than to shape a name.
    latin: ShapePlan,
    font: Font,
}

/// All fonts, read once.
pub(super) struct Fonts {
    text: Cut,
    strong: Cut,
    title: Cut,
    fallback: Cut,
}

/// Glyphs of one font, side by side.
pub(super) struct Run {
    /// The font.
    pub(super) font: Font,
    /// What they say.
    pub(super) text: String,
    /// In ems.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// In ems.
    pub(super) width: f32,
}

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    Some(Fonts {
        text: Cut::read(include_bytes!("../../fonts/Figtree-Regular.ttf"))?,
        strong: Cut::read(include_bytes!("../../fonts/Figtree-SemiBold.ttf"))?,
        title: Cut::read(include_bytes!("../../fonts/BricolageGrotesque-Bold.ttf"))?,
        fallback: Cut::read(include_bytes!("../../fonts/NotoSans-Medium-subset.ttf"))?,
    })
});

impl Fonts {
    /// The fonts that the program brings; nothing if they cannot be read, which a test rules out.
    pub(super) fn ours() -> Option<&'static Self> {
        FONTS.as_ref()
    }

    fn cut(&self, face: Face) -> &Cut {
        match face {
            Face::Text => &self.text,
            Face::Strong => &self.strong,
            Face::Title => &self.title,
        }
    }

    /// A text as glyphs: one run, or several where it needs the other font.
    fn shape(&self, face: Face, text: &str) -> Vec<Run> {
        self.pieces(face, text).into_iter().map(|(cut, piece)| cut.shape(piece)).collect()
    }

    /// The text in pieces that one font has all letters of; white space is one space.
    fn pieces(&self, face: Face, text: &str) -> Vec<(&Cut, String)> {
        let mut pieces: Vec<(Choice, String)> = Vec::new();
        for letter in text.chars() {
            let letter = if letter.is_whitespace() { ' ' } else { letter };
            let doubled = letter == ' ' && pieces.last().is_some_and(|(_, piece)| piece.ends_with(' '));
            if doubled || is_left_out(letter) {
                continue;
            }
            let current = pieces.last().map(|(choice, _)| *choice);
            let (choice, letter) = self.choose(face, letter, current);
            match pieces.last_mut() {
                Some((of, piece)) if choice == *of => piece.push(letter),
                _ => pieces.push((choice, letter.to_string())),
            }
        }
        pieces.into_iter().map(|(choice, piece)| (self.chosen(face, choice), piece)).collect()
    }

    fn chosen(&self, face: Face, choice: Choice) -> &Cut {
        match choice {
            Choice::Own => self.cut(face),
            Choice::Fallback => &self.fallback,
        }
    }

    /// The font that has a letter; of a letter that none has, the question mark. Marks belong to the letter before;
    /// figures and signs stay in the font of what is before them, if it has them.
    fn choose(&self, face: Face, letter: char, current: Option<Choice>) -> (Choice, char) {
        if let Some(current) = current
            && (is_mark(letter) || (!letter.is_alphabetic() && self.chosen(face, current).has(letter)))
        {
            (current, letter)
        } else if self.cut(face).has(letter) {
            (Choice::Own, letter)
        } else if self.fallback.has(letter) {
            (Choice::Fallback, letter)
        } else {
            (Choice::Own, '?')
        }
    }
}

/// Sets the texts of one document, each only once: most are measured before they are written, and on every page.
pub(super) struct Setter {
    fonts: &'static Fonts,
    set: [RefCell<HashMap<String, Rc<[Run]>>>; 3],
}

impl Setter {
    /// With these fonts, nothing set yet.
    pub(super) fn of(fonts: &'static Fonts) -> Self {
        Self { fonts, set: Default::default() }
    }

    /// A text as glyphs: one run, or several where it needs the other font.
    pub(super) fn shape(&self, face: Face, text: &str) -> Rc<[Run]> {
        let [own, strong, title] = &self.set;
        let set = match face {
            Face::Text => own,
            Face::Strong => strong,
            Face::Title => title,
        };
        if let Some(found) = set.borrow().get(text) {
            return found.clone();
        }
        let shaped: Rc<[Run]> = self.fonts.shape(face, text).into();
        set.borrow_mut().insert(text.to_owned(), shaped.clone());
        shaped
    }

    /// How wide a text is, in ems.
    pub(super) fn width(&self, face: Face, text: &str) -> f32 {
        self.shape(face, text).iter().map(|run| run.width).sum()
    }
}

/// Which font a piece is set in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Own,
    Fallback,
}

impl Cut {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let shaper = Shaper::from_slice(bytes, 0)?;
        let latin = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Some(Self { shaper, latin, font: Font::new(bytes.into(), 0)? })
    }

    fn has(&self, letter: char) -> bool {
        self.shaper.glyph_index(letter).is_some()
    }

    fn shape(&self, text: String) -> Run {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = if matches!(buffer.script(), script::LATIN | script::COMMON | script::UNKNOWN) {
            buffer.set_script(script::LATIN);
            rustybuzz::shape_with_plan(&self.shaper, &self.latin, buffer)
        } else {
            rustybuzz::shape(&self.shaper, &[], buffer)
        };
        let ems = |units: i32| f32::from(i16::try_from(units).unwrap_or(i16::MAX)) / self.font.units_per_em();
        let infos = shaped.glyph_infos();
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(shaped.glyph_positions())
            .enumerate()
            // Glyph 0 is the empty box; only a mark that no font has gets it here, and goes without.
            .filter(|(_, (info, _))| info.glyph_id != 0)
            .map(|(index, (info, position))| {
                let later = infos.iter().skip(index).map(|info| info.cluster).find(|cluster| *cluster > info.cluster);
                let end = later.map_or(text.len(), |cluster| byte(cluster, &text));
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    ems(position.x_advance),
                    ems(position.x_offset),
                    ems(position.y_offset),
                    ems(position.y_advance),
                    byte(info.cluster, &text)..end,
                    None,
                )
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Run { font: self.font.clone(), text, glyphs, width }
    }
}

fn byte(cluster: u32, text: &str) -> usize {
    usize::try_from(cluster).map_or(text.len(), |at| at.min(text.len()))
}

/// Combining marks: they belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Pictographs, and what joins or varies them: no face of ours has them, and a row of question marks says less.
fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{20e3}'
        | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts() -> &'static Fonts {
        Fonts::ours().unwrap()
    }

    fn said(text: &str) -> String {
        fonts().shape(Face::Strong, text).iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn names_of_dancers_are_set_in_every_face_with_no_letter_missing() {
        for face in [Face::Text, Face::Strong, Face::Title] {
            for name in [
                "Łódź",
                "Ñandú",
                "Zoë",
                "Őszi",
                "Ştefan",
                "Țepeș",
                "Đorđe",
                "Žofia",
                "Ångström",
                "Íñigo",
                "Œuvre",
                "İbrahim",
                "ẞ",
                "Nguyễn Thị",
                "Ελένη",
                "Їжак",
                "O’Hara – “Ana” … · ×",
                "£€$¥₩₹zł",
            ] {
                let runs = fonts().shape(face, name);
                let text: String = runs.iter().map(|run| run.text.as_str()).collect();
                assert_eq!(text, name);
                for run in runs {
                    assert!(run.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0), "{name}");
                    assert!(run.width > 0.0);
                }
            }
        }
    }

    #[test]
    fn a_name_as_two_code_points_a_letter_is_the_same_glyphs() {
        let setter = Setter::of(fonts());
        let widths = ["Zoë Ñandú", "Zoe\u{308} N\u{303}andu\u{301}"].map(|name| setter.width(Face::Strong, name));
        assert!((widths[0] - widths[1]).abs() < 0.001, "{widths:?}");
    }

    #[test]
    fn what_no_face_has_is_a_question_mark_and_pictographs_are_left_out() {
        assert_eq!(said("李小龍 and שלום"), "??? and ????");
        assert_eq!(said("Salsa 💃🏽 Night ❤️\u{200d}🔥"), "Salsa Night ");
        assert_eq!(said("a\u{1d165}\u{0}\t\u{a0}b"), "a? b");
        assert!(fonts().shape(Face::Text, "").is_empty() && fonts().shape(Face::Text, "💃").is_empty());
    }

    #[test]
    fn each_glyph_knows_which_letters_it_says() {
        for run in fonts().shape(Face::Text, "Łódź ffi Nguyễn\u{302}\u{316}") {
            for glyph in &run.glyphs {
                assert!(run.text.get(glyph.text_range.clone()).is_some_and(|part| !part.is_empty()), "{}", run.text);
            }
        }
    }
}
