# Co się zmieniło: jedno zdanie dla każdego zdarzenia, o którym powiadamiamy.

change-agreement-signed =
    .subject = Podpisano: „{ $agreement }” ({ $partner })
    .text = Wszystkie strony podpisały umowę „{ $agreement }” (partner: { $partner }).
change-agreement-notice-given =
    .subject = Wypowiedziano: „{ $agreement }” ({ $partner })
    .text = Umowę „{ $agreement }” (partner: { $partner }) wypowiedziano; kończy się { $ends }.
change-partnership-enquired =
    .subject = { $partner } prosi o partnerstwo
    .text = Wpłynęła prośba o partnerstwo: { $partner }.
change-partnership-agreed =
    .subject = Partnerstwo uzgodnione: { $partner }
    .text = Partnerstwo zostało uzgodnione (partner: { $partner }).
change-partnership-declined =
    .subject = Odmowa partnerstwa: { $partner }
    .text = Prośbę o partnerstwo odrzucono (wnioskodawca: { $partner }).
change-partnership-review-opened =
    .subject = Przegląd partnerstwa: { $partner }
    .text = Rozpoczęto przegląd partnerstwa (partner: { $partner }).
change-partnership-reawakening =
    .subject = Ożywienie partnerstwa: { $partner }
    .text = Przyjęto plan ożywienia partnerstwa (partner: { $partner }).
change-partnership-reawakened =
    .subject = Partnerstwo ożyło: { $partner }
    .text = Partnerstwo znów jest żywe (partner: { $partner }).
change-partnership-suspended =
    .subject = Partnerstwo zawieszone: { $partner }
    .text = Partnerstwo zostało zawieszone (partner: { $partner }).
change-partnership-resumed =
    .subject = Partnerstwo wznowione: { $partner }
    .text = Cofnięto zawieszenie partnerstwa (partner: { $partner }).
change-partnership-concluded =
    .subject = Partnerstwo zakończone: { $partner }
    .text = Partnerstwo zostało zakończone (partner: { $partner }).
change-partnership-reaffirmed =
    .subject = Partnerstwo potwierdzone: { $partner }
    .text = Obie strony potwierdziły partnerstwo (partner: { $partner }).
change-engagement-recorded =
    .subject = Nowość ({ $partner }): „{ $engagement }”
    .text = Dodano wydarzenie „{ $engagement }” (partner: { $partner }).
change-engagement-changed =
    .subject = Zmiana ({ $partner }): „{ $engagement }”
    .text = Zmieniono wydarzenie „{ $engagement }” (partner: { $partner }).
change-engagement-deleted =
    .subject = Odwołano ({ $partner }): „{ $engagement }”
    .text = Odwołano wydarzenie „{ $engagement }” (partner: { $partner }).
change-action-point-promised =
    .subject = Obietnica ({ $partner }): „{ $promise }”
    .text = Złożono obietnicę „{ $promise }” (partner: { $partner }).
change-action-point-step-taken =
    .subject = Postęp ({ $partner }): „{ $promise }”
    .text = „{ $promise }” (partner: { $partner }): { $state ->
        [open] otwarte.
        [both_owners_accepted] przyjęte przez osoby odpowiedzialne po obu stronach.
        [in_progress] w toku.
        [stalled] na razie wstrzymane.
        [done] wykonane.
       *[dropped] zaniechane.
    }
change-outcome-verified =
    .subject = Potwierdzono ({ $partner }): „{ $outcome }”
    .text = Rezultat „{ $outcome }” (partner: { $partner }) sprawdzono i potwierdzono.
change-outcome-disputed =
    .subject = Zakwestionowano ({ $partner }): „{ $outcome }”
    .text = Rezultat „{ $outcome }” (partner: { $partner }) zakwestionowano.
change-role-created =
    .subject = { $committee }: dołącza { $person }
    .text = { $person } pełni odtąd funkcję „{ $office }” ({ $committee }).
change-role-ended =
    .subject = { $committee }: odchodzi { $person }
    .text = { $person } nie pełni już funkcji „{ $office }” ({ $committee }).
change-share-made =
    .subject = { $partner } udostępnia „{ $record }”
    .text = { $partner } udostępnia teraz Państwa programowi „{ $record }”.
change-share-renewed =
    .subject = { $partner } aktualizuje „{ $record }”
    .text = { $partner } udostępnia teraz Państwa programowi aktualny stan: „{ $record }”.
