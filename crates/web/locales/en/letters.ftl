### What letters say. `{ $event }` and the like are filled with what people wrote.

letter-platform = Dance Engine
letter-questions = Questions? Answer this mail, and you reach { $name }.
letter-open-order = See and manage your order
letter-open-ticket = Open this ticket
letter-order-ended = This order was cancelled or ran out. Nothing is held for you any more, and there is nothing to pay.
letter-total = Total
letter-paid = Paid
letter-refunded = Refunded
letter-still-due = Still to pay
letter-still-due-at-door = To pay at the door

letter-sign-in-subject = Sign in to { $site }
letter-sign-in-preview = Your link is inside. It works once.
letter-sign-in-once = Press the button on the device where you want to be signed in. The link works once, and not for long; you can ask for a new one at any time.
letter-sign-in-button = Sign in
letter-sign-in-not-you = If you did not ask for this, do nothing: without this mail nobody can sign in as you.

letter-tickets-subject = { $n ->
    [one] Your ticket for { $event }, { $day }
   *[other] Your { $n } tickets for { $event }, { $day }
}
letter-tickets-title = { $n ->
    [one] Here is your ticket
   *[other] Here are your tickets
}
letter-names-later = Not everybody has a name yet. You can give names, and addresses that tickets are sent to, on your order’s page.
letter-sent-to-holder = This ticket was sent to { $email }.

letter-ticket-subject = Your ticket for { $event }, { $day }
letter-ticket-title = Here is your ticket
letter-ticket-replaced = This ticket takes the place of one that you were sent before. The old code does not work any more.
letter-pdf = Print it (PDF)
letter-calendar = Add it to your calendar
letter-bought = Ticket
letter-rate = Rate
letter-role = Role
letter-number = Number
letter-code = The QR code of this ticket. If you do not see it, open the ticket with the link below.
letter-due-at-door = { $amount } to pay at the door
letter-proof = Bring proof for the { $rate } rate

letter-reserved-subject = Pay by { $until } to keep your places for { $event }
letter-reserved-subject-ended = Your order for { $event }, { $day }
letter-reserved-title = Your places are held
letter-held-until = Held for you until { $until }. Your tickets come as soon as the money has arrived.
letter-reserved-paid = This order is paid. There is nothing left to do: your tickets come in a mail of their own.
letter-pay = Pay now
letter-transfer-amount = Amount
letter-transfer-reference = Reference
letter-transfer-to = Account to pay into
letter-no-bank-details = Answer this mail to ask for the account.
letter-transfer-takes-time = Write the reference exactly as it stands here, so that your payment is found. A transfer can take a few days to arrive.
