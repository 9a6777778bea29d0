### The organiser's dashboard. Keys begin with `dash-`.

## Around every page
dash-today = Today
dash-events = Events
dash-attendees = Attendees
dash-staff = Staff
dash-tokens = API tokens
dash-settings = Settings
dash-organisation = Organisation
dash-shop = Public page
dash-mine = My tickets
dash-search = Search
dash-actions = Actions
dash-save = Save
dash-change = Change
dash-delete = Delete
dash-remove = Remove
dash-edit = Edit
dash-yes = Yes
dash-no = No
dash-not-done = This was not done
dash-changed = Somebody else changed this meanwhile
dash-changed-more = Nothing was saved, and what you typed is still here. Look at the page in another tab to see what they changed; if you save again, what stands here counts.
dash-nothing-found = Nothing found
dash-nothing-found-more = Nothing matches these filters. Clear them, or search for something else.
dash-view-page = View page
dash-first-page = Back to the first page
dash-shown-of = { $n } of { $total }

## Names of columns and facts
dash-event = Event
dash-status = Status
dash-when = When
dash-tickets = Tickets
dash-ticket = Ticket
dash-revenue = Revenue
dash-due = Due
dash-name = Name
dash-email = E-mail
dash-role = Role
dash-rate = Rate
dash-price = Price
dash-prices = Prices
dash-paid = Paid
dash-total = Total
dash-sum = Sum
dash-amount = Amount
dash-method = Payment
dash-reference = Reference
dash-by = By
dash-placed = Placed
dash-ended = Ended
dash-issued = Issued
dash-note = Note
dash-notes = Notes
dash-what = What
dash-quantity = Quantity
dash-day = Day
dash-kind = Kind
dash-item = Item
dash-pass = Pass
dash-passes = Passes
dash-attendee = Attendee
dash-buyer = Buyer
dash-order = Order
dash-orders = Orders
dash-state = State
dash-money = Money
dash-door = Door
dash-doors = Doors
dash-wristbands = Wristbands
dash-history = History
dash-ticket-number = Ticket number
dash-time-zone = Time zone
dash-website = Website
dash-colour = Colour
dash-answers = Answers
dash-platform = Platform
dash-unit-tickets = tickets
dash-unit-minutes = minutes
dash-any = Any
dash-any-state = Any state
dash-all-events = All events
dash-admitted = In
dash-not-admitted = Not yet
dash-overview = Overview
dash-setup = Set-up
dash-items = Items and passes
dash-scanner = Scanner
dash-undone = Taken back

## After something was done
dash-done-saved = Saved.
dash-done-created = Created.
dash-done-published = Published: everybody can see it now.
dash-done-unpublished = Taken offline: only staff see it now.
dash-done-copied = The next event was made as a copy of the last one.
dash-done-deleted = Deleted.
dash-done-archived = It had been sold, so it was archived: tickets keep it, and nobody can buy it any more.
dash-done-paid = The payment was recorded.
dash-done-cancelled = The order was cancelled and its places are free again.
dash-done-sold = Sold. The tickets go out by mail.
dash-done-resent = The ticket's mail goes out again.
dash-done-reissued = There is a new barcode; the old one is void.
dash-done-voided = The ticket is void.
dash-done-checked-in = Checked in.
dash-done-undone = The check-in was taken back: they can come in again.
dash-done-invited = Invited. A link to sign in with goes out by mail.
dash-done-role-changed = The role was changed.
dash-done-removed = Removed.
dash-done-revoked = The token opens nothing any more.
dash-done-doors-made = The doors were made.
dash-done-no-doors = Every day has its door already.
dash-done-moved = Moved.
dash-done-unchanged = Nothing was changed.

## Today
dash-sales-today = Sold today
dash-sales-week = Sold in 7 days
dash-checked-in-now = Checked in now
dash-events-coming = Events to come
dash-n-tickets = { $n ->
    [one] 1 ticket
   *[other] { $n } tickets
}
dash-of-tickets = { $n ->
    [one] of 1 ticket
   *[other] of { $n } tickets
}
dash-n-checked-in = { $n ->
    [one] 1 checked in
   *[other] { $n } checked in
}
dash-next-events = Next events
dash-nothing-comes = No event ahead
dash-nothing-comes-more = Make an event, add what can be bought, and publish it.
dash-attention = Needs attention
dash-attention-none = Nothing: all mail went out, and no payment is late.
dash-letters-wait = { $n ->
    [one] 1 letter waits
   *[other] { $n } letters wait
}
dash-letters-wait-more = This program has no mail server yet. Nothing is lost: the letters go out as soon as it has one.
dash-letters-failed = { $n ->
    [one] 1 letter could not be sent; it is tried again
   *[other] { $n } letters could not be sent; they are tried again
}
dash-transfer-ends = { $who }: bank transfer, { $left }
dash-part-paid = { $who } has paid in part
dash-still-due = { $due } due.
dash-more-orders = { $n ->
    [one] and 1 more order
   *[other] and { $n } more orders
}

## Events and series
dash-new-event = New event
dash-new-event-lead = It begins as a draft that only staff see.
dash-new-event-make = Make event
dash-events-none = No events yet
dash-events-none-more = Make the first one: a party, a term of classes, a festival.
dash-events-shown = { $n ->
    [one] 1 event
   *[other] { $n } events
}
dash-series = Series
dash-new-series = New series
dash-new-series-lead = Events that belong together: a weekly class, or a festival's yearly editions. The next one is made as a copy of the last.
dash-new-series-make = Make series
dash-series-title = Name of the series
dash-series-title-hint = Such as Salsa Tuesdays
dash-series-last = Last: { $when }
dash-series-none = No event yet.
dash-series-first = Make the first event
dash-series-next = Make next event
dash-series-next-of = Next { $series } on

## Set-up of an event
dash-setup-what = What it is
dash-setup-what-about = As its page shows it.
dash-setup-title = Title
dash-setup-slug = Name in addresses
dash-setup-slug-hint = Small letters, digits and hyphens; it never changes. Left empty, it is made for you.
dash-setup-description = Description
dash-setup-series = Series
dash-setup-no-series = None
dash-setup-when = When and where
dash-setup-when-about = Times are on the clocks of the event's own time zone.
dash-setup-starts = Starts
dash-setup-ends = Ends
dash-setup-zone-hint = Such as Europe/London
dash-setup-venue = Venue
dash-setup-address = Address
dash-setup-rooms = Rooms
dash-setup-rooms-hint = One a line, in the order of the programme.
dash-setup-rates = Rates
dash-setup-rates-about = Who a price is for: standard, student. Up to 4; the first is the usual one. Leave the rest empty.
dash-setup-rate = Rate { $n }
dash-setup-rate-name = Name
dash-setup-rate-id = Short name
dash-setup-rate-id-hint = For programs; made from the name if empty.
dash-setup-rate-proof = The door asks for proof, such as a student card
dash-setup-sale = How it is sold
dash-setup-sale-about = How many can come, how they may pay, and whether the public sees it.
dash-setup-methods = The public may pay by
dash-setup-hold = A hold lasts
dash-setup-hold-hint = How long places are kept while somebody pays.
dash-setup-status-hint = Drafts are seen by staff only.
dash-capacity = Capacity
dash-capacity-hint = Most tickets; empty means no limit.

## One event at a glance
dash-publish = Publish
dash-unpublish = Take offline
dash-new-order = New order
dash-overview-empty = Nothing to buy yet
dash-overview-empty-more = Add the things that can be had, such as a party or a day of classes, then bundle them into passes.
dash-overview-empty-do = Add items
dash-unpaid-tickets = { $n ->
    [one] 1 ticket unpaid
   *[other] { $n } tickets unpaid
}
dash-checked-in = Checked in
dash-sales-over-time = Sales over time
dash-sales = Sales
dash-by-pass = By pass
dash-by-rate = By rate
dash-archived-pass = Archived pass
dash-archived-item = Archived item
dash-items-alone = Items without a pass
dash-places = Places
dash-roles = Leaders and followers
dash-leaders = Leaders
dash-followers = Followers
dash-switches = { $n ->
    [one] and 1 who works for both
   *[other] and { $n } who work for both
}
dash-latest-orders = Latest orders
dash-all-orders = All orders

## Items and passes
dash-new-item = New item
dash-new-pass = New pass
dash-items-none = No items yet
dash-items-none-more = An item is one thing that can be had: a party, a day of classes, a dinner. Passes bundle them.
dash-save-and-more = Save and add another
dash-like-item = Make one like it
dash-like-pass = Make one like it
dash-passes-none = No passes yet
dash-passes-none-more = A pass bundles items and shows what it saves.
dash-grid-caption = Items by day, and which passes include them
dash-taken = Taken
dash-no-day = No day of its own
dash-only-in-passes = only in passes
dash-not-on-sale = Not on sale
dash-pass-includes = { $pass } includes { $item }
dash-saves = Saves
dash-saving = Bought one by one, its items would cost more. It saves
dash-includes = Includes
dash-next-price = Next price
dash-next-price-from = { $price } from { $from }
dash-next-price-sold = { $price } after { $n } sold
dash-archived-things = Archived: { $names }
dash-item-what = The item
dash-item-what-about = One thing that can be had, on a day, every day, or none.
dash-item-prices-about = One price, or several that follow each other. Without any it is only had in passes and has no value of its own.
dash-sold-alone = Can be bought without a pass
dash-sold-alone-hint = Its price still counts for what passes save.
dash-pass-what = The pass
dash-pass-what-about = A bundle of items that is sold as one.
dash-pass-prices-about = One price, or several that follow each other: early bird, then regular.
dash-no-items = There are no items to include
dash-no-items-more = Make items first.
dash-step = Price { $n }
dash-step-name = Name of the price
dash-step-name-example = Early bird
dash-step-unnamed = Price
dash-step-until = Until
dash-step-until-sold = Or until so many are sold
dash-steps-more = More prices over time
dash-places-about = Every ticket with it takes a place. Leave empty for no limit of its own.
dash-roles-hint = Both or none: with numbers here, every ticket with it is asked for a role.
dash-on-sale = On sale
dash-on-sale-about = While the event is live.
dash-live = On sale
dash-live-yes = Yes
dash-live-no = No
dash-live-between = Between two dates
dash-live-from = From
dash-live-until = Until
dash-live-now = On sale
dash-delete-item-about = What was never sold is gone for good. What was sold is archived: tickets keep it.
dash-delete-pass-about = A pass that was never sold is gone for good. One that was sold is archived: tickets keep it.

## Orders
dash-orders-none = No orders yet
dash-orders-none-more = Orders appear here the moment somebody begins to buy. Share the event's page.
dash-orders-search = Search orders
dash-orders-search-example = Buyer, e-mail, reference
dash-orders-shown = { $n ->
    [one] 1 order
   *[other] { $n } orders
}
dash-buyer-unknown = Still picking
dash-order-title = Order { $reference }
dash-order-buyers-page = Buyer's page
dash-lines = Lines
dash-payments = Payments
dash-payments-none = No payment yet
dash-payments-none-more = Record one when the money has arrived.
dash-not-issued = Not issued yet
dash-not-paid = Not paid in full
dash-held-until = Its places are kept until { $until }. { $due } due.
dash-expired-more = It was not paid in time, and its places are free again. A late payment takes them back if they are still there.
dash-record-payment = Record payment
dash-record-payment-lead = Say what arrived. When nothing is due any more the tickets go out. { $due } due.
dash-record-payment-expired = The hold is over: the payment takes the places again at the old price, if they are still there.
dash-record = Record
dash-reference-hint = A receipt's or a transfer's number.
dash-order-cancel = Cancel order
dash-order-cancel-title = Cancel this order?
dash-order-cancel-lead = { $n ->
    [one] Its ticket becomes void and its place is free again. This cannot be undone.
   *[other] Its { $n } tickets become void and their places are free again. This cannot be undone.
}

## The box office
dash-sale-what = What
dash-items-only = Items on their own
dash-sale-people = People
dash-no-role = Not asked
dash-sold-out = Sold out
dash-sale-email-hint = The tickets go there.
dash-sale-payment = Payment
dash-sale-sum = The sale
dash-sell = Sell
dash-sale-nothing = Nothing is on sale
dash-sale-nothing-more = The event must be live, with passes or items that are on sale now.
dash-sale-cash = You have taken the money; the tickets go out at once.
dash-sale-card-at-door = Paid on your card reader; the tickets go out at once.
dash-sale-at-door = The tickets go out at once, unpaid; the door says what is due.
dash-sale-bank-transfer = The places are held until the money arrives.
dash-sale-complimentary = Given away: nothing is due.

## Attendees and one ticket
dash-attendees-found = { $n ->
    [one] 1 ticket
   *[other] { $n } tickets
}
dash-attendees-none = Nobody yet
dash-attendees-none-more = Whoever has a ticket is listed here.
dash-attendees-search = Search attendees
dash-attendees-search-example = Name, e-mail, ticket, order
dash-holders-page = Holder's page
dash-admits-to = Admits to
dash-given-by = Given by
dash-bought-alone = Bought on its own
dash-given-by-staff = Staff: { $reason }
dash-sales-none = No money moved for this ticket
dash-sales-none-more = Payments of its order show here.
dash-alert = Look at this
dash-alert-twice = Somebody was let in twice on this ticket: { $first }, and { $second }.
dash-alert-despite = Let in at { $scan }, although the verdict is: { $verdict }.
dash-happened-issued = Issued
dash-happened-paid = { $amount } paid, { $method }
dash-happened-renamed = Details changed
dash-happened-handed-on = Given to another holder, with a new barcode
dash-happened-reissued = Barcode made anew
dash-happened-resent = Mail sent again to { $to }
dash-happened-voided = Made void
dash-happened-voided-released = Made void, its places released
dash-happened-noted = Notes changed
dash-happened-band = Wristband { $name } handed out again
dash-happened-scan = { $verdict }, { $door }
dash-in-spite = In spite of it: { $reason }
dash-before = Before: { $before }
dash-resend = Send again
dash-resend-title = Send this ticket again?
dash-resend-lead = The mail with the ticket goes to { $to } once more. The barcode stays the same.
dash-reissue = New barcode
dash-reissue-title = Make a new barcode?
dash-reissue-lead = The old barcode is void at once, printed tickets too. The new one goes to { $to }.
dash-void = Void
dash-void-title = Void this ticket?
dash-void-lead = The ticket of { $name } will not be let in any more. Money is not given back by this. It cannot be undone.
dash-void-reason = Reason
dash-void-reason-hint = Kept in the ticket's history.
dash-void-release = Release its places
dash-void-release-hint = Somebody else can have them then.
dash-edit-title = Edit this ticket
dash-edit-lead = What it was before stays in its history.
dash-notes-hint = Only staff see them; the door does too.
dash-check-in = Check in
dash-check-in-title = Check in by hand
dash-check-in-lead = { $name } comes in, as if the barcode had been scanned at this door.
dash-check-in-no-doors = There are no doors yet. Make them first.
dash-undo = Take back
dash-undo-title = Take this check-in back?
dash-undo-lead = { $name } was let in at { $door }, { $when }. Taken back, the ticket can be used there again; that it was is kept in its history.
dash-override = Let in anyway, because
dash-override-hint = The reason is kept in the history.

## Doors and wristbands
dash-doors-none = No doors yet
dash-doors-none-more = A door says what it admits to, and when. Make one for each day in one press.
dash-doors-by-day = Make doors from the days
dash-new-door = New door
dash-door-of-day = Main, { $day }
dash-door-only = Main door
dash-door-what = The door
dash-door-what-about = Whoever holds one of these items comes in here.
dash-open = Open
dash-open-about = Without times it never looks at the clock.
dash-open-from = From { $at }
dash-open-until = Until { $at }
dash-open-always = Always
dash-opens = Opens
dash-closes = Closes
dash-tolerance = Tolerance
dash-tolerance-hint = How much earlier or later is still in time.
dash-reentry = Re-entry
dash-reentry-hint = Lets people out and in again.
dash-delete-door-about = It is shown no more. Scans that phones still hold for it are taken in.
dash-bands-none = No rules yet
dash-bands-none-more = A rule says who gets which wristband, such as: whoever holds the Full Pass gets a red one.
dash-bands-about = From the first to the last: each rule that fits hands out its band, unless one before it says otherwise.
dash-bands-preview = What this comes to for the tickets sold
dash-new-rule = New rule
dash-band = Wristband
dash-band-about = What is handed out.
dash-material = Material
dash-material-example = plastic, paper, hand stamp
dash-for-whom = For whom
dash-for-whom-about = All conditions must hold; none at all means everybody.
dash-holds-all = Holds all of these
dash-holds-any = Holds at least one of these
dash-at-rates = At one of these rates
dash-then-not = Then not
dash-then-not-about = Which bands whoever gets this one does not get from the rules after it.
dash-skip-rest = Nothing from the rules after it
dash-skip-these = Not these bands
dash-order-of-rules = Order
dash-move-up = Move up
dash-move-down = Move down
dash-when-all = holds { $things }
dash-when-any = holds one of { $things }
dash-when-rates = at rate { $rates }
dash-when-everybody = Everybody
dash-holds = Holds
dash-gets = Gets
dash-gets-nothing = Nothing

## Staff, tokens, settings
dash-staff-lead = Who works here, and what each may do.
dash-member = Member
dash-role-of = Role of { $name }
dash-remove-member = Remove { $name }
dash-invite = Invite somebody
dash-invite-about = They get a link by mail and can sign in at once.
dash-invite-send = Send invitation
dash-role-hint = What each role may do is explained below.
dash-roles-explained = Roles
dash-roles-explained-about = From everything to the door.
dash-role-owner = Everything, staff and settings included.
dash-role-manager = Everything but staff and settings.
dash-role-box-office = Sells, takes money, helps with tickets, scans.
dash-role-door = Scans and checks in.
dash-role-content = Sees events and settings; writes what the public reads.
dash-tokens-lead = Keys with which programs use the API of this organisation.
dash-tokens-none = No tokens yet
dash-tokens-none-more = Make one for each program, so that each can be revoked for itself.
dash-new-token = New token
dash-new-token-about = Its secret is shown once, right after it is made.
dash-new-token-make = Make token
dash-token-name = What it is for
dash-token-name-hint = Such as the website, or a spreadsheet.
dash-token-made = The token “{ $name }” was made
dash-token-once = Copy its secret now: it is never shown again.
dash-token-good = Good
dash-revoke = Revoke
dash-revoke-token = Revoke { $name }
dash-revoked = Revoked
dash-settings-what = The organisation
dash-settings-what-about = As its front page shows it.
dash-settings-zone-hint = New events begin with it; those that there are keep theirs.
dash-settings-brand = Branding
dash-settings-brand-about = The colour of pages and mails. It is adjusted where text on it would be hard to read.
dash-colour-preview = How the saved colour looks:
dash-colour-sample = Buy tickets
dash-colour-sample-new = New
dash-colour-sample-link = A link
dash-settings-mail = Mail
dash-settings-mail-about = Tickets are sent in the organisation's name.
dash-reply-to = Answers go to
dash-reply-to-hint = Also shown on public pages as the contact.
dash-settings-bank = Bank transfer
dash-settings-bank-about = What a buyer who pays by bank transfer must know.
dash-bank-details = Account, bank, reference
dash-settings-owners = Only an owner can change these
dash-settings-owners-more = Ask an owner of the organisation.
