# Co otacza wiadomość.

greeting = Dzień dobry, { $name }!
greeting-anyone = Szanowni Państwo,

due-left = Termin: { $day }. { $days ->
    [one] Pozostał jeden dzień.
    [few] Pozostały { $days } dni.
   *[many] Pozostało { $days } dni.
}
due-today = Termin upływa dzisiaj: { $day }.
due-late = Termin minął: { $day }. { $days ->
    [one] Opóźnienie wynosi jeden dzień.
    [few] Opóźnienie wynosi { $days } dni.
   *[many] Opóźnienie wynosi { $days } dni.
}
escalated = Brak odpowiedzi (osoba odpowiedzialna: { $owner }) od { $days ->
    [one] jednego dnia.
    [few] { $days } dni.
   *[many] { $days } dni.
}
escalated-nobody = Nikt nie jest za to odpowiedzialny; sprawa czeka od { $days ->
    [one] jednego dnia.
    [few] { $days } dni.
   *[many] { $days } dni.
}
escalated-subject = Bez odpowiedzi: { $subject }
handed = To zadanie przekazuje Państwu { $name }.
handed-by-somebody = To zadanie zostało Państwu przekazane.
change-on = Data: { $date }.
change-by = Wprowadzający: { $name }.
place = Miejsce: { $place }

digest-daily =
    .subject = Państwa dzień, { $day }: { $count ->
        [one] jedna sprawa
        [few] { $count } sprawy
       *[many] { $count } spraw
    }
    .text = Na dzień { $day } { $count ->
        [one] jest dla Państwa jedna sprawa.
        [few] są dla Państwa { $count } sprawy.
       *[many] jest dla Państwa { $count } spraw.
    }
digest-weekly =
    .subject = Państwa tydzień od { $day }: { $count ->
        [one] jedna sprawa
        [few] { $count } sprawy
       *[many] { $count } spraw
    }
    .text = Na tydzień od { $day } { $count ->
        [one] jest dla Państwa jedna sprawa.
        [few] są dla Państwa { $count } sprawy.
       *[many] jest dla Państwa { $count } spraw.
    }
digest-due = Do zrobienia
digest-changes = Zmiany
digest-general = Ogólne
digest-more = { $count ->
    [one] I jeszcze jedna.
    [few] I jeszcze { $count }.
   *[many] I jeszcze { $count }.
}

endpoint-failing =
    .subject = Punkt końcowy webhooka „{ $endpoint }” nie odpowiada
    .text = Do punktu końcowego webhooka „{ $endpoint }” nic nie dotarło od: { $since }.
    .todo = Prosimy go naprawić, zanim zostanie wyłączony: { $disabled_at }. To, czego nie otrzymał, można wysłać ponownie.
endpoint-disabled =
    .subject = Punkt końcowy webhooka „{ $endpoint }” wyłączono
    .text = Punkt końcowy webhooka „{ $endpoint }” wyłączono. Nic do niego nie dotarło od: { $since }.
    .todo = Prosimy go naprawić, włączyć ponownie i zlecić ponowne wysłanie tego, czego nie otrzymał.
address-refused =
    .subject = Poczta nie dociera: { $person }
    .text = Serwer pocztowy odrzuca zapisany adres ({ $person }); nic więcej nie jest tam wysyłane.
    .todo = Prosimy ustalić właściwy adres i poprawić wpis albo zlecić ponowne wysłanie, jeśli stary adres działa.
test-sent =
    .subject = Wiadomość próbna
    .text = To jest próba, wysłana: { $sent_at }. Jeśli można to przeczytać, wiadomości docierają.
invitation-asked =
    .subject = Zaproszenie: { $title }
    .text = Zapraszamy na „{ $title }”: { $begins }.
invitation-changed =
    .subject = Zmiana: { $title }
    .text = Zmieniono „{ $title }”. Nowy początek: { $begins }.
invitation-cancelled =
    .subject = Odwołano: { $title }
    .text = Odwołano „{ $title }”. Planowany początek: { $begins }.

reason-owner = Otrzymują Państwo tę wiadomość, ponieważ to zadanie należy do Państwa.
reason-escalation = Otrzymują Państwo tę wiadomość, ponieważ nikt nie odpowiedział, a kolej na Państwa.
reason-desk = Otrzymują Państwo tę wiadomość, ponieważ prowadzą Państwo biuro programu: { $programme }.
reason-follows-partnership = Otrzymują Państwo tę wiadomość, ponieważ śledzą Państwo partnerstwo: { $partner }.
reason-follows-committee = Otrzymują Państwo tę wiadomość, ponieważ należą Państwo do tego grona lub je śledzą: { $committee }.
reason-digest = Otrzymują Państwo tę wiadomość, ponieważ zamówili Państwo podsumowania: { $programme }.
reason-subscribed = Otrzymują Państwo tę wiadomość, ponieważ zamówili Państwo takie powiadomienia: { $programme }.
reason-endpoint-owner = Otrzymują Państwo tę wiadomość, ponieważ punkt końcowy webhooka „{ $endpoint }” należy do Państwa.
reason-asked = Otrzymują Państwo tę wiadomość, ponieważ ktoś zlecił wysłanie próby na ten adres.
reason-invited = Otrzymują Państwo tę wiadomość, ponieważ zaprasza Państwa { $organiser }.

link-open = Otwórz
link-unsubscribe = Rezygnacja z takich wiadomości
refusal-done = Nie będą już Państwo otrzymywać takich wiadomości. To, co należy do Państwa i czego termin nadszedł, nadal będzie do Państwa docierać.
refusal-digests = Nie będą już Państwo otrzymywać zestawień. To, co należy do Państwa, nadal będzie do Państwa docierać, w osobnych wiadomościach; reszta znajduje się w skrzynce.
refusal-unknown = Ten odnośnik jest nieważny lub stracił ważność.
sign-off = { $programme }

month = { $month ->
    [1] stycznia
    [2] lutego
    [3] marca
    [4] kwietnia
    [5] maja
    [6] czerwca
    [7] lipca
    [8] sierpnia
    [9] września
    [10] października
    [11] listopada
   *[12] grudnia
}
month-alone = { $month ->
    [1] styczeń
    [2] luty
    [3] marzec
    [4] kwiecień
    [5] maj
    [6] czerwiec
    [7] lipiec
    [8] sierpień
    [9] wrzesień
    [10] październik
    [11] listopad
   *[12] grudzień
}
weekday = { $weekday ->
    [1] poniedziałek
    [2] wtorek
    [3] środa
    [4] czwartek
    [5] piątek
    [6] sobota
   *[7] niedziela
}
date = { $day } { $month } { $year }
date-with-weekday = { $weekday }, { $date }
month-of-year = { $month } { $year }
year-alone = { $year }
time = { $day }, godz. { $clock } ({ $zone })
time-beside = { $time }; u Państwa { $own }
