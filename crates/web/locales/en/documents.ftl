### What tickets to print and calendar entries say.

document-title = Tickets for { $event }
document-ticket-of = Ticket { $n } of { $of }
document-number = Ticket { $number }
document-bought = Ticket
document-rate = Rate
document-role = Role
document-due = { $amount } to pay at the door
document-proof = Bring proof for the { $rate } rate
document-admits = What it admits to
document-more = … and { $n } more: see your ticket online
document-cancelled = This event was cancelled
document-code = QR code of this ticket
document-small-print = Show the code at the door, on paper or on your phone. It can be used once: whoever shows it first is let in, so do not post a picture of it. If it is lost or was shared, ask for a new one, and the old one stops working.
document-order = Order { $reference }.
document-questions = Questions? Write to { $email }.
