//! One partition of the table or of an index, page by page; and the table from one end to the other.

use std::collections::HashMap;
use std::ops::Bound;

use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use store::row::{Key, Row};
use store::table::{Cursor, Direction, Index, Page, Query, ScanCursor, StoreFault, place};

use crate::attributes::{self, text};
use crate::{Dynamo, Item, connect, faults};

/// The attributes of an order, and its name if it is an index.
fn of(index: Index) -> (&'static str, &'static str, Option<&'static str>) {
    match index {
        Index::Table => ("pk", "sk", None),
        Index::Gsi1 => ("gsi1pk", "gsi1sk", Some("gsi1")),
        Index::Gsi2 => ("gsi2pk", "gsi2sk", Some("gsi2")),
    }
}

/// What a query asks for, in DynamoDB's words; none if nothing can be there.
struct Condition {
    text: &'static str,
    values: HashMap<String, AttributeValue>,
}

impl Condition {
    fn of(query: &Query) -> Option<Self> {
        // No key is empty: a lower end that is, is none.
        let not_empty = |end: &Bound<String>| match end {
            Bound::Included(sort) | Bound::Excluded(sort) if sort.is_empty() => Bound::Unbounded,
            other => other.clone(),
        };
        let values = HashMap::from([(":partition".to_owned(), text(&query.partition))]);
        let with = |ends: &[(&str, &str)]| {
            let ends = ends.iter().map(|(name, sort)| ((*name).to_owned(), text(sort)));
            values.clone().into_iter().chain(ends).collect()
        };
        let (text, values) = match (&not_empty(&query.from), &query.to) {
            _ if query.partition.is_empty() => return None,
            (_, Bound::Included(to) | Bound::Excluded(to)) if to.is_empty() => return None,
            (Bound::Unbounded, Bound::Unbounded) => ("#partition = :partition", values),
            (Bound::Included(from), Bound::Unbounded) => {
                ("#partition = :partition AND #sort >= :from", with(&[(":from", from)]))
            }
            (Bound::Excluded(from), Bound::Unbounded) => {
                ("#partition = :partition AND #sort > :from", with(&[(":from", from)]))
            }
            (Bound::Unbounded, Bound::Included(to)) => {
                ("#partition = :partition AND #sort <= :to", with(&[(":to", to)]))
            }
            (Bound::Unbounded, Bound::Excluded(to)) => {
                ("#partition = :partition AND #sort < :to", with(&[(":to", to)]))
            }
            (Bound::Included(from) | Bound::Excluded(from), Bound::Included(to) | Bound::Excluded(to)) => {
                if from > to {
                    return None;
                }
                // DynamoDB has no range without its ends: those are left out when they come.
                ("#partition = :partition AND #sort BETWEEN :from AND :to", with(&[(":from", from), (":to", to)]))
            }
        };
        Some(Self { text, values })
    }
}

/// Is this sort key within the ends that were asked for?
fn is_within(query: &Query, sort: &str) -> bool {
    !matches!(&query.from, Bound::Excluded(from) if sort == from)
        && !matches!(&query.to, Bound::Excluded(to) if sort == to)
}

/// Where a query goes on.
fn start(query: &Query, after: &Cursor) -> Item {
    let mut start = attributes::key(&after.key);
    let (partition, sort, _) = of(query.index);
    start.insert(partition.to_owned(), text(&query.partition));
    start.insert(sort.to_owned(), text(&after.sort));
    start
}

impl Dynamo {
    pub(crate) async fn read_page(&self, query: &Query) -> Result<Page, StoreFault> {
        let Some(condition) = Condition::of(query) else { return Ok(Page::default()) };
        let mut rows = Vec::new();
        let mut start = query.after.as_ref().map(|after| start(query, after));
        loop {
            // What is past its time, and ends that do not belong, leave room for more.
            let wanted = query.limit.saturating_sub(rows.len());
            let (found, next) = self.read_some(query, &condition, start, wanted).await?;
            for item in found {
                let row = attributes::row(item)?;
                let is_asked_for = place(&row, query.index).is_some_and(|place| is_within(query, &place.sort));
                if is_asked_for && !row.is_expired(self.now()) {
                    rows.push(row);
                }
            }
            let is_full = rows.len() >= query.limit;
            if next.is_none() || is_full {
                let last = rows.last().and_then(|row| place(row, query.index));
                return Ok(Page { rows, next: last.filter(|_| is_full && next.is_some()) });
            }
            start = next;
        }
    }

    /// One answer of DynamoDB: at most `limit` rows, and where it goes on.
    async fn read_some(
        &self,
        query: &Query,
        condition: &Condition,
        start: Option<Item>,
        limit: usize,
    ) -> Result<(Vec<Item>, Option<Item>), StoreFault> {
        let (partition, sort, index) = of(query.index);
        let mut request = self.client.query().table_name(&*self.table).set_index_name(index.map(str::to_owned));
        request = request.key_condition_expression(condition.text).expression_attribute_names("#partition", partition);
        if condition.text.contains("#sort") {
            request = request.expression_attribute_names("#sort", sort);
        }
        let answer = request
            .set_expression_attribute_values(Some(condition.values.clone()))
            .scan_index_forward(query.direction == Direction::Forward)
            .consistent_read(self.is_consistent() && query.index == Index::Table)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start)
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .send()
            .await
            .map_err(|error| faults::of_read(&error))?;
        self.meter.read(answer.consumed_capacity());
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.filter(|key| !key.is_empty())))
    }

    /// The table from one end to the other, in DynamoDB's order: each partition is in order, but they are not.
    pub(crate) async fn read_all(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        let answer = self
            .client
            .scan()
            .table_name(&*self.table)
            .consistent_read(true)
            .limit(i32::try_from(limit.max(1)).unwrap_or(i32::MAX))
            .set_exclusive_start_key(after.map(|ScanCursor(key)| attributes::key(&key)))
            .return_consumed_capacity(ReturnConsumedCapacity::Total)
            .customize()
            .config_override(connect::for_many_rows())
            .send()
            .await
            .map_err(|error| faults::of_read(&error))?;
        self.meter.read(answer.consumed_capacity());
        let now = self.now();
        let rows = answer.items.unwrap_or_default().into_iter().map(|item| match attributes::row(item) {
            Err(StoreFault::BadRow { key, why }) => Ok(Row::unreadable(key, &why)),
            read => read,
        });
        let rows = rows.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|row| !row.is_expired(now));
        let next: Option<Key> = answer.last_evaluated_key.as_ref().and_then(attributes::key_of);
        Ok((rows.collect(), next.map(ScanCursor)))
    }
}
