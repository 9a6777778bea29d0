### How values read, on pages, in letters and in documents. Lists of names are in their order, one word each.

wording-weekdays = Monday Tuesday Wednesday Thursday Friday Saturday Sunday
wording-weekdays-short = Mon Tue Wed Thu Fri Sat Sun
wording-months = January February March April May June July August September October November December
wording-months-short = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
wording-long-date = { $weekday } { $day } { $month } { $year }
wording-every-day = Every day
wording-no-day = Also yours
wording-zone = { $city } time
wording-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
wording-hours = { $n } h
wording-minutes = { $n } min
wording-seconds = { $n } s
wording-left = { $span } left
wording-ago = { $span } ago
wording-just-now = just now
wording-as-of = As of { $time }

wording-no-name = Name to follow
wording-guest = Guest { $n } of { $buyer }
wording-with = with { $name }
wording-void-since = This ticket is not valid any more, since { $at }.
wording-refunded-since = This ticket was refunded and is not valid any more, since { $at }.
wording-transferred-since = This ticket was moved to another event on { $at } and is not valid here.
wording-barcode-is-the-holders = Its barcode is for its holder, and was sent to them.
wording-barcode-when-paid = The barcode comes as soon as the order is paid.

wording-role-leader = Leader
wording-role-follower = Follower
wording-role-switch = Switch
wording-kind-class = Class
wording-kind-party = Party
wording-kind-physical = To hand out
wording-kind-digital = To send
wording-kind-access = Whole event
wording-method-free = Free
wording-method-card = Card
wording-method-bank-transfer = Bank transfer
wording-method-at-door = Pay at the door
wording-method-cash = Cash
wording-method-card-at-door = Card at the door
wording-method-complimentary = Complimentary
wording-ticket-active = Active
wording-ticket-void = Void
wording-ticket-transferred = Transferred
wording-money-paid = Paid
wording-money-unpaid = Unpaid
wording-money-part-paid = Part paid
wording-money-part-refunded = Part refunded
wording-money-refunded = Refunded
wording-money-complimentary = Complimentary
wording-order-held = Waiting for payment
wording-order-paid = Paid
wording-order-fulfilled = Complete
wording-order-expired = Expired
wording-order-cancelled = Cancelled
wording-event-draft = Draft
wording-event-live = Live
wording-event-cancelled = Cancelled
wording-event-archived = Archived
wording-staff-owner = Owner
wording-staff-manager = Manager
wording-staff-box-office = Box office
wording-staff-door = Door
wording-staff-content = Content
