/** Keeps the screen on while the page is seen, where the browser can; a refusal (low battery) is nobody's fault. */
export function keepAwake(): void {
  const ask = (): void => {
    if (!document.hidden) void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
