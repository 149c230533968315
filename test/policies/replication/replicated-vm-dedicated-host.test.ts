import { policyCases } from "../../harness/policy-cases";
import { classic, native, OUTSIDE, REPLICATED_WEB, stateOf, unreplicated, UNKNOWN } from "./programs";

const HOSTS = `${OUTSIDE}/providers/Microsoft.Compute/hostGroups/hosts`;
const ON_HOST = native({ vm: { host: { id: `${HOSTS}/hosts/one` } } });

export const cases = policyCases(__filename, {
    policyId: "BCDR204",
    example: ON_HOST,
    fixed: { program: native() },
    shows: REPLICATED_WEB,
    holds: [
        { name: "no host", round: native() },
        {
            name: "a host, and no replication",
            round: unreplicated({ vm: { host: { id: `${HOSTS}/hosts/one` } } }),
        },
        { name: "a classic VM without one", round: classic() },
    ],
    violated: [
        { name: "a group of hosts", round: native({ vm: { hostGroup: { id: HOSTS } } }), on: ["web"] },
        { name: "a classic VM", round: classic({ vm: { dedicatedHostGroupId: HOSTS } }), on: ["web"] },
    ],
    undecided: [
        { name: "a host that is not known", round: native({ vm: { host: UNKNOWN } }), waitsFor: '"web": host' },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(ON_HOST), on: ["web"] }],
    limits: [
        {
            allowed: { name: "an availability set", round: native({ vm: { availabilitySet: { id: HOSTS } } }) },
            refused: { name: "a host", round: ON_HOST, on: ["web"] },
        },
    ],
});
