// For the shop: says the new total when the cover answers, and keeps the summary bar in step with it.
import { say } from "./parts/say";

// `<div id="cover" data-spoken="Full Pass, £95">` is swapped by htmx while the guest ticks. The answer is also said
// aloud, a little later, so that quick ticking does not speak over itself.
let waiting: ReturnType<typeof setTimeout> | undefined;
document.addEventListener("htmx:after:swap", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const spoken = document.querySelector<HTMLElement>("[data-spoken]")?.dataset["spoken"];
    if (spoken) say(spoken);
  }, 600);
});
