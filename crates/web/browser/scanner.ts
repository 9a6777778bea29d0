// The scanner: reads barcodes by camera, picture or typing, sends each scan, and shows, sounds and shakes the verdict.
// The markup is `ui/scan.rs`; its page's content security policy needs `'wasm-unsafe-eval'` and, for the camera's
// picture, nothing more (a MediaStream is not a URL).
import { onArrival } from "./parts/arrival";
import { Camera } from "./parts/camera";
import { decodePicture } from "./parts/decode";
import { announce } from "./parts/signals";
import { keepAwake } from "./parts/wake";

/** The same code is not sent again until it has been out of sight for so long. */
const SAME_CODE_MS = 2500;

onArrival<HTMLElement>("[data-scanner]", (screen) => {
  const form = screen.querySelector<HTMLFormElement>("[data-scan-form]");
  const code = form?.querySelector<HTMLInputElement>("[data-code]");
  const verdict = screen.querySelector<HTMLElement>("#verdict");
  const hint = screen.querySelector<HTMLElement>("[data-hint]");
  if (!form || !code || !verdict || !hint) return;

  const tell = (sentence: string | undefined): void => {
    hint.textContent = sentence ?? "";
    hint.hidden = !sentence;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The page's guard against double presses is for forms that leave the page.
    event.stopImmediatePropagation();
    void send(form, verdict, tell);
  }, { capture: true });
  // Buttons of a verdict (re-entry, override, undo) are forms of their own.
  verdict.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void send(event.target, verdict, tell);
  }, { capture: true });

  const submit = (text: string): void => {
    code.value = text;
    form.requestSubmit();
  };

  let last = { text: "", at: 0 };
  startCamera(screen, form, tell, (text) => {
    const now = performance.now();
    const isSame = text === last.text && now - last.at < SAME_CODE_MS;
    last = { text, at: now };
    if (!isSame) submit(text);
  });
  readPictures(form, tell, submit);
  keepAwake();
});

/** Sends what is in the form with an id of its own, and shows the answer. */
async function send(form: HTMLFormElement, verdict: HTMLElement, tell: (sentence?: string) => void): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  const code = form.querySelector<HTMLInputElement>("[data-code]");
  if (code && !code.value.trim()) return code.focus();
  fields.set("id", scanId());
  fields.set("scanned_at", new Date().toISOString());
  verdict.setAttribute("aria-busy", "true");
  try {
    // Not `form.action`: the form has a field of that name, and it would be found first.
    const answer = await fetch(form.getAttribute("action") ?? "", {
      method: "POST",
      body: fields,
      headers: { "HX-Request": "true", Accept: "text/html" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(10_000),
    });
    verdict.innerHTML = await answer.text();
    tell();
    const panel = verdict.querySelector<HTMLElement>("[data-verdict]");
    announce(panel?.dataset["verdict"] ?? "unreadable");
    if (code) code.value = "";
  } catch {
    verdict.replaceChildren();
    tell(form.dataset["failed"] ?? form.closest("[data-scanner]")?.querySelector<HTMLElement>("[data-failed]")?.dataset["failed"]);
    announce("failed");
  } finally {
    verdict.removeAttribute("aria-busy");
  }
}

/** 22 characters of A–Z a–z 0–9 _ -: 128 random bits, also where the page is not a secure context (a hub by its IP). */
function scanId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function startCamera(
  screen: HTMLElement,
  form: HTMLFormElement,
  tell: (sentence?: string) => void,
  found: (text: string) => void,
): void {
  const video = screen.querySelector<HTMLVideoElement>("[data-video]");
  const button = screen.querySelector<HTMLButtonElement>("[data-camera]");
  const torch = screen.querySelector<HTMLButtonElement>("[data-torch]");
  if (!video || !button || !navigator.mediaDevices?.getUserMedia) return;
  const camera = new Camera(video, found);
  const start = async (): Promise<void> => {
    try {
      await camera.start();
    } catch {
      tell(form.dataset["denied"]);
      return;
    }
    tell(form.dataset["aim"]);
    button.hidden = true;
    if (torch) torch.hidden = !camera.hasTorch();
  };
  button.hidden = false;
  button.addEventListener("click", () => void start());
  torch?.addEventListener("click", async () => {
    const on = torch.getAttribute("aria-pressed") !== "true";
    if (await camera.setTorch(on)) torch.setAttribute("aria-pressed", String(on));
  });
  // Whoever permitted the camera before does not press again.
  void navigator.permissions
    ?.query({ name: "camera" as PermissionName })
    .then((permission) => (permission.state === "granted" ? start() : undefined))
    .catch(() => undefined);
}

function readPictures(form: HTMLFormElement, tell: (sentence?: string) => void, found: (text: string) => void): void {
  const input = form.querySelector<HTMLInputElement>("[data-picture]");
  input?.addEventListener("change", async () => {
    const picture = input.files?.[0];
    if (!picture) return;
    const text = await decodePicture(picture).catch(() => undefined);
    input.value = "";
    if (text) found(text);
    else {
      tell(form.dataset["nothing"]);
      announce("unreadable");
    }
  });
}
