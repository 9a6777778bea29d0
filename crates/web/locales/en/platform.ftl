### The platform's dashboard. Keys begin with `platform-`.

## Around every page
platform-organisations = Organisations
platform-administrator = Administrator
platform-active = Active
platform-suspended = Suspended
platform-address = Name in addresses
platform-currency = Currency
platform-fee = Platform's fee
platform-done-created = Created. Its owner gets a link to sign in with by mail.
platform-done-invited = Invited. A link to sign in with goes out by mail.
platform-done-saved = Saved.
platform-done-suspended = Suspended: nothing of it is sold any more.

## All organisations
platform-lead = Everybody who runs events on this platform.
platform-none = No organisation yet
platform-none-more = Make the first one. Its owner is invited by mail, and sets up events themselves.
platform-shown = { $n ->
    [one] 1 organisation
   *[other] { $n } organisations
}

## A new organisation
platform-new = New organisation
platform-new-lead = Whoever runs events here. Its owner sets up everything else.
platform-new-what = The organisation
platform-new-what-about = Its address and its currency stay for ever, so that links and prices go on meaning the same.
platform-address-hint = Small letters, digits and hyphens; its pages will be at /this-name. Made from the name if left empty.
platform-currency-hint = What all its prices are in.
platform-owner = The owner's e-mail
platform-owner-title = The first owner
platform-owner-about = May do everything in the organisation, and invite others. The invitation is a link that signs them in; it is good for 24 hours.
platform-make = Make the organisation

## One organisation
platform-terms = Terms
platform-terms-about = What the platform decides.
platform-is-suspended = This organisation is suspended
platform-suspended-means = While an organisation is suspended its pages are closed to the public and nothing is sold. Its staff still see everything, and tickets that were sold are still let in at the door.
platform-fee-hint = Of each sale, from 0 to 100.
platform-staff-about = Who can sign in to run it. Somebody who is invited again gets a fresh link.
platform-nobody = Nobody can sign in to run this organisation
platform-nobody-more = Invite its owner below.
platform-no-events = It has no events yet.
