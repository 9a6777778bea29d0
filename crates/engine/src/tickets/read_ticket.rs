//! Reading one ticket, for whoever may: staff, its holder, its buyer.

use domain::Refusal;
use domain::catalogue::{Event, EventRef};
use domain::people::{By, Permission};
use domain::tickets::{EventTag, HistoryEntry, Sale, Ticket};
use domain::values::{CustomerId, Prose, Slug, TicketNumber};
use store::lookups::{self, TicketParts};
use store::row::Row;

use crate::Engine;
use crate::orders::TicketView;
use crate::scope::{Caller, PersonScope, StaffScope};
use crate::stop::Stop;

/// What the secret word of a ticket's link is derived for.
const TICKET_LINK: &str = "ticket link";

/// One ticket that the caller may see.
#[derive(Debug, Clone)]
pub struct TicketScope {
    event: EventRef,
    number: TicketNumber,
    by: By,
    sees_barcode: bool,
}

impl TicketScope {
    /// A ticket of the organisation that staff proved to be theirs.
    pub fn of_staff(scope: &StaffScope, event: &Slug, number: TicketNumber) -> Self {
        let sees_barcode = scope.role().may(Permission::HandleTickets);
        Self { event: scope.event(event), number, by: scope.by().clone(), sees_barcode }
    }

    /// The event.
    pub fn event(&self) -> &EventRef {
        &self.event
    }

    /// The ticket.
    pub fn number(&self) -> TicketNumber {
        self.number
    }

    /// The caller, for histories.
    pub fn by(&self) -> &By {
        &self.by
    }

    /// Refuses who sees the ticket and not its barcode: staff whose role does not allow it, and a buyer for whom there
    /// is none.
    pub fn must_see_barcode(&self) -> Result<(), Refusal> {
        match &self.by {
            _ if self.sees_barcode => Ok(()),
            By::Customer { .. } => Err(Refusal::NotFound),
            _ => Err(Refusal::Forbidden),
        }
    }
}

/// A ticket and everything that belongs to it.
#[derive(Debug, Clone)]
pub struct TicketDetail {
    /// The ticket; its barcode only for who may see it.
    pub view: TicketView,
    /// Its revision.
    pub revision: u64,
    /// What happened to it, first to last; its scans come beside.
    pub history: Vec<HistoryEntry>,
    /// The money that moved for it, first to last.
    pub sales: Vec<Sale>,
    /// Its scans, as they are kept.
    pub(crate) scans: Vec<Row>,
}

impl Engine {
    /// The secret word of the link under which a ticket's holder sees it without signing in. It changes with every
    /// reissue and transfer, so that an old mail opens nothing.
    pub fn ticket_word(&self, number: TicketNumber, generation: u16) -> String {
        self.secret().word(TICKET_LINK, &about(number, generation))
    }

    /// Proves that the caller may see this ticket: as staff, as its holder or buyer, or by the secret word of its link.
    pub async fn ticket_scope(
        &self,
        caller: &Caller,
        (organisation, event, number): (&Slug, &Slug, TicketNumber),
        word: Option<&str>,
    ) -> Result<TicketScope, Stop> {
        let event = EventRef::new(organisation, event);
        let staff = self.role_in(caller, organisation).await?;
        if let Some((role, by)) = &staff
            && role.may(Permission::HandleTickets)
        {
            return Ok(TicketScope { event, number, by: by.clone(), sees_barcode: true });
        }
        // Somebody at the door may hold a ticket of their own.
        match (self.owners_scope(caller, (&event, number), word).await?, staff) {
            (Some(scope), _) if scope.sees_barcode => Ok(scope),
            (_, Some((role, by))) if role.may(Permission::SeeTickets) => {
                Ok(TicketScope { event, number, by, sees_barcode: false })
            }
            (Some(scope), _) => Ok(scope),
            (None, Some(_)) => Err(Refusal::Forbidden.into()),
            (None, None) => Err(Refusal::NotFound.into()),
        }
    }

    /// The ticket as its holder or buyer, or whoever has its link, may see it; none for everybody else.
    async fn owners_scope(
        &self,
        caller: &Caller,
        (event, number): (&EventRef, TicketNumber),
        word: Option<&str>,
    ) -> Result<Option<TicketScope>, Stop> {
        let Some(found) = lookups::ticket(self.table(), event, number).await? else { return Ok(None) };
        let ticket = found.value;
        let has_link =
            word.is_some_and(|word| self.secret().is_word(TICKET_LINK, &about(number, ticket.generation), word));
        let customers = self.customers_of(caller).await?;
        let of = |id, sees_barcode| TicketScope { event: event.clone(), number, by: By::Customer { id }, sees_barcode };
        Ok(match ticket {
            Ticket { customer, .. } if has_link || customers.contains(&customer) => Some(of(customer, true)),
            Ticket { buyer, .. } if customers.contains(&buyer) => Some(of(buyer, false)),
            _ => None,
        })
    }

    /// The event that a barcode's tag belongs to, if it is one of this installation.
    pub async fn event_of_tag(&self, tag: EventTag) -> Result<Option<EventRef>, Stop> {
        Ok(lookups::event_of_tag(self.table(), tag.0).await?)
    }

    async fn customers_of(&self, caller: &Caller) -> Result<Vec<CustomerId>, Stop> {
        match caller {
            Caller::Public | Caller::Program(_) => Ok(Vec::new()),
            Caller::Person(_) => {
                let scope = self.person_scope(caller).await?;
                Ok(scope.customers.into_iter().map(|(_, id)| id).collect())
            }
        }
    }

    /// What a ticket is about: its event, and what the event's items are called.
    pub async fn about_ticket(&self, scope: &TicketScope) -> Result<crate::render::About, Stop> {
        Ok(self.about(&scope.event).await?.ok_or(Refusal::NotFound)?)
    }

    /// The tickets of a signed-in person, over all organisations whose customer they are, the latest event first.
    pub async fn tickets_of_person(&self, scope: &PersonScope) -> Result<Vec<(Event, Ticket)>, Stop> {
        let mut found: Vec<(Event, Ticket)> = Vec::new();
        for (_, customer) in &scope.customers {
            for ticket in lookups::tickets_of_customer(self.table(), *customer).await? {
                let known =
                    found.iter().find(|(event, _)| event.event == ticket.value.event).map(|(event, _)| event.clone());
                let event = match known {
                    Some(event) => Some(event),
                    None => lookups::event(self.table(), &ticket.value.event).await?.map(|row| row.value),
                };
                found.extend(event.map(|event| (event, ticket.value)));
            }
        }
        found.sort_by_key(|(event, _)| std::cmp::Reverse(event.starts_at));
        Ok(found)
    }

    /// One ticket with all that belongs to it.
    pub async fn read_ticket(&self, scope: &TicketScope) -> Result<TicketDetail, Stop> {
        let parts = lookups::ticket_parts(self.table(), &scope.event, scope.number).await?.ok_or(Refusal::NotFound)?;
        self.detail(scope, parts).await
    }

    /// A ticket that was read, as the caller may see it.
    pub(crate) async fn detail(&self, scope: &TicketScope, parts: TicketParts) -> Result<TicketDetail, Stop> {
        let mut view = self.view_ticket(parts.ticket.value).await?;
        if !scope.sees_barcode {
            view.barcode = None;
        }
        // What staff note is for staff.
        if matches!(scope.by, By::Customer { .. }) {
            view.ticket.notes = Prose::default();
        }
        let (history, sales, scans) = (parts.history, parts.sales, parts.scans);
        Ok(TicketDetail { view, revision: parts.ticket.revision, history, sales, scans })
    }
}

fn about(number: TicketNumber, generation: u16) -> Vec<u8> {
    [number.0.bytes().as_slice(), &generation.to_be_bytes()].concat()
}
