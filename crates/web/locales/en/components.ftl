### The words that components bring themselves. Words of pages are in a file per face beside this one.

skip-to-content = Skip to content
language = Language
menu = Menu
main-navigation = Main
more-actions = More actions
close = Close
cancel = Cancel
dismiss = Dismiss
search = Search
search-everything = Search or jump to…
clear = Clear
apply-filters = Apply
filters = Filters
filters-clear = Clear filters
required-mark = required
optional-mark = optional
choose-file = Choose a file
select-one = Choose…
copy = Copy
copied = Copied
show-more = Show more
loading = Loading…
powered-by = Tickets by Dance Engine
you-are-here = You are here

error-summary-title = { $n ->
    [one] There is a problem
   *[other] There are { $n } problems
}
error-prefix = Error:

table-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
table-select-all = Select all rows
table-select-row = Select { $name }
table-selected = selected
table-sort-ascending = Sort by { $column }, smallest first
table-sort-descending = Sort by { $column }, largest first
table-open = Open
pagination = Pages
pagination-previous = Previous
pagination-next = Next

price-free = Free
price-from = from { $price }
price-was = was { $price }
price-until = { $price } until { $when }
price-then = then { $price }
saving = Save { $amount }
left-few = { $n ->
    [one] Only 1 left
   *[other] Only { $n } left
}
sold-out = Sold out
not-on-sale = Not on sale
includes = Includes
also-includes = You also get
quantity-of = How many of { $name }
one-less = One less
one-more = One more

step-done = done
step-now = current step
step-of = Step { $at } of { $of }

capacity-of = { $used } of { $of }
capacity-full = Full
chart-table = Show the figures
chart-hide = Figures
time-left = Time left
time-is-short = Two minutes left.
qr-label = Ticket barcode
qr-hint = Turn the brightness up and hold it to the scanner.
progress-of = { $done } of { $of }

palette-title = Search and commands
palette-hint = Type to search events, attendees, orders and actions
palette-empty = Nothing found. Try a name, an e-mail, a ticket number or an order.
palette-keys-move = move
palette-keys-open = open
palette-keys-close = close

scan-title = Scanner
scan-search = Search by name
scan-camera = Use the camera
scan-torch = Light
scan-picture = Scan a picture
scan-picture-nothing = No barcode was found in this picture. Try one that is sharper or closer.
scan-code = Code on the ticket
scan-check = Check
scan-aim = Point the camera at the barcode
scan-type-hint = Type or paste the code, or scan a picture of it.
scan-camera-denied = The camera cannot be used. Allow it in the browser's settings, or type the code.
scan-failed = No answer from the server. This scan was not sent: check the connection and scan again.

verdict-admitted-word = Admitted
verdict-admitted-sentence = Welcome them in.
verdict-already-in-word = Already in
verdict-already-in-sentence = This ticket was used here before.
verdict-unpaid-word = Unpaid
verdict-unpaid-sentence = Something is still due. Send them to the box office.
verdict-not-included-word = Not included
verdict-not-included-sentence = This ticket is good, but not for this door.
verdict-too-early-word = Too early
verdict-too-early-sentence = This door is not open yet.
verdict-too-late-word = Too late
verdict-too-late-sentence = This door is closed.
verdict-void-word = Void
verdict-void-sentence = This ticket was voided.
verdict-refunded-word = Refunded
verdict-refunded-sentence = This ticket was given back.
verdict-transferred-word = Transferred
verdict-transferred-sentence = This ticket was passed on; the new one admits.
verdict-reissued-word = Reissued
verdict-reissued-sentence = There is a newer barcode for this ticket. Ask for the latest mail.
verdict-forged-word = Forged
verdict-forged-sentence = This barcode was not made by us. Do not admit.
verdict-unknown-word = Unknown
verdict-unknown-sentence = There is no such ticket. Search by name.
verdict-unreadable-word = Unreadable
verdict-unreadable-sentence = This is not one of our barcodes.
verdict-wrong-event-word = Wrong event
verdict-wrong-event-sentence = Not a ticket for this event.
