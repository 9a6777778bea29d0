//! API tokens: keys for programs. A secret is shown once, on the page that follows its making.

use domain::people::{Grant, StaffRole, Token};
use domain::values::{Faults, Text};
use engine::once::{Answer, Remember};
use engine::people::{NewToken, TokenDraft};
use engine::scope::StaffScope;
use engine::stop::Stop;
use maud::{Markup, Render as _, html};

use super::frame::{Place, page};
use super::staff::roles;
use crate::forms::{Form, again, refused};
use crate::input::{Fields, line, one_of};
use crate::texts::Texts;
use crate::ui::facts::copyable;
use crate::ui::{Button, Column, Dashboard, Empty, Icon, Pill, Row, Table, Tone, form, message};
use crate::visit::{Shown, Visit, go, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let tokens = visit.engine().list_tokens(&visit.scope).await?;
    Ok(show(&tokens_page(&visit, &tokens, None, None).render()))
}

/// Makes a token, and shows its secret.
pub(super) async fn create(visit: Desk) -> Shown {
    let draft = match visit.sent.read(token_form) {
        Ok(draft) => draft,
        Err(faults) => {
            let tokens = visit.engine().list_tokens(&visit.scope).await?;
            return again(&tokens_page(&visit, &tokens, None, Some(&faults)));
        }
    };
    let name = draft.name.clone();
    let answer = |made: &NewToken| Answer { status: 200, body: made.secret.clone() };
    let remember = Remember::new(visit.once.clone(), &answer);
    let engine = visit.engine();
    // A form that was sent twice shows the secret of the first time, if that was not revoked since.
    let (secret, faults) = match engine.create_token(&visit.scope, draft, remember).await {
        Ok(NewToken { secret, .. }) | Err(Stop::Replayed(Answer { body: secret, .. })) => (Some(secret), None),
        Err(stop) => (None, Some(refused(stop)?)),
    };
    let secret = match secret {
        Some(secret) => engine.caller_of_token(&secret).await?.map(|_| secret),
        None => None,
    };
    let tokens = engine.list_tokens(&visit.scope).await?;
    let made = secret.as_deref().map(|secret| (name.as_str(), secret));
    Ok(show(&tokens_page(&visit, &tokens, made, faults.as_ref()).render()))
}

/// Revokes a token.
pub(super) async fn revoke(visit: Desk) -> Shown {
    visit.engine().revoke_token(&visit.scope, visit.id()?).await?;
    Ok(go(links::dashboard::tokens(&visit.scope.organisation().slug).with("done", "revoked")))
}

fn token_form(fields: &mut Fields<'_>) -> Option<TokenDraft> {
    let name: Option<Text<100>> = fields.required("name", line());
    let role = fields.required("role", one_of(StaffRole::ALL, StaffRole::word));
    Some(TokenDraft { name: name?, role: role? })
}

/// The page; `made` is the name and the secret of a token that was just made.
fn tokens_page(
    visit: &Desk,
    tokens: &[Token],
    made: Option<(&str, &str)>,
    faults: Option<&Faults>,
) -> Dashboard<'static> {
    let texts = visit.texts;
    let form = Form::new(texts, &visit.sent, faults);
    let here = links::dashboard::tokens(&visit.scope.organisation().slug);
    let columns = [
        Column::new(texts.say("dash-name")),
        Column::new(texts.say("dash-role")),
        Column::new(texts.say("dash-status")),
        Column::new(texts.say("dash-revoke")).bare(),
    ];
    let rows = tokens.iter().map(|token| token_row(visit, token));
    let content = html! {
        (form.summary())
        @if let Some((name, secret)) = made { (shown_once(texts, name, secret)) }
        @if tokens.is_empty() {
            (Empty::new(Icon::Key, texts.say("dash-tokens-none"), texts.say("dash-tokens-none-more")))
        } @else { (Table::new(texts, texts.say("dash-tokens")).columns(columns).rows(rows)) }
        (form::section(&texts.say("dash-new-token"), &texts.say("dash-new-token-about"), html! {
            form.form method="post" action=(here) {
                (visit.once_field())
                (form::row(html! {
                    (form.text("name", texts.say("dash-token-name")).required().hint(texts.say("dash-token-name-hint")))
                    (form.select("role", texts.say("dash-role"), roles(texts)))
                }))
                div { (Button::submit(texts.say("dash-new-token-make")).primary().icon(Icon::Plus)) }
            }
        }))
    };
    page(visit, Place::Tokens, texts.say("dash-tokens")).lead(texts.say("dash-tokens-lead")).content(content)
}

fn shown_once(texts: Texts, name: &str, secret: &str) -> Markup {
    let title = texts.say_with("dash-token-made", &[("name", name.into())]);
    message::notice(
        Tone::Good,
        &title,
        html! {
            p { (texts.say("dash-token-once")) }
            (copyable(texts, secret))
        },
    )
}

fn token_row(visit: &Desk, token: &Token) -> Row<'static> {
    let texts = visit.texts;
    let role = match &token.grant {
        Grant::Staff { role, .. } => wording::staff_role(texts, *role),
        Grant::Platform => texts.say("dash-platform"),
    };
    let revoke = texts.say_with("dash-revoke-token", &[("name", token.name.as_str().into())]);
    let (pill, button) = match token.revoked_at {
        Some(_) => (Pill::new(Tone::Neutral, texts.say("dash-revoked")), html! {}),
        None => (
            Pill::new(Tone::Good, texts.say("dash-token-good")),
            html! {
                form method="post" action=(links::dashboard::revoke_token(&visit.scope.organisation().slug, token.id)) {
                    (Button::submit(revoke).small().quiet().only_icon(Icon::Ban))
                }
            },
        ),
    };
    let row = Row::new([html! { (token.name) }, html! { (role) }, pill.render(), button]);
    if token.revoked_at.is_some() { row.faded() } else { row }
}
