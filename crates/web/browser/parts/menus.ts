/** `<details class="menu">` closes with Escape, with a press elsewhere, and when another opens. */
export function menus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!menu) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary")?.focus();
      return;
    }
    const down = event.key === "ArrowDown";
    if (!down && event.key !== "ArrowUp") return;
    event.preventDefault();
    const entries = [...menu.querySelectorAll<HTMLElement>(".menu-list a, .menu-list button")];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const next = down ? (at + 1) % entries.length : (at <= 0 ? entries.length : at) - 1;
    entries[next]?.focus();
  });
}
