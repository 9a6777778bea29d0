// Loaded by every page. Each part enhances what the server rendered; without this file everything still works.
import "htmx.org";
import { copyButtons } from "./parts/copy";
import { countdowns } from "./parts/countdown";
import { dialogs } from "./parts/dialogs";
import { forms } from "./parts/forms";
import { menus } from "./parts/menus";
import { toasts } from "./parts/toasts";

copyButtons();
countdowns();
dialogs();
forms();
menus();
toasts();
