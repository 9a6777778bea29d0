//! Rows of persons, customers, staff, administrators, and what opens doors for them.

use domain::people::{Address, Admin, BrowserSession, Customer, Grant, Person, SignInLink, Staff, Token};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::hex::Hex;
use crate::keys;
use crate::record::Record;
use crate::row::Key;

impl Record for Person {
    const ENTITY: &'static str = "PERSON";

    fn key(&self) -> Key {
        keys::person(self.id)
    }
}

impl Record for Address {
    const ENTITY: &'static str = "EMAIL";

    fn key(&self) -> Key {
        match &self.organisation {
            None => keys::email_person(&self.email),
            Some(organisation) => keys::email_customer(&self.email, organisation),
        }
    }
}

impl Record for Customer {
    const ENTITY: &'static str = "CUSTOMER";

    fn key(&self) -> Key {
        keys::customer(self.person, self.id)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(keys::in_customer_list(&self.organisation, self.list_shard, self.id))
    }

    fn gsi2(&self) -> Option<Key> {
        Some(keys::person_of_customer(self.id, self.person))
    }
}

impl Record for Staff {
    const ENTITY: &'static str = "STAFF";

    fn key(&self) -> Key {
        keys::staff(self.person, &self.organisation, self.id)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(Key::new(keys::staff_list(&self.organisation), self.id.to_string()))
    }
}

impl Record for Admin {
    const ENTITY: &'static str = "ADMIN";

    fn key(&self) -> Key {
        keys::admin(self.person, self.id)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(Key::new(keys::ADMIN_LIST, self.id.to_string()))
    }
}

/// A token under the hash of its secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HashedToken {
    /// SHA-256 of the secret.
    pub secret_hash: Hex<32>,
    /// The token.
    pub token: Token,
}

impl Record for HashedToken {
    const ENTITY: &'static str = "TOKEN";

    fn key(&self) -> Key {
        keys::token(self.secret_hash)
    }

    fn gsi2(&self) -> Option<Key> {
        let organisation = match &self.token.grant {
            Grant::Platform => None,
            Grant::Staff { organisation, .. } => Some(organisation),
        };
        Some(keys::token_of(organisation, self.secret_hash))
    }
}

/// A sign-in link under the hash of its secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HashedLink {
    /// SHA-256 of the secret.
    pub secret_hash: Hex<32>,
    /// The link.
    pub link: SignInLink,
}

impl Record for HashedLink {
    const ENTITY: &'static str = "LINK";

    fn key(&self) -> Key {
        keys::link(self.secret_hash)
    }

    fn gsi2(&self) -> Option<Key> {
        Some(Key::new(keys::person_partition(self.link.person), keys::link(self.secret_hash).sk))
    }

    fn ttl(&self) -> Option<Timestamp> {
        Some(self.link.expires_at)
    }
}

/// A signed-in browser under the hash of its secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HashedSession {
    /// SHA-256 of the secret.
    pub secret_hash: Hex<32>,
    /// The session.
    pub session: BrowserSession,
}

impl Record for HashedSession {
    const ENTITY: &'static str = "BROWSER";

    fn key(&self) -> Key {
        keys::browser(self.secret_hash)
    }

    fn gsi2(&self) -> Option<Key> {
        Some(Key::new(keys::person_partition(self.session.person), keys::browser(self.secret_hash).sk))
    }

    fn ttl(&self) -> Option<Timestamp> {
        Some(self.session.expires_at)
    }
}
