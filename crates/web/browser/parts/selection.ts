import { onArrival } from "./arrival";

/**
 * Tables whose rows can be chosen: the box in the head chooses all, Shift chooses a stretch, and the bar of actions
 * (`.selection-bar`, always there without script) is shown while at least one row is chosen, with how many.
 */
export function selection(): void {
  onArrival<HTMLTableElement>("table[data-selectable]", (table) => {
    const all = table.querySelector<HTMLInputElement>("thead input[type=checkbox]");
    const bar = document.getElementById(table.dataset["selectable"] ?? "");
    const count = bar?.querySelector("[data-count]");
    const tally = bar?.querySelector<HTMLElement>("[data-tally]");
    if (tally) tally.hidden = false;
    const boxes = (): HTMLInputElement[] => [...table.querySelectorAll<HTMLInputElement>("tbody input[type=checkbox]")];
    let last: HTMLInputElement | undefined;

    const show = (): void => {
      const every = boxes();
      const chosen = every.filter((box) => box.checked).length;
      if (all) {
        all.checked = chosen > 0 && chosen === every.length;
        all.indeterminate = chosen > 0 && chosen < every.length;
      }
      if (count) count.textContent = String(chosen);
      if (bar) bar.hidden = chosen === 0;
    };
    all?.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      show();
    });
    table.addEventListener("click", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || box === all || box.type !== "checkbox") return;
      const every = boxes();
      if (event.shiftKey && last) {
        const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((a, b) => a - b);
        for (const between of every.slice(from, (to ?? 0) + 1)) between.checked = box.checked;
      }
      last = box;
      show();
    });
    show();
  });
}
