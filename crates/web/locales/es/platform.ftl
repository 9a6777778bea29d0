### El panel de la plataforma. Las claves empiezan por `platform-`.

## Alrededor de cada página
platform-organisations = Organizaciones
platform-administrator = Administración
platform-active = Activa
platform-suspended = Suspendida
platform-address = Nombre en las direcciones
platform-currency = Moneda
platform-fee = Comisión de la plataforma
platform-done-created = Creada. Su responsable recibe por correo un enlace para entrar.
platform-done-invited = Invitación enviada: recibirá por correo un enlace para entrar.
platform-done-saved = Guardado.
platform-done-suspended = Suspendida: ya no se vende nada suyo.

## Todas las organizaciones
platform-lead = Quienes organizan eventos en esta plataforma.
platform-none = Todavía no hay organizaciones
platform-none-more = Crea la primera. Su responsable recibe una invitación por correo y prepara sus eventos.
platform-shown = { $n ->
    [one] 1 organización
   *[other] { $n } organizaciones
}

## Una organización nueva
platform-new = Nueva organización
platform-new-lead = Quien organiza eventos aquí. Su responsable prepara todo lo demás.
platform-new-what = La organización
platform-new-what-about = Su dirección y su moneda no cambian nunca, para que los enlaces y los precios sigan significando lo mismo.
platform-address-hint = Minúsculas, cifras y guiones; sus páginas estarán en /este-nombre. Si queda vacío, sale del nombre.
platform-currency-hint = La moneda de todos sus precios.
platform-owner = Correo de la persona responsable
platform-owner-title = Primera persona responsable
platform-owner-about = Puede hacer todo en la organización e invitar a otras personas. La invitación es un enlace para entrar que vale 24 horas.
platform-make = Crear la organización

## Una organización
platform-terms = Condiciones
platform-terms-about = Lo que decide la plataforma.
platform-is-suspended = Esta organización está suspendida
platform-suspended-means = Mientras una organización está suspendida, sus páginas están cerradas al público y no se vende nada. Su equipo lo sigue viendo todo, y las entradas vendidas siguen valiendo en la puerta.
platform-fee-hint = De cada venta, de 0 a 100.
platform-staff-about = Quién puede entrar a gestionarla. Si invitas de nuevo a alguien, recibe otro enlace.
platform-nobody = Nadie puede entrar a gestionar esta organización
platform-nobody-more = Invita abajo a su responsable.
platform-no-events = Todavía no tiene eventos.
