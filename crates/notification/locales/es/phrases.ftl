# Lo que rodea un mensaje.

greeting = Buenos días, { $name }:
greeting-anyone = Buenos días:

due-left = Para el { $day }: { $days ->
    [one] queda un día.
   *[other] quedan { $days } días.
}
due-today = Para hoy, { $day }.
due-late = Era para el { $day } y lleva { $days ->
    [one] un día de retraso.
   *[other] { $days } días de retraso.
}
escalated = Se pidió a { $owner } y no hay respuesta desde hace { $days ->
    [one] un día.
   *[other] { $days } días.
}
escalated-nobody = Nadie es responsable de esto, y lleva esperando { $days ->
    [one] un día.
   *[other] { $days } días.
}
escalated-subject = Sin respuesta: { $subject }
handed = { $name } le ha encargado esta tarea.
handed-by-somebody = Se le ha encargado esta tarea.
change-on = Fecha: { $date }.
change-by = Registrado por { $name }.
place = Lugar: { $place }

digest-daily =
    .subject = Su día, { $day }: { $count ->
        [one] un asunto
       *[other] { $count } asuntos
    }
    .text = Para el { $day } hay { $count ->
        [one] un asunto para usted.
       *[other] { $count } asuntos para usted.
    }
digest-weekly =
    .subject = Su semana desde el { $day }: { $count ->
        [one] un asunto
       *[other] { $count } asuntos
    }
    .text = Para la semana desde el { $day } hay { $count ->
        [one] un asunto para usted.
       *[other] { $count } asuntos para usted.
    }
digest-due = Por hacer
digest-changes = Cambios
digest-general = General
digest-more = { $count ->
    [one] Y uno más.
   *[other] Y { $count } más.
}

endpoint-failing =
    .subject = El punto de acceso webhook «{ $endpoint }» no responde
    .text = Al punto de acceso webhook «{ $endpoint }» no le ha llegado nada desde: { $since }.
    .todo = Le rogamos que lo repare antes de que se desactive: { $disabled_at }. Lo que le falta se puede reenviar.
endpoint-disabled =
    .subject = Se ha desactivado el punto de acceso webhook «{ $endpoint }»
    .text = Se ha desactivado el punto de acceso webhook «{ $endpoint }». No le ha llegado nada desde: { $since }.
    .todo = Le rogamos que lo repare, lo vuelva a activar y haga reenviar lo que le falta.
address-refused =
    .subject = El correo a { $person } no llega
    .text = El servidor de correo de { $person } rechaza una dirección registrada; ya no se envía nada a ella.
    .todo = Pida la dirección correcta y corrija la ficha, o haga enviar de nuevo si la antigua funciona.
test-sent =
    .subject = Mensaje de prueba
    .text = Esto es una prueba, enviada el { $sent_at }. Si puede leerla, los mensajes le llegan.
invitation-asked =
    .subject = Invitación: { $title }
    .text = Le invitamos a «{ $title }»: { $begins }.
invitation-changed =
    .subject = Cambiado: { $title }
    .text = «{ $title }» ha cambiado. Nuevo comienzo: { $begins }.
invitation-cancelled =
    .subject = Cancelado: { $title }
    .text = «{ $title }» se ha cancelado. Comienzo previsto: { $begins }.

reason-owner = Recibe este mensaje porque esta tarea le corresponde.
reason-escalation = Recibe este mensaje porque nadie ha respondido y usted es la siguiente instancia.
reason-desk = Recibe este mensaje porque dirige la oficina de { $programme }.
reason-follows-partnership = Recibe este mensaje porque sigue el hermanamiento con { $partner }.
reason-follows-committee = Recibe este mensaje porque pertenece a { $committee } o lo sigue.
reason-digest = Recibe este mensaje porque pidió los resúmenes de { $programme }.
reason-subscribed = Recibe este mensaje porque pidió que { $programme } le informara de estos asuntos.
reason-endpoint-owner = Recibe este mensaje porque el punto de acceso webhook «{ $endpoint }» es suyo.
reason-asked = Recibe este mensaje porque alguien pidió un mensaje de prueba a esta dirección.
reason-invited = Recibe este mensaje porque { $organiser } le invita.

link-open = Abrir
link-unsubscribe = No recibir más mensajes de este tipo
refusal-done = No recibirá más mensajes de este tipo. Lo que le corresponde y llega a su fecha le seguirá llegando.
refusal-digests = No recibirá más resúmenes. Lo que le corresponde le seguirá llegando, en mensajes propios; lo demás queda en su bandeja de entrada.
refusal-unknown = Este enlace no es válido o ya no lo es.
sign-off = { $programme }

month = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
month-alone = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
weekday = { $weekday ->
    [1] lunes
    [2] martes
    [3] miércoles
    [4] jueves
    [5] viernes
    [6] sábado
   *[7] domingo
}
date = { $day } de { $month } de { $year }
date-with-weekday = { $weekday }, { $date }
month-of-year = { $month } de { $year }
year-alone = { $year }
time = { $day }, { $clock } ({ $zone })
time-beside = { $time }; para usted, { $own }
