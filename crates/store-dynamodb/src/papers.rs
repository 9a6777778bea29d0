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

/// The IAM policy that runs the program on a table: serving, and maintenance as a statement of its own, for whoever
/// gives that to other people.
pub fn policy(table: &str) -> Value {
    let arn = format!("arn:aws:dynamodb:*:*:table/{table}");
    let statement = |sid: &str, actions: &[&str], resources: &[String]| json!({ "Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resources });
    let with_indexes = [arn.clone(), format!("{arn}/index/*")];
    json!({
        "Version": "2012-10-17",
        "Statement": [
            statement("Serve", SERVING, &with_indexes),
            statement("CheckExportImport", MAINTAINING, std::slice::from_ref(&arn)),
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
    fn the_policy_names_the_table_and_its_indexes_and_no_other() {
        let policy = policy("dance");
        let text = policy.to_string();
        assert!(text.contains("table/dance\"") && text.contains("table/dance/index/*"));
        assert!(!text.contains("\"*\"") && !text.contains("\"dynamodb:*\""));
        for statement in policy["Statement"].as_array().unwrap() {
            let resources = statement["Resource"].as_array().unwrap();
            assert!(resources.iter().all(|resource| resource.as_str().unwrap().contains(":table/dance")));
            assert!(!statement["Action"].as_array().unwrap().is_empty());
        }
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
