import { attached, disk, vm, osDiskOf, replicatedItem, NAMED_SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, replicatedVm } from "../../harness/classic";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import type { ValueMap } from "../../../dev/offline/providers/values";
import { Stack, type SentRound } from "../../harness/stack";

const BOTH = [ref("os.id"), ref("data.id")];

function explicit(data: readonly string[], listed: readonly Content[] = BOTH): Program {
    return {
        ...NAMED_SURROUNDINGS,
        os: disk({ over: { osType: "Linux" } }),
        data: disk(),
        web: vm({
            name: "web",
            osDisk: ref("os.id"),
            dataDisks: data.map((name, lun) => attached(lun, ref(`${name}.id`))),
        }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

/** Disks that Azure makes; the item keeps its list while the VM is updated. */
function implicit(tags: Record<string, string>): Program {
    return {
        ...NAMED_SURROUNDINGS,
        web: vm({ name: "web", over: { tags } }),
        webReplication: {
            ...replicatedItem(ref("web.id"), [osDiskOf("web")]),
            options: { ignoreChanges: ["properties"] },
        },
    };
}

function classic(isAttached: boolean): Program {
    return {
        ...NAMED_SURROUNDINGS,
        os: classicDisk(),
        data: classicDisk(),
        web: classicVm("linux", ref("os.id")),
        ...(isAttached ? { place: diskAttachment(ref("web.id"), 0, ref("data.id")) } : {}),
        webReplication: replicatedVm(ref("web.id"), BOTH),
    };
}

function deployed(program: Program): Stack {
    const stack = new Stack();
    stack.up(program);
    return stack;
}

/** The item lists `os`, whichever disk the VM boots from. */
function booting(from: "os" | "other"): Program {
    const program = explicit([], [ref("os.id")]);
    return {
        ...program,
        other: disk({ over: { osType: "Linux" } }),
        web: vm({ name: "web", osDisk: ref(`${from}.id`) }),
    };
}

/** "Replace existing" in the portal, for a disk with a name that a shell would take apart. */
function inPortal(): SentRound {
    const stack = deployed(booting("os"));
    stack.portal("web", (response) => {
        const storage = response["storageProfile"] as ValueMap;
        const id =
            "/subscriptions/s/resourceGroups/shop (prod)/providers/Microsoft.Compute/disks/web-osdisk-20260301-084023";
        return {
            ...response,
            storageProfile: { ...storage, osDisk: { ...(storage["osDisk"] as ValueMap), managedDisk: { id } } },
        };
    });
    return stack.refresh();
}

export const cases = policyCases(__filename, {
    policyId: "BCDR131",
    example: explicit([]),
    exampleLater: {
        says: "Where `data` has been attached until now, at the preview of this change",
        round: (example) => deployed(explicit(["data"])).preview(example),
        state: (example) => deployed(explicit(["data"])).up(example),
    },
    fixed: {
        program: explicit([], [ref("os.id")]),
        round: (fixed) => new Stack().preview(fixed),
        says: "After you have disabled replication and removed the item from the state, this program enables it again:",
    },
    shows: [
        "web.storageProfile",
        "webReplication.properties.providerSpecificDetails.fabricObjectId",
        "webReplication.properties.providerSpecificDetails.vmManagedDisks.0.diskId",
    ],
    holds: [
        { name: "in the state", round: () => deployed(explicit(["data"])).state() },
        { name: "a disk that is left out on purpose", round: explicit(["data"], [ref("os.id")]) },
        { name: "the classic provider", round: () => deployed(classic(true)).state() },
    ],
    violated: [
        {
            name: "a data disk is removed",
            round: () => deployed(explicit(["data"])).preview(explicit([])),
            on: ["web"],
        },
        { name: "and in the state", round: () => deployed(explicit(["data"])).up(explicit([])), on: ["web"] },
        { name: "the classic provider", round: () => deployed(classic(true)).up(classic(false)), on: ["web"] },
        {
            name: "the OS disk is swapped, at preview",
            round: () => deployed(booting("os")).preview(booting("other")),
            on: ["web"],
        },
        { name: "the OS disk is swapped in the portal, for a disk outside the program", round: inPortal, on: ["web"] },
    ],
    undecided: [
        {
            name: "while the VM is updated the plan does not know the ids of disks that Azure made (SEE-05a)",
            round: () => deployed(implicit({})).preview(implicit({ changed: "yes" })),
            waitsFor: '"web": storageProfile.osDisk.managedDisk.id',
        },
    ],
    limits: [
        {
            allowed: { name: "as many disks as are listed", round: explicit(["data"]) },
            refused: { name: "one less", round: explicit([]), on: ["web"] },
        },
    ],
});
