import type { ValueMap } from "../../dev/offline/providers/values";
import type { Program } from "../harness/program";
import { Stack, type SentRound } from "../harness/stack";

/** The state of a program after Azure's answer about one of its resources has changed; `details` go one level deeper. */
export function answered(program: Program, name: string, properties: ValueMap, details: ValueMap = {}): SentRound {
    const stack = new Stack();
    stack.up(program);
    stack.portal(name, (response) => {
        const before = response["properties"] as ValueMap;
        return {
            ...response,
            properties: {
                ...before,
                ...properties,
                providerSpecificDetails: { ...(before["providerSpecificDetails"] as ValueMap), ...details },
            },
        };
    });
    return stack.refresh();
}
