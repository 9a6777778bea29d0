//! E-mail addresses.

use std::fmt;
use std::str::FromStr;

/// An address that mail can be sent to, trimmed and in lower case (the key's form; the product treats
/// addresses that differ only in case as one). At most 254 characters (RFC 5321 4.5.3.1.3).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A text that is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnEmail;

impl Email {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;

    /// The shape `local@domain.tld`; whether anybody reads it only a mail can tell.
    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let address = text.trim().to_lowercase();
        let (local, domain) = address.rsplit_once('@').ok_or(NotAnEmail)?;
        let local_holds = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || "!$%&'*+-/=?^_`{|}~.".contains(c));
        let label_holds = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let domain_holds = domain.contains('.')
            && domain.split('.').all(label_holds)
            && domain.rsplit('.').next().is_some_and(|top| top.len() >= 2 && !top.chars().all(|c| c.is_ascii_digit()));
        if address.len() > 254 || !local_holds || !domain_holds {
            return Err(NotAnEmail);
        }
        Ok(Self(address))
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_lower_cased() {
        assert_eq!(
            " Ana.Pérez+x@Example.ORG ".parse::<Email>().map(String::from),
            Ok("ana.pérez+x@example.org".into())
        );
    }

    #[test]
    fn what_no_mail_can_reach_is_refused() {
        for bad in [
            "",
            "ana",
            "@x.org",
            "a@",
            "a@b",
            "a b@c.org",
            "a@b..org",
            "a@-b.org",
            ".a@b.org",
            "a..b@c.org",
            "a@b.org\nBcc: x@y.org",
            "a@1.2.3.4",
            "a#b@c.org",
            "<a@b.org>",
            &format!("{}@b.org", "x".repeat(65)),
        ] {
            assert_eq!(bad.parse::<Email>(), Err(NotAnEmail), "{bad}");
        }
    }
}
