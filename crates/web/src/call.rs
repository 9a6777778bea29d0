//! A request whose sender has proved its scope and whose body has been read: all that a handler works with.

use axum::http::HeaderMap;
use domain::values::{Faults, Ksuid, Slug, Wrong};
use engine::Engine;
use engine::once::{Answer, Once, Remember};
use engine::scope::Caller;

use crate::app::App;
use crate::input::SoFar;
use crate::names::Names;
use crate::problem::{Part, Problem};

/// A request that may be done.
#[derive(Debug)]
pub struct Call<S, B = ()> {
    /// What every request needs.
    pub app: App,
    /// Who sends it.
    pub caller: Caller,
    /// What that proves.
    pub scope: S,
    /// The names in its path.
    pub names: Names,
    /// What it says.
    pub body: B,
    /// The revision that its sender has seen (`If-Match`).
    pub revision: Option<u64>,
    pub(crate) once: Option<Once>,
}

impl<S, B> Call<S, B> {
    /// What the product does.
    pub fn engine(&self) -> &Engine {
        self.app.engine()
    }

    /// The event in the path.
    pub fn event(&self) -> Result<&Slug, Problem> {
        self.names.event()
    }

    /// The identifier in the path.
    pub fn id<T: From<Ksuid>>(&self) -> Result<T, Problem> {
        self.names.id()
    }

    /// What an operation needs to keep its answer, if the request came with a key.
    pub fn remember<'a, T: ?Sized>(&self, answer: &'a (dyn Fn(&T) -> Answer + Send + Sync)) -> Remember<'a, T> {
        Remember::new(self.once.clone(), answer)
    }
}

impl<S, T> Call<S, SoFar<T>> {
    /// The same with its whole body. Else every fault of it: `further` are those that what could be read has besides.
    pub fn checked(self, further: Faults) -> Result<Call<S, T>, Problem> {
        let Self { app, caller, scope, names, body, revision, once } = self;
        Ok(Call { app, caller, scope, names, body: body.checked(further)?, revision, once })
    }
}

/// The header that names a request, so that it takes effect once.
const KEY: &str = "idempotency-key";

/// The key of a request: 1 to 255 visible characters of ASCII.
pub(crate) fn key_of(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut keys = headers.get_all(KEY).into_iter();
    let Some(key) = keys.next() else { return Ok(None) };
    let holds = |key: &&str| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    match key.to_str().ok().filter(holds) {
        Some(key) if keys.next().is_none() => Ok(Some(key)),
        _ => Err(Problem::invalid_part(Part::Header, "Idempotency-Key", Wrong::Form("key"))),
    }
}

/// The revision of `If-Match`: `3`, `"3"`, or `W/"3"`; `*` matches any.
pub(crate) fn revision_of(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(value) = headers.get(axum::http::header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let digits = text.trim_start_matches("W/").trim_matches('"');
    let wrong = || Problem::invalid_part(Part::Header, "If-Match", Wrong::Form("revision"));
    digits.parse().map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use rstest::rstest;

    fn headers(name: &'static str, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    #[test]
    fn a_key_is_visible_ascii_and_sent_once() {
        let (longest, longer) = ("x".repeat(255), "x".repeat(256));
        for good in ["a", "2f1c!~", &longest] {
            assert_eq!(key_of(&headers(KEY, &[good])).unwrap(), Some(good));
        }
        for bad in [["", ""].as_slice(), &["a b"], &["é"], &["a", "b"], &[&longer], &[""]] {
            assert!(key_of(&headers(KEY, bad)).is_err(), "{bad:?}");
        }
        assert_eq!(key_of(&HeaderMap::new()).unwrap(), None);
    }

    #[rstest]
    #[case("3", Some(3))]
    #[case("\"3\"", Some(3))]
    #[case("W/\"3\"", Some(3))]
    #[case("*", None)]
    fn a_revision_is_read_however_it_is_quoted(#[case] value: &str, #[case] revision: Option<u64>) {
        assert_eq!(revision_of(&headers("if-match", &[value])).unwrap(), revision);
    }

    #[test]
    fn a_revision_that_is_none_is_refused() {
        assert!(revision_of(&headers("if-match", &["abc"])).is_err());
        assert!(revision_of(&headers("if-match", &["é"])).is_err());
        assert!(revision_of(&HeaderMap::new()).unwrap().is_none());
    }
}
