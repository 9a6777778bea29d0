# What is wrong with a field, as pages say it; and what fields are called in the summary at the top of a form.

fault-of-field = { $field }: { $fault }

fault-required = This is needed.
fault-unknown-field = The page sent something that is not known here. Load it again.
fault-type = This is not readable here.
fault-empty = This may not be empty.
fault-too-long = At most { $most } fit here.
fault-too-few = { $least ->
    [one] At least one is needed here.
   *[other] At least { $least } are needed here.
 }
fault-out-of-range = This must be from { $least } to { $most }.
fault-control = This has characters that cannot be seen. Type it instead of pasting it.
fault-form = { $which ->
    [e-mail-address] This is not an e-mail address.
    [slug] Only small letters, digits and single hyphens between them, at most 64.
    [rate] Only small letters, digits, hyphens and underscores, at most 40.
    [currency] This is not a currency in use: three capital letters, such as GBP.
    [time-zone] This is not a time zone, such as Europe/London.
    [colour] This is not a colour, such as #a0522d.
    [price] This is not a price, such as 12.50.
    [date] This is not a date of the years 2000 to 2100.
    [day] This is not a date of the years 2000 to 2100.
    [instant] This is not a date and time of the years 2000 to 2100.
    [date-and-time] This is not a date and time of the years 2000 to 2100.
    [list-with-one-name-a-line] Write one name on each line.
   *[other] This is not readable here.
 }
fault-not-one-of = Choose one of those that are offered.
fault-skipped-hour = The clocks skip this hour: there is no such local time on that day.
fault-not-after = { $which ->
    [starts-at] This must be later than the start.
    [opens-at] This must be later than the opening.
    [from-at] This must be later than the first moment.
   *[other] This must be later than the end of the step before.
 }
fault-unknown = { $which ->
    [door] There is no such door here any more.
    [item] There is no such item here any more.
    [item-or-pass] There is no such item or pass here any more.
    [pass] There is no such pass here any more.
    [rate] There is no such rate here any more.
    [series] There is no such series here any more.
    [wristband] There is no such wristband here any more.
   *[other] There is no such thing here any more.
 }
fault-repeated = This is here already.
fault-excluded = This cannot be given together with something else on this form.
fault-other-currency = Prices here are in { $currency }.
fault-not-sold-at-rate = This is not sold at that rate.
fault-not-on-sale = This is not on sale.
fault-too-large = All of this together is more than { $most } KiB.
fault-too-many-places = At most { $most } different things with a limit of their own fit here.
fault-role-needed = Choose a role: leader, follower or switch.
fault-sold-out = { $left ->
    [0] No places are left.
    [one] Only one place is left.
   *[other] Only { $left } places are left.
 }
fault-below-sold = { $sold ->
    [one] One is sold or held already.
   *[other] { $sold } are sold or held already.
 }
fault-already-sold = This has been sold and cannot be changed any more.
fault-taken = This is in use already.
fault-reserved = This name is reserved.
fault-more-than-due = Only { $due } is due.
fault-method-not-allowed = This way of paying is not offered to you here.
fault-not-free = This is not free: choose another way of paying.
fault-rate-without-amount = The rate { $rate } has no amount here.

fault-changed-meanwhile = Somebody changed it meanwhile.
fault-archived = It was archived.
fault-in-pass = A pass includes it.
fault-being-counted = The tickets that were sold before are being counted. Save again in a minute.
fault-rate-has-prices = A rate that was left out still has prices.
fault-last-step = The last step has no end.
fault-slug-is-fixed = The address of an event never changes.
fault-last-owner = The last owner has to stay one.
fault-hold-ended = The hold has ended.
fault-order-ended = The order has ended.
fault-order-cancelled = The order was cancelled.
fault-order-settled = The order is settled; who bought it does not change any more.
fault-order-paid = Money was taken for this order.
fault-order-issued = Its tickets have been issued.
fault-ticket-void = The ticket is void.
fault-ticket-transferred = The ticket was transferred.
fault-reissued-too-often = Its barcode was made anew too often.
fault-held-by-another = Somebody else holds this ticket: only they, or the organiser, can give it on.
fault-ticket-used = This ticket has been used: only the organiser can give it on.

field-amount = Amount
field-any = What
field-all = What
field-bank-details = Bank details
field-brand-colour = Colour
field-capacity = Capacity
field-closes-at = Closing
field-colour = Colour
field-currency = Currency
field-day = Day
field-description = Description
field-door = Door
field-email = E-mail
field-ends-at = End
field-fee = Fee
field-followers = Followers
field-full-name = Name
field-hold-minutes = Hold
field-includes = Items of the pass
field-items = Items
field-kind = Type
field-leaders = Leaders
field-live = On sale
field-live-from-at = On sale from
field-live-until-at = On sale until
field-material = Material
field-method = Way of paying
field-name = Name
field-notes = Notes
field-opens-at = Opening
field-owner = Owner
field-passes = Passes
field-payment-methods = Ways of paying
field-pricing-schedule = Price
field-quantity = People
field-rate = Rate
field-rates = Rates
field-reason = Reason
field-reference = Reference
field-reply-to = Reply address
field-role = Role
field-roles = Places by role
field-rooms = Rooms
field-series = Series
field-skip = Skip
field-slug = Address
field-starts-at = Start
field-status = Status
field-time-zone = Time zone
field-title = Title
field-tolerance-minutes = Tolerance
field-venue-address = Address of the venue
field-venue-name = Venue
field-website = Website
