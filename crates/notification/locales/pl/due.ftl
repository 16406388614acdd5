# Co jest do zrobienia: jedno zdanie dla każdej reguły i to, o co prosimy.

due-agreement-ending =
    .subject = Umowa z partnerem { $partner } dobiega końca: potrzebna decyzja
    .text = „{ $agreement }” (partner: { $partner }) kończy się { $ends }.
    .todo = Prosimy uzgodnić z drugą stroną, czy umowę przedłużyć, zmienić, czy pozwolić jej wygasnąć.
due-agreement-pending =
    .subject = Umowa z partnerem { $partner }: brakuje zgód lub podpisów
    .text = „{ $agreement }” przedstawiono obu stronom (partner: { $partner }), ale nie wszyscy wyrazili zgodę i podpisali.
    .todo = Prosimy uzyskać to, czego brakuje, albo wycofać tę wersję.
due-anniversary =
    .subject = Zbliża się rocznica partnerstwa, liczba lat: { $years } (partner: { $partner })
    .text = { $years ->
        [one] Minie rok partnerstwa (partner: { $partner }).
        [few] Miną { $years } lata partnerstwa (partner: { $partner }).
       *[many] Minie { $years } lat partnerstwa (partner: { $partner }).
    }
    .todo = Prosimy postanowić, jak to uczcić, i zawczasu zaprosić drugą stronę.
due-partnership-fading =
    .subject = Partnerstwo słabnie: { $partner }
    .text = Kontaktów było mało (partner: { $partner }); jeśli nic się nie wydarzy, partnerstwo przestanie być uznawane za aktywne.
    .todo = Prosimy nawiązać kontakt albo zaplanować coś wspólnego.
due-partnership-stepped-down =
    .subject = Partnerstwo przycichło: { $partner }
    .text = Po okresie bez kontaktów partnerstwo spadło o jeden poziom (partner: { $partner }).
    .todo = Prosimy zdecydować: ożywić je, poddać przeglądowi czy pozostawić bez zmian.
due-request-unanswered =
    .subject = { $partner } czeka na odpowiedź
    .text = Prośba o partnerstwo czeka na decyzję (wnioskodawca: { $partner }).
    .todo = Prosimy podjąć sprawę albo odmówić, podając powód.
due-review-deadline =
    .subject = Przegląd partnerstwa dobiega końca: { $partner }
    .text = Partnerstwo jest w trakcie przeglądu (partner: { $partner }).
    .todo = Prosimy zdecydować: utrzymać je, ożywić według planu czy zakończyć.
due-suspension-check =
    .subject = Zawieszone partnerstwo do sprawdzenia: { $partner }
    .text = Partnerstwo jest zawieszone (partner: { $partner }).
    .todo = Prosimy sprawdzić, czy spełniono warunek wznowienia.
due-reawakening-result =
    .subject = Co przyniosło ożywienie partnerstwa: { $partner }?
    .text = Partnerstwo miało zostać ożywione według planu (partner: { $partner }).
    .todo = Prosimy napisać, co z tego wyszło: partnerstwo ożyło albo wymaga przeglądu.
due-no-chair =
    .subject = { $committee }: brak przewodniczącego
    .text = Brak osoby przewodniczącej: { $committee }.
    .todo = Prosimy zadbać o powołanie osoby przewodniczącej.
due-vacancy =
    .subject = { $committee }: wolne miejsce
    .text = Wolne jest miejsce lub wymagana funkcja: { $committee }.
    .todo = Prosimy zadbać o powołanie nowej osoby.
due-role-expiring =
    .subject = { $committee }: kończy się kadencja „{ $office }”
    .text = Kończy się kadencja „{ $office }” ({ $committee }).
    .todo = Prosimy powołać ponownie albo znaleźć następcę i przekazać sprawy.
due-promise-due =
    .subject = Obietnica (partner: { $partner }): „{ $promise }”
    .text = „{ $promise }”: obiecano (partner: { $partner }), ale jeszcze nie wykonano.
    .todo = Prosimy zadbać o wykonanie i podać, co o nim świadczy, albo zrezygnować, podając powód.
due-outcome-question =
    .subject = Co wynikło z wydarzenia „{ $engagement }” (partner: { $partner })?
    .text = Czas zapytać, co wynikło z wydarzenia „{ $engagement }” (partner: { $partner }).
    .todo = Prosimy zapytać obie strony i zanotować, co z tego wynikło, albo że nic nie wynikło.
due-plan-check =
    .subject = Plan (partner: { $partner }): prosimy sprawdzić postępy
    .text = Czas sprawdzić, jak daleko jest plan „{ $plan }” (partner: { $partner }).
    .todo = Prosimy przejść jego punkty z osobami odpowiedzialnymi po obu stronach i zanotować wynik.
