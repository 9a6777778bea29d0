//! QR codes: their modules, and pictures of them. ISO/IEC 18004: dark on light, with a quiet zone of 4 modules.
//!
//! A barcode's text is in capitals, so that the code stays in its alphanumeric mode: 49 modules a side.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

/// The quiet zone around a code, in modules.
const QUIET: usize = 4;

/// Most pixels a module: a code stays below 8,000 pixels a side.
const MOST_PIXELS: u8 = 40;

/// A code's modules; quiet zone included in every measure.
pub(super) struct Modules {
    /// Modules a side.
    pub(super) size: usize,
    /// Dark modules side by side, row by row.
    pub(super) runs: Vec<Run>,
}

/// Dark modules side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Column of the first.
    pub(super) x: usize,
    /// Row.
    pub(super) y: usize,
    /// How many.
    pub(super) length: usize,
}

/// Dark modules in rows of the same place and length, one below the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// The uppermost.
    pub(super) run: Run,
    /// How many.
    pub(super) height: usize,
}

impl Modules {
    /// The dark modules as fewer, larger rectangles.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for row in self.runs.chunk_by(|a, b| a.y == b.y) {
            let mut next = Vec::with_capacity(row.len());
            for run in row {
                let goes_on = |block: &Block| {
                    (block.run.x, block.run.length, block.run.y + block.height) == (run.x, run.length, run.y)
                };
                let above = open.iter().copied().find(|index| blocks.get(*index).is_some_and(goes_on));
                match above.and_then(|index| blocks.get_mut(index)) {
                    Some(block) => block.height += 1,
                    None => blocks.push(Block { run: *run, height: 1 }),
                }
                next.push(above.unwrap_or(blocks.len() - 1));
            }
            open = next;
        }
        blocks
    }

    /// The code of a text. One that is too long for any code (some 4,000 letters) is all light.
    pub(super) fn of(text: &str) -> Self {
        let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else {
            return Self { size: 21 + 2 * QUIET, runs: Vec::new() };
        };
        let mut runs = Vec::new();
        for y in 0..code.size {
            let mut x = 0;
            while x < code.size {
                let length = (x..code.size).take_while(|x| is_dark(&code, *x, y)).count();
                if length > 0 {
                    runs.push(Run { x: x + QUIET, y: y + QUIET, length });
                }
                x += length.max(1);
            }
        }
        Self { size: code.size + 2 * QUIET, runs }
    }
}

fn is_dark(code: &QRCode, x: usize, y: usize) -> bool {
    code.data.get(y * code.size + x).is_some_and(|module| module.value())
}

/// The code of a text as an SVG file: black on white in every setting, no styles, so that any content security policy
/// shows it.
pub fn qr_svg(text: &str) -> String {
    let Modules { size, runs } = Modules::of(text);
    let mut path = String::with_capacity(runs.len() * 16);
    for Run { x, y, length } in runs {
        let _never_fails = write!(path, "M{x} {y}h{length}v1h-{length}z");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

/// The code of a text as a PNG file of so many pixels a module (1 to 40), black on white, 1 bit a pixel.
pub fn qr_png(text: &str, pixels: u8) -> Vec<u8> {
    let modules = Modules::of(text);
    let pixels = usize::from(pixels.clamp(1, MOST_PIXELS));
    let side = modules.size * pixels;
    let row_bytes = side.div_ceil(8);
    let mut image = Vec::with_capacity(side * row_bytes);
    let mut runs = modules.runs.iter().copied().peekable();
    for y in 0..modules.size {
        let mut row = vec![0xff_u8; row_bytes];
        while let Some(run) = runs.next_if(|run| run.y == y) {
            for x in run.x * pixels..(run.x + run.length) * pixels {
                if let Some(byte) = row.get_mut(x / 8) {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
        }
        for _ in 0..pixels {
            image.extend_from_slice(&row);
        }
    }
    // Writing into memory fails only for sizes beyond those that are possible here.
    png(side, &image).unwrap_or_default()
}

fn png(side: usize, image: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let side = u32::try_from(side).ok()?;
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(image).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sample;

    #[test]
    fn a_barcode_is_a_small_code_with_its_quiet_zone() {
        let modules = Modules::of(&sample::barcode());
        assert_eq!(modules.size, 49 + 2 * QUIET, "alphanumeric, version 8");
        assert_eq!(modules.runs.first(), Some(&Run { x: 4, y: 4, length: 7 }), "the finder pattern");
        assert!(modules.runs.iter().all(|run| run.x >= 4 && run.x + run.length <= 53 && (4..53).contains(&run.y)));
    }

    #[test]
    fn larger_rectangles_cover_the_same_modules() {
        let modules = Modules::of(&sample::barcode());
        let blocks = modules.blocks();
        assert!(blocks.len() < modules.runs.len());
        let rows =
            blocks.iter().flat_map(|block| (0..block.height).map(|row| Run { y: block.run.y + row, ..block.run }));
        let mut rows: Vec<Run> = rows.collect();
        rows.sort_by_key(|run| (run.y, run.x));
        assert_eq!(rows, modules.runs);
    }

    #[test]
    fn the_svg_brings_no_styles_and_is_white_below() {
        let svg = qr_svg(&sample::barcode());
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 57 57\""), "{svg}");
        assert!(svg.contains("fill=\"#fff\"") && !svg.contains("style"));
    }

    #[test]
    fn the_png_has_exactly_the_modules_of_the_code() {
        let text = sample::barcode();
        let file = qr_png(&text, 3);
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut image = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut image).unwrap();
        assert_eq!((info.width, info.height, info.bit_depth), (171, 171, png::BitDepth::One));
        let modules = Modules::of(&text);
        for y in 0..171 {
            for x in 0..171 {
                let dark = image[y * info.line_size + x / 8] & (0x80 >> (x % 8)) == 0;
                let inside = |run: &Run| run.y == y / 3 && (run.x..run.x + run.length).contains(&(x / 3));
                assert_eq!(dark, modules.runs.iter().any(inside), "{x} {y}");
            }
        }
    }

    #[test]
    fn a_text_that_no_code_holds_is_a_white_square() {
        assert!(!qr_svg(&"x".repeat(10_000)).contains('M') || qr_svg(&"x".repeat(10_000)).contains("d=\"\""));
        assert!(!qr_png(&"x".repeat(10_000), 0).is_empty());
    }
}
