//! Mail through an SMTP server, by lettre.

use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::ContentType;
use lettre::message::{Attachment as Part, Body, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::{AsyncSmtpTransport, Error as SmtpError};
use lettre::{AsyncTransport, Tokio1Executor};

use super::{Attachment, Mail, MailFault, Mailer};

/// The library bounds only its connecting; a server that stops in the middle of a word would hold a worker for ever.
const DEADLINE: Duration = Duration::from_secs(30);

/// An SMTP server.
#[derive(Debug)]
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

/// An address that is no mail server's.
#[derive(Debug, thiserror::Error)]
#[error("not a mail server's address (smtp://host:port, smtps://user:password@host): {0}")]
pub struct NotAServer(String);

impl Smtp {
    /// A server by its URL: `smtps://user:password@host` (TLS from the first byte), or
    /// `smtp://user:password@host:587?tls=required` (STARTTLS); plain `smtp://` is for a server on this machine.
    pub fn at(url: &str) -> Result<Self, NotAServer> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| NotAServer(error.to_string()))?
            .timeout(Some(Duration::from_secs(10)))
            .build();
        Ok(Self(transport))
    }
}

/// Can mail come from this: `tickets@example.org`, or `Northern Salsa <tickets@example.org>`?
pub fn is_sender(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        let message = message(mail)?;
        match tokio::time::timeout(DEADLINE, self.0.send(message)).await {
            Err(_) => Err(MailFault::Passing("the server did not answer in time".to_owned())),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(fault(&error)),
        }
    }
}

fn fault(error: &SmtpError) -> MailFault {
    if error.is_permanent() { MailFault::Refused(error.to_string()) } else { MailFault::Passing(error.to_string()) }
}

/// `mixed( alternative( text, related( html, shown files ) ), attached files )`.
fn message(mail: &Mail) -> Result<Message, MailFault> {
    let refused = |error: &dyn std::fmt::Display| MailFault::Refused(error.to_string());
    let to: Mailbox = mail.to.as_str().parse().map_err(|error: lettre::address::AddressError| refused(&error))?;
    let from: Mailbox = mail.from.parse().map_err(|error: lettre::address::AddressError| refused(&error))?;
    let mut builder =
        Message::builder().message_id(Some(format!("<{}>", mail.message_id))).from(from).to(to).subject(&*mail.subject);
    if let Some(reply_to) = &mail.reply_to {
        let reply_to: Mailbox =
            reply_to.as_str().parse().map_err(|error: lettre::address::AddressError| refused(&error))?;
        builder = builder.reply_to(reply_to);
    }
    let (shown, attached): (Vec<&Attachment>, Vec<&Attachment>) =
        mail.attachments.iter().partition(|attachment| attachment.content_id.is_some());
    let mut related = MultiPart::related().singlepart(SinglePart::html(mail.html.clone()));
    for attachment in shown {
        related = related.singlepart(part(attachment)?);
    }
    let alternative = MultiPart::alternative().singlepart(SinglePart::plain(mail.text.clone())).multipart(related);
    let mut mixed = MultiPart::mixed().multipart(alternative);
    for attachment in attached {
        mixed = mixed.singlepart(part(attachment)?);
    }
    builder.multipart(mixed).map_err(|error| refused(&error))
}

fn part(attachment: &Attachment) -> Result<SinglePart, MailFault> {
    let media_type: ContentType =
        attachment.media_type.parse().map_err(|_| MailFault::Refused(format!("media type of {}", attachment.name)))?;
    let body = Body::new(attachment.bytes.clone());
    Ok(match &attachment.content_id {
        Some(id) => Part::new_inline(id.clone()).body(body, media_type),
        None => Part::new(attachment.name.clone()).body(body, media_type),
    })
}
