//! What the table is like: the one description from which it is made, verified at start, and written as a template.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TableDescription,
};

/// An order in which rows can be read: the table's own, or an index's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The index's name; none for the table itself.
    pub index: Option<&'static str>,
    /// The attribute of the partition.
    pub partition: &'static str,
    /// The attribute of the sort key.
    pub sort: &'static str,
}

/// All orders, the table's first. Their attributes are texts; indexes hold whole rows.
pub const ORDERS: [Order; 3] = [
    Order { index: None, partition: "pk", sort: "sk" },
    Order { index: Some("gsi1"), partition: "gsi1pk", sort: "gsi1sk" },
    Order { index: Some("gsi2"), partition: "gsi2pk", sort: "gsi2sk" },
];

/// The attribute that says when a row's loss is harmless, in epoch seconds.
pub const TTL: &str = "ttl";

/// The tag that marks the table as ours, for whoever looks at the bill.
pub const APPLICATION: (&str, &str) = ("application", "dance-engine");

/// The tag that says which version its rows are of.
pub const VERSION: (&str, &str) = ("dance-engine-version", "1");

impl Order {
    pub(crate) fn key_schema(self) -> Result<Vec<KeySchemaElement>, BuildError> {
        let element = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
        Ok(vec![element(self.partition, KeyType::Hash)?, element(self.sort, KeyType::Range)?])
    }

    /// Whether a schema that DynamoDB tells of is this one.
    fn is(self, schema: &[KeySchemaElement]) -> bool {
        let named =
            |kind: &KeyType| schema.iter().find(|key| key.key_type() == kind).map(KeySchemaElement::attribute_name);
        schema.len() == 2 && named(&KeyType::Hash) == Some(self.partition) && named(&KeyType::Range) == Some(self.sort)
    }
}

pub(crate) fn attributes() -> Result<Vec<AttributeDefinition>, BuildError> {
    let names = ORDERS.into_iter().flat_map(|order| [order.partition, order.sort]);
    let text =
        |name| AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build();
    names.map(text).collect()
}

pub(crate) fn indexes() -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    let whole = || Projection::builder().projection_type(ProjectionType::All).build();
    let index = |order: Order| {
        let name = order.index?;
        let schema = order.key_schema();
        let index = |schema| {
            GlobalSecondaryIndex::builder().index_name(name).set_key_schema(Some(schema)).projection(whole()).build()
        };
        Some(schema.and_then(index))
    };
    ORDERS.into_iter().filter_map(index).collect()
}

/// What is not as it should be of a table that DynamoDB tells of, a sentence each.
pub(crate) fn differences(found: &TableDescription) -> Vec<String> {
    let mut differences = Vec::new();
    for order in ORDERS {
        let keys = format!("{} and {}", order.partition, order.sort);
        match order.index {
            None if !order.is(found.key_schema()) => differences.push(format!("its key is not {keys}")),
            None => {}
            Some(name) => {
                let index = found.global_secondary_indexes().iter().find(|index| index.index_name() == Some(name));
                let Some(index) = index else {
                    differences.push(format!("it has no index {name}"));
                    continue;
                };
                if !order.is(index.key_schema()) {
                    differences.push(format!("the key of its index {name} is not {keys}"));
                }
                let projection = index.projection().and_then(Projection::projection_type);
                if projection != Some(&ProjectionType::All) {
                    differences.push(format!("its index {name} does not hold whole rows"));
                }
            }
        }
    }
    for attribute in found.attribute_definitions() {
        if attribute.attribute_type() != &ScalarAttributeType::S {
            differences.push(format!("its attribute {} is not a text", attribute.attribute_name()));
        }
    }
    differences
}
