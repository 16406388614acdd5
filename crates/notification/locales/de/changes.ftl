# Was sich geändert hat: ein Satz für jedes Ereignis, das gemeldet wird.

change-agreement-signed =
    .subject = Unterschrieben: „{ $agreement }“ mit { $partner }
    .text = Alle Seiten haben „{ $agreement }“ mit { $partner } unterschrieben.
change-agreement-notice-given =
    .subject = Gekündigt: „{ $agreement }“ mit { $partner }
    .text = „{ $agreement }“ mit { $partner } wurde gekündigt und endet am { $ends }.
change-partnership-enquired =
    .subject = { $partner } bittet um eine Partnerschaft
    .text = { $partner } möchte Partnerstadt werden.
change-partnership-agreed =
    .subject = Partnerschaft mit { $partner } vereinbart
    .text = Die Partnerschaft mit { $partner } ist vereinbart.
change-partnership-declined =
    .subject = Anfrage von { $partner } abgelehnt
    .text = Die Anfrage von { $partner } nach einer Partnerschaft wurde abgelehnt.
change-partnership-review-opened =
    .subject = Partnerschaft mit { $partner } wird überprüft
    .text = Für die Partnerschaft mit { $partner } wurde eine Überprüfung eröffnet.
change-partnership-reawakening =
    .subject = Partnerschaft mit { $partner } soll neu belebt werden
    .text = Ein Plan zur Wiederbelebung der Partnerschaft mit { $partner } wurde aufgenommen.
change-partnership-reawakened =
    .subject = Partnerschaft mit { $partner } neu belebt
    .text = Die Partnerschaft mit { $partner } lebt wieder.
change-partnership-suspended =
    .subject = Partnerschaft mit { $partner } ruht
    .text = Die Partnerschaft mit { $partner } wurde ausgesetzt.
change-partnership-resumed =
    .subject = Partnerschaft mit { $partner } wieder aufgenommen
    .text = Die Aussetzung der Partnerschaft mit { $partner } wurde aufgehoben.
change-partnership-concluded =
    .subject = Partnerschaft mit { $partner } beendet
    .text = Die Partnerschaft mit { $partner } wurde beendet.
change-partnership-reaffirmed =
    .subject = Partnerschaft mit { $partner } bekräftigt
    .text = Beide Seiten haben die Partnerschaft mit { $partner } bekräftigt.
change-engagement-recorded =
    .subject = Neu mit { $partner }: „{ $engagement }“
    .text = „{ $engagement }“ mit { $partner } wurde eingetragen.
change-engagement-changed =
    .subject = Geändert mit { $partner }: „{ $engagement }“
    .text = „{ $engagement }“ mit { $partner } wurde geändert.
change-engagement-deleted =
    .subject = Abgesagt mit { $partner }: „{ $engagement }“
    .text = „{ $engagement }“ mit { $partner } wurde abgesagt.
change-action-point-promised =
    .subject = Mit { $partner } vereinbart: „{ $promise }“
    .text = „{ $promise }“ wurde mit { $partner } vereinbart.
change-action-point-step-taken =
    .subject = Fortschritt mit { $partner }: „{ $promise }“
    .text = „{ $promise }“ mit { $partner } { $state ->
        [open] ist offen.
        [both_owners_accepted] wurde von beiden Zuständigen angenommen.
        [in_progress] ist in Arbeit.
        [stalled] geht vorerst nicht weiter.
        [done] ist erledigt.
       *[dropped] wurde aufgegeben.
    }
change-outcome-verified =
    .subject = Bestätigt mit { $partner }: „{ $outcome }“
    .text = Das Ergebnis „{ $outcome }“ mit { $partner } wurde geprüft und bestätigt.
change-outcome-disputed =
    .subject = Bestritten mit { $partner }: „{ $outcome }“
    .text = Das Ergebnis „{ $outcome }“ mit { $partner } wird bestritten.
change-role-created =
    .subject = { $committee }: { $person } kommt hinzu
    .text = { $person } ist nun „{ $office }“ ({ $committee }).
change-role-ended =
    .subject = { $committee }: { $person } scheidet aus
    .text = { $person } ist nicht mehr „{ $office }“ ({ $committee }).
change-share-made =
    .subject = { $partner } teilt „{ $record }“ mit Ihnen
    .text = { $partner } zeigt Ihrem Programm jetzt „{ $record }“.
change-share-renewed =
    .subject = { $partner } aktualisiert „{ $record }“
    .text = { $partner } zeigt Ihrem Programm „{ $record }“ jetzt auf dem heutigen Stand.
