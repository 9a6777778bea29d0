### El panel del organizador.

## Around every page
dash-today = Hoy
dash-events = Eventos
dash-attendees = Asistentes
dash-staff = Equipo
dash-tokens = Claves de API
dash-settings = Ajustes
dash-organisation = Organización
dash-shop = Página pública
dash-mine = Mis entradas
dash-search = Buscar
dash-actions = Acciones
dash-save = Guardar
dash-change = Cambiar
dash-delete = Eliminar
dash-remove = Quitar
dash-edit = Editar
dash-yes = Sí
dash-no = No
dash-not-done = No se ha hecho
dash-changed = Otra persona lo ha cambiado mientras tanto
dash-changed-more = No se ha guardado nada, y lo que escribiste sigue aquí. Abre la página en otra pestaña para ver qué cambió; si guardas otra vez, vale lo que pone aquí.
dash-nothing-found = Nada encontrado
dash-nothing-found-more = Nada coincide con estos filtros. Quítelos o busque otra cosa.
dash-view-page = Ver página
dash-first-page = Volver a la primera página
dash-shown-of = { $n } de { $total }

## Names of columns and facts
dash-event = Evento
dash-status = Estado
dash-when = Cuándo
dash-tickets = Entradas
dash-ticket = Entrada
dash-revenue = Ingresos
dash-due = Pendiente
dash-name = Nombre
dash-email = Correo electrónico
dash-role = Rol
dash-rate = Tarifa
dash-price = Precio
dash-prices = Precios
dash-paid = Pagado
dash-total = Total
dash-sum = Importe
dash-amount = Cantidad
dash-method = Pago
dash-reference = Referencia
dash-by = Por
dash-placed = Realizado
dash-ended = Terminado
dash-issued = Emitida
dash-note = Nota
dash-notes = Notas
dash-what = Qué
dash-quantity = Unidades
dash-day = Día
dash-kind = Tipo
dash-item = Elemento
dash-pass = Pase
dash-passes = Pases
dash-attendee = Asistente
dash-buyer = Comprador
dash-order = Pedido
dash-orders = Pedidos
dash-state = Estado
dash-money = Dinero
dash-door = Puerta
dash-doors = Puertas
dash-wristbands = Pulseras
dash-history = Historial
dash-ticket-number = Número de entrada
dash-time-zone = Zona horaria
dash-website = Sitio web
dash-colour = Color
dash-answers = Respuestas
dash-platform = Plataforma
dash-unit-tickets = entradas
dash-unit-minutes = minutos
dash-any = Cualquiera
dash-any-state = Cualquier estado
dash-all-events = Todos los eventos
dash-admitted = Dentro
dash-not-admitted = Todavía no
dash-overview = Resumen
dash-setup = Configuración
dash-items = Elementos y pases
dash-scanner = Escáner
dash-undone = Deshecho

## After something was done
dash-done-saved = Guardado.
dash-done-created = Creado.
dash-done-published = Publicado: ahora todo el mundo puede verlo.
dash-done-unpublished = Retirado: ahora solo lo ve el equipo.
dash-done-copied = El siguiente evento se ha creado como copia del último.
dash-done-deleted = Eliminado.
dash-done-archived = Ya se había vendido, así que se ha archivado: las entradas lo conservan y nadie puede comprarlo.
dash-done-paid = El pago se ha registrado.
dash-done-cancelled = El pedido se ha cancelado y sus plazas vuelven a estar libres.
dash-done-sold = Vendido. Las entradas se envían por correo.
dash-done-resent = El correo de la entrada se envía de nuevo.
dash-done-reissued = Hay un código nuevo; el anterior ya no vale.
dash-done-voided = La entrada está anulada.
dash-done-checked-in = Entrada registrada.
dash-done-undone = Se deshizo: puede volver a entrar.
dash-done-invited = Invitación enviada. Recibirá por correo un enlace para entrar.
dash-done-role-changed = El rol se ha cambiado.
dash-done-removed = Quitado.
dash-done-revoked = La clave ya no abre nada.
dash-done-doors-made = Las puertas se han creado.
dash-done-no-doors = Cada día ya tiene su puerta.
dash-done-moved = Movido.
dash-done-unchanged = No se ha cambiado nada.

## Today
dash-sales-today = Vendido hoy
dash-sales-week = Vendido en 7 días
dash-checked-in-now = Dentro ahora
dash-events-coming = Próximos eventos
dash-n-tickets = { $n ->
    [one] 1 entrada
   *[other] { $n } entradas
}
dash-of-tickets = { $n ->
    [one] de 1 entrada
   *[other] de { $n } entradas
}
dash-n-checked-in = { $n ->
    [one] 1 dentro
   *[other] { $n } dentro
}
dash-next-events = Próximos eventos
dash-nothing-comes = Ningún evento a la vista
dash-nothing-comes-more = Cree un evento, añada lo que se puede comprar y publíquelo.
dash-attention = Requiere atención
dash-attention-none = Nada: todo el correo ha salido y ningún pago va con retraso.
dash-letters-wait = { $n ->
    [one] 1 carta espera
   *[other] { $n } cartas esperan
}
dash-letters-wait-more = Este programa aún no tiene servidor de correo. No se pierde nada: las cartas saldrán en cuanto lo tenga.
dash-letters-failed = { $n ->
    [one] 1 carta no se ha podido enviar; se intentará de nuevo
   *[other] { $n } cartas no se han podido enviar; se intentará de nuevo
}
dash-transfer-ends = { $who }: transferencia, { $left }
dash-part-paid = { $who } ha pagado una parte
dash-still-due = { $due } pendientes.
dash-more-orders = { $n ->
    [one] y 1 pedido más
   *[other] y { $n } pedidos más
}

## Events and series
dash-new-event = Nuevo evento
dash-new-event-lead = Empieza como borrador que solo ve el equipo.
dash-new-event-make = Crear evento
dash-events-none = Todavía no hay eventos
dash-events-none-more = Cree el primero: una fiesta, un curso, un festival.
dash-events-shown = { $n ->
    [one] 1 evento
   *[other] { $n } eventos
}
dash-series = Series
dash-new-series = Nueva serie
dash-new-series-lead = Eventos que van juntos: una clase semanal o las ediciones de un festival. El siguiente se crea como copia del último.
dash-new-series-make = Crear serie
dash-series-title = Nombre de la serie
dash-series-title-hint = Por ejemplo, Martes de Salsa
dash-series-last = Último: { $when }
dash-series-none = Todavía sin eventos.
dash-series-first = Crear el primer evento
dash-series-next = Crear el siguiente
dash-series-next-of = Siguiente { $series } el

## Set-up of an event
dash-setup-what = Qué es
dash-setup-what-about = Como lo muestra su página.
dash-setup-title = Título
dash-setup-slug = Nombre en la dirección
dash-setup-slug-hint = Minúsculas, cifras y guiones; no cambia nunca. Si se deja vacío, se crea solo.
dash-setup-description = Descripción
dash-setup-series = Serie
dash-setup-no-series = Ninguna
dash-setup-when = Cuándo y dónde
dash-setup-when-about = Las horas son las de la zona horaria del evento.
dash-setup-starts = Empieza
dash-setup-ends = Termina
dash-setup-zone-hint = Por ejemplo, Europe/Madrid
dash-setup-venue = Lugar
dash-setup-address = Dirección
dash-setup-rooms = Salas
dash-setup-rooms-hint = Una por línea, en el orden del programa.
dash-setup-rates = Tarifas
dash-setup-rates-about = Para quién es cada precio: general, estudiante. Hasta 4; la primera es la habitual. Deje las demás vacías.
dash-setup-rate = Tarifa { $n }
dash-setup-rate-name = Nombre
dash-setup-rate-id = Nombre corto
dash-setup-rate-id-hint = Para programas; se crea a partir del nombre si está vacío.
dash-setup-rate-proof = La puerta pide un justificante, como el carné de estudiante
dash-setup-sale = Cómo se vende
dash-setup-sale-about = Cuántas personas caben, cómo pueden pagar y si el público lo ve.
dash-setup-methods = El público puede pagar con
dash-setup-hold = Una reserva dura
dash-setup-hold-hint = Cuánto se guardan las plazas mientras alguien paga.
dash-setup-status-hint = Los borradores solo los ve el equipo.
dash-capacity = Aforo
dash-capacity-hint = Máximo de entradas; vacío significa sin límite.

## One event at a glance
dash-publish = Publicar
dash-unpublish = Retirar
dash-new-order = Nuevo pedido
dash-overview-empty = Todavía no hay nada que comprar
dash-overview-empty-more = Añada lo que se ofrece, como una fiesta o un día de clases, y agrúpelo en pases.
dash-overview-empty-do = Añadir elementos
dash-unpaid-tickets = { $n ->
    [one] 1 entrada sin pagar
   *[other] { $n } entradas sin pagar
}
dash-checked-in = Dentro
dash-sales-over-time = Ventas en el tiempo
dash-sales = Ventas
dash-by-pass = Por pase
dash-by-rate = Por tarifa
dash-archived-pass = Pase archivado
dash-archived-item = Elemento archivado
dash-items-alone = Elementos sin pase
dash-places = Plazas
dash-roles = Leaders y followers
dash-leaders = Leaders
dash-followers = Followers
dash-switches = { $n ->
    [one] y 1 que hace ambos roles
   *[other] y { $n } que hacen ambos roles
}
dash-latest-orders = Últimos pedidos
dash-all-orders = Todos los pedidos

## Items and passes
dash-new-item = Nuevo elemento
dash-new-pass = Nuevo pase
dash-items-none = Todavía no hay elementos
dash-items-none-more = Un elemento es una cosa que se ofrece: una fiesta, un día de clases, una cena. Los pases los agrupan.
dash-save-and-more = Guardar y añadir otro
dash-like-item = Crear uno parecido
dash-like-pass = Crear uno parecido
dash-passes-none = Todavía no hay pases
dash-passes-none-more = Un pase agrupa elementos y muestra lo que se ahorra.
dash-grid-caption = Elementos por día y qué pases los incluyen
dash-taken = Ocupadas
dash-no-day = Sin día propio
dash-only-in-passes = solo en pases
dash-not-on-sale = No está a la venta
dash-pass-includes = { $pass } incluye { $item }
dash-saves = Ahorra
dash-saving = Por separado, sus elementos costarían más. Se ahorra
dash-includes = Incluye
dash-next-price = Próximo precio
dash-next-price-from = { $price } desde { $from }
dash-next-price-sold = { $price } tras vender { $n }
dash-archived-things = Archivados: { $names }
dash-item-what = El elemento
dash-item-what-about = Una cosa que se ofrece, en un día, cada día o sin día.
dash-item-prices-about = Un precio, o varios que se suceden. Sin ninguno, solo se ofrece en pases y no tiene valor propio.
dash-sold-alone = Se puede comprar sin pase
dash-sold-alone-hint = Su precio cuenta igualmente para lo que ahorran los pases.
dash-pass-what = El pase
dash-pass-what-about = Varios elementos que se venden como uno.
dash-pass-prices-about = Un precio, o varios que se suceden: anticipado y luego normal.
dash-no-items = No hay elementos que incluir
dash-no-items-more = Cree primero los elementos.
dash-step = Precio { $n }
dash-step-name = Nombre del precio
dash-step-name-example = Anticipado
dash-step-unnamed = Precio
dash-step-until = Hasta
dash-step-until-sold = O hasta vender
dash-steps-more = Más precios en el tiempo
dash-places-about = Cada entrada que lo incluye ocupa una plaza. Déjelo vacío si no hay límite propio.
dash-roles-hint = Ambos o ninguno: con números aquí, cada entrada debe indicar un rol.
dash-on-sale = A la venta
dash-on-sale-about = Mientras el evento está publicado.
dash-live = A la venta
dash-live-yes = Sí
dash-live-no = No
dash-live-between = Entre dos fechas
dash-live-from = Desde
dash-live-until = Hasta
dash-live-now = A la venta
dash-delete-item-about = Lo que nunca se vendió desaparece. Lo vendido se archiva: las entradas lo conservan.
dash-delete-pass-about = Un pase que nunca se vendió desaparece. Uno vendido se archiva: las entradas lo conservan.

## Orders
dash-orders-none = Todavía no hay pedidos
dash-orders-none-more = Los pedidos aparecen aquí en cuanto alguien empieza a comprar. Comparta la página del evento.
dash-orders-search = Buscar pedidos
dash-orders-search-example = Comprador, correo, referencia
dash-orders-shown = { $n ->
    [one] 1 pedido
   *[other] { $n } pedidos
}
dash-buyer-unknown = Aún eligiendo
dash-order-title = Pedido { $reference }
dash-order-buyers-page = Página del comprador
dash-lines = Líneas
dash-payments = Pagos
dash-payments-none = Todavía no hay pagos
dash-payments-none-more = Registre uno cuando haya llegado el dinero.
dash-not-issued = Aún no emitida
dash-not-paid = No está pagado del todo
dash-held-until = Sus plazas se guardan hasta el { $until }. { $due } pendientes.
dash-expired-more = No se pagó a tiempo y sus plazas están libres. Un pago tardío las recupera si aún quedan.
dash-record-payment = Registrar pago
dash-record-payment-lead = Indique lo que ha llegado. Cuando no quede nada pendiente se envían las entradas. { $due } pendientes.
dash-record-payment-expired = La reserva ha terminado: el pago recupera las plazas al precio anterior, si aún quedan.
dash-record = Registrar
dash-reference-hint = Número de recibo o de transferencia.
dash-order-cancel = Cancelar pedido
dash-order-cancel-title = ¿Cancelar este pedido?
dash-order-cancel-lead = { $n ->
    [one] Su entrada queda anulada y su plaza libre. No se puede deshacer.
   *[other] Sus { $n } entradas quedan anuladas y sus plazas libres. No se puede deshacer.
}

## The box office
dash-sale-what = Qué
dash-items-only = Elementos sueltos
dash-sale-people = Personas
dash-no-role = No se pide
dash-sold-out = Agotado
dash-sale-email-hint = Ahí se envían las entradas.
dash-sale-payment = Pago
dash-sale-sum = La venta
dash-sell = Vender
dash-sale-nothing = No hay nada a la venta
dash-sale-nothing-more = El evento debe estar publicado, con pases o elementos a la venta ahora.
dash-sale-cash = Ya tiene el dinero; las entradas salen al momento.
dash-sale-card-at-door = Pagado en su lector de tarjetas; las entradas salen al momento.
dash-sale-at-door = Las entradas salen al momento, sin pagar; la puerta dice lo pendiente.
dash-sale-bank-transfer = Las plazas se guardan hasta que llegue el dinero.
dash-sale-complimentary = Regaladas: no hay nada que pagar.

## Attendees and one ticket
dash-attendees-found = { $n ->
    [one] 1 entrada
   *[other] { $n } entradas
}
dash-attendees-none = Todavía nadie
dash-attendees-none-more = Aquí aparece quien tiene entrada.
dash-attendees-search = Buscar asistentes
dash-attendees-search-example = Nombre, correo, entrada, pedido
dash-holders-page = Página del titular
dash-admits-to = Da acceso a
dash-given-by = Dado por
dash-bought-alone = Comprado suelto
dash-given-by-staff = Equipo: { $reason }
dash-sales-none = No se ha movido dinero por esta entrada
dash-sales-none-more = Aquí aparecen los pagos de su pedido.
dash-alert = Revise esto
dash-alert-twice = Alguien ha entrado dos veces con esta entrada: { $first } y { $second }.
dash-alert-despite = Se dejó entrar en { $scan }, aunque el veredicto es: { $verdict }.
dash-happened-issued = Emitida
dash-happened-paid = { $amount } pagados, { $method }
dash-happened-renamed = Datos cambiados
dash-happened-handed-on = Entregada a otra persona, con un código nuevo
dash-happened-reissued = Código nuevo
dash-happened-resent = Correo enviado de nuevo a { $to }
dash-happened-voided = Anulada
dash-happened-voided-released = Anulada y plazas liberadas
dash-happened-noted = Notas cambiadas
dash-happened-band = Pulsera { $name } entregada de nuevo
dash-happened-scan = { $verdict }, { $door }
dash-in-spite = A pesar de ello: { $reason }
dash-before = Antes: { $before }
dash-resend = Enviar de nuevo
dash-resend-title = ¿Enviar esta entrada de nuevo?
dash-resend-lead = El correo con la entrada se envía otra vez a { $to }. El código no cambia.
dash-reissue = Código nuevo
dash-reissue-title = ¿Crear un código nuevo?
dash-reissue-lead = El código anterior deja de valer al momento, también en papel. El nuevo se envía a { $to }.
dash-void = Anular
dash-void-title = ¿Anular esta entrada?
dash-void-lead = La entrada de { $name } ya no dará acceso. Esto no devuelve dinero. No se puede deshacer.
dash-void-reason = Motivo
dash-void-reason-hint = Queda en el historial de la entrada.
dash-void-release = Liberar sus plazas
dash-void-release-hint = Así puede ocuparlas otra persona.
dash-edit-title = Editar esta entrada
dash-edit-lead = Lo anterior queda en su historial.
dash-notes-hint = Solo las ve el equipo, también en la puerta.
dash-check-in = Registrar entrada
dash-check-in-title = Registrar entrada a mano
dash-check-in-lead = { $name } entra, como si se hubiera escaneado el código en esta puerta.
dash-check-in-no-doors = Todavía no hay puertas. Créelas primero.
dash-undo = Deshacer
dash-undo-title = ¿Deshacer esta entrada?
dash-undo-lead = { $name } entró por { $door }, { $when }. Si se deshace, la entrada se puede volver a usar allí; lo ocurrido queda en su historial.
dash-override = Dejar entrar igualmente, porque
dash-override-hint = El motivo queda en el historial.

## Doors and wristbands
dash-doors-none = Todavía no hay puertas
dash-doors-none-more = Una puerta dice a qué da acceso y cuándo. Cree una por día con un clic.
dash-doors-by-day = Crear puertas según los días
dash-new-door = Nueva puerta
dash-door-of-day = Principal, { $day }
dash-door-only = Puerta principal
dash-door-what = La puerta
dash-door-what-about = Quien tenga uno de estos elementos entra por aquí.
dash-open = Abierta
dash-open-about = Sin horas, nunca mira el reloj.
dash-open-from = Desde { $at }
dash-open-until = Hasta { $at }
dash-open-always = Siempre
dash-opens = Abre
dash-closes = Cierra
dash-tolerance = Tolerancia
dash-tolerance-hint = Cuánto antes o después sigue siendo a tiempo.
dash-reentry = Reentrada
dash-reentry-hint = Deja salir y volver a entrar.
dash-delete-door-about = Deja de mostrarse. Los escaneos pendientes en los móviles se aceptan.
dash-bands-none = Todavía no hay reglas
dash-bands-none-more = Una regla dice quién recibe qué pulsera, por ejemplo: quien tiene el pase completo recibe una roja.
dash-bands-about = De la primera a la última: cada regla que se cumple entrega su pulsera, salvo que una anterior diga lo contrario.
dash-bands-preview = Resultado para las entradas vendidas
dash-new-rule = Nueva regla
dash-band = Pulsera
dash-band-about = Lo que se entrega.
dash-material = Material
dash-material-example = plástico, papel, sello
dash-for-whom = Para quién
dash-for-whom-about = Deben cumplirse todas las condiciones; ninguna significa todo el mundo.
dash-holds-all = Tiene todo esto
dash-holds-any = Tiene al menos uno de estos
dash-at-rates = Con una de estas tarifas
dash-then-not = Entonces no
dash-then-not-about = Qué pulseras de las reglas siguientes no recibe quien tiene esta.
dash-skip-rest = Nada de las reglas siguientes
dash-skip-these = No estas pulseras
dash-order-of-rules = Orden
dash-move-up = Subir
dash-move-down = Bajar
dash-when-all = tiene { $things }
dash-when-any = tiene uno de { $things }
dash-when-rates = con tarifa { $rates }
dash-when-everybody = Todo el mundo
dash-holds = Tiene
dash-gets = Recibe
dash-gets-nothing = Nada

## Staff, tokens, settings
dash-staff-lead = Quién trabaja aquí y qué puede hacer.
dash-member = Miembro
dash-role-of = Rol de { $name }
dash-remove-member = Quitar a { $name }
dash-invite = Invitar a alguien
dash-invite-about = Recibe un enlace por correo y puede entrar enseguida.
dash-invite-send = Enviar invitación
dash-role-hint = Más abajo se explica qué puede hacer cada rol.
dash-roles-explained = Roles
dash-roles-explained-about = De todo a solo la puerta.
dash-role-owner = Todo, incluidos equipo y ajustes.
dash-role-manager = Todo menos equipo y ajustes.
dash-role-box-office = Vende, cobra, ayuda con entradas y escanea.
dash-role-door = Escanea y registra entradas.
dash-role-content = Ve eventos y ajustes; escribe lo que lee el público.
dash-tokens-lead = Claves con las que los programas usan la API de esta organización.
dash-tokens-none = Todavía no hay claves
dash-tokens-none-more = Cree una para cada programa, para poder revocarlas por separado.
dash-new-token = Nueva clave
dash-new-token-about = Su secreto se muestra una vez, justo después de crearla.
dash-new-token-make = Crear clave
dash-token-name = Para qué es
dash-token-name-hint = Por ejemplo, el sitio web o una hoja de cálculo.
dash-token-made = La clave «{ $name }» se ha creado
dash-token-once = Copie ahora su secreto: no se volverá a mostrar.
dash-token-good = Vigente
dash-revoke = Revocar
dash-revoke-token = Revocar { $name }
dash-revoked = Revocada
dash-settings-what = La organización
dash-settings-what-about = Como la muestra su portada.
dash-settings-zone-hint = Los eventos nuevos empiezan con ella; los existentes conservan la suya.
dash-settings-brand = Imagen
dash-settings-brand-about = El color de páginas y correos. Se ajusta donde el texto sería difícil de leer.
dash-colour-preview = Así se ve el color guardado:
dash-colour-sample = Comprar entradas
dash-colour-sample-new = Nuevo
dash-colour-sample-link = Un enlace
dash-settings-mail = Correo
dash-settings-mail-about = Las entradas se envían en nombre de la organización.
dash-reply-to = Las respuestas van a
dash-reply-to-hint = También se muestra como contacto en las páginas públicas.
dash-settings-bank = Transferencia
dash-settings-bank-about = Lo que debe saber quien paga por transferencia.
dash-bank-details = Cuenta, banco, concepto
dash-settings-owners = Solo un propietario puede cambiarlos
dash-settings-owners-more = Pídalo a un propietario de la organización.
