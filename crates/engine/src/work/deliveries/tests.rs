//! Letters on their way.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use domain::values::Ksuid;
use store::record::create;

use super::*;
use crate::testing::{House, house};
use crate::work::lease::LETTER;

/// Takes letters, and does not answer to those with these addresses.
#[derive(Debug, Default)]
struct Server {
    silent: BTreeSet<String>,
    asked: AtomicUsize,
    taken: Mutex<Vec<String>>,
}

#[async_trait]
impl Mailer for Server {
    async fn send(&self, mail: &Mail) -> Result<(), MailFault> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.silent.contains(mail.to.as_str()) {
            std::future::pending::<()>().await;
        }
        self.taken.lock().unwrap().push(mail.to.to_string());
        Ok(())
    }
}

impl Server {
    /// Done when it has been asked to take so many.
    async fn was_asked(&self, count: usize) {
        while self.asked.load(Ordering::SeqCst) < count {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }
}

fn address(place: usize) -> String {
    format!("dancer-{place}@example.org")
}

/// A house in which `count` letters wait.
async fn waiting(count: usize) -> House {
    let house = house();
    for place in 0..count {
        let link: Ksuid = house.engine.fresh();
        let letter = Letter::SignIn { link, organisation: None, to: None };
        let task = Task::Send { to: address(place).parse().unwrap(), letter };
        let (id, due_at) = (house.engine.fresh(), house.engine.now());
        let lane = Lane::Deliveries;
        let work = Work {
            id,
            shard: 0,
            lane,
            due_at,
            organisation: None,
            task,
            attempts: 0,
            last_error: None,
            leased_until: None,
            lease: None,
        };
        house.table.transact(vec![create(&work, due_at).unwrap()]).await.unwrap();
    }
    house
}

/// Sends until nothing is due.
async fn send_all(house: &House, server: &Server) {
    while house.engine.deliver(server).await.unwrap() > 0 {}
}

#[tokio::test]
async fn letters_that_died_with_their_sender_stand_in_nobodys_way_and_go_out_again() {
    let house = waiting(20).await;
    let mute = Server { silent: (0..20).map(address).collect(), ..Server::default() };
    // It has taken its batch, is answered nothing, and dies.
    tokio::select! {
        biased;
        _ = house.engine.deliver(&mute) => panic!("nobody has answered"),
        () = mute.was_asked(BATCH) => {}
    }
    let server = Server::default();
    send_all(&house, &server).await;
    assert_eq!(server.taken.lock().unwrap().len(), 20 - BATCH, "those that may be on their way are left alone");
    house.clock.advance(i64::try_from(LETTER.as_millis()).unwrap());
    send_all(&house, &server).await;
    let taken: BTreeSet<String> = server.taken.lock().unwrap().iter().cloned().collect();
    assert_eq!((taken.len(), server.taken.lock().unwrap().len()), (20, 20), "each once");
}

#[tokio::test]
async fn who_is_alone_with_the_store_takes_back_what_was_on_its_way_at_once() {
    let house = waiting(3).await;
    let mute = Server { silent: (0..3).map(address).collect(), ..Server::default() };
    tokio::select! {
        biased;
        _ = house.engine.deliver(&mute) => panic!("nobody has answered"),
        () = mute.was_asked(3) => {}
    }
    house.engine.take_over().await;
    let server = Server::default();
    send_all(&house, &server).await;
    assert_eq!(server.taken.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn one_letter_without_an_answer_keeps_no_other_of_its_batch_waiting() {
    let house = waiting(5).await;
    let server = Server { silent: BTreeSet::from([address(0)]), ..Server::default() };
    tokio::select! {
        biased;
        _ = house.engine.deliver(&server) => panic!("one has no answer"),
        () = server.was_asked(5) => {}
    }
    assert_eq!(server.taken.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_letter_that_was_written_elsewhere_into_another_shard_is_sent() {
    let house = waiting(1).await;
    let (link, id) = (house.engine.fresh(), house.engine.fresh());
    let task =
        Task::Send { to: address(7).parse().unwrap(), letter: Letter::SignIn { link, organisation: None, to: None } };
    let work = Work { id, shard: 13, ..house.engine.new_work(Lane::Deliveries, None, task) };
    house.table.transact(vec![create(&work, house.engine.now()).unwrap()]).await.unwrap();
    let server = Server::default();
    send_all(&house, &server).await;
    assert_eq!(server.taken.lock().unwrap().len(), 2);
}
