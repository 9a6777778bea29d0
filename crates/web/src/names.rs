//! The names in a path: slugs and identifiers. What does not parse names nothing, and is not found like any other.

use axum::extract::RawPathParams;
use domain::values::{Ksuid, Slug};

use crate::problem::Problem;

/// The names in a path, by the names of its places: `{org}`, `{event}`, `{series}` are slugs, `{id}` and `{number}`
/// identifiers, anything else is a text.
#[derive(Debug, Clone, Default)]
pub struct Names {
    organisation: Option<Slug>,
    event: Option<Slug>,
    series: Option<Slug>,
    id: Option<Ksuid>,
    text: Option<Box<str>>,
}

impl Names {
    /// Parses the places of a path.
    pub fn of(params: &RawPathParams) -> Result<Self, Problem> {
        Self::of_pairs(params.iter()).ok_or_else(Problem::not_found)
    }

    fn of_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Self> {
        let mut names = Self::default();
        for (place, value) in pairs {
            match place {
                "org" => names.organisation = Some(value.parse().ok()?),
                "event" => names.event = Some(value.parse().ok()?),
                "series" => names.series = Some(value.parse().ok()?),
                "id" | "number" => names.id = Some(value.parse().ok()?),
                _ => names.text = Some(value.into()),
            }
        }
        Some(names)
    }

    /// The organisation.
    pub fn organisation(&self) -> Result<&Slug, Problem> {
        self.organisation.as_ref().ok_or_else(Problem::not_found)
    }

    /// The event.
    pub fn event(&self) -> Result<&Slug, Problem> {
        self.event.as_ref().ok_or_else(Problem::not_found)
    }

    /// The series.
    pub fn series(&self) -> Result<&Slug, Problem> {
        self.series.as_ref().ok_or_else(Problem::not_found)
    }

    /// The identifier of what is asked for.
    pub fn id<T: From<Ksuid>>(&self) -> Result<T, Problem> {
        self.id.map(T::from).ok_or_else(Problem::not_found)
    }

    /// A place that is neither.
    pub fn text(&self) -> Result<&str, Problem> {
        self.text.as_deref().ok_or_else(Problem::not_found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_and_what_does_not_parse_names_nothing() {
        let names = Names::of_pairs([("org", "salsa"), ("id", "aWgEPTl1tmebfsQzFP4bxwgy80V")].into_iter()).unwrap();
        assert_eq!(names.organisation().unwrap().as_str(), "salsa");
        assert!(names.id::<domain::values::ItemId>().is_ok());
        assert!(names.event().is_err());
        for bad in [("org", "Salsa"), ("event", ""), ("series", "a--b"), ("id", "1"), ("number", "é")] {
            assert!(Names::of_pairs([bad].into_iter()).is_none(), "{bad:?}");
        }
    }
}
