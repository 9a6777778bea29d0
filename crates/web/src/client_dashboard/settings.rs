//! Settings and branding of the organisation.

use domain::organisations::{Colour, Organisation, TimeZoneName};
use domain::people::Permission;
use domain::values::{Email, Faults, Prose, Text, Title};
use engine::catalogue::Stored;
use engine::organisations::OrganisationSettings;
use engine::scope::StaffScope;
use maud::{Markup, Render as _, html};

use super::frame::{Place, page};
use crate::forms::{Form, again, refused, save_row};
use crate::input::{Fields, colour, count, email, line, prose, time_zone, title};
use crate::links;
use crate::texts::Texts;
use crate::ui::facts::facts;
use crate::ui::{Button, Dashboard, Field, Icon, Pill, Tone, form, message};
use crate::visit::{Shown, Visit, go, show};

type Desk = Visit<StaffScope>;

/// The colour of an organisation that has chosen none.
const NO_COLOUR: &str = "#ad1b5f";

/// The page.
pub(super) async fn show_settings(visit: Desk) -> Shown {
    let organisation = visit.engine().read_organisation(&visit.scope).await?;
    Ok(show(&settings_page(&visit, &organisation, None).render()))
}

/// Keeps what was changed.
pub(super) async fn save(visit: Desk) -> Shown {
    let organisation = visit.engine().read_organisation(&visit.scope).await?;
    let wanted = match visit.sent.read(settings_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&settings_page(&visit, &organisation, Some(&faults))),
    };
    let edit = |_: &Organisation| Ok(wanted.settings.clone());
    match visit.engine().update_organisation(&visit.scope, wanted.revision.map(u64::from), &edit).await {
        Ok(_) => Ok(go(links::dashboard::settings(&organisation.value.slug).with("done", "saved"))),
        Err(stop) => again(&settings_page(&visit, &organisation, Some(&refused(stop)?))),
    }
}

struct SettingsForm {
    settings: OrganisationSettings,
    revision: Option<u32>,
}

fn settings_form(fields: &mut Fields<'_>) -> Option<SettingsForm> {
    let revision = fields.optional("revision", count(0..=u32::MAX));
    let name: Option<Title> = fields.required("name", title());
    let time_zone: Option<TimeZoneName> = fields.required("time_zone", time_zone());
    let description: Option<Prose> = fields.optional("description", prose());
    let reply_to: Option<Email> = fields.optional("reply_to", email());
    let brand_colour: Option<Colour> = fields.optional("brand_colour", colour());
    let website: Option<Text<300>> = fields.optional("website", line());
    let bank_details: Option<Prose> = fields.optional("bank_details", prose());
    let settings = OrganisationSettings {
        name: name?,
        time_zone: time_zone?,
        description: description.unwrap_or_default(),
        reply_to,
        brand_colour,
        website,
        bank_details: bank_details.unwrap_or_default(),
    };
    Some(SettingsForm { settings, revision })
}

fn settings_page(visit: &Desk, organisation: &Stored<Organisation>, faults: Option<&Faults>) -> Dashboard<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    keep(&mut form, &organisation.value);
    let content = if visit.scope.role().may(Permission::EditSettings) {
        fields_of(visit, &form, organisation)
    } else {
        as_facts(texts, &organisation.value)
    };
    let page = page(visit, Place::Settings, texts.say("dash-settings")).content(content);
    let shop = links::organisation(&organisation.value.slug);
    page.actions(Button::link(shop, texts.say("dash-view-page")).icon(Icon::External))
}

fn keep(form: &mut Form<'_>, organisation: &Organisation) {
    form.keep("name", &organisation.name);
    form.keep("time_zone", organisation.time_zone.as_str());
    form.keep("description", &organisation.description);
    form.keep_some("reply_to", organisation.reply_to.as_ref());
    form.keep("brand_colour", organisation.brand_colour.as_ref().map_or(NO_COLOUR, Colour::as_str));
    form.keep_some("website", organisation.website.as_ref());
    form.keep("bank_details", &organisation.bank_details);
}

fn fields_of(visit: &Desk, form: &Form<'_>, organisation: &Stored<Organisation>) -> Markup {
    let texts = visit.texts;
    let slug = &organisation.value.slug;
    html! {
        (form.summary())
        form method="post" action=(links::dashboard::settings(slug)) {
            input type="hidden" name="revision" value=(organisation.revision);
            (form::section(&texts.say("dash-settings-what"), &texts.say("dash-settings-what-about"), html! {
                div.form {
                    (form.text("name", texts.say("dash-name")).required())
                    (form.area("description", texts.say("dash-setup-description"), 4).optional(texts))
                    (form.filled("website", Field::url("website", texts.say("dash-website"))).optional(texts).attr("placeholder", "https://"))
                    (form.text("time_zone", texts.say("dash-time-zone")).required().attr("list", "zones").hint(texts.say("dash-settings-zone-hint")))
                    (form::time_zones())
                }
            }))
            (form::section(&texts.say("dash-settings-brand"), &texts.say("dash-settings-brand-about"), html! {
                div.form {
                    (form.filled("brand_colour", Field::colour("brand_colour", texts.say("dash-colour"))))
                    (preview(texts))
                }
            }))
            (form::section(&texts.say("dash-settings-mail"), &texts.say("dash-settings-mail-about"), html! {
                div.form { (form.email("reply_to", texts.say("dash-reply-to")).optional(texts).hint(texts.say("dash-reply-to-hint"))) }
            }))
            (form::section(&texts.say("dash-settings-bank"), &texts.say("dash-settings-bank-about"), html! {
                div.form { (form.area("bank_details", texts.say("dash-bank-details"), 4).optional(texts)) }
            }))
            (save_row(texts))
        }
    }
}

/// How the colour that is kept looks on what it is used for.
fn preview(texts: Texts) -> Markup {
    html! {
        div class="panel grid gap-3" {
            p.field-hint { (texts.say("dash-colour-preview")) }
            div class="flex flex-wrap items-center gap-3" {
                (Button::plain(texts.say("dash-colour-sample")).primary())
                (Pill::new(Tone::Brand, texts.say("dash-colour-sample-new")))
                span class="text-brand-ink font-semibold" { (texts.say("dash-colour-sample-link")) }
            }
        }
    }
}

/// For those who may see the settings and not change them.
fn as_facts(texts: Texts, organisation: &Organisation) -> Markup {
    let nothing = || String::from("–");
    let pairs = [
        (texts.say("dash-name"), organisation.name.to_string()),
        (texts.say("dash-time-zone"), organisation.time_zone.as_str().to_owned()),
        (texts.say("dash-website"), organisation.website.as_ref().map_or_else(nothing, ToString::to_string)),
        (texts.say("dash-reply-to"), organisation.reply_to.as_ref().map_or_else(nothing, ToString::to_string)),
        (
            texts.say("dash-colour"),
            organisation.brand_colour.as_ref().map_or_else(nothing, |colour| colour.as_str().to_owned()),
        ),
    ];
    html! {
        (message::notice(Tone::Info, &texts.say("dash-settings-owners"), html! { (texts.say("dash-settings-owners-more")) }))
        div.panel { (facts(pairs)) }
    }
}
