import { REPOSITORY, VERSION } from "../../policies/package";
import type { Tool } from "./report";

/** The name of the command, and that under which the pack runs. */
export const PACK = "azure-bcdr-guard";

/** What a report says of the program that made it. */
export const TOOL: Tool = { name: PACK, version: VERSION, url: REPOSITORY };
