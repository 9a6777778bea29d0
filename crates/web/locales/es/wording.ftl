### Cómo se leen los valores, en páginas, cartas y documentos. Las listas de nombres van en orden, una palabra cada uno.

wording-weekdays = lunes martes miércoles jueves viernes sábado domingo
wording-weekdays-short = lun mar mié jue vie sáb dom
wording-months = enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
wording-months-short = ene feb mar abr may jun jul ago sept oct nov dic
wording-long-date = { $weekday } { $day } de { $month } de { $year }
wording-every-day = Todos los días
wording-no-day = También incluye
wording-zone = hora de { $city }
wording-days = { $n ->
    [one] 1 día
   *[other] { $n } días
}
wording-hours = { $n } h
wording-minutes = { $n } min
wording-seconds = { $n } s
wording-left = quedan { $span }
wording-ago = hace { $span }
wording-just-now = ahora mismo
wording-as-of = A las { $time }

wording-no-name = Falta el nombre
wording-guest = Invitado { $n } de { $buyer }
wording-with = con { $name }
wording-void-since = Esta entrada ya no es válida, desde { $at }.
wording-refunded-since = Esta entrada fue reembolsada y ya no es válida, desde { $at }.
wording-transferred-since = Esta entrada se pasó a otro evento el { $at } y aquí no es válida.
wording-barcode-is-the-holders = Su código es para su titular, que ya lo ha recibido.
wording-barcode-when-paid = El código llega en cuanto se pague el pedido.

wording-role-leader = Líder
wording-role-follower = Follower
wording-role-switch = Switch
wording-kind-class = Clase
wording-kind-party = Fiesta
wording-kind-physical = Para entregar
wording-kind-digital = Para enviar
wording-kind-access = Todo el evento
wording-method-free = Gratis
wording-method-card = Tarjeta
wording-method-bank-transfer = Transferencia
wording-method-at-door = Pago en la puerta
wording-method-cash = Efectivo
wording-method-card-at-door = Tarjeta en la puerta
wording-method-complimentary = Invitación
wording-ticket-active = Activa
wording-ticket-void = Anulada
wording-ticket-transferred = Transferida
wording-money-paid = Pagada
wording-money-unpaid = Sin pagar
wording-money-part-paid = Pagada en parte
wording-money-part-refunded = Reembolsada en parte
wording-money-refunded = Reembolsada
wording-money-complimentary = Invitación
wording-order-held = Pendiente de pago
wording-order-paid = Pagado
wording-order-fulfilled = Completo
wording-order-expired = Caducado
wording-order-cancelled = Cancelado
wording-event-draft = Borrador
wording-event-live = Publicado
wording-event-cancelled = Cancelado
wording-event-archived = Archivado
wording-staff-owner = Propietario
wording-staff-manager = Gestión
wording-staff-box-office = Taquilla
wording-staff-door = Puerta
wording-staff-content = Contenido
