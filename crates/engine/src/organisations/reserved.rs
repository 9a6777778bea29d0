//! Names that no organisation may have, because its pages would stand where the program's own do; nor an event or a
//! series, whose pages come first in the address where an organisation has a domain of its own.

use domain::values::Slug;

/// The first parts of the program's own addresses, those that it has and those that it may come to have.
const RESERVED: [&str; 39] = [
    "account",
    "admin",
    "api",
    "assets",
    "auth",
    "browser",
    "calendar",
    "checkout",
    "dashboard",
    "dev",
    "docs",
    "embed",
    "favicon",
    "health",
    "healthz",
    "help",
    "internal",
    "login",
    "logout",
    "me",
    "metrics",
    "my",
    "orders",
    "platform",
    "public",
    "readyz",
    "robots",
    "s",
    "scan",
    "scanner",
    "sign-in",
    "sign-out",
    "sitemap",
    "static",
    "tickets",
    "ui",
    "webhooks",
    "well-known",
    "www",
];

/// Does the program need this name itself?
pub(crate) fn is_reserved(slug: &Slug) -> bool {
    RESERVED.contains(&slug.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reserved_name_is_a_slug_that_somebody_could_ask_for() {
        for name in RESERVED {
            assert!(is_reserved(&name.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn names_that_only_begin_like_a_reserved_one_are_free() {
        for name in ["salsa", "my-salsa", "api-dance", "dashboards"] {
            assert!(!is_reserved(&name.parse().unwrap()), "{name}");
        }
    }
}
