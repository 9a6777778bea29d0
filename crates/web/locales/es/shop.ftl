# La tienda: la portada de una organización, un evento, elegir, quién viene, pagar, un pedido.

welcome-title = Más baile. Menos colas.
welcome-lead = Entradas para festivales, congresos, clases y fiestas de baile. Tu organizador te ha enviado un enlace a su evento; aquí entras para ver lo que tienes.
shop-my-tickets = Mis entradas
shop-sign-in = Entrar
shop-contact = Contacto
shop-website = Página web

organisation-coming = Próximamente
organisation-past = Lo que ya fue
organisation-nothing = Todavía no hay nada anunciado
organisation-nothing-more = Los nuevos eventos aparecen aquí en cuanto se anuncian. Vuelve pronto.

event-cancelled = Cancelado
event-cancelled-more = Este evento no se celebra. A quienes compraron se les ha dicho qué pasa ahora.
event-draft = Aún no es público
event-see = Ver más
event-passes = Pases
event-items = Por separado
event-any-time = En cualquier momento
event-free = Gratis
event-cover = Ver lo más barato para tener esto
event-from = Desde
event-choose = Elegir
event-saves-most = Mayor ahorro
event-buy = Comprar entradas
event-calendar = Calendario
event-next-from = { $price } desde el { $when }
event-next-soon = { $price }
event-nothing-yet = Todavía no hay nada a la venta
event-nothing-yet-more = Las entradas aparecen aquí en cuanto empieza la venta.
event-others = Qué más hay
event-over = Este evento ha terminado
event-over-more = Gracias por bailar con nosotros. Mira en la portada lo que viene.

buy-pick = Elegir
buy-who = Quién
buy-pay = Pagar
buy-done = Listo

pick-title-items = ¿Qué quieres hacer?
pick-title-pass = Elige tus pases
pick-how = Cómo elegir
pick-by-items = Lo que quiero hacer
pick-by-pass = Por pase
pick-rate = Tarifa
pick-rate-proof = { $rate } (trae el justificante)
pick-people = Para cuántas personas
pick-role = ¿Cómo bailas?
pick-how-many = Cuántos
pick-go-on = Continuar
pick-bar = ¿Cuántos de cada uno?
pick-nothing = Todavía no has elegido nada. Marca lo que quieres hacer, o cuántos pases quieres.
pick-not-possible = Así no es posible

cover-title = Lo más barato para tu elección
cover-total = Total
cover-alone = Por separado
cover-times = { $n } × { $step }
cover-tick-first = Marca lo que quieres hacer, y aquí aparece la manera más barata de tenerlo todo.
cover-impossible = No se puede tener todo eso
cover-impossible-more = Algo de lo marcado está agotado, o no se vende a esta tarifa. Quítalo, o elige otra tarifa.

who-title = ¿Quién viene?
who-buyer = Tú, que compras
who-name = Tu nombre
who-email = Correo electrónico
who-email-hint = Aquí llegan el pedido y sus entradas.
who-ticket = Entrada { $n }: { $what }
who-holder-name = Nombre en la entrada
who-holder-email = Correo de la persona a quien va
who-holder-email-hint = Solo si no eres tú: recibe su propia entrada.
who-give-hint = La recibe por correo, y el código que tienes ahora deja de valer al momento.
who-given-hint = Ahora es suya: solo esa persona, o el organizador, puede pasarla.
who-first-hint = Vacío significa tu propio nombre.
who-later-hint = Se puede dar más tarde.
who-partner = Baila con
who-save = Guardar
who-fault-of-ticket = Entrada { $n }, { $field }
who-go-on = Continuar al pago

pay-title = ¿Cómo quieres pagar?
pay-title-free = No hay nada que pagar
pay-how = Forma de pago
pay-at-door-more = Tu entrada se emite ahora. Pagas al llegar.
pay-bank-transfer-more = Guardamos tus plazas mientras llega la transferencia. Las entradas llegan cuando se haya recibido.
pay-nothing = No hay nada que pagar. Tus entradas se emiten en cuanto confirmes.
pay-none = Aquí todavía no se puede pagar en línea
pay-none-more = Guardamos tus plazas hasta la hora indicada. Pregunta al organizador cómo pagar: { $contact }
pay-choose = Elige una de estas.
pay-confirm = Confirmar, { $sum }
pay-confirm-free = Confirmar

order-done = Ya estás dentro
order-issuing = Tus entradas se están preparando
order-reserved = Tus plazas están guardadas
order-expired = La reserva ha terminado
order-cancelled = Este pedido se canceló
order-number = Pedido { $number }
order-tickets = { $n ->
    [one] 1 entrada
   *[other] { $n } entradas
}
order-transfer = Transfiere { $sum } antes del { $until }
order-transfer-reference = Pon { $reference } como concepto, para que sepamos que es tuyo.
order-held = Esperando tu pago
order-held-more = Tus plazas son tuyas hasta que termine la reserva. El organizador puede decirte cómo pagar.
order-due = { $sum } a pagar en la puerta
order-due-more = Tu entrada es válida. Ten el importe preparado al llegar.
order-mailed = Tus entradas van de camino
order-mailed-more = Las enviamos a { $email }. Guarda la dirección de esta página: también las muestra.
order-mailed-to-holder = Esta entrada va a { $email }.
order-ended = No se ha cobrado nada, y las plazas están libres de nuevo.
order-again = Elegir de nuevo
order-open-ticket = Abrir esta entrada
order-give-names = Decir quién viene
order-change-names = Cambiar nombres
order-pdf = Todas las entradas en PDF
order-give-up = Devolver las plazas
