//! What each command does on a store that is open.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use domain::Refusal;
use domain::catalogue::{EventRef, Shards};
use domain::people::StaffRole;
use domain::values::{Email, Slug, Text};
use engine::once::Remember;
use engine::organisations::OrganisationDraft;
use engine::people::TokenDraft;
use engine::scope::PlatformScope;
use engine::stop::Stop;

use super::moving;
use crate::arguments::RoleWord;
use crate::errand::{Order, Outcome};
use crate::wiring::{House, Store};

/// Carries out a command. Whatever goes wrong is in the outcome.
pub async fn carry_out(house: &House, order: Order) -> Outcome {
    let done = match order {
        Order::CreateOrganisation { slug, name, currency, time_zone } => {
            create_organisation(house, OrganisationDraft { slug, name, currency, time_zone }).await
        }
        Order::SetShards { organisation, event, stock, lists } => {
            set_shards(house, &EventRef::new(&organisation, &event), Shards { stock, lists }).await
        }
        Order::InviteStaff { organisation, email, role } => invite_staff(house, &organisation, &email, role).await,
        Order::InviteAdmin { email } => invite_admin(house, &email).await,
        Order::CreateToken { grant, name } => create_token(house, grant, name).await,
        Order::Export { output } => moving::export(house, &output).await,
        Order::Import { input } => moving::import(house, &input).await,
        Order::Backup { output } => backup(house, &output).await,
        Order::Restore { .. } => Err(anyhow!("stop the server first: it has a store open in this folder")),
        Order::Check => check(house).await,
    };
    done.unwrap_or_else(|error| Outcome {
        output: String::new(),
        message: format!("dance-engine: {error:#}"),
        status: 1,
    })
}

pub(super) fn said(output: String, message: impl Into<String>) -> Outcome {
    Outcome { output, message: message.into(), status: 0 }
}

/// Why an operation did nothing, in words.
fn words(stop: Stop, what: &str) -> anyhow::Error {
    match stop {
        Stop::Refused(Refusal::NotFound) => anyhow!("there is no organisation {what}"),
        Stop::Refused(Refusal::Taken(_)) => anyhow!("{what}: that name is in use already"),
        Stop::Refused(refusal) => {
            let faults = web::problem::sentences(&refusal);
            anyhow!("{what}: {}", faults.join("; "))
        }
        Stop::Replayed(_) | Stop::KeyReused => anyhow!("{what}: was done before"),
        Stop::Fault(fault) => anyhow::Error::from(fault).context(what.to_owned()),
    }
}

async fn create_organisation(house: &House, draft: OrganisationDraft) -> anyhow::Result<Outcome> {
    let (scope, slug) = (PlatformScope::of_the_program(), draft.slug.clone());
    let made = house.engine.create_organisation(&scope, draft, &Remember::nothing()).await;
    let made = made.map_err(|stop| words(stop, &format!("organisation {slug}")))?.value;
    Ok(said(format!("{}\n", made.slug), format!("made the organisation {}", made.name)))
}

async fn set_shards(house: &House, event: &EventRef, shards: Shards) -> anyhow::Result<Outcome> {
    let set = house.engine.set_shards(&PlatformScope::of_the_program(), event, shards).await;
    let set = set.map_err(|stop| match stop {
        Stop::Refused(Refusal::NotFound) => anyhow!("there is no event {} of {}", event.event, event.organisation),
        other => words(other, event.event.as_str()),
    })?;
    let Shards { stock, lists } = set.value.shards;
    let message = format!("{} has {stock} shards of each stock and {lists} of its lists", set.value.title);
    Ok(said(String::new(), message))
}

fn role_of(word: RoleWord) -> StaffRole {
    match word {
        RoleWord::Owner => StaffRole::Owner,
        RoleWord::Manager => StaffRole::Manager,
        RoleWord::BoxOffice => StaffRole::BoxOffice,
        RoleWord::Door => StaffRole::Door,
        RoleWord::Content => StaffRole::Content,
    }
}

async fn invite_staff(house: &House, organisation: &Slug, email: &Email, role: RoleWord) -> anyhow::Result<Outcome> {
    let scope = PlatformScope::of_the_program();
    let invited = house.engine.invite_staff_of(&scope, organisation, email, role_of(role)).await;
    let invited = invited.map_err(|stop| words(stop, organisation.as_str()))?;
    let url = sign_in_url(house, invited.secret)?;
    Ok(said(format!("{url}\n"), format!("{email} is now staff of {organisation}; the link works once, for 24 hours")))
}

/// Where somebody signs in with this secret.
fn sign_in_url(house: &House, secret: Option<String>) -> anyhow::Result<String> {
    let secret = secret.context("the program did not get the link it asked for")?;
    let links = web::links::Links::new(&house.engine.settings().public_url);
    Ok(links.absolute(&web::links::sign_in_link(&secret)))
}

async fn invite_admin(house: &House, email: &Email) -> anyhow::Result<Outcome> {
    let invited = house.engine.invite_admin(&PlatformScope::of_the_program(), email).await;
    let invited = invited.map_err(|stop| words(stop, "administrator"))?;
    let url = sign_in_url(house, invited.secret)?;
    Ok(said(format!("{url}\n"), format!("{email} now administers the platform; the link works once, for 24 hours")))
}

async fn create_token(house: &House, grant: Option<(Slug, RoleWord)>, name: Text<100>) -> anyhow::Result<Outcome> {
    let scope = PlatformScope::of_the_program();
    let made = match grant {
        None => house
            .engine
            .create_platform_token(&scope, name, Remember::nothing())
            .await
            .map_err(|stop| words(stop, "token"))?,
        Some((organisation, role)) => {
            let draft = TokenDraft { name, role: role_of(role) };
            let made = house.engine.create_token_of(&scope, &organisation, draft, Remember::nothing()).await;
            made.map_err(|stop| words(stop, organisation.as_str()))?
        }
    };
    Ok(said(format!("{}\n", made.secret), ""))
}

async fn backup(house: &House, output: &Path) -> anyhow::Result<Outcome> {
    let Store::Embedded(store) = &house.store else {
        bail!("DynamoDB keeps its own backups (point-in-time recovery); `export` writes the store to a file");
    };
    let (store, to) = (Arc::clone(store), output.to_owned());
    tokio::task::spawn_blocking(move || store.backup_to(&to)).await??;
    Ok(said(String::new(), format!("the store is copied to {}", output.display())))
}

/// Puts a backup where no store is yet: nobody may have the folder open.
pub fn restore(input: &Path, data: &Path) -> anyhow::Result<Outcome> {
    if !input.is_dir() {
        bail!("{} is no backup", input.display());
    }
    store::embedded::restore(input, data)?;
    Ok(said(String::new(), format!("{} is now the store in {}", input.display(), data.display())))
}

pub(super) async fn check(house: &House) -> anyhow::Result<Outcome> {
    let report = house.engine.check().await.map_err(|stop| words(stop, "check"))?;
    let output: String = report.broken.iter().fold(String::new(), |output, broken| output + &broken.to_string() + "\n");
    let status = u8::from(!report.broken.is_empty());
    let message = format!("{} rows read, {} things broken", report.rows, report.broken.len());
    Ok(Outcome { output, message, status })
}
