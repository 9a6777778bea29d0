import { around } from "./arrival";

/**
 * The command palette (Ctrl/⌘ K). The server answers the entries as HTML (`hx-get` on the search field, into
 * `#palette-answers`, as `<a role="option">`); this opens it, and moves among the entries with the arrow keys.
 * Without script its link leads to a search page.
 */
export function palette(): void {
  const dialog = document.getElementById("palette");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const field = dialog.querySelector<HTMLInputElement>("input[type=search]");
  const answers = dialog.querySelector<HTMLElement>("#palette-answers");
  if (!field || !answers) return;

  const open = (): void => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("keydown", (event) => {
    const isPalette = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    if (!isPalette) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    if (!around(event, "[data-palette]")) return;
    event.preventDefault();
    open();
  });
  field.addEventListener("keydown", (event) => {
    const entries = [...answers.querySelectorAll<HTMLElement>("[role=option]")];
    const at = entries.findIndex((entry) => entry.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(field, entries, at + 1);
    else if (event.key === "ArrowUp") choose(field, entries, at - 1);
    else if (event.key === "Enter") entries[Math.max(at, 0)]?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => {
    choose(field, [...answers.querySelectorAll<HTMLElement>("[role=option]")], 0);
  });
}

function choose(field: HTMLInputElement, entries: HTMLElement[], wanted: number): void {
  const at = entries.length === 0 ? -1 : (wanted + entries.length) % entries.length;
  entries.forEach((entry, index) => {
    entry.id ||= `palette-${index}`;
    entry.setAttribute("aria-selected", String(index === at));
  });
  const chosen = entries[at];
  if (!chosen) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}
