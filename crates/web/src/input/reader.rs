//! Where the reading stands, what was wrong so far, and what the surroundings say.

use domain::values::{Currency, Faults, Pointer, Wrong};
use jiff::tz::TimeZone;

/// Where values come from: it decides how plainly they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// JSON: numbers are numbers, `null` is left out.
    #[default]
    Json,
    /// A form or a query string: all is text, empty is left out, dates may be local, prices are in major units.
    Text,
}

/// What the surroundings of a request say.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// How values are written.
    pub source: Source,
    /// The organisation's currency: no other is accepted where it is known.
    pub currency: Option<Currency>,
    /// The zone of local dates with times, as browsers send them from a form.
    pub zone: Option<TimeZone>,
}

impl Setting {
    /// JSON, for an organisation with this currency.
    pub fn json(currency: Option<Currency>) -> Self {
        Self { source: Source::Json, currency, zone: None }
    }

    /// A form or a query string.
    pub fn text(currency: Option<Currency>, zone: Option<TimeZone>) -> Self {
        Self { source: Source::Text, currency, zone }
    }
}

/// A step on the way down into the request.
#[derive(Debug)]
enum Part {
    Field(&'static str),
    Key(Box<str>),
    Index(usize),
}

/// Keeps the place and the faults while a request is read. Pointers are only made where something is wrong.
#[derive(Debug)]
pub struct Reader {
    path: Vec<Part>,
    faults: Faults,
    setting: Setting,
}

impl Reader {
    /// At the root, with nothing wrong yet.
    pub fn new(setting: Setting) -> Self {
        Self { path: Vec::new(), faults: Faults::none(), setting }
    }

    /// What the surroundings say.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// Values are written as text.
    pub fn is_text(&self) -> bool {
        self.setting.source == Source::Text
    }

    /// Something is wrong here. Answers nothing, so that a reading function can end with it.
    pub fn fault<T>(&mut self, wrong: Wrong) -> Option<T> {
        self.faults.add(self.here(), wrong);
        None
    }

    /// Something is wrong with a field of what stands here.
    pub fn fault_at(&mut self, field: &str, wrong: Wrong) {
        self.faults.add(self.here().then(field), wrong);
    }

    /// Reads a field of what stands here.
    pub fn in_field<T>(&mut self, name: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.within(Part::Field(name), read)
    }

    /// Reads what stands under a key that the sender chose.
    pub fn in_key<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.within(Part::Key(key.into()), read)
    }

    /// Reads an element of the list that stands here.
    pub fn in_element<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.within(Part::Index(index), read)
    }

    /// The value if nothing was wrong, else all that was.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Faults> {
        match value {
            Some(value) => self.faults.or(value),
            // A body without a value has told why; should it not have, the whole of it is at fault.
            None if self.faults.is_empty() => Err(Faults::one(Pointer::root(), Wrong::Required)),
            None => Err(self.faults),
        }
    }

    /// All that was wrong.
    pub fn into_faults(self) -> Faults {
        self.faults
    }

    fn within<T>(&mut self, part: Part, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(part);
        let value = read(self);
        self.path.pop();
        value
    }

    fn here(&self) -> Pointer {
        self.path.iter().fold(Pointer::root(), |pointer, part| match part {
            Part::Field(name) => pointer.then(name),
            Part::Key(key) => pointer.then(key),
            Part::Index(index) => pointer.then(index),
        })
    }
}
