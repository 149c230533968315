// Programs in TypeScript whose lists come out of an apply as a whole, on the real engine.
import { playAll } from "./play";
import { UNKNOWN_LISTS } from "./table";

playAll(UNKNOWN_LISTS);
