//! Organisations: what the platform makes of them, and what their owners decide.

use domain::Refusal;
use domain::organisations::{Organisation, OrganisationStatus};
use domain::values::Text;
use engine::catalogue::{Cursor, Stored};
use engine::organisations::{OrganisationDraft, OrganisationSettings, Terms};
use engine::scope::PlatformScope;
use schemars::JsonSchema;
use serde::Serialize;

use super::paging::{Page, listed};
use super::pricing::as_request;
use crate::access::Steward;
use crate::answer::{Current, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, colour, count, currency, email, line, one_of, prose, slug, time_zone, title};
use crate::problem::Problem;
use crate::takes::Patch;

/// An organisation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Organisation")]
pub struct OrganisationShown {
    slug: String,
    name: String,
    currency: &'static str,
    time_zone: String,
    /// `active` or `suspended`.
    status: &'static str,
    /// The platform's share of each sale, in hundredths of a percent.
    fee: u32,
    description: String,
    reply_to: Option<String>,
    /// `#rrggbb`.
    brand_colour: Option<String>,
    website: Option<String>,
    /// What a buyer who pays by bank transfer must know.
    bank_details: String,
    /// For `If-Match`.
    revision: u64,
}

impl OrganisationShown {
    fn of(stored: &Stored<Organisation>) -> Self {
        let organisation = &stored.value;
        Self {
            slug: organisation.slug.to_string(),
            name: organisation.name.to_string(),
            currency: organisation.currency.code(),
            time_zone: organisation.time_zone.as_str().to_owned(),
            status: status_word(organisation.status),
            fee: organisation.fee,
            description: organisation.description.to_string(),
            reply_to: organisation.reply_to.as_ref().map(ToString::to_string),
            brand_colour: organisation.brand_colour.as_ref().map(|colour| colour.as_str().to_owned()),
            website: organisation.website.as_ref().map(ToString::to_string),
            bank_details: organisation.bank_details.to_string(),
            revision: stored.revision,
        }
    }
}

fn status_word(status: OrganisationStatus) -> &'static str {
    match status {
        OrganisationStatus::Active => "active",
        OrganisationStatus::Suspended => "suspended",
    }
}

/// The body of a new organisation.
pub fn new_organisation(fields: &mut Fields<'_>) -> Option<OrganisationDraft> {
    let slug = fields.required("slug", slug().about("Its name in addresses; never changes."));
    let name = fields.required("name", title());
    let currency = fields.required("currency", currency().about("What all its prices are in; never changes."));
    let time_zone = fields.required("time_zone", time_zone().about("The zone that its events begin with."));
    Some(OrganisationDraft { slug: slug?, name: name?, currency: currency?, time_zone: time_zone? })
}

/// What can be changed of an organisation: settings by its owner, terms by the platform.
#[derive(Debug)]
pub struct Change {
    settings: OrganisationSettings,
    status: OrganisationStatus,
    fee: u32,
}

/// The body of a change.
pub fn change(fields: &mut Fields<'_>) -> Option<Change> {
    let name = fields.required("name", title());
    let time_zone = fields.required("time_zone", time_zone());
    let description = fields.optional("description", prose());
    let reply_to = fields.optional("reply_to", email());
    let brand_colour = fields.optional("brand_colour", colour());
    let website = fields.optional("website", line::<300>());
    let bank_details = fields.optional("bank_details", prose());
    let words = one_of([OrganisationStatus::Active, OrganisationStatus::Suspended], status_word);
    let status = fields.required("status", words.about("The platform's to change."));
    let fee = fields.required("fee", count(0..=10_000).about("Hundredths of a percent; the platform's to change."));
    let settings = OrganisationSettings {
        name: name?,
        time_zone: time_zone?,
        description: description.unwrap_or_default(),
        reply_to,
        brand_colour,
        website: website.map(|website: Text<300>| website),
        bank_details: bank_details.unwrap_or_default(),
    };
    Some(Change { settings, status: status?, fee: fee? })
}

/// Makes an organisation.
pub async fn create(call: Call<PlatformScope, OrganisationDraft>) -> Result<Made<OrganisationShown>, Problem> {
    let answer = |organisation: &Stored<Organisation>| made(&OrganisationShown::of(organisation));
    let remember = call.remember(&answer);
    let organisation = call.engine().create_organisation(&call.scope, call.body.clone(), &remember).await?;
    Ok(Made(OrganisationShown::of(&organisation)))
}

/// All organisations.
pub async fn list(call: Call<PlatformScope, Page<Cursor>>) -> Result<Shown<List<OrganisationShown>>, Problem> {
    let (page, next) = call.engine().list_organisations(&call.scope, call.body.limit, call.body.after.clone()).await?;
    Ok(Shown(listed(page.iter().map(OrganisationShown::of), next.as_ref())))
}

/// One organisation.
pub async fn read(call: Call<Steward>) -> Result<Current<OrganisationShown>, Problem> {
    let found = match &call.scope {
        Steward::Staff(scope) => call.engine().read_organisation(scope).await?,
        Steward::Platform(scope) => call.engine().read_organisation_of(scope, call.names.organisation()?).await?,
    };
    Ok(Current(OrganisationShown::of(&found), found.revision))
}

/// Changes an organisation.
pub async fn update(call: Call<Steward, Patch<Change>>) -> Result<Current<OrganisationShown>, Problem> {
    let changed = match &call.scope {
        Steward::Staff(scope) => {
            let edit = |before: &Organisation| {
                let change = changed(&call.body, before)?;
                if change.status != before.status || change.fee != before.fee {
                    return Err(Refusal::Forbidden);
                }
                Ok(change.settings)
            };
            call.engine().update_organisation(scope, call.revision, &edit).await?
        }
        Steward::Platform(scope) => update_terms(&call, scope).await?,
    };
    Ok(Current(OrganisationShown::of(&changed), changed.revision))
}

async fn update_terms(
    call: &Call<Steward, Patch<Change>>,
    scope: &PlatformScope,
) -> Result<Stored<Organisation>, Problem> {
    let slug = call.names.organisation()?;
    let before = call.engine().read_organisation_of(scope, slug).await?.value;
    let change = changed(&call.body, &before)?;
    if change.settings != OrganisationSettings::of(&before) {
        return Err(Refusal::Forbidden.into());
    }
    let terms = Terms { status: Some(change.status), fee: Some(change.fee) };
    Ok(call.engine().change_terms(scope, slug, call.revision, &terms).await?)
}

fn changed(patch: &Patch<Change>, before: &Organisation) -> Result<Change, Refusal> {
    let stored = Stored { value: before.clone(), revision: 0, created_at: String::new() };
    let form = as_request(&OrganisationShown::of(&stored), &["slug", "currency", "revision"]);
    Ok(patch.over(form)?)
}
