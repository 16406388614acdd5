# Ce qui a changé : une phrase pour chaque événement annoncé.

change-agreement-signed =
    .subject = Signé : « { $agreement } » avec { $partner }
    .text = Toutes les parties ont signé « { $agreement } » avec { $partner }.
change-agreement-notice-given =
    .subject = Dénoncé : « { $agreement } » avec { $partner }
    .text = « { $agreement } » avec { $partner } a été dénoncé et prend fin le { $ends }.
change-partnership-enquired =
    .subject = { $partner } demande un jumelage
    .text = { $partner } souhaite un jumelage.
change-partnership-agreed =
    .subject = Jumelage avec { $partner } conclu
    .text = Le jumelage avec { $partner } est conclu.
change-partnership-declined =
    .subject = Demande de { $partner } refusée
    .text = La demande de jumelage de { $partner } a été refusée.
change-partnership-review-opened =
    .subject = Jumelage avec { $partner } en cours d’examen
    .text = Un examen du jumelage avec { $partner } a été ouvert.
change-partnership-reawakening =
    .subject = Jumelage avec { $partner } : relance
    .text = Un plan pour ranimer le jumelage avec { $partner } a été adopté.
change-partnership-reawakened =
    .subject = Jumelage avec { $partner } ranimé
    .text = Le jumelage avec { $partner } vit de nouveau.
change-partnership-suspended =
    .subject = Jumelage avec { $partner } suspendu
    .text = Le jumelage avec { $partner } a été suspendu.
change-partnership-resumed =
    .subject = Jumelage avec { $partner } repris
    .text = La suspension du jumelage avec { $partner } a été levée.
change-partnership-concluded =
    .subject = Fin du jumelage avec { $partner }
    .text = Il a été mis fin au jumelage avec { $partner }.
change-partnership-reaffirmed =
    .subject = Jumelage avec { $partner } réaffirmé
    .text = Les deux parties ont réaffirmé le jumelage avec { $partner }.
change-engagement-recorded =
    .subject = Nouveau avec { $partner } : « { $engagement } »
    .text = « { $engagement } » avec { $partner } a été enregistré.
change-engagement-changed =
    .subject = Modifié avec { $partner } : « { $engagement } »
    .text = « { $engagement } » avec { $partner } a été modifié.
change-engagement-deleted =
    .subject = Annulé avec { $partner } : « { $engagement } »
    .text = « { $engagement } » avec { $partner } a été annulé.
change-action-point-promised =
    .subject = Promis avec { $partner } : « { $promise } »
    .text = « { $promise } » a été promis avec { $partner }.
change-action-point-step-taken =
    .subject = Suite avec { $partner } : « { $promise } »
    .text = « { $promise } » avec { $partner } { $state ->
        [open] est ouvert.
        [both_owners_accepted] a été accepté par les deux responsables.
        [in_progress] est en cours.
        [stalled] est à l’arrêt pour le moment.
        [done] est fait.
       *[dropped] est abandonné.
    }
change-outcome-verified =
    .subject = Vérifié avec { $partner } : « { $outcome } »
    .text = Le résultat « { $outcome } » avec { $partner } a été vérifié.
change-outcome-disputed =
    .subject = Contesté avec { $partner } : « { $outcome } »
    .text = Le résultat « { $outcome } » avec { $partner } est contesté.
change-role-created =
    .subject = { $committee } : arrivée de { $person }
    .text = { $person } occupe désormais la fonction « { $office } » ({ $committee }).
change-role-ended =
    .subject = { $committee } : départ de { $person }
    .text = { $person } n’occupe plus la fonction « { $office } » ({ $committee }).
change-share-made =
    .subject = { $partner } partage « { $record } » avec vous
    .text = { $partner } montre désormais « { $record } » à votre programme.
change-share-renewed =
    .subject = { $partner } met à jour « { $record } »
    .text = { $partner } montre désormais à votre programme l’état actuel de « { $record } ».
