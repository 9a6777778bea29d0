// For pages that follow what happens elsewhere (the door, sales): server-sent events by htmx.
// Usage: <div hx-sse:connect="/…/live" hx-swap="innerHTML">…</div>
import "htmx.org/dist/ext/hx-sse.js";
