# Lo que ve quien tiene una entrada, entrar, y lo que sale mal.

ticket-title = Tu entrada para { $event }
ticket-admits = A qué da acceso
ticket-details = Detalles
ticket-bought = Comprado
ticket-rate = Tarifa
ticket-role = Rol
ticket-money = Dinero
ticket-number = Número de entrada
ticket-proof = trae el justificante
ticket-no-barcode = Aquí no hay código
ticket-not-yours = Se muestra a la persona que tiene la entrada.

mine-title = Mis eventos
mine-coming = Próximamente
mine-nothing = Todavía no hay entradas
mine-nothing-more = Las entradas compradas con esta dirección aparecen aquí.
mine-sign-out = Salir
mine-work = Donde trabajas
mine-platform = La plataforma

scanned-title = Esta es una entrada de Dance Engine
scanned-more = Entra para ver las tuyas.

sign-in-title = Entrar
sign-in-lead = Escribe tu dirección y te enviamos un enlace. No hay contraseña.
sign-in-send = Enviarme un enlace
sign-in-sent = Mira tu correo
sign-in-sent-more = Si conocemos { $email }, el enlace va de camino. Sirve una vez, durante 10 minutos.
sign-in-mailbox = Aquí no hay servidor de correo: abre el buzón
sign-in-email-needed = Escribe tu correo electrónico.
sign-in-too-many = Han sido demasiadas veces para esta dirección. Prueba dentro de una hora.
sign-in-as = Entras como { $email }.
sign-in-now = Entrar ahora
sign-in-over = Este enlace ya no sirve
sign-in-over-more = Ya se usó, o tiene más de 10 minutos. Pide uno nuevo.
sign-in-again = Enviarme un enlace nuevo

mailbox-title = Buzón
mailbox-lead = Cartas que esperan porque no hay servidor de correo. Solo el desarrollo y las demostraciones tienen esta página.
mailbox-empty = No espera ninguna carta
mailbox-empty-more = Compra una entrada, o pide un enlace para entrar, y aparece aquí.
mailbox-from = De
mailbox-to = Para
mailbox-kind = Carta
mailbox-sign-in = Un enlace para entrar
mailbox-tickets = Las entradas de un pedido
mailbox-ticket = Una entrada
mailbox-reserved = Un pedido reservado y cómo pagarlo
mailbox-since = Desde
mailbox-files = Archivos
mailbox-html = Verla como la muestra un programa de correo

trouble-home = A la portada
trouble-not-found = Aquí no hay nada
trouble-not-found-more = La dirección no es correcta, o lo que había ya no está, o no puedes verlo.
trouble-forbidden = Tu rol no permite esto
trouble-forbidden-more = Pregunta a un propietario de tu organización si lo necesitas.
trouble-conflict = Eso no ha sido posible tal como está
trouble-conflict-more = No se ha cambiado nada. Vuelve atrás, carga la página otra vez y mira cómo está ahora.
trouble-too-many = Demasiado a la vez
trouble-too-many-more = Espera un momento y prueba otra vez.
trouble-invalid = Algo no está bien en esta petición
trouble-invalid-more = No se ha cambiado nada.
trouble-ours = Algo nuestro ha fallado
trouble-ours-more = Queda anotado, y nada se hizo a medias. Prueba otra vez en un momento.
