//! What people read, from message files: `locales/{en,es}/*.ftl` (Project Fluent). English is complete, and is what a
//! reader gets where another language lacks a message.
//!
//! Knows which languages there are and how a message is filled in. Does not know who reads: the caller chooses.
//!
//! More words: a line in any `.ftl` file of *each* language, or a new file there (one per face: `shop.ftl`,
//! `dashboard.ftl` …); nothing has to be registered. Keys are `kebab-case` and begin with their page. A test holds that
//! every key is in every language, and that every key that a page asks for by name exists.
//!
//! One more language: a folder in `locales/`, a variant of [`Lang`].

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use std::sync::LazyLock;

/// A number or text that fills a `{ $place }` of a message: `3.into()`, `"Ana".into()`.
pub type Value<'a> = fluent_bundle::FluentValue<'a>;

/// A language that the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English, complete, the one to fall back on.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Every language, the one to fall back on first.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The tag for `<html lang>` and cookies: `en`, `es`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The language's own name, for a menu of languages.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// Reads a tag, in any case, with or without a region: `es-MX` is Spanish; `None` if it is not spoken here.
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(language))
    }

    /// The best language for an `Accept-Language` header: by quality, then by order; English if none is spoken here.
    pub fn accepted(header: &str) -> Self {
        let mut best = (0.0, Self::default());
        for wanted in header.split(',') {
            let (tag, quality) = wanted.split_once(";q=").unwrap_or((wanted, "1"));
            let quality = quality.trim().parse().unwrap_or(0.0);
            if let Some(lang) = Self::parse(tag).filter(|_| quality > best.0) {
                best = (quality, lang);
            }
        }
        best.1
    }
}

/// The messages of one language. Cheap to copy; each component that speaks words of its own takes one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts(Lang);

impl Texts {
    /// The messages in this language.
    pub const fn of(lang: Lang) -> Self {
        Self(lang)
    }

    /// The language.
    pub const fn lang(self) -> Lang {
        self.0
    }

    /// A message without places to fill. A key that does not exist anywhere is answered as itself, so that a page
    /// still renders.
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message with its places filled: `say_with("tickets-found", &[("n", 3.into())])`.
    pub fn say_with(self, key: &str, places: &[(&str, Value<'_>)]) -> String {
        let args: FluentArgs<'_> = places.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let fallback = [self.0, Lang::default()];
        fallback.into_iter().find_map(|lang| fill(lang, key, &args)).unwrap_or_else(|| key.to_owned())
    }
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/locales/"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<(Lang, Bundle)>> =
    LazyLock::new(|| Lang::ALL.into_iter().map(|lang| (lang, read(lang))).collect());

/// Reads all files of a language. What is wrong in a file is left out here, and found by the tests.
fn read(lang: Lang) -> Bundle {
    let mut bundle = Bundle::new_concurrent(lang.tag().parse().into_iter().collect());
    // Isolation marks are for mixed directions; here they would end up in titles, mails and file names.
    bundle.set_use_isolating(false);
    for path in Files::iter().filter(|path| folder(path) == lang.tag()) {
        let Some(file) = Files::get(&path) else { continue };
        let source = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(whole, _)| whole);
        let _doubled = bundle.add_resource(resource);
    }
    bundle
}

/// The language's folder that a message file stands in; nothing for what is not a message file.
fn folder(path: &str) -> &str {
    path.strip_suffix(".ftl").and_then(|path| path.split('/').next()).unwrap_or_default()
}

fn fill(lang: Lang, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let (_, bundle) = BUNDLES.iter().find(|(of, _)| *of == lang)?;
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut faults).into_owned())
}

#[cfg(test)]
mod tests;
