### Las palabras propias de los componentes.

skip-to-content = Ir al contenido
language = Idioma
menu = Menú
main-navigation = Principal
more-actions = Más acciones
close = Cerrar
cancel = Cancelar
dismiss = Descartar
search = Buscar
search-everything = Buscar o ir a…
clear = Borrar
apply-filters = Aplicar
filters = Filtros
filters-clear = Quitar filtros
required-mark = obligatorio
optional-mark = opcional
choose-file = Elegir un archivo
select-one = Elige…
copy = Copiar
copied = Copiado
show-more = Ver más
loading = Cargando…
powered-by = Entradas de Dance Engine
you-are-here = Estás aquí

error-summary-title = { $n ->
    [one] Hay un problema
   *[other] Hay { $n } problemas
}
error-prefix = Error:

table-rows = { $n ->
    [one] { $n } fila
   *[other] { $n } filas
}
table-select-all = Seleccionar todas las filas
table-select-row = Seleccionar { $name }
table-selected = seleccionadas
table-sort-ascending = Ordenar por { $column }, de menor a mayor
table-sort-descending = Ordenar por { $column }, de mayor a menor
table-open = Abrir
pagination = Páginas
pagination-previous = Anterior
pagination-next = Siguiente

price-free = Gratis
price-from = desde { $price }
price-was = antes { $price }
price-until = { $price } hasta { $when }
price-then = después { $price }
saving = Ahorras { $amount }
left-few = { $n ->
    [one] Solo queda 1
   *[other] Solo quedan { $n }
}
sold-out = Agotado
not-on-sale = No está a la venta
includes = Incluye
also-includes = Además recibes
quantity-of = Cuántos de { $name }
one-less = Uno menos
one-more = Uno más

step-done = hecho
step-now = paso actual
step-of = Paso { $at } de { $of }

capacity-of = { $used } de { $of }
capacity-full = Completo
chart-table = Ver las cifras
chart-hide = Cifras
time-left = Tiempo restante
time-is-short = Quedan dos minutos.
qr-label = Código de la entrada
qr-hint = Sube el brillo y acércalo al lector.
progress-of = { $done } de { $of }

palette-title = Búsqueda y comandos
palette-hint = Escribe para buscar eventos, asistentes, pedidos y acciones
palette-empty = No hay resultados. Prueba con un nombre, un correo, un número de entrada o un pedido.
palette-keys-move = mover
palette-keys-open = abrir
palette-keys-close = cerrar

scan-title = Lector
scan-search = Buscar por nombre
scan-camera = Usar la cámara
scan-torch = Luz
scan-picture = Leer una imagen
scan-picture-nothing = No se ha encontrado ningún código en la imagen. Prueba con otra más nítida o más cercana.
scan-code = Código de la entrada
scan-check = Comprobar
scan-aim = Apunta la cámara al código
scan-type-hint = Escribe o pega el código, o lee una imagen.
scan-camera-denied = No se puede usar la cámara. Permítela en los ajustes del navegador o escribe el código.
scan-failed = El servidor no responde. Esta lectura no se ha enviado: revisa la conexión y vuelve a leer.

verdict-admitted-word = Adelante
verdict-admitted-sentence = Dale la bienvenida.
verdict-already-in-word = Ya entró
verdict-already-in-sentence = Esta entrada ya se usó aquí.
verdict-unpaid-word = Sin pagar
verdict-unpaid-sentence = Queda algo por pagar. Envíala a taquilla.
verdict-not-included-word = No incluido
verdict-not-included-sentence = La entrada es válida, pero no para esta puerta.
verdict-too-early-word = Muy pronto
verdict-too-early-sentence = Esta puerta aún no está abierta.
verdict-too-late-word = Muy tarde
verdict-too-late-sentence = Esta puerta está cerrada.
verdict-void-word = Anulada
verdict-void-sentence = Esta entrada fue anulada.
verdict-refunded-word = Devuelta
verdict-refunded-sentence = Esta entrada fue devuelta.
verdict-transferred-word = Transferida
verdict-transferred-sentence = Esta entrada se cedió; vale la nueva.
verdict-reissued-word = Reemitida
verdict-reissued-sentence = Hay un código más reciente. Pide el último correo.
verdict-forged-word = Falsa
verdict-forged-sentence = Este código no es nuestro. No dejes pasar.
verdict-unknown-word = Desconocida
verdict-unknown-sentence = No existe tal entrada. Busca por nombre.
verdict-unreadable-word = Ilegible
verdict-unreadable-sentence = No es uno de nuestros códigos.
verdict-wrong-event-word = Otro evento
verdict-wrong-event-sentence = No es una entrada para este evento.
