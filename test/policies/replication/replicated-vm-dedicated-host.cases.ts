import type { RuleCases } from "../../harness/rule-cases";
import { classic, native, OUTSIDE, stateOf, unreplicated, UNKNOWN } from "./programs";

const HOSTS = `${OUTSIDE}/providers/Microsoft.Compute/hostGroups/hosts`;
const ON_HOST = native({ machine: { host: { id: `${HOSTS}/hosts/one` } } });

export const cases: RuleCases = {
    rule: "BCDR204",
    example: ON_HOST,
    holds: [
        { name: "no host", round: native() },
        {
            name: "a host, and no replication",
            round: unreplicated({ machine: { host: { id: `${HOSTS}/hosts/one` } } }),
        },
        { name: "a classic machine without one", round: classic() },
    ],
    violated: [
        { name: "a group of hosts", round: native({ machine: { hostGroup: { id: HOSTS } } }), on: ["web"] },
        { name: "in the exported state", round: stateOf(ON_HOST), on: ["web"] },
        { name: "a classic machine", round: classic({ machine: { dedicatedHostGroupId: HOSTS } }), on: ["web"] },
    ],
    undecided: [
        { name: "a host that is not known", round: native({ machine: { host: UNKNOWN } }), waitsFor: '"web": host' },
    ],
    limits: [
        {
            allowed: { name: "an availability set", round: native({ machine: { availabilitySet: { id: HOSTS } } }) },
            refused: { name: "a host", round: ON_HOST, on: ["web"] },
        },
    ],
};
