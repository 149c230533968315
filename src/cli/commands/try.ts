import * as path from "node:path";
import { packageFolder } from "../../../policies/package";
import type { Inspection } from "../judging/inspection";
import { analyze } from "./analyze";

/** A state that comes with the package, made by test/harness/try-state.ts. */
const STATE = path.join("src", "cli", "try-state.json");

/** How reports call it, wherever the package is installed. */
const SUBJECT = "the example";

export interface TryOptions {
    readonly config: string | undefined;
    readonly inventory: readonly string[] | undefined;
}

/** Looks at the state that comes with the package, as `analyze` does. */
export async function tryExample({ config, inventory }: TryOptions): Promise<readonly Inspection[]> {
    const state = path.join(packageFolder(), STATE);
    const inspections = await analyze({ states: [state], project: path.dirname(state), config, inventory });
    return inspections.map((inspection) => ({ ...inspection, subject: SUBJECT }));
}

/** What to do next, with a stack of one's own. */
export const NEXT_STEPS = [
    "",
    "With your own stack:",
    "  pulumi stack export --stack <stack> | npx azure-bcdr-guard analyze -    # check what is deployed",
    '  pulumi preview --policy-pack "$(npx azure-bcdr-guard path)"             # check what you are about to deploy',
    "  npx azure-bcdr-guard init                                               # write a configuration and a pipeline",
];
