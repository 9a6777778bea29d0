// For the dashboards: the command palette, tables with many rows chosen at once, and the rail on small screens.
import { palette } from "./parts/palette";
import { selection } from "./parts/selection";

palette();
selection();
