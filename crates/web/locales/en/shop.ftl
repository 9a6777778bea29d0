# The shop: an organisation's front page, an event, picking, who is coming, paying, an order.

welcome-title = Dance more. Queue less.
welcome-lead = Tickets for dance festivals, congresses, classes and parties. Your organiser sent you a link to their event; here you sign in to see what you have.
shop-my-tickets = My tickets
shop-sign-in = Sign in
shop-contact = Contact
shop-website = Website

organisation-coming = What is coming
organisation-past = What was
organisation-nothing = Nothing is announced yet
organisation-nothing-more = New events appear here as soon as they are announced. Come back soon.

event-cancelled = Cancelled
event-cancelled-more = This event does not take place. Whoever bought a ticket has been told what happens next.
event-draft = Not public yet
event-see = See more
event-passes = Passes
event-items = One by one
event-any-time = Any time
event-free = Free
event-cover = See the cheapest way to have these
event-from = From
event-choose = Choose
event-saves-most = Saves most
event-buy = Get tickets
event-calendar = Calendar
event-next-from = { $price } from { $when }
event-next-soon = { $price }
event-nothing-yet = Nothing is on sale yet
event-nothing-yet-more = Tickets appear here as soon as sales begin.
event-others = What else is on
event-over = This event is over
event-over-more = Thank you for dancing with us. See what comes next on our front page.

buy-pick = Pick
buy-who = Who
buy-pay = Pay
buy-done = Done

pick-title-items = What do you want to do?
pick-title-pass = Pick your passes
pick-how = How to pick
pick-by-items = What I want to do
pick-by-pass = By pass
pick-rate = Rate
pick-rate-proof = { $rate } (bring proof)
pick-people = For how many people
pick-role = How do you dance?
pick-how-many = How many
pick-go-on = Go on
pick-bar = How many of each?
pick-nothing = Nothing was picked yet. Tick what you want to do, or choose how many of a pass.
pick-not-possible = That is not possible as it is

cover-title = Cheapest for your choice
cover-total = Total
cover-alone = One by one
cover-times = { $n } × { $step }
cover-tick-first = Tick what you want to do, and the cheapest way to have it all appears here.
cover-impossible = Not all of that can be had
cover-impossible-more = Something that you ticked is sold out, or not sold at this rate. Take it out, or choose another rate.

who-title = Who is coming?
who-buyer = You, who buy
who-name = Your name
who-email = E-mail
who-email-hint = The order and its tickets go here.
who-ticket = Ticket { $n }: { $what }
who-holder-name = Name on the ticket
who-holder-email = E-mail of whoever it is for
who-holder-email-hint = Only if it is not you: they get their own ticket.
who-give-hint = They get it by e-mail, and the barcode you have now is void at once.
who-given-hint = It is theirs now: only they, or the organiser, can give it on.
who-first-hint = Empty means your own name.
who-later-hint = Can be given later.
who-partner = Dances with
who-save = Save
who-fault-of-ticket = Ticket { $n }, { $field }
who-go-on = Go on to paying

pay-title = How do you want to pay?
pay-title-free = Nothing to pay
pay-how = Way of paying
pay-at-door-more = Your ticket is issued now. You pay when you arrive.
pay-bank-transfer-more = Your places are held while your transfer is on its way. The tickets come when it has arrived.
pay-nothing = There is nothing to pay. Your tickets are issued as soon as you confirm.
pay-none = Paying online is not possible here yet
pay-none-more = Your places are held until the time above. Please ask the organiser how to pay: { $contact }
pay-choose = Choose one of these.
pay-confirm = Confirm, { $sum }
pay-confirm-free = Confirm

order-done = You are in
order-issuing = Your tickets are being made
order-reserved = Your places are held
order-expired = The hold has ended
order-cancelled = This order was given up
order-number = Order { $number }
order-tickets = { $n ->
    [one] 1 ticket
   *[other] { $n } tickets
}
order-transfer = Please transfer { $sum } by { $until }
order-transfer-reference = Give { $reference } as the reference, so that we know it is yours.
order-held = Waiting for your payment
order-held-more = Your places are yours until the hold ends. The organiser can tell you how to pay.
order-due = { $sum } to pay at the door
order-due-more = Your ticket is good. Please have the amount ready when you arrive.
order-mailed = Your tickets are on their way to you
order-mailed-more = We send them to { $email }. Keep this page's address: it shows them as well.
order-mailed-to-holder = This ticket goes to { $email }.
order-ended = Nothing was charged, and the places are free again.
order-again = Pick again
order-open-ticket = Open this ticket
order-give-names = Say who is coming
order-change-names = Change names
order-pdf = All tickets as PDF
order-give-up = Give the places back
