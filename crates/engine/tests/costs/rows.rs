//! Calls and rows of an order and of a scan, the same in a small event and a large one. By default the large event has
//! 20,000 tickets, with `PROVE=1` 100,000.

use domain::door::VerdictWord;

use crate::counting::Cost;
use crate::hall::hall;

#[tokio::test]
async fn an_order_and_a_scan_cost_the_same_however_many_tickets_there_are() {
    let large = if std::env::var_os("PROVE").is_some_and(|prove| prove == "1") { 100_000 } else { 20_000 };
    for tickets in [1_000, large] {
        let hall = hall().await;
        hall.fill(tickets).await;
        let kept = hall.rows().await.into_iter().filter(|row| row.entity == "TICKET").count();
        assert_eq!(kept, tickets);
        // What may be 5 seconds old (keys, doors) is read by these two.
        let warm = hall.order("warm", "warm").await;
        hall.scan("warm-up-scan", "no code").await;
        hall.table.since_then();

        let view = hall.order("ana", "one").await;
        let of_a_new_buyer = Cost { calls: 5, rows_read: 9, rows_written: 15 };
        assert_eq!(hall.table.since_then(), of_a_new_buyer, "{tickets} tickets");
        hall.order("ana", "two").await;
        let of_a_known_buyer = Cost { calls: 5, rows_read: 9, rows_written: 11 };
        assert_eq!(hall.table.since_then(), of_a_known_buyer, "{tickets} tickets");

        let barcode = view.tickets[0].barcode.clone().unwrap();
        assert_eq!(hall.scan("first-scan", &barcode).await, VerdictWord::Admitted);
        let admitted = Cost { calls: 5, rows_read: 4, rows_written: 2 };
        assert_eq!(hall.table.since_then(), admitted, "{tickets} tickets");
        assert_eq!(hall.scan("second-scan", &barcode).await, VerdictWord::AlreadyIn);
        let refused = Cost { calls: 5, rows_read: 5, rows_written: 1 };
        assert_eq!(hall.table.since_then(), refused, "{tickets} tickets");
        assert_eq!(hall.scan("second-scan", &barcode).await, VerdictWord::AlreadyIn);
        let again = Cost { calls: 4, rows_read: 7, rows_written: 0 };
        assert_eq!(hall.table.since_then(), again, "{tickets} tickets");
        assert_eq!(warm.tickets.len(), 1);
    }
}
