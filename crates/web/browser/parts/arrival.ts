/**
 * Calls `enhance` for each element that matches now, and for each that a partial update brings later.
 * An element is enhanced once.
 */
export function onArrival<E extends Element>(selector: string, enhance: (element: E) => void): void {
  const seen = new WeakSet<Element>();
  const look = (root: ParentNode & Node): void => {
    const found = [...root.querySelectorAll<E>(selector)];
    if (root instanceof Element && root.matches(selector)) found.unshift(root as unknown as E);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      enhance(element);
    }
  };
  const start = (): void => {
    look(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) if (node instanceof Element) look(node);
      }
    }).observe(document.documentElement, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

/** The closest element to where an event happened that matches, or null. */
export function around<E extends Element>(event: Event, selector: string): E | null {
  return event.target instanceof Element ? event.target.closest<E>(selector) : null;
}
