# What somebody who holds a ticket sees, signing in, and what goes wrong.

ticket-title = Your ticket for { $event }
ticket-admits = What it admits to
ticket-details = Details
ticket-bought = Bought
ticket-rate = Rate
ticket-role = Role
ticket-money = Money
ticket-number = Ticket number
ticket-proof = bring proof
ticket-no-barcode = There is no barcode here
ticket-not-yours = It is shown to the person who holds the ticket.

mine-title = My events
mine-coming = What is coming
mine-nothing = No tickets yet
mine-nothing-more = Tickets that were bought with this address appear here.
mine-sign-out = Sign out
mine-work = Where you work
mine-platform = The platform

scanned-title = This is a ticket of Dance Engine
scanned-more = Sign in to see yours.

sign-in-title = Sign in
sign-in-lead = Enter your address, and we send you a link. There is no password.
sign-in-send = Send me a link
sign-in-sent = Look into your mail
sign-in-sent-more = If { $email } is known here, a link is on its way. It works once, for 10 minutes.
sign-in-mailbox = No mail server is set up here: open the mailbox instead
sign-in-email-needed = Enter your e-mail address.
sign-in-too-many = That was too often for this address. Try again in an hour.
sign-in-as = You sign in as { $email }.
sign-in-now = Sign in now
sign-in-over = This link does not work any more
sign-in-over-more = It was used already, or it is older than 10 minutes. Ask for a new one.
sign-in-again = Send me a new link

mailbox-title = Mailbox
mailbox-lead = Letters that wait because no mail server is set up. Only development and demonstrations have this page.
mailbox-empty = No letters wait
mailbox-empty-more = Buy a ticket, or ask for a link to sign in, and it appears here.
mailbox-from = From
mailbox-to = To
mailbox-kind = Letter
mailbox-sign-in = A link to sign in
mailbox-tickets = The tickets of an order
mailbox-ticket = One ticket
mailbox-reserved = A held order, and how to pay it
mailbox-since = Since
mailbox-files = Files
mailbox-html = Look at it as a mail program shows it

trouble-home = To the front page
trouble-not-found = There is nothing here
trouble-not-found-more = The address is wrong, or what was here is gone, or it is not for you to see.
trouble-forbidden = Your role may not do this
trouble-forbidden-more = Ask an owner of your organisation if you need it.
trouble-conflict = That did not work as things stand
trouble-conflict-more = Nothing was changed. Go back, load the page again, and see how it stands now.
trouble-too-many = Too much at once
trouble-too-many-more = Wait a moment, then try again.
trouble-invalid = Something is not right with this request
trouble-invalid-more = Nothing was changed.
trouble-ours = Something of ours failed
trouble-ours-more = It is noted, and nothing was half done. Try again in a moment.
