//! Staff: who works here, inviting somebody, changing a role, removing somebody.

use domain::people::{Staff, StaffRole};
use domain::values::{Email, Faults, StaffId};
use engine::catalogue::Stored;
use engine::scope::StaffScope;
use maud::{Render as _, html};

use super::frame::{Place, page};
use crate::forms::{Form, again, refused};
use crate::input::{Fields, email, one_of};
use crate::texts::Texts;
use crate::ui::badge::person;
use crate::ui::{Button, Choice, Column, Dashboard, Icon, Row, Table, form};
use crate::visit::{Shown, Visit, go, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let staff = visit.engine().list_staff(&visit.scope).await?;
    Ok(show(&staff_page(&visit, &staff, None).render()))
}

/// Invites somebody.
pub(super) async fn invite(visit: Desk) -> Shown {
    let staff = visit.engine().list_staff(&visit.scope).await?;
    let (email, role) = match visit.sent.read(invitation) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&staff_page(&visit, &staff, Some(&faults))),
    };
    match visit.engine().invite_staff(&visit.scope, &email, role).await {
        Ok(_) => Ok(back(&visit, "invited")),
        Err(stop) => again(&staff_page(&visit, &staff, Some(&refused(stop)?))),
    }
}

/// Gives a member another role.
pub(super) async fn change_role(visit: Desk) -> Shown {
    let role = match visit.sent.read(role_alone) {
        Ok(role) => role,
        Err(faults) => return refuse(&visit, &faults).await,
    };
    match visit.engine().change_staff_role(&visit.scope, visit.id::<StaffId>()?, role, None).await {
        Ok(_) => Ok(back(&visit, "role-changed")),
        Err(stop) => refuse(&visit, &refused(stop)?).await,
    }
}

/// Removes a member.
pub(super) async fn remove(visit: Desk) -> Shown {
    match visit.engine().remove_staff(&visit.scope, visit.id::<StaffId>()?).await {
        Ok(()) => Ok(back(&visit, "removed")),
        Err(stop) => refuse(&visit, &refused(stop)?).await,
    }
}

async fn refuse(visit: &Desk, faults: &Faults) -> Shown {
    let staff = visit.engine().list_staff(&visit.scope).await?;
    again(&staff_page(visit, &staff, Some(faults)))
}

fn back(visit: &Desk, done: &str) -> axum::response::Response {
    go(links::dashboard::staff(&visit.scope.organisation().slug).with("done", done))
}

fn invitation(fields: &mut Fields<'_>) -> Option<(Email, StaffRole)> {
    let email = fields.required("email", email());
    let role = role_alone(fields);
    Some((email?, role?))
}

fn role_alone(fields: &mut Fields<'_>) -> Option<StaffRole> {
    fields.required("role", one_of(StaffRole::ALL, StaffRole::word))
}

/// The roles to choose from.
pub(super) fn roles(texts: Texts) -> [Choice<'static>; 5] {
    StaffRole::ALL.map(|role| Choice::new(role.word(), wording::staff_role(texts, role)))
}

fn staff_page(visit: &Desk, staff: &[Stored<Staff>], faults: Option<&Faults>) -> Dashboard<'static> {
    let texts = visit.texts;
    let form = Form::new(texts, &visit.sent, faults);
    let here = links::dashboard::staff(&visit.scope.organisation().slug);
    let columns = [
        Column::new(texts.say("dash-member")),
        Column::new(texts.say("dash-role")),
        Column::new(texts.say("dash-remove")).bare(),
    ];
    let rows = staff.iter().map(|member| member_row(visit, &member.value));
    let role = form.select("role", texts.say("dash-role"), roles(texts)).hint(texts.say("dash-role-hint"));
    let content = html! {
        (form.summary())
        (Table::new(texts, texts.say("dash-staff")).columns(columns).rows(rows))
        (form::section(&texts.say("dash-invite"), &texts.say("dash-invite-about"), html! {
            form.form method="post" action=(here) {
                (form::row(html! { (form.email("email", texts.say("dash-email")).required().attr("autocomplete", "off")) (role) }))
                div { (Button::submit(texts.say("dash-invite-send")).primary().icon(Icon::Send)) }
            }
        }))
        (form::section(&texts.say("dash-roles-explained"), &texts.say("dash-roles-explained-about"), html! {
            dl.facts {
                @for role in StaffRole::ALL {
                    div { dt { (wording::staff_role(texts, role)) } dd { (texts.say(&format!("dash-role-{}", role.word().replace('_', "-")))) } }
                }
            }
        }))
    };
    page(visit, Place::Staff, texts.say("dash-staff")).lead(texts.say("dash-staff-lead")).content(content)
}

fn member_row(visit: &Desk, member: &Staff) -> Row<'static> {
    let texts = visit.texts;
    let slug = &visit.scope.organisation().slug;
    let here = links::dashboard::staff_member(slug, member.id);
    let label = texts.say_with("dash-role-of", &[("name", member.email.as_str().into())]);
    let remove = texts.say_with("dash-remove-member", &[("name", member.email.as_str().into())]);
    Row::new([
        person(member.email.as_str(), &wording::staff_role(texts, member.role)),
        html! {
            form class="flex items-end gap-2" method="post" action=(here) {
                span.control-select {
                    select.control name="role" aria-label=(label) {
                        @for role in StaffRole::ALL {
                            option value=(role.word()) selected[role == member.role] { (wording::staff_role(texts, role)) }
                        }
                    }
                    (Icon::Down)
                }
                (Button::submit(texts.say("dash-change")).small())
            }
        },
        html! {
            form method="post" action=(here.clone().then("remove")) {
                (Button::submit(remove).small().quiet().only_icon(Icon::Delete))
            }
        },
    ])
}
