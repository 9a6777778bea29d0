//! What is handed to Amazon on paper: the least policy that runs the program, and a template that makes the table.
//! Both are made from the one [description](crate::description).

use serde_json::{Value, json};

use crate::description::{APPLICATION, ORDERS, Order, TTL, VERSION};

/// What a process that serves asks DynamoDB for. A transaction needs the actions of its writes.
pub const SERVING: &[&str] = &[
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:ListTagsOfResource",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
];

/// What `check`, `export` and `import` ask for besides.
pub const MAINTAINING: &[&str] = &["dynamodb:BatchWriteItem", "dynamodb:Scan"];

/// What `table create`, `describe` and `delete` ask for besides.
pub const ADMINISTERING: &[&str] = &[
    "dynamodb:CreateTable",
    "dynamodb:DeleteTable",
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:TagResource",
    "dynamodb:UpdateContinuousBackups",
    "dynamodb:UpdateTable",
    "dynamodb:UpdateTimeToLive",
];

/// What of that is asked of indexes.
pub const OF_INDEXES: &[&str] = &["dynamodb:Query"];

/// Where a table is, as far as that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Whereabouts<'a> {
    /// `eu-west-2`, …
    pub region: Option<&'a str>,
    /// The 12 digits of whose it is.
    pub account: Option<&'a str>,
}

impl Whereabouts<'_> {
    /// The name of a table among all of Amazon's; what is not known may be anything.
    fn arn(self, table: &str) -> String {
        let partition = match self.region {
            Some(region) if region.starts_with("cn-") => "aws-cn",
            Some(region) if region.starts_with("us-gov-") => "aws-us-gov",
            Some(_) | None => "aws",
        };
        let (region, account) = (self.region.unwrap_or("*"), self.account.unwrap_or("*"));
        format!("arn:{partition}:dynamodb:{region}:{account}:table/{table}")
    }
}

/// The IAM policy that runs the program on a table: serving, and maintenance as a statement of its own, for whoever
/// gives that to other people.
pub fn policy(table: &str, at: Whereabouts<'_>) -> Value {
    let arn = at.arn(table);
    let statement = |sid: &str, actions: &[&str], resource: &str| json!({ "Sid": sid, "Effect": "Allow", "Action": actions, "Resource": [resource] });
    json!({
        "Version": "2012-10-17",
        "Statement": [
            statement("Serve", SERVING, &arn),
            statement("ServeFromIndexes", OF_INDEXES, &format!("{arn}/index/*")),
            statement("CheckExportImport", MAINTAINING, &arn),
        ],
    })
}

/// The CloudFormation template that makes the table as `table create` does.
pub fn template(table: &str) -> Value {
    let keys = |order: Order| {
        json!([
            { "AttributeName": order.partition, "KeyType": "HASH" },
            { "AttributeName": order.sort, "KeyType": "RANGE" },
        ])
    };
    let attributes: Vec<Value> = ORDERS
        .into_iter()
        .flat_map(|order| [order.partition, order.sort])
        .map(|name| json!({ "AttributeName": name, "AttributeType": "S" }))
        .collect();
    let indexes: Vec<Value> = ORDERS
        .into_iter()
        .filter_map(|order| Some((order.index?, order)))
        .map(|(name, order)| {
            json!({ "IndexName": name, "KeySchema": keys(order), "Projection": { "ProjectionType": "ALL" } })
        })
        .collect();
    let tags: Vec<Value> =
        [APPLICATION, VERSION].into_iter().map(|(key, value)| json!({ "Key": key, "Value": value })).collect();
    let [own, ..] = ORDERS;
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "The table of Dance Engine: everything that an installation keeps.",
        "Parameters": {
            "TableName": { "Type": "String", "Default": table, "Description": "What the table is called" },
        },
        "Resources": {
            "Table": {
                "Type": "AWS::DynamoDB::Table",
                "DeletionPolicy": "Retain",
                "UpdateReplacePolicy": "Retain",
                "Properties": {
                    "TableName": { "Ref": "TableName" },
                    "BillingMode": "PAY_PER_REQUEST",
                    "DeletionProtectionEnabled": true,
                    "AttributeDefinitions": attributes,
                    "KeySchema": keys(own),
                    "GlobalSecondaryIndexes": indexes,
                    "TimeToLiveSpecification": { "AttributeName": TTL, "Enabled": true },
                    "PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true },
                    "Tags": tags,
                },
            },
        },
        "Outputs": {
            "TableName": { "Value": { "Ref": "Table" } },
            "TableArn": { "Value": { "Fn::GetAtt": ["Table", "Arn"] } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_table_and_no_other_and_of_its_indexes_nothing_but_queries() {
        let policy = policy("dance", Whereabouts::default());
        let text = policy.to_string();
        assert!(!text.contains("\"*\"") && !text.contains("\"dynamodb:*\""));
        let told: Vec<_> =
            policy["Statement"].as_array().unwrap().iter().map(|it| (&it["Resource"], &it["Action"])).collect();
        let (table, indexes) = ("arn:aws:dynamodb:*:*:table/dance", "arn:aws:dynamodb:*:*:table/dance/index/*");
        assert_eq!(
            told,
            [
                (&json!([table]), &json!(SERVING)),
                (&json!([indexes]), &json!(["dynamodb:Query"])),
                (&json!([table]), &json!(MAINTAINING)),
            ]
        );
    }

    #[test]
    fn what_is_known_of_its_place_is_in_its_name() {
        let arn = |region, account| Whereabouts { region, account }.arn("dance");
        let account = Some("123456789012");
        assert_eq!(arn(Some("eu-west-2"), account), "arn:aws:dynamodb:eu-west-2:123456789012:table/dance");
        assert_eq!(arn(Some("eu-west-2"), None), "arn:aws:dynamodb:eu-west-2:*:table/dance");
        assert_eq!(arn(None, account), "arn:aws:dynamodb:*:123456789012:table/dance");
        assert_eq!(arn(Some("cn-north-1"), None), "arn:aws-cn:dynamodb:cn-north-1:*:table/dance");
        assert_eq!(arn(Some("us-gov-west-1"), None), "arn:aws-us-gov:dynamodb:us-gov-west-1:*:table/dance");
    }

    #[test]
    fn the_template_makes_what_the_description_says() {
        let template = template("dance");
        let table = &template["Resources"]["Table"]["Properties"];
        assert_eq!(table["KeySchema"][0]["AttributeName"], "pk");
        assert_eq!(table["GlobalSecondaryIndexes"][1]["KeySchema"][1]["AttributeName"], "gsi2sk");
        assert_eq!(table["AttributeDefinitions"].as_array().unwrap().len(), 6);
        assert_eq!(table["TimeToLiveSpecification"]["AttributeName"], "ttl");
        assert!(table["Tags"].to_string().contains(VERSION.0));
    }
}
