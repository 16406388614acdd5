# Lo que ha cambiado: una frase para cada suceso que se comunica.

change-agreement-signed =
    .subject = Firmado: «{ $agreement }» con { $partner }
    .text = Todas las partes han firmado «{ $agreement }» con { $partner }.
change-agreement-notice-given =
    .subject = Denunciado: «{ $agreement }» con { $partner }
    .text = Se ha denunciado «{ $agreement }» con { $partner }; termina el { $ends }.
change-partnership-enquired =
    .subject = { $partner } pide un hermanamiento
    .text = { $partner } desea un hermanamiento.
change-partnership-agreed =
    .subject = Hermanamiento con { $partner } acordado
    .text = El hermanamiento con { $partner } está acordado.
change-partnership-declined =
    .subject = Solicitud de { $partner } rechazada
    .text = Se ha rechazado la solicitud de hermanamiento de { $partner }.
change-partnership-review-opened =
    .subject = Hermanamiento con { $partner } en revisión
    .text = Se ha abierto una revisión del hermanamiento con { $partner }.
change-partnership-reawakening =
    .subject = Se va a reavivar el hermanamiento con { $partner }
    .text = Se ha adoptado un plan para reavivar el hermanamiento con { $partner }.
change-partnership-reawakened =
    .subject = Hermanamiento con { $partner } reavivado
    .text = El hermanamiento con { $partner } vuelve a estar vivo.
change-partnership-suspended =
    .subject = Hermanamiento con { $partner } suspendido
    .text = Se ha suspendido el hermanamiento con { $partner }.
change-partnership-resumed =
    .subject = Hermanamiento con { $partner } reanudado
    .text = Se ha levantado la suspensión del hermanamiento con { $partner }.
change-partnership-concluded =
    .subject = Fin del hermanamiento con { $partner }
    .text = Se ha puesto fin al hermanamiento con { $partner }.
change-partnership-reaffirmed =
    .subject = Hermanamiento con { $partner } reafirmado
    .text = Ambas partes han reafirmado el hermanamiento con { $partner }.
change-engagement-recorded =
    .subject = Nuevo con { $partner }: «{ $engagement }»
    .text = Se ha registrado «{ $engagement }» con { $partner }.
change-engagement-changed =
    .subject = Cambiado con { $partner }: «{ $engagement }»
    .text = Se ha cambiado «{ $engagement }» con { $partner }.
change-engagement-deleted =
    .subject = Cancelado con { $partner }: «{ $engagement }»
    .text = Se ha cancelado «{ $engagement }» con { $partner }.
change-action-point-promised =
    .subject = Prometido con { $partner }: «{ $promise }»
    .text = Se ha prometido «{ $promise }» con { $partner }.
change-action-point-step-taken =
    .subject = Avance con { $partner }: «{ $promise }»
    .text = «{ $promise }» con { $partner } { $state ->
        [open] está pendiente.
        [both_owners_accepted] ha sido aceptado por ambos responsables.
        [in_progress] está en marcha.
        [stalled] está parado por ahora.
        [done] está hecho.
       *[dropped] se ha abandonado.
    }
change-outcome-verified =
    .subject = Verificado con { $partner }: «{ $outcome }»
    .text = Se ha verificado el resultado «{ $outcome }» con { $partner }.
change-outcome-disputed =
    .subject = Discutido con { $partner }: «{ $outcome }»
    .text = Alguien discute el resultado «{ $outcome }» con { $partner }.
change-role-created =
    .subject = { $committee }: se incorpora { $person }
    .text = { $person } ocupa ahora el cargo «{ $office }» ({ $committee }).
change-role-ended =
    .subject = { $committee }: se retira { $person }
    .text = { $person } ya no ocupa el cargo «{ $office }» ({ $committee }).
change-share-made =
    .subject = { $partner } comparte «{ $record }» con su programa
    .text = { $partner } muestra ahora «{ $record }» a su programa.
change-share-renewed =
    .subject = { $partner } actualiza «{ $record }»
    .text = { $partner } muestra ahora a su programa el estado actual de «{ $record }».
