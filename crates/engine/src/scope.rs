//! Scopes: what a caller has proved to be. Operations take one, and only the proofs here make one, so that another
//! tenant's data cannot be asked for by mistake.

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::orders::Seller;
use domain::organisations::{Organisation, OrganisationStatus};
use domain::people::{By, Grant, Permission, StaffRole, Token};
use domain::values::{AdminId, CustomerId, Email, PersonId, Slug};
use store::lookups;

use crate::Engine;
use crate::secret::secret_hash;
use crate::stop::Stop;

/// Who sends a request, as far as what they carried proves.
#[derive(Debug, Clone, PartialEq)]
pub enum Caller {
    /// Nobody known.
    Public,
    /// A program with a token.
    Program(Token),
    /// A person who signed in.
    Person(SignedIn),
}

impl Caller {
    /// The name under which their requests are told apart from those of others.
    pub fn sender(&self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::Program(token) => format!("token {}", token.id),
            Self::Person(person) => format!("person {}", person.id),
        }
    }
}

/// A person who signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    /// Who.
    pub id: PersonId,
    /// Their address.
    pub email: Email,
    /// How they are shown: their name, else their address.
    pub name: String,
}

/// One organisation, in a role that may do what is asked.
#[derive(Debug, Clone)]
pub struct StaffScope {
    organisation: Organisation,
    role: StaffRole,
    by: By,
}

/// The platform.
#[derive(Debug, Clone)]
pub struct PlatformScope {
    by: By,
}

/// The shop of one organisation: open to everybody, with more for staff who may sell.
#[derive(Debug, Clone)]
pub struct ShopScope {
    organisation: Organisation,
    seller: Seller,
    by: By,
}

/// A person and what they are to whom.
#[derive(Debug, Clone)]
pub struct PersonScope {
    /// Who.
    pub person: SignedIn,
    /// In which organisations they are staff, and as what.
    pub staff: Vec<(Slug, StaffRole)>,
    /// Whose customer they are.
    pub customers: Vec<(Slug, CustomerId)>,
    /// As whom they administer the platform.
    pub admin: Option<AdminId>,
}

impl StaffScope {
    /// The organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The caller's role in it.
    pub fn role(&self) -> StaffRole {
        self.role
    }

    /// The caller, for histories.
    pub fn by(&self) -> &By {
        &self.by
    }

    /// An event of the organisation, whether there is such or not.
    pub fn event(&self, slug: &Slug) -> EventRef {
        EventRef::new(&self.organisation.slug, slug)
    }
}

impl From<&StaffScope> for ShopScope {
    /// The shop as staff who may sell see it.
    fn from(scope: &StaffScope) -> Self {
        let seller = if scope.role.may(Permission::Sell) { Seller::Staff } else { Seller::Public };
        Self { organisation: scope.organisation.clone(), seller, by: scope.by.clone() }
    }
}

impl PlatformScope {
    /// The platform, as the program's own commands act for it: whoever can run the program on its store owns it.
    /// Nothing that answers a request calls this.
    pub fn of_the_program() -> Self {
        Self { by: By::Program }
    }

    /// The caller, for histories.
    pub fn by(&self) -> &By {
        &self.by
    }
}

impl ShopScope {
    /// The organisation.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// Whether the caller is staff who may sell.
    pub fn seller(&self) -> Seller {
        self.seller
    }

    /// The caller, for histories.
    pub fn by(&self) -> &By {
        &self.by
    }

    /// An event of the organisation, whether there is such or not.
    pub fn event(&self, slug: &Slug) -> EventRef {
        EventRef::new(&self.organisation.slug, slug)
    }
}

impl Engine {
    /// The caller with this API token; none if it is unknown or revoked.
    pub async fn caller_of_token(&self, secret: &str) -> Result<Option<Caller>, Stop> {
        let found = lookups::token(self.table(), secret_hash(secret)).await?;
        let token = found.map(|row| row.value.token).filter(|token| token.revoked_at.is_none());
        Ok(token.map(Caller::Program))
    }

    /// The caller with this browser session; none if it is unknown or over.
    pub async fn caller_of_session(&self, secret: &str) -> Result<Option<Caller>, Stop> {
        let Some(found) = lookups::session(self.table(), secret_hash(secret)).await? else { return Ok(None) };
        let Some(person) = lookups::person(self.table(), found.value.session.person).await? else { return Ok(None) };
        let person = person.value;
        let name = person.full_name.map_or_else(|| person.email.to_string(), String::from);
        Ok(Some(Caller::Person(SignedIn { id: person.id, email: person.email, name })))
    }

    /// Proves that the caller is staff of this organisation in a role that may do this.
    ///
    /// Refused as [`Refusal::NotFound`] for everybody who is not staff of it, whether it exists or not; as
    /// [`Refusal::Forbidden`] where only the role does not allow it.
    pub async fn staff_scope(&self, caller: &Caller, slug: &Slug, needed: Permission) -> Result<StaffScope, Stop> {
        let (role, by) = self.role_in(caller, slug).await?.ok_or(Refusal::NotFound)?;
        let organisation = lookups::organisation(self.table(), slug).await?.ok_or(Refusal::NotFound)?.value;
        if !role.may(needed) {
            return Err(Refusal::Forbidden.into());
        }
        Ok(StaffScope { organisation, role, by })
    }

    /// Proves that the caller may do what the platform does.
    pub async fn platform_scope(&self, caller: &Caller) -> Result<PlatformScope, Stop> {
        let by = match caller {
            Caller::Public => None,
            Caller::Program(token) => {
                (token.grant == Grant::Platform).then(|| By::Token { id: token.id, name: token.name.to_string() })
            }
            Caller::Person(person) => {
                let admin = lookups::hats(self.table(), person.id).await?.admin;
                admin.map(|admin| By::Admin { id: admin.value.id, name: person.name.clone() })
            }
        };
        by.map(|by| PlatformScope { by }).ok_or(Stop::Refused(Refusal::NotFound))
    }

    /// The program itself as an organisation's owner: for the demonstration and for tests.
    pub(crate) async fn program_scope(&self, slug: &Slug) -> Result<StaffScope, Stop> {
        let organisation = lookups::organisation(self.table(), slug).await?.ok_or(Refusal::NotFound)?.value;
        Ok(StaffScope { organisation, role: StaffRole::Owner, by: By::Program })
    }

    /// Opens the shop of an organisation to whoever comes. Staff of it who may sell are known as such; everybody
    /// else, another organisation's staff included, is the public.
    pub async fn shop_scope(&self, caller: &Caller, slug: &Slug) -> Result<ShopScope, Stop> {
        let organisation = lookups::organisation(self.table(), slug).await?.ok_or(Refusal::NotFound)?.value;
        if let Some((role, by)) = self.role_in(caller, slug).await?
            && role.may(Permission::Sell)
        {
            return Ok(ShopScope { organisation, seller: Seller::Staff, by });
        }
        if organisation.status == OrganisationStatus::Suspended {
            return Err(Refusal::NotFound.into());
        }
        Ok(ShopScope { organisation, seller: Seller::Public, by: By::Public })
    }

    /// What the signed-in person is to whom.
    pub async fn person_scope(&self, caller: &Caller) -> Result<PersonScope, Stop> {
        let Caller::Person(person) = caller else { return Err(Refusal::NotFound.into()) };
        let hats = lookups::hats(self.table(), person.id).await?;
        Ok(PersonScope {
            person: person.clone(),
            staff: hats.staff.into_iter().map(|row| (row.value.organisation, row.value.role)).collect(),
            customers: hats.customers.into_iter().map(|row| (row.value.organisation, row.value.id)).collect(),
            admin: hats.admin.map(|row| row.value.id),
        })
    }

    /// The caller's role in an organisation, if they have one.
    pub async fn role_in(&self, caller: &Caller, slug: &Slug) -> Result<Option<(StaffRole, By)>, Stop> {
        match caller {
            Caller::Public => Ok(None),
            Caller::Program(token) => Ok(match &token.grant {
                Grant::Staff { organisation, role } if organisation == slug => {
                    Some((*role, By::Token { id: token.id, name: token.name.to_string() }))
                }
                Grant::Staff { .. } | Grant::Platform => None,
            }),
            Caller::Person(person) => {
                let hats = lookups::hats(self.table(), person.id).await?;
                let membership = hats.staff.into_iter().find(|row| row.value.organisation == *slug);
                Ok(membership.map(|row| (row.value.role, By::Staff { id: row.value.id, name: person.name.clone() })))
            }
        }
    }
}
