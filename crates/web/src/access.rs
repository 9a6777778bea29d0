//! Who may use a route. Each route names one of these, and its handler gets the scope that it proves: a route without
//! an access, or a handler that believes in another one than its route, does not compile.

use std::future::Future;
use std::net::IpAddr;

use domain::people::Permission;
use domain::values::{Currency, OrderId, TicketNumber};
use engine::Engine;
use engine::orders::OrderScope;
use engine::scope::{Caller, PersonScope, PlatformScope, ShopScope, StaffScope};
use engine::stop::Stop;
use engine::tickets::TicketScope;

use crate::names::Names;
use crate::problem::Problem;

/// What a request carries that can prove something.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// What the product does.
    pub engine: &'a Engine,
    /// Who asks.
    pub caller: &'a Caller,
    /// About what.
    pub names: &'a Names,
    /// The secret word of a link, `?key=`.
    pub word: Option<&'a str>,
    /// From where.
    pub address: IpAddr,
}

/// Who may use a route.
pub trait Access: Copy + Send + Sync + 'static {
    /// What it proves.
    type Scope: Scope;

    /// Proves it, or refuses. Nothing of the request's body has been read by then.
    fn prove(self, ask: Ask<'_>) -> impl Future<Output = Result<Self::Scope, Problem>> + Send;

    /// In words, for the API's description.
    fn needs(self) -> Needs;
}

/// What a proved scope says about requests.
pub trait Scope: Send + Sync + 'static {
    /// The currency of its organisation.
    fn currency(&self) -> Option<Currency> {
        None
    }
}

/// What a route needs, for its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing; a token may show more.
    Nothing,
    /// A token, or session, of the organisation whose role has this permission.
    Role(Permission),
    /// A token, or session, of the platform.
    Platform,
    /// Either of the two.
    RoleOrPlatform(Permission),
    /// A person who signed in.
    Person,
    /// A token whose role has this permission, or the secret word of the link to this one thing.
    RoleOrLink(Permission),
}

/// Everybody, known or not.
#[derive(Debug, Clone, Copy)]
pub struct Anybody;

/// Nothing was proved.
#[derive(Debug, Clone, Copy)]
pub struct Unproved;

impl Access for Anybody {
    type Scope = Unproved;

    async fn prove(self, _: Ask<'_>) -> Result<Unproved, Problem> {
        Ok(Unproved)
    }

    fn needs(self) -> Needs {
        Needs::Nothing
    }
}

impl Scope for Unproved {}

/// Whoever is at the machine itself on which the program runs: nobody else on its network.
#[derive(Debug, Clone, Copy)]
pub struct ThisMachine;

impl Access for ThisMachine {
    type Scope = Unproved;

    async fn prove(self, ask: Ask<'_>) -> Result<Unproved, Problem> {
        if ask.address.is_loopback() { Ok(Unproved) } else { Err(Problem::not_found()) }
    }

    fn needs(self) -> Needs {
        Needs::Nothing
    }
}

/// Staff of the organisation in the path, in a role that may do this.
#[derive(Debug, Clone, Copy)]
pub struct Staff(pub Permission);

impl Access for Staff {
    type Scope = StaffScope;

    async fn prove(self, ask: Ask<'_>) -> Result<StaffScope, Problem> {
        known(ask.caller)?;
        Ok(ask.engine.staff_scope(ask.caller, ask.names.organisation()?, self.0).await?)
    }

    fn needs(self) -> Needs {
        Needs::Role(self.0)
    }
}

impl Scope for StaffScope {
    fn currency(&self) -> Option<Currency> {
        Some(self.organisation().currency)
    }
}

/// The shop of the organisation in the path: everybody, and staff who may sell with more.
#[derive(Debug, Clone, Copy)]
pub struct Shop;

impl Access for Shop {
    type Scope = ShopScope;

    async fn prove(self, ask: Ask<'_>) -> Result<ShopScope, Problem> {
        Ok(ask.engine.shop_scope(ask.caller, ask.names.organisation()?).await?)
    }

    fn needs(self) -> Needs {
        Needs::Nothing
    }
}

impl Scope for ShopScope {
    fn currency(&self) -> Option<Currency> {
        Some(self.organisation().currency)
    }
}

/// The platform's own.
#[derive(Debug, Clone, Copy)]
pub struct Platform;

impl Access for Platform {
    type Scope = PlatformScope;

    async fn prove(self, ask: Ask<'_>) -> Result<PlatformScope, Problem> {
        known(ask.caller)?;
        Ok(ask.engine.platform_scope(ask.caller).await?)
    }

    fn needs(self) -> Needs {
        Needs::Platform
    }
}

impl Scope for PlatformScope {}

/// The platform's own, or staff of the organisation in the path.
#[derive(Debug, Clone, Copy)]
pub struct StaffOrPlatform(pub Permission);

/// Which of the two it was.
#[derive(Debug)]
pub enum Steward {
    /// Staff.
    Staff(Box<StaffScope>),
    /// The platform.
    Platform(PlatformScope),
}

impl Access for StaffOrPlatform {
    type Scope = Steward;

    async fn prove(self, ask: Ask<'_>) -> Result<Steward, Problem> {
        known(ask.caller)?;
        match ask.engine.platform_scope(ask.caller).await {
            Ok(scope) => Ok(Steward::Platform(scope)),
            Err(Stop::Refused(_)) => {
                let scope = ask.engine.staff_scope(ask.caller, ask.names.organisation()?, self.0).await?;
                Ok(Steward::Staff(Box::new(scope)))
            }
            Err(stop) => Err(stop.into()),
        }
    }

    fn needs(self) -> Needs {
        Needs::RoleOrPlatform(self.0)
    }
}

impl Scope for Steward {}

/// A person who signed in.
#[derive(Debug, Clone, Copy)]
pub struct Person;

impl Access for Person {
    type Scope = PersonScope;

    async fn prove(self, ask: Ask<'_>) -> Result<PersonScope, Problem> {
        match ask.caller {
            Caller::Person(_) => Ok(ask.engine.person_scope(ask.caller).await?),
            Caller::Public | Caller::Program(_) => Err(Problem::unauthenticated()),
        }
    }

    fn needs(self) -> Needs {
        Needs::Person
    }
}

impl Scope for PersonScope {}

/// The order in the path: staff who sell, and whoever has its secret link.
#[derive(Debug, Clone, Copy)]
pub struct OrderLink;

impl Access for OrderLink {
    type Scope = OrderScope;

    async fn prove(self, ask: Ask<'_>) -> Result<OrderScope, Problem> {
        if ask.word.is_none() {
            known(ask.caller)?;
        }
        let order = ask.names.id::<OrderId>()?;
        let which = (ask.names.organisation()?, ask.names.event()?, order);
        Ok(ask.engine.order_scope(ask.caller, which, ask.word).await?)
    }

    fn needs(self) -> Needs {
        Needs::RoleOrLink(Permission::SeeOrders)
    }
}

impl Scope for OrderScope {
    fn currency(&self) -> Option<Currency> {
        Some(self.organisation().currency)
    }
}

/// The ticket in the path: staff who see tickets, its holder and buyer, and whoever has its secret link.
#[derive(Debug, Clone, Copy)]
pub struct TicketLink;

impl Access for TicketLink {
    type Scope = TicketScope;

    async fn prove(self, ask: Ask<'_>) -> Result<TicketScope, Problem> {
        if ask.word.is_none() {
            known(ask.caller)?;
        }
        let which = (ask.names.organisation()?, ask.names.event()?, ask.names.id::<TicketNumber>()?);
        Ok(ask.engine.ticket_scope(ask.caller, which, ask.word).await?)
    }

    fn needs(self) -> Needs {
        Needs::RoleOrLink(Permission::SeeTickets)
    }
}

impl Scope for TicketScope {}

/// Refuses who carries nothing where something is needed, before it is looked whether what they ask for exists.
fn known(caller: &Caller) -> Result<(), Problem> {
    match caller {
        Caller::Public => Err(Problem::unauthenticated()),
        Caller::Program(_) | Caller::Person(_) => Ok(()),
    }
}
