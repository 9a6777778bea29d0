import { around, onArrival } from "./arrival";

/** How long a message stays that asks for nothing; it waits while it is pointed at or has the focus. */
const STAYS_MS = 7000;

/** `.toast` messages leave by themselves, except those of a failure, which stay until they are closed. */
export function toasts(): void {
  onArrival<HTMLElement>(".toast", (toast) => {
    if (toast.classList.contains("toast-bad")) return;
    const timer = setInterval(() => {
      if (toast.matches(":hover, :focus-within")) return;
      clearInterval(timer);
      toast.remove();
    }, STAYS_MS);
  });
  document.addEventListener("click", (event) => {
    if (around(event, "[data-dismiss]")) around(event, ".toast, .notice")?.remove();
  });
}
