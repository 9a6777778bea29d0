import { around, onArrival } from "./arrival";

/**
 * Forms: one press sends once; a summary of errors takes the focus; `[data-sends]` sends its form when it changes;
 * `[data-needs="name=value"]` is shown only while that choice is made (without script it is always shown).
 */
export function forms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // Not `form.method`: a form may have a field of that name, and it would be found first.
    if (!(form instanceof HTMLFormElement) || form.getAttribute("method")?.toLowerCase() !== "post") return;
    if (form.dataset["state"] === "sending") {
      event.preventDefault();
      return;
    }
    form.dataset["state"] = "sending";
    const pressed = event instanceof SubmitEvent ? event.submitter : null;
    pressed?.setAttribute("aria-busy", "true");
    const again = (): void => {
      delete form.dataset["state"];
      pressed?.removeAttribute("aria-busy");
    };
    // The page may stay (a download, an answer swapped in, the back button): the form must work again then.
    setTimeout(again, 8000);
    document.addEventListener("htmx:finally:request", again, { once: true });
    window.addEventListener("pageshow", again, { once: true });
  });

  document.addEventListener("change", (event) => {
    const control = around<HTMLInputElement>(event, "[data-sends]");
    control?.form?.requestSubmit();
  });

  onArrival<HTMLElement>(".error-summary", (summary) => summary.focus());
  onArrival<HTMLElement>("[data-needs]", revealWhenNeeded);
  onArrival<HTMLElement>("[data-step]", stepper);
}

function revealWhenNeeded(part: HTMLElement): void {
  const [name, wanted] = (part.dataset["needs"] ?? "").split("=", 2);
  const form = part.closest("form");
  if (!form || !name) return;
  const show = (): void => {
    const chosen = new FormData(form).getAll(name);
    part.hidden = wanted === undefined ? chosen.length === 0 : !chosen.includes(wanted);
  };
  form.addEventListener("change", show);
  show();
}

/** `<button data-step="-1">` beside a number field: changes it within its limits, and tells whoever listens. */
function stepper(button: HTMLElement): void {
  const field = button.closest(".stepper")?.querySelector("input");
  if (!field) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (Number(button.dataset["step"]) < 0) field.stepDown();
    else field.stepUp();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
