//! Addresses of the pages of the platform's owner.

use domain::values::Slug;

use super::Href;

/// All organisations: what the platform's owner sees first.
pub fn organisations() -> Href {
    Href::of(&["platform"])
}

/// Where an organisation is made.
pub fn new_organisation() -> Href {
    organisations().then("new-organisation")
}

/// One organisation, as the platform's owner sees it.
pub fn organisation(organisation: &Slug) -> Href {
    organisations().then("organisations").then(organisation.as_str())
}

/// Its terms: whether it may sell, and what of each sale is the platform's.
pub fn terms(organisation: &Slug) -> Href {
    self::organisation(organisation).then("terms")
}

/// Where somebody is invited to work for it.
pub fn staff(organisation: &Slug) -> Href {
    self::organisation(organisation).then("staff")
}
