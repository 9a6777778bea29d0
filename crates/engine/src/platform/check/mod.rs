//! Checking every invariant of the stored data, from the rows alone.
//!
//! It reads the whole table once and recomputes: that each row parses and stands where it says; that stock equals what
//! orders and tickets take; that orders, payments, tickets and movements of money add up; that whatever is named is
//! there. On a store that is being written to it can find what was halfway; ask again before believing it.

mod ledger;

use std::fmt;

use domain::catalogue::{Event, Item, Pass, Series};
use domain::door::Door;
use domain::orders::Order;
use domain::organisations::Organisation;
use domain::payments::Payment;
use domain::people::{Address, Admin, Customer, Person, Staff};
use domain::tickets::{HistoryEntry, Sale, Ticket};
use domain::work::Work;
use store::record::{Record, SlugInUse, Stored, read};
use store::records::{
    EventTag, HashedLink, HashedSession, HashedToken, OfEvent, Operation, PurchaseRow, SealedKey, StockRow,
};
use store::row::Row;

use self::ledger::Ledger;
use crate::Engine;
use crate::stop::Stop;

/// Rows read at a time.
const BATCH: usize = 1_000;

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    /// Where: a row's key, or what is counted.
    pub at: String,
    /// What.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many rows were read.
    pub rows: usize,
    /// What does not hold; empty if all is well.
    pub broken: Vec<Broken>,
}

impl Engine {
    /// Reads the whole store and tells what does not hold.
    pub async fn check(&self) -> Result<Report, Stop> {
        let (mut report, mut ledger) = (Report::default(), Ledger::default());
        let mut after = None;
        loop {
            let (rows, next) = self.table().scan(after, BATCH).await?;
            for row in &rows {
                report.rows += 1;
                if let Err(what) = note(&mut ledger, row) {
                    report.broken.push(Broken { at: row.key.to_string(), what });
                }
            }
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        report.broken.extend(ledger.close());
        report.broken.sort();
        Ok(report)
    }
}

/// Reads a row as what it says it is, and compares where it stands in the indexes.
fn parse<T: Record>(row: &Row) -> Result<T, String> {
    let Stored { value, .. } = read::<T>(row).map_err(|fault| fault.to_string())?;
    for (index, is, should) in [("gsi1", &row.gsi1, value.gsi1()), ("gsi2", &row.gsi2, value.gsi2())] {
        if *is != should {
            return Err(format!("{index} is {is:?} and should be {should:?}"));
        }
    }
    Ok(value)
}

fn note(ledger: &mut Ledger, row: &Row) -> Result<(), String> {
    if let Some(why) = row.why_unreadable() {
        return Err(why);
    }
    match row.entity.as_str() {
        Organisation::ENTITY => ledger.organisation(&parse(row)?),
        Event::ENTITY => ledger.event(parse(row)?),
        Item::ENTITY => ledger.item(&parse(row)?),
        Pass::ENTITY => ledger.pass(&parse(row)?),
        StockRow::ENTITY => ledger.stock(parse(row)?),
        Order::ENTITY => ledger.order(parse(row)?),
        Payment::ENTITY => ledger.payment(&parse(row)?),
        Ticket::ENTITY => ledger.ticket(parse(row)?),
        PurchaseRow::ENTITY => ledger.purchase(&parse(row)?),
        <OfEvent<Sale>>::ENTITY => ledger.sale(&parse::<OfEvent<Sale>>(row)?.value),
        Person::ENTITY => ledger.person(&parse(row)?),
        Customer::ENTITY => ledger.customer(&parse(row)?),
        Address::ENTITY => ledger.address(&parse(row)?),
        Work::ENTITY => ledger.work(&parse(row)?),
        SlugInUse::ENTITY => parse::<SlugInUse>(row).map(|_| ())?,
        Series::ENTITY => parse::<Series>(row).map(|_| ())?,
        EventTag::ENTITY => parse::<EventTag>(row).map(|_| ())?,
        SealedKey::ENTITY => parse::<SealedKey>(row).map(|_| ())?,
        Door::ENTITY => parse::<Door>(row).map(|_| ())?,
        Staff::ENTITY => parse::<Staff>(row).map(|_| ())?,
        Admin::ENTITY => parse::<Admin>(row).map(|_| ())?,
        HashedToken::ENTITY => parse::<HashedToken>(row).map(|_| ())?,
        HashedLink::ENTITY => parse::<HashedLink>(row).map(|_| ())?,
        HashedSession::ENTITY => parse::<HashedSession>(row).map(|_| ())?,
        <OfEvent<HistoryEntry>>::ENTITY => parse::<OfEvent<HistoryEntry>>(row).map(|_| ())?,
        Operation::ENTITY => parse::<Operation>(row).map(|_| ())?,
        domain::door::Scan::ENTITY => ledger.scan(parse(row)?),
        other => return Err(format!("an entity that is not known: {other}")),
    }
    Ok(())
}
