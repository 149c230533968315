import type { Content, Program, Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    classic,
    classicTo,
    nativeWithDisk,
    OTHER_CLUSTER,
    REPLICATED_DATA,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
} from "./programs";

const ULTRA = { sku: { name: "UltraSSD_LRS" } };
const SHARED = { ...ULTRA, maxShares: 2 };

/** In a protection cluster of another stack. */
function inCluster(over: Properties, protectionClusterId: Content = OTHER_CLUSTER): Program {
    return nativeWithDisk(over, { ...TO_ZONE, details: { ...TO_ZONE.details, protectionClusterId } });
}

export const cases = policyCases(__filename, {
    policyId: "BCDR210",
    example: nativeWithDisk(ULTRA, TO_ZONE),
    fixed: { program: nativeWithDisk(ULTRA, TO_REGION) },
    shows: [...BETWEEN, ...REPLICATED_DATA, "data.sku"],
    holds: [
        { name: "the other side lies in another stack", round: nativeWithDisk(ULTRA) },
        {
            name: "an Ultra disk that is left out",
            round: stateOf(nativeWithDisk(ULTRA, { ...TO_ZONE, listed: false })),
        },
        {
            name: "classic, between regions",
            round: classic({ data: { storageAccountType: "UltraSSD_LRS" }, ...classicTo("there") }),
        },
    ],
    violated: [
        {
            name: "classic",
            round: classic({ data: { storageAccountType: "UltraSSD_LRS" }, ...classicTo("here") }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a cluster that is not known",
            round: inCluster(SHARED, UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.protectionClusterId',
        },
        {
            name: "a number of shares that is not known",
            round: inCluster({ ...ULTRA, maxShares: UNKNOWN }),
            waitsFor: '"data": maxShares',
        },
        {
            name: "a region of the other side that is not known",
            round: nativeWithDisk(ULTRA, TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        {
            name: "a kind of disk that is not known",
            round: nativeWithDisk({ sku: { name: UNKNOWN } }, TO_ZONE),
            waitsFor: '"data": sku.name',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(nativeWithDisk(ULTRA, TO_ZONE)), on: ["web"] }],
    limits: [
        {
            allowed: { name: "shared in a protection cluster", round: inCluster(SHARED) },
            refused: { name: "shared in none", round: nativeWithDisk(SHARED, TO_ZONE), on: ["web"] },
        },
        {
            allowed: { name: "between regions", round: nativeWithDisk(ULTRA, TO_REGION) },
            refused: { name: "between zones", round: nativeWithDisk(ULTRA, TO_ZONE), on: ["web"] },
        },
        {
            allowed: { name: "Premium v2", round: nativeWithDisk({ sku: { name: "PremiumV2_LRS" } }, TO_ZONE) },
            refused: { name: "Ultra", round: nativeWithDisk(ULTRA, TO_ZONE), on: ["web"] },
        },
    ],
});
