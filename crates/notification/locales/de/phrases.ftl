# Was um eine Nachricht steht.

greeting = Guten Tag { $name },
greeting-anyone = Guten Tag,

due-left = Fällig am { $day }: { $days ->
    [one] noch ein Tag.
   *[other] noch { $days } Tage.
}
due-today = Heute fällig, { $day }.
due-late = Es war am { $day } fällig und ist { $days ->
    [one] einen Tag überfällig.
   *[other] { $days } Tage überfällig.
}
escalated = { $owner } wurde darum gebeten und hat seit { $days ->
    [one] einem Tag nicht geantwortet.
   *[other] { $days } Tagen nicht geantwortet.
}
escalated-nobody = Niemand ist dafür zuständig; es wartet seit { $days ->
    [one] einem Tag.
   *[other] { $days } Tagen.
}
escalated-subject = Unbeantwortet: { $subject }
handed = { $name } hat Ihnen dies übergeben.
handed-by-somebody = Dies wurde Ihnen übergeben.
change-on = Datum: { $date }.
change-by = Eingetragen von { $name }.
place = Ort: { $place }

digest-daily =
    .subject = Ihr Tag, { $day }: { $count ->
        [one] ein Eintrag
       *[other] { $count } Einträge
    }
    .text = Für den { $day } gibt es { $count ->
        [one] einen Eintrag für Sie.
       *[other] { $count } Einträge für Sie.
    }
digest-weekly =
    .subject = Ihre Woche ab { $day }: { $count ->
        [one] ein Eintrag
       *[other] { $count } Einträge
    }
    .text = Für die Woche ab { $day } gibt es { $count ->
        [one] einen Eintrag für Sie.
       *[other] { $count } Einträge für Sie.
    }
digest-due = Fällig
digest-changes = Geändert
digest-general = Allgemeines
digest-more = { $count ->
    [one] Und ein weiterer.
   *[other] Und { $count } weitere.
}

endpoint-failing =
    .subject = Webhook-Endpunkt „{ $endpoint }“ antwortet nicht
    .text = Beim Webhook-Endpunkt „{ $endpoint }“ ist nichts mehr angekommen seit { $since }.
    .todo = Bitte bringen Sie ihn in Ordnung, ehe er abgeschaltet wird: { $disabled_at }. Was ihm fehlt, kann nachgesandt werden.
endpoint-disabled =
    .subject = Webhook-Endpunkt „{ $endpoint }“ wurde abgeschaltet
    .text = Beim Webhook-Endpunkt „{ $endpoint }“ ist nichts mehr angekommen seit { $since }; er wurde abgeschaltet.
    .todo = Bitte bringen Sie ihn in Ordnung, schalten Sie ihn wieder ein, und lassen Sie nachsenden, was ihm fehlt.
address-refused =
    .subject = Post an { $person } kommt nicht an
    .text = Der Mailserver von { $person } nimmt unter einer eingetragenen Adresse nichts an; dorthin wird nichts mehr gesendet.
    .todo = Bitte erfragen Sie die richtige Adresse und berichtigen Sie den Eintrag, oder lassen Sie erneut senden, falls die alte geht.
test-sent =
    .subject = Testnachricht
    .text = Dies ist ein Test, gesandt am { $sent_at }. Wenn Sie dies lesen, erreichen Sie die Nachrichten.
invitation-asked =
    .subject = Einladung: { $title }
    .text = Sie sind eingeladen zu „{ $title }“: { $begins }.
invitation-changed =
    .subject = Geändert: { $title }
    .text = „{ $title }“ wurde geändert. Neuer Beginn: { $begins }.
invitation-cancelled =
    .subject = Abgesagt: { $title }
    .text = „{ $title }“ ist abgesagt. Beginn wäre gewesen: { $begins }.

reason-owner = Sie erhalten dies, weil Sie dafür zuständig sind.
reason-escalation = Sie erhalten dies, weil niemand geantwortet hat und Sie die nächste Stelle sind.
reason-desk = Sie erhalten dies, weil Sie das Büro von { $programme } führen.
reason-follows-partnership = Sie erhalten dies, weil Sie der Partnerschaft mit { $partner } folgen.
reason-follows-committee = Sie erhalten dies, weil Sie dazugehören oder folgen: { $committee }.
reason-digest = Sie erhalten dies, weil Sie um Zusammenfassungen von { $programme } gebeten haben.
reason-subscribed = Sie erhalten dies, weil Sie { $programme } gebeten haben, Ihnen solches mitzuteilen.
reason-endpoint-owner = Sie erhalten dies, weil der Webhook-Endpunkt „{ $endpoint }“ Ihnen gehört.
reason-asked = Sie erhalten dies, weil jemand eine Testnachricht an diese Adresse angefordert hat.
reason-invited = Sie erhalten dies, weil { $organiser } Sie einlädt.

link-open = Öffnen
link-unsubscribe = Keine solchen Nachrichten mehr erhalten
refusal-done = Sie erhalten keine Nachrichten dieser Art mehr. Was Ihre Sache und fällig ist, erreicht Sie weiterhin.
refusal-digests = Sie erhalten keine Sammelnachrichten mehr. Was Ihre Sache ist, erreicht Sie weiterhin, in einzelnen Nachrichten; das Übrige steht in Ihrem Posteingang.
refusal-unknown = Dieser Link gilt nicht oder nicht mehr.
sign-off = { $programme }

month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
month-alone = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
date = { $day }. { $month } { $year }
date-with-weekday = { $weekday }, { $date }
month-of-year = { $month } { $year }
year-alone = { $year }
time = { $day }, { $clock } Uhr ({ $zone })
time-beside = { $time }; bei Ihnen { $own }
