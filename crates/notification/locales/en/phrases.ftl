# What stands around a message.

greeting = Hello { $name },
greeting-anyone = Hello,

due-left = Due on { $day }: { $days ->
    [one] one day is left.
   *[other] { $days } days are left.
}
due-today = Due today, { $day }.
due-late = It was due on { $day } and is { $days ->
    [one] one day late.
   *[other] { $days } days late.
}
escalated = { $owner } was asked to do this and has not answered for { $days ->
    [one] one day.
   *[other] { $days } days.
}
escalated-nobody = Nobody is responsible for this, and it has been waiting for { $days ->
    [one] one day.
   *[other] { $days } days.
}
escalated-subject = Unanswered: { $subject }
handed = { $name } has handed this to you.
handed-by-somebody = This has been handed to you.
change-on = Date: { $date }.
change-by = Entered by { $name }.
place = Place: { $place }

digest-daily =
    .subject = Your day, { $day }: { $count ->
        [one] one item
       *[other] { $count } items
    }
    .text = On { $day } there { $count ->
        [one] is one item for you.
       *[other] are { $count } items for you.
    }
digest-weekly =
    .subject = Your week from { $day }: { $count ->
        [one] one item
       *[other] { $count } items
    }
    .text = For the week from { $day } there { $count ->
        [one] is one item for you.
       *[other] are { $count } items for you.
    }
digest-due = Due
digest-changes = Changed
digest-general = General
digest-more = { $count ->
    [one] And one more.
   *[other] And { $count } more.
}

endpoint-failing =
    .subject = Webhook endpoint “{ $endpoint }” does not answer
    .text = Nothing has arrived at the webhook endpoint “{ $endpoint }” since { $since }.
    .todo = Please repair it by { $disabled_at }; then it will be disabled. What it missed can be sent again.
endpoint-disabled =
    .subject = Webhook endpoint “{ $endpoint }” was disabled
    .text = Nothing has arrived at the webhook endpoint “{ $endpoint }” since { $since }, so it was disabled.
    .todo = Please repair it, enable it again, and have sent again what it missed.
address-refused =
    .subject = Mail to { $person } does not arrive
    .text = The mail server of { $person } refuses mail to an address on record; nothing more is sent to it.
    .todo = Please ask for the right address and correct the record, or have it sent again if the old one works.
test-sent =
    .subject = Test message
    .text = This is a test, sent on { $sent_at }. If you can read it, messages reach you.
invitation-asked =
    .subject = Invitation: { $title }
    .text = You are invited to “{ $title }”: { $begins }.
invitation-changed =
    .subject = Changed: { $title }
    .text = “{ $title }” has changed and now begins: { $begins }.
invitation-cancelled =
    .subject = Cancelled: { $title }
    .text = “{ $title }” is cancelled. It would have begun: { $begins }.

reason-owner = You receive this because it is yours to do.
reason-escalation = You receive this because nobody has answered it and you are next in line.
reason-desk = You receive this because you run the office of { $programme }.
reason-follows-partnership = You receive this because you follow the partnership with { $partner }.
reason-follows-committee = You receive this because you belong to { $committee } or follow it.
reason-digest = You receive this because you asked for summaries from { $programme }.
reason-subscribed = You receive this because you asked { $programme } to tell you of such things.
reason-endpoint-owner = You receive this because the webhook endpoint “{ $endpoint }” is yours.
reason-asked = You receive this because somebody asked for a test message to this address.
reason-invited = You receive this because { $organiser } invites you.

link-open = Open
link-unsubscribe = Receive no more messages of this kind
refusal-done = You will receive no more messages of this kind. What is yours and has come to its day still reaches you.
refusal-digests = You will receive no more digests. What is yours still reaches you, in messages of its own; the rest stands in your inbox.
refusal-unknown = This link is not valid, or no longer.
sign-off = { $programme }

month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-alone = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
date = { $day } { $month } { $year }
date-with-weekday = { $weekday }, { $date }
month-of-year = { $month } { $year }
year-alone = { $year }
time = { $day }, { $clock } ({ $zone })
time-beside = { $time }, which for you is { $own }
