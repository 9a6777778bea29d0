//! The table on DynamoDB: making it, looking at it, removing it, and its papers.

use std::process::ExitCode;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use store_dynamodb::papers::{self, Whereabouts};
use store_dynamodb::{Administered, Description};

use super::print;
use crate::arguments::{Account, TableCommand};
use crate::configuration::Configuration;
use crate::errand::Outcome;

/// Carries out a command about the table.
pub async fn table(configuration: &Configuration, command: &TableCommand) -> anyhow::Result<ExitCode> {
    let location = configuration.dynamodb.as_ref().context("--dynamodb-table is needed: the table's name")?;
    let name = &location.table;
    let administered = async || Administered::new(store_dynamodb::connect(location).await, location);
    let outcome = match command {
        TableCommand::Create { .. } => {
            let done = administered().await.create().await?;
            let message =
                if done.is_empty() { format!("the table {name} is as it should be") } else { done.join("\n") };
            Outcome { output: format!("{name}\n"), message, status: 0 }
        }
        TableCommand::Describe { .. } => {
            let found = administered().await.describe().await?;
            let found = found.with_context(|| format!("there is no table {name}"))?;
            let status = u8::from(!found.differences.is_empty());
            Outcome { output: pretty(&told(name, &found))?, message: found.differences.join("\n"), status }
        }
        TableCommand::Delete { confirm, .. } => {
            ensure!(confirm == name, "--confirm {confirm}: it is not what --dynamodb-table names, {name}");
            let was_there = administered().await.delete().await?;
            let message = if was_there { "deleted the table" } else { "there is no table" };
            Outcome { output: String::new(), message: format!("{message} {name}"), status: 0 }
        }
        TableCommand::Policy { account, .. } => {
            let (region, account) = (store_dynamodb::region().await, account.as_ref().map(Account::as_str));
            papers_of(&papers::policy(name, Whereabouts { region: region.as_deref(), account }))?
        }
        TableCommand::Template { .. } => papers_of(&papers::template(name))?,
    };
    print(&outcome)
}

fn papers_of(paper: &Value) -> anyhow::Result<Outcome> {
    Ok(Outcome { output: pretty(paper)?, ..Outcome::default() })
}

fn pretty(value: &Value) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn told(name: &str, found: &Description) -> Value {
    json!({
        "name": name,
        "status": found.status,
        "rows": found.rows,
        "bytes": found.bytes,
        "on_demand": found.is_on_demand,
        "removes_expired": found.removes_expired,
        "point_in_time_recovery": found.has_point_in_time_recovery,
        "protected": found.is_protected,
        "version": found.version,
        "differences": found.differences,
    })
}
