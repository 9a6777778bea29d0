//! The letter with a link to sign in with.

use domain::organisations::Organisation;

use super::blocks::{Block, Link};
use super::{Letter, Letters};
use crate::links;

impl Letters {
    pub(super) fn sign_in(&self, secret: &str, organisation: Option<&Organisation>) -> Letter {
        let texts = self.texts;
        let site =
            organisation.map_or_else(|| texts.say("letter-platform"), |organisation| organisation.name.to_string());
        let title = texts.say_with("letter-sign-in-subject", &[("site", site.into())]);
        let url = self.links.absolute(&links::sign_in_link(secret));
        Letter {
            subject: title.clone(),
            preview: texts.say("letter-sign-in-preview"),
            title,
            blocks: vec![
                Block::Paragraph(texts.say("letter-sign-in-once")),
                Block::Button(Link::new(texts.say("letter-sign-in-button"), url)),
                Block::Paragraph(texts.say("letter-sign-in-not-you")),
            ],
            attachments: Vec::new(),
        }
    }
}
