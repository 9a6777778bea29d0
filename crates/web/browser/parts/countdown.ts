import { onArrival } from "./arrival";
import { say } from "./say";

/**
 * `<time class="countdown" data-until="2026-12-04T18:30:00Z" data-now="…">`: the server wrote the time left as text;
 * this keeps it current, against the server's clock rather than the phone's. When it has run out, the element named by
 * `data-ended` (a form or link) is shown instead.
 */
export function countdowns(): void {
  onArrival<HTMLElement>("[data-until]", (element) => {
    const until = Date.parse(element.dataset["until"] ?? "");
    const serverNow = Date.parse(element.dataset["now"] ?? "");
    if (Number.isNaN(until)) return;
    const ahead = Number.isNaN(serverNow) ? 0 : Date.now() - serverNow;
    const text = element.querySelector("[data-left]") ?? element;
    let warned = false;
    const show = (): void => {
      if (!element.isConnected) return clearInterval(timer);
      const left = Math.max(0, Math.ceil((until - (Date.now() - ahead)) / 1000));
      text.textContent = inWords(left);
      element.classList.toggle("is-short", left <= 120);
      if (left <= 120 && !warned) {
        warned = true;
        say(element.dataset["short"] ?? "");
      }
      if (left === 0) {
        clearInterval(timer);
        ended(element);
      }
    };
    const timer = setInterval(show, 1000);
    show();
  });
}

function ended(element: HTMLElement): void {
  element.classList.add("is-ended");
  const instead = document.getElementById(element.dataset["ended"] ?? "");
  if (!instead) return;
  element.hidden = true;
  instead.hidden = false;
}

function inWords(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}
