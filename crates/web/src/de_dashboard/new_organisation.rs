//! Making an organisation, and inviting its first owner.

use domain::organisations::{Organisation, TimeZoneName};
use domain::people::StaffRole;
use domain::values::{Currency, Email, Faults, Slug, Title, Wrong};
use engine::catalogue::Stored;
use engine::once::Remember;
use engine::organisations::OrganisationDraft;
use maud::{Render as _, html};

use super::frame::{Desk, page};
use crate::forms::{Form, again, refused, word_of};
use crate::input::{Fields, currency, email, slug, time_zone, title};
use crate::links::{self, Href};
use crate::ui::navigation::breadcrumbs;
use crate::ui::{Button, Dashboard, Icon, button, form};
use crate::visit::{Shown, go, leads_to, show};

/// Currencies that are offered while one is typed.
const CURRENCIES: [&str; 14] =
    ["GBP", "EUR", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "MXN", "COP", "JPY"];

/// The form of a new organisation.
pub(super) async fn show_new(visit: Desk) -> Shown {
    Ok(show(&new_page(&visit, None).render()))
}

/// Makes an organisation, and mails its first owner a link to sign in with.
pub(super) async fn create(visit: Desk) -> Shown {
    let (draft, owner) = match visit.sent.read(organisation_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&new_page(&visit, Some(&faults))),
    };
    let answer = |made: &Stored<Organisation>| leads_to(page_of(&made.value.slug));
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().create_organisation(&visit.scope, draft, &remember).await {
        Ok(made) => {
            let slug = &made.value.slug;
            visit.engine().invite_staff_of(&visit.scope, slug, &owner, StaffRole::Owner).await?;
            Ok(go(page_of(slug)))
        }
        Err(stop) => again(&new_page(&visit, Some(&refused(stop)?))),
    }
}

/// Where one gets when it is made.
fn page_of(slug: &Slug) -> Href {
    links::platform::organisation(slug).with("done", "created")
}

fn organisation_form(fields: &mut Fields<'_>) -> Option<(OrganisationDraft, Email)> {
    let name: Option<Title> = fields.required("name", title());
    let given: Option<Slug> = fields.optional("slug", slug());
    let made = name.as_ref().and_then(|name| word_of(name.as_str(), Slug::MAX)).and_then(|word| word.parse().ok());
    if given.is_none() && made.is_none() && name.is_some() && !fields.has("slug") {
        fields.fault("slug", Wrong::Required);
    }
    let slug = given.or(made);
    let currency: Option<Currency> = fields.required("currency", currency());
    let time_zone: Option<TimeZoneName> = fields.required("time_zone", time_zone());
    let owner: Option<Email> = fields.required("owner", email());
    let draft = OrganisationDraft { slug: slug?, name: name?, currency: currency?, time_zone: time_zone? };
    Some((draft, owner?))
}

fn new_page(visit: &Desk, faults: Option<&Faults>) -> Dashboard<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    form.keep("currency", "GBP");
    form.keep("time_zone", "Europe/London");
    let (all, home) = (texts.say("platform-organisations"), links::platform::organisations());
    let what = html! {
        div.form {
            (form.text("name", texts.say("dash-name")).required().attr("autocomplete", "off"))
            (form.text("slug", texts.say("platform-address")).optional(texts).hint(texts.say("platform-address-hint"))
                .attr("autocapitalize", "none").attr("spellcheck", "false").attr("maxlength", "64"))
            (form::row(html! {
                (form.text("currency", texts.say("platform-currency")).required().hint(texts.say("platform-currency-hint"))
                    .attr("list", "currencies").attr("maxlength", "3").attr("autocapitalize", "characters").attr("spellcheck", "false"))
                (form.text("time_zone", texts.say("dash-time-zone")).required().hint(texts.say("dash-settings-zone-hint"))
                    .attr("list", "zones").attr("autocapitalize", "none").attr("spellcheck", "false"))
            }))
            datalist #currencies { @for one in CURRENCIES { option value=(one) {} } }
            (form::time_zones())
        }
    };
    let who = html! {
        div.form { (form.email("owner", texts.say("platform-owner")).required().attr("autocomplete", "off")) }
    };
    let content = html! {
        (form.summary())
        form method="post" action=(links::platform::new_organisation()) {
            (visit.once_field())
            (form::section(&texts.say("platform-new-what"), &texts.say("platform-new-what-about"), what))
            (form::section(&texts.say("platform-owner-title"), &texts.say("platform-owner-about"), who))
            (button::row(html! {
                (Button::link(home.clone(), texts.say("cancel")).quiet())
                (Button::submit(texts.say("platform-make")).primary().icon(Icon::Plus))
            }))
        }
    };
    page(visit, texts.say("platform-new"))
        .breadcrumbs(breadcrumbs(texts, &[(&all, home.as_str())]))
        .lead(texts.say("platform-new-lead"))
        .content(content)
}

#[cfg(test)]
mod tests {
    use domain::values::Pointer;

    use super::*;
    use crate::input::{Setting, form_to_json, read};

    fn of(form: &str) -> Result<String, Faults> {
        let made = read(&form_to_json(form.as_bytes()).unwrap(), &Setting::text(None, None), organisation_form);
        made.map(|(draft, _)| draft.slug.to_string())
    }

    const REST: &str = "&currency=EUR&time_zone=Europe/Madrid&owner=ana@example.org";

    #[test]
    fn an_address_is_made_of_the_name_where_none_is_typed() {
        assert_eq!(of(&format!("name=Salsa+de+Málaga!{REST}")).unwrap(), "salsa-de-malaga");
        assert_eq!(of(&format!("name=Salsa&slug=mine{REST}")).unwrap(), "mine");
    }

    #[test]
    fn a_name_of_which_no_address_can_be_made_and_a_wrong_address_are_told_at_the_address() {
        let needed = of(&format!("name=日本{REST}")).unwrap_err();
        assert_eq!(needed, Faults::one(Pointer::to("slug"), Wrong::Required));
        let wrong = of(&format!("name=Salsa&slug=Not+Good{REST}")).unwrap_err();
        assert_eq!(wrong.list().iter().map(|fault| fault.at.as_str()).collect::<Vec<_>>(), ["/slug"]);
    }
}
