# Qué está mal en un campo, como lo dicen las páginas; y cómo se llaman los campos en el resumen de un formulario.

fault-of-field = { $field }: { $fault }

fault-required = Hace falta rellenarlo.
fault-unknown-field = La página envió algo que aquí no se conoce. Vuelve a cargarla.
fault-type = Esto no se puede leer aquí.
fault-empty = No puede quedar vacío.
fault-too-long = Aquí caben como mucho { $most }.
fault-too-few = { $least ->
    [one] Hace falta al menos uno.
   *[other] Hacen falta al menos { $least }.
 }
fault-out-of-range = Tiene que estar entre { $least } y { $most }.
fault-control = Tiene caracteres que no se ven. Escríbelo en vez de pegarlo.
fault-form = { $which ->
    [e-mail-address] Esto no es una dirección de correo.
    [slug] Solo letras minúsculas, cifras y guiones sueltos entre ellas, 64 como mucho.
    [rate] Solo letras minúsculas, cifras, guiones y guiones bajos, 40 como mucho.
    [currency] No es una moneda en uso: tres mayúsculas, como GBP.
    [time-zone] No es una zona horaria, como Europe/London.
    [colour] No es un color, como #a0522d.
    [price] No es un precio, como 12,50.
    [date] No es una fecha de los años 2000 a 2100.
    [day] No es una fecha de los años 2000 a 2100.
    [instant] No es una fecha y hora de los años 2000 a 2100.
    [date-and-time] No es una fecha y hora de los años 2000 a 2100.
    [list-with-one-name-a-line] Escribe un nombre en cada línea.
   *[other] Esto no se puede leer aquí.
 }
fault-not-one-of = Elige una de las opciones que se ofrecen.
fault-skipped-hour = Ese día los relojes se saltan esa hora: no existe.
fault-not-after = { $which ->
    [starts-at] Tiene que ser después del comienzo.
    [opens-at] Tiene que ser después de la apertura.
    [from-at] Tiene que ser después del primer momento.
   *[other] Tiene que ser después del final del tramo anterior.
 }
fault-unknown = { $which ->
    [door] Aquí ya no existe esa puerta.
    [item] Aquí ya no existe ese artículo.
    [item-or-pass] Aquí ya no existe ese artículo o pase.
    [pass] Aquí ya no existe ese pase.
    [rate] Aquí ya no existe esa tarifa.
    [series] Aquí ya no existe esa serie.
    [wristband] Aquí ya no existe esa pulsera.
   *[other] Aquí ya no existe eso.
 }
fault-repeated = Esto ya está aquí.
fault-excluded = Esto no puede ir junto con otra cosa de este formulario.
fault-other-currency = Aquí los precios van en { $currency }.
fault-not-sold-at-rate = No se vende con esa tarifa.
fault-not-on-sale = No está a la venta.
fault-too-large = Todo esto junto ocupa más de { $most } KiB.
fault-too-many-places = Aquí caben como máximo { $most } cosas distintas con límite propio.
fault-role-needed = Elige un rol: leader, follower o switch.
fault-sold-out = { $left ->
    [0] No quedan plazas.
    [one] Solo queda una plaza.
   *[other] Solo quedan { $left } plazas.
 }
fault-below-sold = { $sold ->
    [one] Ya hay una vendida o reservada.
   *[other] Ya hay { $sold } vendidas o reservadas.
 }
fault-already-sold = Ya se ha vendido y no se puede cambiar.
fault-taken = Ya está en uso.
fault-reserved = Ese nombre está reservado.
fault-more-than-due = Solo quedan { $due } por pagar.
fault-method-not-allowed = Aquí no se te ofrece esa forma de pago.
fault-not-free = No es gratis: elige otra forma de pago.
fault-rate-without-amount = La tarifa { $rate } no tiene precio aquí.

fault-changed-meanwhile = Alguien lo ha cambiado mientras tanto.
fault-archived = Se ha archivado.
fault-in-pass = Un pase lo incluye.
fault-being-counted = Se están contando las entradas que ya se vendieron. Guarda otra vez dentro de un minuto.
fault-rate-has-prices = Una tarifa que se ha quitado todavía tiene precios.
fault-last-step = El último tramo no tiene final.
fault-slug-is-fixed = La dirección de un evento no cambia nunca.
fault-last-owner = Tiene que quedar al menos una persona propietaria.
fault-hold-ended = La reserva ha terminado.
fault-order-ended = El pedido ha terminado.
fault-order-cancelled = El pedido se canceló.
fault-order-settled = El pedido está cerrado; quien lo compró ya no cambia.
fault-order-paid = Ya se ha cobrado dinero de este pedido.
fault-order-issued = Sus entradas ya se han emitido.
fault-ticket-void = La entrada está anulada.
fault-ticket-transferred = La entrada se transfirió.
fault-reissued-too-often = Su código se ha renovado demasiadas veces.
fault-held-by-another = Esta entrada es de otra persona: solo ella, o el organizador, puede pasarla.
fault-ticket-used = Esta entrada ya se ha usado: solo el organizador puede pasarla.

field-amount = Importe
field-any = Qué
field-all = Qué
field-bank-details = Datos bancarios
field-brand-colour = Color
field-capacity = Aforo
field-closes-at = Cierre
field-colour = Color
field-currency = Moneda
field-day = Día
field-description = Descripción
field-door = Puerta
field-email = Correo
field-ends-at = Final
field-fee = Comisión
field-followers = Followers
field-full-name = Nombre
field-hold-minutes = Reserva
field-includes = Artículos del pase
field-items = Artículos
field-kind = Tipo
field-leaders = Leaders
field-live = A la venta
field-live-from-at = A la venta desde
field-live-until-at = A la venta hasta
field-material = Material
field-method = Forma de pago
field-name = Nombre
field-notes = Notas
field-opens-at = Apertura
field-owner = Propietaria o propietario
field-passes = Pases
field-payment-methods = Formas de pago
field-pricing-schedule = Precio
field-quantity = Personas
field-rate = Tarifa
field-rates = Tarifas
field-reason = Motivo
field-reference = Referencia
field-reply-to = Dirección de respuesta
field-role = Rol
field-roles = Plazas por rol
field-rooms = Salas
field-series = Serie
field-skip = Omitir
field-slug = Dirección
field-starts-at = Comienzo
field-status = Estado
field-time-zone = Zona horaria
field-title = Título
field-tolerance-minutes = Tolerancia
field-venue-address = Dirección del lugar
field-venue-name = Lugar
field-website = Página web
