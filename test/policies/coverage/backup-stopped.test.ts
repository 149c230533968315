import { attached, backupItem, disk, diskBackup, vm, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { backupInstanceDisk, classicDisk, classicVm, protectedVm } from "../../harness/classic";
import { ref, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";

const WEB: Program = {
    ...SURROUNDINGS,
    rg: resourceGroup("shop"),
    data: disk(),
    web: vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] }),
};
const CLASSIC: Program = { ...SURROUNDINGS, os: classicDisk(), web: classicVm("linux", ref("os.id")) };

function item(over: Properties): Program {
    return { ...WEB, item: backupItem(ref("web.id"), "shop;web", over) };
}

const RESUMED = item({});

/** An instance about which Azure has something to say. */
function instance(program: Program, change: Readonly<Record<string, string>>) {
    const stack = new Stack();
    stack.up(program);
    stack.portal("instance", (response) =>
        "properties" in response
            ? { ...response, properties: { ...(response["properties"] as object), ...change } }
            : { ...response, ...change },
    );
    return stack.refresh();
}

export const cases = policyCases(__filename, {
    policyId: "BCDR415",
    example: item({ protectionState: "ProtectionStopped" }),
    fixed: {
        program: RESUMED,
        says: "Resume backup in the vault, and don't set `protectionState` in the program:",
    },
    shows: ["item.properties.sourceResourceId"],
    holds: [
        { name: "nothing said", round: RESUMED },
        { name: "an error, which is another matter", round: item({ protectionState: "ProtectionError" }) },
        { name: "a classic item", round: { ...CLASSIC, item: protectedVm(ref("web.id")) } },
        { name: "an instance of Disk Backup", round: { ...WEB, instance: diskBackup(ref("data.id")) } },
        {
            name: "an instance in the state",
            round: () => new Stack().up({ ...WEB, instance: diskBackup(ref("data.id")) }),
        },
    ],
    violated: [
        { name: "suspended", round: item({ protectionState: "BackupsSuspended" }), on: ["item"] },
        { name: "paused", round: item({ protectionState: "ProtectionPaused" }), on: ["item"] },
        {
            name: "waiting for its deletion",
            round: item({ protectionState: "Protected", isScheduledForDeferredDelete: true }),
            on: ["item"],
        },
        {
            name: "in the state",
            round: () => new Stack().up(item({ protectionState: "ProtectionStopped" })),
            on: ["item"],
        },
        {
            name: "a classic item",
            round: { ...CLASSIC, item: protectedVm(ref("web.id"), { protectionState: "ProtectionStopped" }) },
            on: ["item"],
        },
        {
            name: "an instance of Disk Backup",
            round: () =>
                instance(
                    { ...WEB, instance: diskBackup(ref("data.id")) },
                    { currentProtectionState: "ProtectionStopped" },
                ),
            on: ["instance"],
        },
        {
            name: "a classic instance of Disk Backup",
            round: () =>
                instance(
                    { ...CLASSIC, instance: backupInstanceDisk(ref("os.id")) },
                    { protectionState: "BackupSchedulesSuspended" },
                ),
            on: ["instance"],
        },
    ],
    undecided: [
        {
            name: "a state that is not known",
            round: item({ protectionState: ref("rg.id") }),
            waitsFor: '"item": properties.protectionState',
        },
        {
            name: "a deletion that is not known",
            round: item({ protectionState: "Protected", isScheduledForDeferredDelete: ref("rg.id") }),
            waitsFor: '"item": properties.isScheduledForDeferredDelete',
        },
    ],
    limits: [
        {
            allowed: { name: "no deletion", round: item({ isScheduledForDeferredDelete: false }) },
            refused: { name: "a deletion", round: item({ isScheduledForDeferredDelete: true }), on: ["item"] },
        },
    ],
});
