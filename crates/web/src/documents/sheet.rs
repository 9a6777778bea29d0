//! A page to write on: text in lines, boxes, codes, and what each is for whoever has it read aloud (tagged PDF).
//!
//! All measures are points from the top left. Knows nothing of tickets.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Tag, TagGroup, TagKind};

use super::fonts::{Face, Setter};
use super::qr::Modules;

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Its face.
    pub(super) face: Face,
    /// Of an em.
    pub(super) size: f32,
    /// From line to line.
    pub(super) leading: f32,
    /// Its colour.
    pub(super) colour: Ink,
}

/// A colour of sRGB: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

/// A place on the page and how much room there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// From the left.
    pub(super) x: f32,
    /// From the top.
    pub(super) y: f32,
    /// To the right.
    pub(super) width: f32,
    /// Most lines of text.
    pub(super) lines: usize,
}

/// What a text is, for whoever has the page read aloud.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// The page's title.
    Title,
    /// What stands over a part.
    Heading,
    /// Anything else.
    Paragraph,
}

/// A page while it is written.
pub(super) struct Sheet<'a> {
    surface: Surface<'a>,
    setter: &'a Setter,
    tags: TagGroup,
}

impl<'a> Sheet<'a> {
    /// An empty page.
    pub(super) fn on(surface: Surface<'a>, setter: &'a Setter) -> Self {
        Self { surface, setter, tags: TagGroup::new(Tag::Section) }
    }

    /// Ends the page, and gives what is said on it.
    pub(super) fn done(self) -> TagGroup {
        self.surface.finish();
        self.tags
    }

    /// Writes a text from the top of a room, in lines as they fit, and answers where the next begins. What does not fit
    /// ends with an ellipsis.
    pub(super) fn write(&mut self, part: Part, style: Style, room: Room, text: &str) -> f32 {
        let lines = self.lines(style, room, text);
        if lines.is_empty() {
            return room.y;
        }
        let tag: TagKind = match part {
            Part::Title => Tag::Hn(std::num::NonZeroU16::MIN, None).into(),
            Part::Heading => Tag::Hn(std::num::NonZeroU16::MIN.saturating_add(1), None).into(),
            Part::Paragraph => Tag::P.into(),
        };
        let said = self.surface.start_tagged(ContentTag::Other);
        let mut y = room.y;
        for line in lines {
            self.line(style, (room.x, y), &line);
            y += style.leading;
        }
        self.surface.end_tagged();
        self.tags.push(TagGroup::with_children(tag, vec![said.into()]));
        y
    }

    /// Writes one line that ends at the right of its room.
    pub(super) fn write_to_the_right(&mut self, style: Style, room: Room, text: &str) {
        let width = self.setter.width(style.face, text) * style.size;
        self.write(
            Part::Paragraph,
            style,
            Room { x: room.x + room.width - width, lines: 1, width: f32::MAX, ..room },
            text,
        );
    }

    /// Writes one line in the middle of its room.
    pub(super) fn write_in_the_middle(&mut self, style: Style, room: Room, text: &str) {
        let width = self.setter.width(style.face, text) * style.size;
        let x = room.x + (room.width - width) / 2.0;
        self.write(Part::Paragraph, style, Room { x, lines: 1, width: f32::MAX, ..room }, text);
    }

    /// How many lines a text takes in a room.
    pub(super) fn count_lines(&self, style: Style, room: Room, text: &str) -> usize {
        self.lines(style, room, text).len()
    }

    /// A box with round corners, behind what is written later.
    pub(super) fn fill(&mut self, place: Room, height: f32, radius: f32, colour: Ink) {
        let Some(path) = rounded(place, height, radius) else { return };
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
        self.surface.set_fill(Some(filled(colour)));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
    }

    /// A QR code with its quiet zone, as wide as its room, read aloud as `name`.
    pub(super) fn code(&mut self, room: Room, text: &str, name: &str) {
        let modules = Modules::of(text);
        let mut path = PathBuilder::new();
        for block in modules.blocks() {
            let (x, y) = (short(block.run.x), short(block.run.y));
            if let Some(rect) = Rect::from_xywh(x, y, short(block.run.length), short(block.height)) {
                path.push_rect(rect);
            }
        }
        let Some(path) = path.finish() else { return };
        // Drawn in modules and then made larger: whole numbers make a file of half the size.
        let module = room.width / short(modules.size);
        let said = self.surface.start_tagged(ContentTag::Other);
        self.surface.push_transform(&Transform::from_row(module, 0.0, 0.0, module, room.x, room.y));
        self.surface.set_fill(Some(filled(Ink(0, 0, 0))));
        self.surface.draw_path(&path);
        self.surface.pop();
        self.surface.end_tagged();
        let figure = Tag::Figure(Some(name.to_owned()));
        self.tags.push(TagGroup::with_children(figure, vec![said.into()]));
    }

    /// One line, its capitals' top a little below `at`.
    fn line(&mut self, style: Style, (x, y): (f32, f32), text: &str) {
        self.surface.set_fill(Some(filled(style.colour)));
        let mut x = x;
        for run in self.setter.shape(style.face, text).iter() {
            let start = Point::from_xy(x, y + style.size * 0.8);
            x += run.width * style.size;
            self.surface.draw_glyphs(start, &run.glyphs, run.font.clone(), &run.text, style.size, false);
        }
    }

    /// A text in lines that fit; no more than there is room for.
    fn lines(&self, style: Style, room: Room, text: &str) -> Vec<String> {
        let width = |text: &str| self.setter.width(style.face, text) * style.size;
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        if width(text) <= room.width {
            return vec![text.to_owned()];
        }
        let space = width(" ");
        let (mut lines, mut used): (Vec<String>, f32) = (Vec::new(), f32::MAX);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let wide = width(word);
            match lines.last_mut() {
                Some(line) if used + space + wide <= room.width => {
                    line.push(' ');
                    line.push_str(word);
                    used += space + wide;
                }
                _ => {
                    lines.extend(broken(word, wide, room.width, &width));
                    used = lines.last().map_or(f32::MAX, |line| width(line));
                }
            }
        }
        cut_off(lines, room, &width)
    }
}

/// A word on lines of its own, broken where it is wider than one.
fn broken(word: &str, wide: f32, most: f32, width: &dyn Fn(&str) -> f32) -> Vec<String> {
    if wide <= most {
        return vec![word.to_owned()];
    }
    let mut lines = vec![String::new()];
    for letter in word.chars() {
        let line = lines.last().map_or("", String::as_str);
        let longer = format!("{line}{letter}");
        if line.is_empty() || width(&longer) <= most {
            lines.pop();
            lines.push(longer);
        } else {
            lines.push(letter.to_string());
        }
    }
    lines
}

/// The lines that there is room for; the last ends with an ellipsis if there were more.
fn cut_off(mut lines: Vec<String>, room: Room, width: &dyn Fn(&str) -> f32) -> Vec<String> {
    if lines.len() <= room.lines {
        return lines;
    }
    lines.truncate(room.lines);
    if let Some(last) = lines.last_mut() {
        while !last.is_empty() && width(&format!("{last}…")) > room.width {
            last.pop();
        }
        last.truncate(last.trim_end().len());
        last.push('…');
    }
    lines
}

/// Exactly: no count of modules or pixels here is greater.
fn short(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn filled(colour: Ink) -> Fill {
    let Ink(red, green, blue) = colour;
    Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() }
}

fn rounded(place: Room, height: f32, radius: f32) -> Option<Path> {
    let (left, top, right, bottom) = (place.x, place.y, place.x + place.width, place.y + height);
    let r = radius.min(height / 2.0);
    // How far the handles of a quarter circle are from its ends.
    let k = r * 0.447_7;
    let mut path = PathBuilder::new();
    path.move_to(left + r, top);
    path.line_to(right - r, top);
    path.cubic_to(right - k, top, right, top + k, right, top + r);
    path.line_to(right, bottom - r);
    path.cubic_to(right, bottom - k, right - k, bottom, right - r, bottom);
    path.line_to(left + r, bottom);
    path.cubic_to(left + k, bottom, left, bottom - k, left, bottom - r);
    path.line_to(left, top + r);
    path.cubic_to(left, top + k, left + k, top, left + r, top);
    path.close();
    path.finish()
}
