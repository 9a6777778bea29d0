### Lo que dicen las cartas. `{ $event }` y similares se rellenan con lo que escribió la gente.

letter-platform = Dance Engine
letter-questions = ¿Preguntas? Responde a este correo y llegarás a { $name }.
letter-open-order = Ver y gestionar tu pedido
letter-open-ticket = Abrir esta entrada
letter-order-ended = Este pedido se canceló o caducó. Ya no te guardamos nada y no hay nada que pagar.
letter-total = Total
letter-paid = Pagado
letter-refunded = Reembolsado
letter-still-due = Por pagar
letter-still-due-at-door = Por pagar en la puerta

letter-sign-in-subject = Entra en { $site }
letter-sign-in-preview = Dentro está tu enlace. Solo sirve una vez.
letter-sign-in-once = Pulsa el botón en el dispositivo en el que quieres entrar. El enlace sirve una sola vez y por poco tiempo; puedes pedir otro cuando quieras.
letter-sign-in-button = Entrar
letter-sign-in-not-you = Si no lo has pedido tú, no hagas nada: sin este correo nadie puede entrar en tu nombre.

letter-tickets-subject = { $n ->
    [one] Tu entrada para { $event }, { $day }
   *[other] Tus { $n } entradas para { $event }, { $day }
}
letter-tickets-title = { $n ->
    [one] Aquí tienes tu entrada
   *[other] Aquí tienes tus entradas
}
letter-names-later = Todavía faltan nombres. Puedes dar los nombres, y las direcciones a las que se envían las entradas, en la página de tu pedido.
letter-sent-to-holder = Esta entrada se envió a { $email }.

letter-ticket-subject = Tu entrada para { $event }, { $day }
letter-ticket-title = Aquí tienes tu entrada
letter-ticket-replaced = Esta entrada sustituye a una que recibiste antes. El código anterior ya no vale.
letter-pdf = Imprimirla (PDF)
letter-calendar = Añadirla a tu calendario
letter-bought = Entrada
letter-rate = Tarifa
letter-role = Rol
letter-number = Número
letter-code = El código QR de esta entrada. Si no lo ves, abre la entrada con el enlace de abajo.
letter-due-at-door = { $amount } por pagar en la puerta
letter-proof = Trae un justificante para la tarifa { $rate }

letter-reserved-subject = Paga antes del { $until } para conservar tus plazas en { $event }
letter-reserved-subject-ended = Tu pedido para { $event }, { $day }
letter-reserved-title = Tus plazas están reservadas
letter-held-until = Reservadas para ti hasta el { $until }. Tus entradas llegan en cuanto se reciba el dinero.
letter-reserved-paid = Este pedido está pagado. No queda nada por hacer: tus entradas llegan en otro correo.
letter-pay = Pagar ahora
letter-transfer-amount = Importe
letter-transfer-reference = Concepto
letter-transfer-to = Cuenta en la que pagar
letter-no-bank-details = Responde a este correo para pedir la cuenta.
letter-transfer-takes-time = Escribe el concepto exactamente como está aquí, para que encontremos tu pago. Una transferencia puede tardar unos días en llegar.
