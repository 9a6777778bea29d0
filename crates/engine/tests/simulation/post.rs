//! The mail server: it refuses for now, answers late, never, or takes a letter and loses its answer.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use integrations::mail::{Mail, MailFault, Mailer};
use store::faulty::Random;

#[derive(Debug)]
pub struct Post {
    random: Mutex<Random>,
    taken: Mutex<Vec<Mail>>,
    healed: AtomicBool,
}

impl Post {
    pub fn new(seed: u64) -> Self {
        Self { random: Mutex::new(Random::new(seed)), taken: Mutex::default(), healed: AtomicBool::new(false) }
    }

    pub fn heal(&self) {
        self.healed.store(true, Ordering::SeqCst);
    }

    /// The letters that were taken over, copies included.
    pub fn taken(&self) -> Vec<Mail> {
        self.taken.lock().unwrap().clone()
    }
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        let take = || self.taken.lock().unwrap().push(mail.clone());
        let chance = if self.healed.load(Ordering::SeqCst) { 100 } else { self.random.lock().unwrap().below(100) };
        match chance {
            0..12 => Err(MailFault::Passing("greylisted".to_owned())),
            12..17 => {
                take();
                Err(MailFault::Passing("the connection was lost".to_owned()))
            }
            17..22 => {
                tokio::time::sleep(Duration::from_secs(30 * (chance - 16))).await;
                take();
                Ok(())
            }
            22..25 => {
                take();
                std::future::pending().await
            }
            25..27 => Err(MailFault::Refused("mailbox full".to_owned())),
            _ => {
                take();
                Ok(())
            }
        }
    }
}
