//! Finding persons, staff, and what they signed in with.

use domain::catalogue::EventRef;
use domain::people::{Address, Admin, Customer, Person, Staff};
use domain::tickets::Ticket;
use domain::values::{CustomerId, Email, PersonId, Slug};

use super::{all, all_rows, get};
use crate::hex::Hex;
use crate::keys;
use crate::record::{Record, Stored, read};
use crate::records::{HashedLink, HashedSession, HashedToken, SealedKey};
use crate::table::{Index, Query, StoreFault, Table};

/// Where an address leads: its person, and its customer in an organisation.
pub async fn address(
    table: &dyn Table,
    email: &Email,
    organisation: &Slug,
) -> Result<(Option<Address>, Option<Address>), StoreFault> {
    let keys = [keys::email_person(email), keys::email_customer(email, organisation)];
    let mut found = super::get_many::<Address>(table, &keys).await?.into_iter().map(|row| row.map(|row| row.value));
    Ok((found.next().flatten(), found.next().flatten()))
}

/// The person that an address belongs to.
pub async fn person_of_email(table: &dyn Table, email: &Email) -> Result<Option<Address>, StoreFault> {
    Ok(get::<Address>(table, &keys::email_person(email)).await?.map(|row| row.value))
}

/// A person.
pub async fn person(table: &dyn Table, id: PersonId) -> Result<Option<Stored<Person>>, StoreFault> {
    get(table, &keys::person(id)).await
}

/// What a person is: their memberships of staff, their customers, and their administration of the platform.
#[derive(Debug, Clone, Default)]
pub struct Hats {
    /// In which organisations they are staff.
    pub staff: Vec<Stored<Staff>>,
    /// Whose customer they are.
    pub customers: Vec<Stored<Customer>>,
    /// Whether they administer the platform.
    pub admin: Option<Stored<Admin>>,
}

/// Reads all that a person is, in one query.
pub async fn hats(table: &dyn Table, person: PersonId) -> Result<Hats, StoreFault> {
    let mut hats = Hats::default();
    for row in all_rows(table, Query::all(Index::Table, keys::person_partition(person))).await? {
        match row.entity.as_str() {
            Staff::ENTITY => hats.staff.push(read(&row)?),
            Customer::ENTITY => hats.customers.push(read(&row)?),
            Admin::ENTITY => hats.admin = Some(read(&row)?),
            _ => {}
        }
    }
    Ok(hats)
}

/// The staff of an organisation, in the order in which they were invited.
pub async fn staff_of(table: &dyn Table, organisation: &Slug) -> Result<Vec<Stored<Staff>>, StoreFault> {
    all(table, Query::all(Index::Gsi1, keys::staff_list(organisation))).await
}

/// The token with this secret's hash.
pub async fn token(table: &dyn Table, secret_hash: Hex<32>) -> Result<Option<Stored<HashedToken>>, StoreFault> {
    get(table, &keys::token(secret_hash)).await
}

/// The tokens of an organisation, or of the platform.
pub async fn tokens_of(table: &dyn Table, organisation: Option<&Slug>) -> Result<Vec<Stored<HashedToken>>, StoreFault> {
    let partition = keys::token_of(organisation, Hex([0; 32])).pk;
    all(table, Query::all(Index::Gsi2, partition).beginning_with(keys::TOKENS)).await
}

/// The sign-in link with this secret's hash.
pub async fn link(table: &dyn Table, secret_hash: Hex<32>) -> Result<Option<Stored<HashedLink>>, StoreFault> {
    get(table, &keys::link(secret_hash)).await
}

/// The signed-in browser with this secret's hash.
pub async fn session(table: &dyn Table, secret_hash: Hex<32>) -> Result<Option<Stored<HashedSession>>, StoreFault> {
    get(table, &keys::browser(secret_hash)).await
}

/// A customer's tickets in one organisation, by event.
pub async fn tickets_of_customer(table: &dyn Table, customer: CustomerId) -> Result<Vec<Stored<Ticket>>, StoreFault> {
    let list = Query::all(Index::Gsi2, keys::customer_partition(customer)).beginning_with(keys::TICKETS_OF_CUSTOMER);
    all(table, list).await
}

/// An event's signing keys.
pub async fn signing_keys(table: &dyn Table, event: &EventRef) -> Result<Vec<Stored<SealedKey>>, StoreFault> {
    all(table, Query::all(Index::Table, keys::event(event)).beginning_with(keys::SIGNING_KEYS)).await
}
