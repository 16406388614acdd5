# Ce qui entoure un message.

greeting = Bonjour { $name },
greeting-anyone = Bonjour,

due-left = À faire pour le { $day } : il reste { $days ->
    [one] { $days } jour.
   *[other] { $days } jours.
}
due-today = À faire aujourd’hui, { $day }.
due-late = C’était à faire pour le { $day } : { $days ->
    [one] { $days } jour de retard.
   *[other] { $days } jours de retard.
}
escalated = La demande a été faite à { $owner }, sans réponse depuis { $days ->
    [one] { $days } jour.
   *[other] { $days } jours.
}
escalated-nobody = Personne n’en est responsable, et cela attend depuis { $days ->
    [one] { $days } jour.
   *[other] { $days } jours.
}
escalated-subject = Sans réponse : { $subject }
handed = { $name } vous a confié cette tâche.
handed-by-somebody = Cette tâche vous a été confiée.
change-on = Date : { $date }.
change-by = Enregistré par { $name }.
place = Lieu : { $place }

digest-daily =
    .subject = Votre journée du { $day } : { $count ->
        [one] { $count } élément
       *[other] { $count } éléments
    }
    .text = Pour le { $day }, il y a { $count ->
        [one] { $count } élément pour vous.
       *[other] { $count } éléments pour vous.
    }
digest-weekly =
    .subject = Votre semaine à partir du { $day } : { $count ->
        [one] { $count } élément
       *[other] { $count } éléments
    }
    .text = Pour la semaine à partir du { $day }, il y a { $count ->
        [one] { $count } élément pour vous.
       *[other] { $count } éléments pour vous.
    }
digest-due = À faire
digest-changes = Changements
digest-general = Général
digest-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}

endpoint-failing =
    .subject = Le point d’accès webhook « { $endpoint } » ne répond pas
    .text = Rien n’est arrivé au point d’accès webhook « { $endpoint } » depuis : { $since }.
    .todo = Veuillez le réparer avant qu’il ne soit désactivé : { $disabled_at }. Ce qui lui manque peut être renvoyé.
endpoint-disabled =
    .subject = Le point d’accès webhook « { $endpoint } » a été désactivé
    .text = Le point d’accès webhook « { $endpoint } » a été désactivé. Rien n’y est arrivé depuis : { $since }.
    .todo = Veuillez le réparer, le réactiver, et faire renvoyer ce qui lui manque.
address-refused =
    .subject = Les messages à { $person } n’arrivent pas
    .text = Le serveur de messagerie de { $person } refuse une adresse enregistrée ; plus rien n’y est envoyé.
    .todo = Veuillez demander la bonne adresse et corriger la fiche, ou faire renvoyer les messages si l’ancienne fonctionne.
test-sent =
    .subject = Message d’essai
    .text = Ceci est un essai, envoyé le { $sent_at }. Si vous pouvez le lire, les messages vous parviennent.
invitation-asked =
    .subject = Invitation : { $title }
    .text = Vous êtes invité(e) à « { $title } » : { $begins }.
invitation-changed =
    .subject = Modifié : { $title }
    .text = « { $title } » a changé. Nouveau début : { $begins }.
invitation-cancelled =
    .subject = Annulé : { $title }
    .text = « { $title } » est annulé. Début prévu : { $begins }.

reason-owner = Vous recevez ce message parce que cette tâche vous revient.
reason-escalation = Vous recevez ce message parce que personne n’a répondu et que vous êtes le recours suivant.
reason-desk = Vous recevez ce message parce que vous gérez le bureau de { $programme }.
reason-follows-partnership = Vous recevez ce message parce que vous suivez le jumelage avec { $partner }.
reason-follows-committee = Vous recevez ce message parce que vous en faites partie ou le suivez : { $committee }.
reason-digest = Vous recevez ce message parce que vous avez demandé les résumés de { $programme }.
reason-subscribed = Vous recevez ce message parce que vous avez demandé à être informé de tels faits par { $programme }.
reason-endpoint-owner = Vous recevez ce message parce que le point d’accès webhook « { $endpoint } » est le vôtre.
reason-asked = Vous recevez ce message parce qu’un message d’essai à cette adresse a été demandé.
reason-invited = Vous recevez ce message parce que { $organiser } vous invite.

link-open = Ouvrir
link-unsubscribe = Ne plus recevoir ce genre de messages
refusal-done = Vous ne recevrez plus de messages de ce type. Ce qui vous revient et arrive à échéance vous parviendra toujours.
refusal-digests = Vous ne recevrez plus de récapitulatifs. Ce qui vous revient vous parviendra toujours, par des messages séparés ; le reste se trouve dans votre boîte de réception.
refusal-unknown = Ce lien n’est pas valable, ou ne l’est plus.
sign-off = { $programme }

month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
month-alone = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
weekday = { $weekday ->
    [1] lundi
    [2] mardi
    [3] mercredi
    [4] jeudi
    [5] vendredi
    [6] samedi
   *[7] dimanche
}
date = { $day ->
    [1] 1er { $month } { $year }
   *[other] { $day } { $month } { $year }
}
date-with-weekday = { $weekday } { $date }
month-of-year = { $month } { $year }
year-alone = { $year }
time = { $day } à { $clock } ({ $zone })
time-beside = { $time }, soit pour vous { $own }
