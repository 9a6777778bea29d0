//! What could be read of a body in which something is wrong, so that what else is wrong with it can be told as well.

use domain::values::{Faults, Pointer};
use serde_json::Value as Json;

use super::reader::Reader;
use super::{Body, Kind as _, Setting, object};

/// A body as far as it could be read, and what was wrong with it. A body that is read like this answers something
/// whatever is wrong with its fields: what is missing or wrong is left out.
#[derive(Debug, Clone)]
pub struct SoFar<T> {
    /// What could be read: all of it, if nothing was wrong.
    pub value: T,
    faults: Faults,
}

/// Reads a body as far as it can be read.
pub fn read_so_far<T>(found: &Json, setting: &Setting, body: Body<T>) -> Result<SoFar<T>, Faults> {
    let mut reader = Reader::new(setting.clone());
    let value = object(body).read(found, &mut reader);
    let faults = reader.into_faults();
    match value {
        Some(value) => Ok(SoFar { value, faults }),
        None => Err(faults),
    }
}

impl<T> SoFar<T> {
    /// What was wrong.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Nothing was wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    /// The body, if nothing was wrong. Else every fault, `further` ones included: those that what could be read has
    /// besides. Where something could not be read, and around it, only that is told.
    pub fn checked(self, further: Faults) -> Result<T, Faults> {
        if self.faults.is_empty() {
            return Ok(self.value);
        }
        let is_known =
            |at: &Pointer| self.faults.list().iter().any(|known| is_within(at, &known.at) || is_within(&known.at, at));
        let news: Faults = further.into_iter().filter(|fault| !is_known(&fault.at)).collect();
        let mut faults = self.faults;
        faults.extend(news);
        Err(faults)
    }
}

/// Does this point at the place, or into it?
fn is_within(at: &Pointer, place: &Pointer) -> bool {
    at.as_str().strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{count, list};
    use domain::values::Wrong;
    use serde_json::json;

    #[test]
    fn what_could_be_read_is_judged_too_and_nothing_is_told_twice() {
        #[expect(clippy::unnecessary_wraps, reason = "the shape of every body")]
        fn body(fields: &mut crate::input::Fields<'_>) -> Option<Vec<u32>> {
            fields.required("name", count(1..=9));
            Some(fields.required("numbers", list(0..=9, count(1..=9))).unwrap_or_default())
        }
        let read = |found: Json| read_so_far(&found, &Setting::default(), body).unwrap();
        assert_eq!(read(json!({"name": 1, "numbers": [2, 3]})).checked(Faults::none()), Ok(vec![2, 3]));
        let mut further = Faults::none();
        for at in [Pointer::to("numbers"), Pointer::to("name"), Pointer::to("numbers").then(0), Pointer::to("nam")] {
            further.add(at, Wrong::Repeated);
        }
        let told = |found: Json| {
            let faults = read(found).checked(further.clone()).unwrap_err();
            faults.list().iter().map(|fault| fault.at.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(told(json!({"numbers": [2]})), ["/name", "/numbers", "/numbers/0", "/nam"]);
        assert_eq!(told(json!({"name": 1, "numbers": ["x"]})), ["/numbers/0", "/name", "/nam"]);
    }
}
