/**
 * Says a sentence to screen readers without moving anything on the page. The element is part of the page shell, so
 * that it is known to them before it speaks.
 */
export function say(sentence: string): void {
  const voice = document.getElementById("voice");
  if (!voice) return;
  voice.textContent = "";
  requestAnimationFrame(() => {
    voice.textContent = sentence;
  });
}
