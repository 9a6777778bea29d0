//! The worker of deliveries: mail. A letter is written when it is sent, or looked at, and never before.

use domain::catalogue::EventRef;
use domain::organisations::Organisation;
use domain::values::{Email, Slug, WorkId};
use domain::work::{Lane, Letter, Task, Work};
use futures_util::{StreamExt as _, stream};
use integrations::mail::{Mail, MailFault, Mailer};
use jiff::Timestamp;
use store::lookups;
use store::record::Stored;

use super::log;
use crate::render::{About, LetterContents, Written};
use crate::stop::Stop;
use crate::{Company, Engine, Settings, figures};

/// How many letters are taken at a time, and sent side by side.
const BATCH: usize = 16;

/// A letter that waits, as *needs attention* and the mailbox of development show it.
#[derive(Debug, Clone)]
pub struct WaitingLetter {
    /// Which.
    pub id: WorkId,
    /// To whom.
    pub to: Email,
    /// Since when it could have gone out.
    pub due_at: Timestamp,
    /// In whose name.
    pub organisation: Option<Slug>,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// What it is about.
    pub letter: Letter,
}

impl Engine {
    /// Sends what is due, again and again, until it is told to stop. Without a mail server there is nothing to do here:
    /// letters wait until there is one.
    pub async fn work_on_deliveries(&self) {
        let Some(mailer) = self.mailer.clone() else { return };
        while !self.wake.is_stopping() {
            match self.deliver(mailer.as_ref()).await {
                Ok(BATCH) => {}
                Ok(_) => {
                    let _ = tokio::time::timeout(self.look_every(), self.wake.deliveries.notified()).await;
                }
                Err(stop) => {
                    log(&stop, "deliveries were not looked at");
                    tokio::time::sleep(self.look_every()).await;
                }
            }
        }
    }

    /// Sends what is due now, once, and says how many letters that were.
    pub async fn deliver(&self, mailer: &dyn Mailer) -> Result<usize, Stop> {
        let due = self.due(Lane::Deliveries, BATCH).await?;
        let count = due.len();
        // A loop, not a closure: what a closure borrows could not be proved to live long enough for every caller.
        let mut letters = Vec::with_capacity(count);
        for work in due {
            letters.push(self.deliver_one(mailer, work));
        }
        let sent: Vec<Result<(), Stop>> = stream::iter(letters).buffer_unordered(BATCH).collect().await;
        sent.into_iter().collect::<Result<(), Stop>>()?;
        Ok(count)
    }

    /// Sends a letter, unless it is somebody else's. One that fails does not hold up the others.
    async fn deliver_one(&self, mailer: &dyn Mailer, work: Stored<Work>) -> Result<(), Stop> {
        let Some(work) = self.lease(work).await? else { return Ok(()) };
        if let Err(stop) = self.send(mailer, &work).await {
            log(&stop, &format!("the letter {} was not sent; it will be tried again", work.value.id));
            self.put_off(&work, &format!("{stop:?}")).await?;
        }
        Ok(())
    }

    async fn send(&self, mailer: &dyn Mailer, work: &Stored<Work>) -> Result<(), Stop> {
        let Task::Send { to, letter } = &work.value.task else {
            self.commit(vec![work.delete()]).await?;
            return Ok(());
        };
        let Some(contents) = self.contents(to, letter).await? else {
            tracing::warn!(work = %work.value.id, "a letter about something that is no longer there, or no longer theirs, was dropped");
            figures::letter("dropped");
            self.commit(vec![work.delete()]).await?;
            return Ok(());
        };
        let written = self.render.letter(&contents);
        if !self.holds(work) {
            return Ok(());
        }
        let outcome = mailer.send(&self.mail(work.value.id, to, written)).await;
        figures::letter(if outcome.is_ok() { "sent" } else { "put_off" });
        match outcome {
            Ok(()) => {
                self.commit(vec![work.delete()]).await?;
            }
            Err(MailFault::Passing(why)) => self.put_off(work, &why).await?,
            Err(MailFault::Refused(why)) => {
                tracing::warn!(work = %work.value.id, %why, "the mail server refused a letter");
                let hopeless = Work { attempts: work.value.attempts.max(11), ..work.value.clone() };
                self.put_off(&Stored { value: hopeless, ..work.clone() }, &why).await?;
            }
        }
        Ok(())
    }

    fn mail(&self, id: WorkId, to: &Email, written: Written) -> Mail {
        let host = Settings::host_of(&self.settings.public_url);
        let address = self.settings.mail_from.rsplit('<').next().unwrap_or_default().trim_end_matches('>').trim();
        let name: String = written.from_name.chars().filter(|c| !matches!(c, '"' | '\\' | '<' | '>')).collect();
        Mail {
            message_id: format!("{id}@{host}"),
            from: format!("\"{name}\" <{address}>"),
            reply_to: written.reply_to,
            to: to.clone(),
            subject: written.subject,
            text: written.text,
            html: written.html,
            attachments: written.attachments,
        }
    }

    /// What a letter is about, as it is now; none if it is about something that is no longer there, or that whom it is
    /// addressed to no longer holds.
    pub(crate) async fn contents(&self, to: &Email, letter: &Letter) -> Result<Option<LetterContents>, Stop> {
        Ok(match letter {
            Letter::SignIn { link, organisation, .. } => {
                let organisation = match organisation {
                    None => None,
                    Some(slug) => lookups::organisation(self.table(), slug).await?.map(|row| row.value),
                };
                Some(LetterContents::SignIn { secret: self.sign_in_secret(*link), organisation })
            }
            Letter::Tickets { event, order } | Letter::Reserved { event, order } => {
                let Some(order) = lookups::order(self.table(), event, *order).await? else { return Ok(None) };
                let Some(about) = self.about(event).await? else { return Ok(None) };
                let order = Box::new(self.view_stored(order).await?);
                Some(match letter {
                    Letter::Reserved { .. } => LetterContents::Reserved { about, order },
                    _ => LetterContents::Tickets { about, order },
                })
            }
            Letter::Ticket { event, ticket } => {
                let Some(ticket) = lookups::ticket(self.table(), event, *ticket).await? else { return Ok(None) };
                if ticket.value.holder_email() != to {
                    return Ok(None);
                }
                let Some(about) = self.about(event).await? else { return Ok(None) };
                let word = self.ticket_word(ticket.value.number, ticket.value.generation);
                let ticket = Box::new(self.view_ticket(ticket.value).await?);
                Some(LetterContents::Ticket { about, ticket, word })
            }
        })
    }

    pub(crate) async fn about(&self, event: &EventRef) -> Result<Option<About>, Stop> {
        let organisation = lookups::organisation(self.table(), &event.organisation).await?;
        let found = lookups::event(self.table(), event).await?;
        let (Some(organisation), Some(found)) = (organisation, found) else { return Ok(None) };
        let (items, _) = lookups::things_of(self.table(), event).await?;
        let items = items.into_iter().map(|row| row.value).collect();
        Ok(Some(About { organisation: organisation.value, event: found.value, items }))
    }

    /// Letters that wait, the longest waiting first: all, or one organisation's.
    pub async fn waiting_letters(
        &self,
        organisation: Option<&Organisation>,
        limit: usize,
    ) -> Result<Vec<WaitingLetter>, Stop> {
        let waiting = lookups::work_waiting(self.table(), (Lane::Deliveries, Company::WORK_SHARDS), 1_000).await?;
        let ours = waiting.into_iter().map(|row| row.value).filter(|work| {
            organisation.is_none_or(|organisation| work.organisation.as_ref() == Some(&organisation.slug))
        });
        Ok(ours.filter_map(waiting_letter).take(limit).collect())
    }

    /// Reads a letter that waits, as it would go out now.
    pub async fn read_letter(&self, to: &Email, letter: &Letter) -> Result<Option<Written>, Stop> {
        Ok(self.contents(to, letter).await?.map(|contents| self.render.letter(&contents)))
    }
}

fn waiting_letter(work: Work) -> Option<WaitingLetter> {
    let Work { id, due_at, organisation, attempts, last_error, task, .. } = work;
    match task {
        Task::Send { to, letter } => Some(WaitingLetter { id, to, due_at, organisation, attempts, last_error, letter }),
        Task::ExpireHold { .. }
        | Task::IssueTickets { .. }
        | Task::VoidTickets { .. }
        | Task::RemoveStock { .. }
        | Task::SpreadStock { .. } => None,
    }
}

#[cfg(test)]
mod tests;
