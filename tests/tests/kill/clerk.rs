//! Somebody who sells, takes money, helps and scans, one request after the other, and remembers what was answered.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::json;
use tests::http::{Answer, Ask, Client};

use crate::Life;
use crate::hall::{EVENT, Hall};
use crate::ledger::{DEVICE, Kept, Ledger};
use crate::requests::{self, Act, Deed, Record, What};

/// A clerk.
pub struct Clerk {
    name: usize,
    hall: Arc<Hall>,
    dice: fastrand::Rng,
    /// How many names were given: to buyers, keys and scans.
    names: usize,
    /// What was sent, and not answered before the program died.
    unanswered: Option<Act>,
    /// What must be there.
    pub ledger: Ledger,
}

/// The program has died.
struct Died;

impl Clerk {
    /// A clerk who has done nothing yet.
    pub fn new(name: usize, hall: Arc<Hall>, dice: fastrand::Rng) -> Self {
        Self { name, hall, dice, names: 0, unanswered: None, ledger: Ledger::default() }
    }

    /// Finishes what was begun in an earlier life of the program, looks whether all of that life is there, and goes on
    /// until the program dies.
    pub async fn work(&mut self, mut client: Client, life: &Life) {
        let Err(Died) = self.work_until_it_dies(&mut client, life).await;
        // The dead do not answer; a living one that does not would let the others wait for ever.
        assert!(life.is_over.load(Ordering::SeqCst), "a request was not answered, though the program lives");
    }

    /// Finishes what was begun, and compares everything.
    pub async fn close(&mut self, client: &mut Client) {
        self.finish(client).await.unwrap_or_else(|Died| panic!("it died"));
        for order in self.ledger.orders_mut() {
            order.is_dirty = true;
        }
        self.compare(client).await.unwrap_or_else(|Died| panic!("it died"));
    }

    async fn work_until_it_dies(&mut self, client: &mut Client, life: &Life) -> Result<Infallible, Died> {
        self.finish(client).await?;
        self.compare(client).await?;
        loop {
            let act = self.choose();
            self.act(client, act).await?;
            life.answers.add_permits(1);
        }
    }

    /// Sends again what was not answered, under the same key.
    async fn finish(&mut self, client: &mut Client) -> Result<(), Died> {
        match self.unanswered.take() {
            Some(act) => self.act(client, act).await,
            None => Ok(()),
        }
    }

    async fn act(&mut self, client: &mut Client, act: Act) -> Result<(), Died> {
        let Some(answer) = client.try_send(&act.ask).await else {
            self.unanswered = Some(act);
            return Err(Died);
        };
        self.ledger.learn(act, answer);
        Ok(())
    }

    /// Compares what is there with what was answered, where something happened since it was last compared.
    async fn compare(&mut self, client: &mut Client) -> Result<(), Died> {
        let hall = Arc::clone(&self.hall);
        let read = async |client: &mut Client, path: String| -> Result<Answer, Died> {
            client.try_send(&Ask::get(path).by(&hall.token)).await.ok_or(Died)
        };
        for order in self.ledger.orders_mut().filter(|order| order.is_dirty) {
            order.verify(&read(client, format!("{EVENT}/orders/{}", order.id())).await?.expect(200));
            for number in order.eventful_tickets() {
                order.verify_history(&read(client, format!("{EVENT}/tickets/{number}")).await?.expect(200));
            }
            order.is_dirty = false;
        }
        Ok(())
    }

    /// The next request.
    fn choose(&mut self) -> Act {
        let wanted = match self.dice.u8(..100) {
            0..22 => None,
            22..34 => self.pay(),
            34..40 => self.cancel(),
            40..50 => self.change(),
            50..60 => self.again(),
            _ => self.scan(),
        };
        wanted.unwrap_or_else(|| {
            let name = self.name();
            requests::order(&self.hall, &name, &mut self.dice)
        })
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("{}-{}", self.name, self.names)
    }

    fn pick(&mut self, holds: impl Fn(&Kept) -> bool) -> Option<&Kept> {
        let found: Vec<&Kept> = self.ledger.orders().filter(|order| holds(order)).collect();
        self.dice.choice(found)
    }

    /// Money for an order that owes some: all of it, or a part.
    fn pay(&mut self) -> Option<Act> {
        let order = self.pick(|order| order.due() > 0 && (order.is("held") || order.is("fulfilled")))?;
        let (id, due) = (order.id().to_owned(), order.due());
        let method = if order.is("held") { "bank_transfer" } else { "cash" };
        let amount = if self.dice.u8(..4) == 0 { (due / 3).max(1) } else { due };
        let name = self.name();
        Some(requests::pay(&self.hall, &name, &id, (method, amount)))
    }

    fn cancel(&mut self) -> Option<Act> {
        let order = self.pick(|order| order.is_unpaid() && (order.is("held") || order.is("fulfilled")))?;
        let (id, name) = (order.id().to_owned(), self.name());
        Some(requests::cancel(&self.hall, &name, &id))
    }

    fn change(&mut self) -> Option<Act> {
        let (order, ticket) = self.ticket(|ticket| ticket["status"] == "active")?;
        let deed = Deed::ALL[self.dice.usize(..Deed::ALL.len())];
        let name = self.name();
        Some(requests::change(&self.hall, &name, (&order, ticket["number"].as_str()?), deed))
    }

    /// Something that was answered, asked again.
    fn again(&mut self) -> Option<Act> {
        let answered = self.ledger.answered();
        let earlier = answered.len().checked_sub(1).map(|last| self.dice.usize(..=last))?;
        Some(Act { ask: answered[earlier].0.clone(), what: What::Again { earlier } })
    }

    /// One scan, or several; some of them a second time.
    fn scan(&mut self) -> Option<Act> {
        let count = if self.dice.u8(..4) == 0 { self.dice.usize(2..20) } else { 1 };
        let mut records: Vec<Record> = Vec::new();
        for _ in 0..count {
            let again = match self.dice.u8(..8) {
                0 => self.dice.choice(self.ledger.scans()).cloned(),
                1 => records.last().cloned(),
                _ => None,
            };
            match again {
                Some(again) => records.push(again),
                None => records.push(self.record()?),
            }
        }
        let name = self.name();
        Some(requests::scan(&self.hall, &name, records))
    }

    fn record(&mut self) -> Option<Record> {
        let (order, ticket) = self.ticket(|_| true)?;
        let id = format!("scan-{}", self.name());
        let door = &self.hall.doors[self.dice.usize(..2)];
        let mut json = json!({"id": id, "door": door, "device": DEVICE, "scanned_at": self.hall.now});
        if ticket["barcode"].is_null() || self.dice.bool() {
            json["ticket"] = ticket["number"].clone();
            json["mode"] = "by_hand".into();
        } else {
            json["barcode"] = ticket["barcode"].clone();
            json["mode"] = "online".into();
        }
        Some(Record { order, ticket: ticket["number"].as_str()?.to_owned(), json })
    }

    /// A ticket of an order that was issued.
    fn ticket(&mut self, holds: impl Fn(&serde_json::Value) -> bool) -> Option<(String, serde_json::Value)> {
        let order = self.pick(|order| order.is("fulfilled"))?;
        let (id, tickets) = (order.id().to_owned(), order.tickets().cloned().collect::<Vec<_>>());
        Some((id, self.dice.choice(tickets).filter(holds)?))
    }
}
