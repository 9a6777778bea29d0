### Lo que dicen las entradas para imprimir y las citas de calendario.

document-title = Entradas para { $event }
document-ticket-of = Entrada { $n } de { $of }
document-number = Entrada { $number }
document-bought = Entrada
document-rate = Tarifa
document-role = Rol
document-due = { $amount } por pagar en la puerta
document-proof = Trae un justificante para la tarifa { $rate }
document-admits = A qué da acceso
document-more = … y { $n } más: mira tu entrada en línea
document-cancelled = Este evento se ha cancelado
document-code = Código QR de esta entrada
document-small-print = Muestra el código en la puerta, en papel o en el móvil. Solo sirve una vez: entra quien lo enseñe primero, así que no publiques una foto. Si lo pierdes o lo has compartido, pide uno nuevo y el anterior dejará de valer.
document-order = Pedido { $reference }.
document-questions = ¿Preguntas? Escribe a { $email }.
