import {
    attached,
    disk,
    diskBackup,
    vm,
    osDiskOf,
    replicatedItem,
    replicationIntent,
    NAMED_SURROUNDINGS,
} from "../../harness/azure";
import { backupInstanceDisk, classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, text, type Program } from "../../harness/program";
import { exempting } from "../../harness/exempting";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const REPLICATED: Program = {
    ...NAMED_SURROUNDINGS,
    data: disk(),
    web: vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] }),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web"), ref("data.id")]),
};
const { webReplication: _, ...NOT_REPLICATED } = REPLICATED;
const BACKED_UP: Program = { ...REPLICATED, dataBackup: diskBackup(ref("data.id")) };

export const cases = policyCases(__filename, {
    policyId: "BCDR102",
    example: BACKED_UP,
    fixed: {
        configuration: exempting("BCDR102", "web", "Everybody who restores disks knows the steps."),
        says: "Leave the program unchanged: both services together are supported. If everybody who restores disks knows the steps, exempt the VM:",
    },
    shows: [
        "web.storageProfile.dataDisks",
        "dataBackup.properties.dataSourceInfo.resourceID",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
    ],
    holds: [
        { name: "replication alone", round: REPLICATED },
        {
            name: "replication by an intent alone",
            round: { ...NOT_REPLICATED, intent: replicationIntent(ref("web.id")) },
        },
        {
            name: "a disk of another VM, which is not replicated",
            round: {
                ...REPLICATED,
                other: disk(),
                db: vm({ name: "db", dataDisks: [attached(0, ref("other.id"))] }),
                otherBackup: diskBackup(ref("other.id")),
            },
        },
    ],
    violated: [
        { name: "in the state", round: () => new Stack().up(BACKED_UP), on: ["web"] },
        {
            name: "the OS disk that Azure makes with the VM",
            round: { ...REPLICATED, osBackup: diskBackup(osDiskOf("web")) },
            on: ["web"],
        },
        {
            name: "replication by an intent",
            round: {
                ...NOT_REPLICATED,
                dataBackup: diskBackup(ref("data.id")),
                intent: replicationIntent(ref("web.id")),
            },
            on: ["web"],
        },
        {
            name: "both of the classic provider",
            round: {
                ...NAMED_SURROUNDINGS,
                os: classicDisk(),
                web: classicVm("linux", ref("os.id")),
                osBackup: backupInstanceDisk(ref("os.id")),
                webReplication: replicatedVm(ref("web.id"), [ref("os.id")]),
            },
            on: ["web"],
        },
    ],
    undecided: [
        {
            name: "an intent whose VM is not known",
            round: {
                ...NOT_REPLICATED,
                dataBackup: diskBackup(ref("data.id")),
                intent: replicationIntent(ref("rg.id")),
            },
            waitsFor: '"intent": properties.providerSpecificDetails.fabricObjectId',
        },
        {
            name: "an instance that may be about either of two disks",
            round: {
                ...REPLICATED,
                other: disk(),
                db: vm({ name: "db", dataDisks: [attached(0, ref("other.id"))] }),
                someBackup: diskBackup(text`${ref("data.id")}${ref("other.id")}`),
            },
            waitsFor: '"someBackup": properties.dataSourceInfo.resourceID',
        },
    ],
    limits: [
        {
            allowed: {
                name: "a disk that is not attached",
                round: { ...REPLICATED, spare: disk(), dataBackup: diskBackup(ref("spare.id")) },
            },
            refused: { name: "one that is", round: BACKED_UP, on: ["web"] },
        },
    ],
});
