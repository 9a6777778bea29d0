//! Whose customer is an address? Finds the person and the customer, or prepares the rows that make them.

use domain::organisations::Organisation;
use domain::people::{Address, Customer, Person};
use domain::values::{CustomerId, Email, PersonId, Title};
use store::lookups;
use store::record::create;
use store::table::{StoreFault, Write};

use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::{Fault, Stop};

/// A customer, and what is still to be written for it to be one.
#[derive(Debug, Clone)]
pub(crate) struct Identified {
    /// Whose customer.
    pub(crate) customer: CustomerId,
    /// Rows put `Absent`, to stand in the transaction that needs the customer; none if it is known already. If one of
    /// them is refused somebody was faster: identify again.
    pub(crate) writes: Vec<Write>,
}

impl Engine {
    /// The customer of an organisation with this address.
    pub(crate) async fn identify(
        &self,
        organisation: &Organisation,
        email: &Email,
        full_name: Option<&Title>,
    ) -> Result<Identified, StoreFault> {
        let (person, customer) = lookups::address(self.table(), email, &organisation.slug).await?;
        if let Some(customer) = customer.and_then(|address| address.customer) {
            return Ok(Identified { customer, writes: Vec::new() });
        }
        let mut writes = Vec::new();
        let person = match person {
            Some(address) => address.person,
            None => self.new_person(email, full_name, &mut writes)?,
        };
        let customer = Customer {
            id: self.fresh(),
            person,
            organisation: organisation.slug.clone(),
            email: email.clone(),
            full_name: full_name.cloned(),
            list_shard: self.any_shard(organisation.customer_shards),
        };
        let address = Address {
            email: email.clone(),
            person,
            customer: Some(customer.id),
            organisation: Some(organisation.slug.clone()),
        };
        writes.push(create(&customer, self.now())?);
        writes.push(create(&address, self.now())?);
        Ok(Identified { customer: customer.id, writes })
    }

    /// Adds the rows of a new person to `writes`.
    pub(crate) fn new_person(
        &self,
        email: &Email,
        full_name: Option<&Title>,
        writes: &mut Vec<Write>,
    ) -> Result<PersonId, StoreFault> {
        let id = self.fresh();
        let person = Person { id, email: email.clone(), full_name: full_name.cloned(), verified_at: None };
        let address = Address { email: email.clone(), person: id, customer: None, organisation: None };
        writes.push(create(&person, self.now())?);
        writes.push(create(&address, self.now())?);
        Ok(id)
    }

    /// The same, written at once: for holders other than the buyer. Safe to repeat.
    pub(crate) async fn identify_now(
        &self,
        organisation: &Organisation,
        email: &Email,
        full_name: Option<&Title>,
    ) -> Result<CustomerId, Stop> {
        for _ in 0..ATTEMPTS {
            let found = self.identify(organisation, email, full_name).await?;
            if found.writes.is_empty() {
                return Ok(found.customer);
            }
            match self.commit(found.writes).await? {
                Committed::Done => return Ok(found.customer),
                Committed::Refused(_) => {}
            }
        }
        Err(Fault::Contended.into())
    }
}
