import { around, onArrival } from "./arrival";

/**
 * Dialogs are `<dialog>`. `[data-opens="id"]` opens one that is on the page already. A link with `hx-get` and
 * `hx-target="#dialogs"` fetches one; what arrives there is opened at once. Without script the link is a page.
 */
export function dialogs(): void {
  document.addEventListener("click", (event) => {
    const opener = around<HTMLElement>(event, "[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset["opens"] ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      open(dialog);
      return;
    }
    const closer = around<HTMLElement>(event, "[data-closes]");
    const around_ = closer?.closest("dialog");
    if (around_?.open) {
      event.preventDefault();
      around_.close();
      return;
    }
    // A press on the backdrop is a press on the dialog itself, outside its box.
    const self = event.target;
    if (self instanceof HTMLDialogElement && self.open && isOutside(self, event)) self.close();
  });
  onArrival<HTMLDialogElement>("#dialogs > dialog", (dialog) => {
    dialog.addEventListener("close", () => dialog.remove());
    open(dialog);
  });
}

function open(dialog: HTMLDialogElement): void {
  if (dialog.open) dialog.removeAttribute("open");
  dialog.showModal();
}

function isOutside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
