import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    classic,
    classicTo,
    native,
    nativeWithDisk,
    REPLICATED_DATA,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
} from "./programs";

const REDUNDANT = { sku: { name: "Premium_ZRS" } };
const OS_DISK = { managedDisk: { storageAccountType: "StandardSSD_ZRS" } };

export const cases = policyCases(__filename, {
    policyId: "BCDR212",
    example: nativeWithDisk(REDUNDANT, TO_ZONE),
    fixed: { program: nativeWithDisk({ sku: { name: "Premium_LRS" } }, TO_ZONE) },
    shows: [...BETWEEN, ...REPLICATED_DATA],
    holds: [
        { name: "a disk that is left out", round: stateOf(nativeWithDisk(REDUNDANT, { ...TO_ZONE, listed: false })) },
        {
            name: "classic, between regions",
            round: classic({ data: { storageAccountType: "Premium_ZRS" }, ...classicTo("there") }),
        },
    ],
    violated: [
        { name: "an OS disk that Azure makes", round: native({ osDisk: OS_DISK, ...TO_ZONE }), on: ["web"] },
        {
            name: "classic",
            round: classic({ data: { storageAccountType: "Premium_ZRS" }, ...classicTo("here") }),
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "a region of the other side that is not known",
            round: nativeWithDisk(REDUNDANT, TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(nativeWithDisk(REDUNDANT, TO_ZONE)), on: ["web"] }],
    limits: [
        {
            allowed: { name: "between regions", round: nativeWithDisk(REDUNDANT, TO_REGION) },
            refused: { name: "between zones", round: nativeWithDisk(REDUNDANT, TO_ZONE), on: ["web"] },
        },
        {
            allowed: { name: "locally redundant", round: nativeWithDisk({ sku: { name: "Premium_LRS" } }, TO_ZONE) },
            refused: { name: "zone-redundant", round: nativeWithDisk(REDUNDANT, TO_ZONE), on: ["web"] },
        },
    ],
});
