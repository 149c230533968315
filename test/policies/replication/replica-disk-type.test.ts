import { osDiskOf } from "../../harness/azure";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    classic,
    classicTo,
    nativeWithDisk,
    OUTSIDE,
    REPLICATED_DATA,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
    type Options,
} from "./programs";

const ELEMENT = {
    primaryStagingAzureStorageAccountId: `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/staging`,
    recoveryResourceGroupId: `${OUTSIDE}-recovery`,
};

interface Types {
    readonly target?: Content;
    readonly replica?: Content;
}

function types({ target, replica }: Types): Properties {
    return {
        ...(target === undefined ? {} : { recoveryTargetDiskAccountType: target }),
        ...(replica === undefined ? {} : { recoveryReplicaDiskAccountType: replica }),
    };
}

/** With a data disk of this type, and the types on the other side of it and of the OS disk. */
function replicatedTo(sku: Content, data: Types, os: Types = data, to: Options = TO_REGION): Program {
    return nativeWithDisk(
        { sku: { name: sku } },
        {
            ...to,
            details: {
                ...to.details,
                vmManagedDisks: [
                    { ...ELEMENT, diskId: osDiskOf("web"), ...types(os) },
                    { ...ELEMENT, diskId: ref("data.id"), ...types(data) },
                ],
            },
        },
    );
}

function classicTypes(storageAccountType: string, targetDiskType: Content, targetReplicaDiskType: Content): Program {
    const options = classicTo("there");
    const element = {
        stagingStorageAccountId: `${OUTSIDE}/providers/Microsoft.Storage/storageAccounts/staging`,
        targetResourceGroupId: `${OUTSIDE}-recovery`,
    };
    return classic({
        ...options,
        data: { storageAccountType },
        item: {
            ...options.item,
            managedDisks: [
                { ...element, diskId: ref("os.id"), targetDiskType, targetReplicaDiskType },
                { ...element, diskId: ref("data.id"), targetDiskType, targetReplicaDiskType },
            ],
        },
    });
}

const ZRS = "Premium_ZRS";
const LRS = "Premium_LRS";
const V2 = "PremiumV2_LRS";
const TO_LOCAL = replicatedTo(ZRS, { target: LRS, replica: LRS });

export const cases = policyCases(__filename, {
    policyId: "BCDR228",
    example: TO_LOCAL,
    fixed: { program: replicatedTo(ZRS, { target: ZRS, replica: ZRS }) },
    shows: [...REPLICATED_DATA, ...BETWEEN, "data.sku", "item.properties.providerSpecificDetails.vmManagedDisks.1"],
    holds: [
        { name: "an OS disk that stays on Premium SSD", round: stateOf(replicatedTo(LRS, {}, { target: LRS })) },
        { name: "types that are left to Azure", round: replicatedTo(ZRS, {}) },
        {
            name: "between zones, which BCDR212 reports",
            round: replicatedTo(ZRS, { target: LRS }, { target: LRS }, TO_ZONE),
        },
        { name: "locally redundant to zone-redundant", round: replicatedTo(LRS, { target: ZRS, replica: ZRS }) },
        { name: "in the exported state", round: stateOf(replicatedTo(ZRS, { target: ZRS, replica: ZRS })) },
        { name: "a disk that is left out", round: nativeWithDisk({ sku: { name: ZRS } }, { listed: false }) },
        { name: "classic", round: classicTypes(ZRS, ZRS, ZRS) },
    ],
    violated: [
        {
            name: "an Ultra replica",
            round: replicatedTo("UltraSSD_LRS", { replica: "UltraSSD_LRS" }, {}),
            on: ["item"],
        },
        { name: "classic, zone-redundant", round: classicTypes(ZRS, ZRS, LRS), on: ["item"] },
    ],
    undecided: [
        {
            name: "a replica type that is not known",
            round: replicatedTo(LRS, { replica: UNKNOWN }, {}),
            waitsFor: '"item": properties.providerSpecificDetails.vmManagedDisks[1].recoveryReplicaDiskAccountType',
        },
        {
            name: "a type that is not known",
            round: replicatedTo(UNKNOWN, { target: LRS }),
            waitsFor: '"data": sku.name',
        },
        {
            name: "the region of the other side is not known",
            round: replicatedTo(ZRS, { target: LRS }, { target: LRS }, TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        {
            name: "classic",
            round: classicTypes(LRS, LRS, UNKNOWN),
            waitsFor: '"item": managedDisks[1].targetReplicaDiskType',
        },
    ],
    inPlace: [
        {
            name: "an OS disk of Premium SSD v2",
            round: stateOf(replicatedTo(LRS, {}, { target: V2 })),
            on: ["item"],
        },
        { name: "in the exported state", round: stateOf(TO_LOCAL), on: ["item"] },
        { name: "classic, in the exported state", round: stateOf(classicTypes(V2, V2, V2)), on: ["item"] },
    ],
    limits: [
        {
            allowed: { name: "zone-redundant both", round: replicatedTo(ZRS, { target: ZRS, replica: ZRS }) },
            refused: {
                name: "the replica locally redundant",
                round: replicatedTo(ZRS, { target: ZRS, replica: LRS }),
                on: ["item"],
            },
        },
        {
            allowed: { name: "a target of Premium SSD v2", round: replicatedTo(V2, { target: V2, replica: LRS }, {}) },
            refused: {
                name: "a replica of Premium SSD v2",
                round: replicatedTo(V2, { target: V2, replica: V2 }, {}),
                on: ["item"],
            },
        },
    ],
});
