import { around } from "./arrival";
import { say } from "./say";

/** `<button data-copy="text" data-copied="Copied">`: copies, shows that it did, and says so. Hidden without script. */
export function copyButtons(): void {
  document.addEventListener("click", async (event) => {
    const button = around<HTMLElement>(event, "[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
    } catch {
      select(button);
      return;
    }
    button.dataset["state"] = "copied";
    say(button.dataset["copied"] ?? "");
    setTimeout(() => delete button.dataset["state"], 1600);
  });
}

/** Where the clipboard is refused, the text beside the button is selected, ready for the keyboard. */
function select(button: HTMLElement): void {
  const text = button.closest(".copy")?.querySelector("[data-copy-text]");
  if (text) getSelection()?.selectAllChildren(text);
}
