import { fromRestorePoint } from "../harness/azure";
import {
    classicDisk,
    classicGroup,
    classicVm,
    diskAttachment,
    legacyVm,
    protectedVm,
    replicatedVm,
} from "../harness/classic";
import { Pack } from "../harness/pack";
import { deployed, planFindings } from "../harness/plan-cases";
import { ref, type Content, type Declaration, type Program, type Properties } from "../harness/program";
import { planPolicies } from "../../policies";

// Changes like those of bug reports: all that the command finds in the plan, and all that the pack finds in its preview.

interface FieldPlan {
    readonly name: string;
    readonly before: Program;
    readonly after: Program;
    /** `BCDR601 web`, sorted: of the plan, and of what it leads to. */
    readonly plan: readonly string[];
    readonly preview: readonly string[];
}

const GROUP = "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/shop";

function classicVault(name: string, location: string): Declaration {
    return {
        type: "azure:recoveryservices/vault:Vault",
        properties: { resourceGroupName: ref("rg.name"), name, location, sku: "Standard" },
    };
}

function over(declaration: Declaration, properties: Properties): Declaration {
    return { ...declaration, properties: { ...declaration.properties, ...properties } };
}

/** What Site Recovery makes a disk from when it fails back. */
function fromReplica(name: string): Properties {
    return {
        name,
        createOption: "Restore",
        sourceResourceId: `${GROUP}/providers/Microsoft.Compute/disks/${name}-ASRReplica/bookmark/6d0c2f1e`,
    };
}

function failedBack(data: Properties): Program {
    return {
        rg: classicGroup(),
        recovery: classicVault("shop-recovery", "northeurope"),
        os: classicDisk({ ...fromReplica("web-os"), osType: "Linux" }),
        data: classicDisk({ name: "web-data", diskSizeGb: 128, ...data }),
        web: over(legacyVm(ref("os.id")), { name: "web" }),
        place: diskAttachment(ref("web.id"), 0, ref("data.id")),
        item: over(replicatedVm(ref("web.id"), [ref("os.id"), ref("data.id")]), { name: "web" }),
    };
}

const STOPPED_LATER: Program = {
    rg: classicGroup(),
    backup: classicVault("shop-backup", "westeurope"),
};

/** The disks that replication lists, after a restore of the OS disk. */
function restored(listed: Content): Program {
    return {
        rg: classicGroup(),
        recovery: classicVault("shop-recovery", "northeurope"),
        os: classicDisk({
            name: "web-os-restored",
            createOption: "Restore",
            sourceResourceId: fromRestorePoint()["sourceResourceId"] ?? null,
        }),
        web: classicVm("linux", ref("os.id")),
        item: over(replicatedVm(ref("web.id"), [listed]), { name: "web" }),
    };
}

const PLANS: readonly FieldPlan[] = [
    {
        name: "a data disk that Site Recovery has failed back, which the program still calls an empty one",
        before: failedBack(fromReplica("web-data")),
        after: failedBack({ createOption: "Empty" }),
        plan: ["BCDR603 item"],
        preview: [],
    },
    {
        name: "the list of a classic item names the restored OS disk, which disables replication and enables it again",
        before: restored(`${GROUP}/providers/Microsoft.Compute/disks/web-os`),
        after: restored(ref("os.id")),
        plan: [],
        preview: ["BCDR110 os", "BCDR419 web"],
    },
    {
        name: "a VM is deleted, and its backups are kept with protection stopped",
        before: {
            ...STOPPED_LATER,
            os: classicDisk({ name: "web-os", createOption: "Empty", diskSizeGb: 32 }),
            web: legacyVm(ref("os.id")),
            item: protectedVm(ref("web.id"), { includeDiskLuns: [0] }),
        },
        after: {
            ...STOPPED_LATER,
            item: protectedVm(null, { includeDiskLuns: [0], protectionState: "ProtectionStopped" }),
        },
        plan: [],
        preview: ["BCDR415 item", "BCDR502 backup", "BCDR504 backup"],
    },
];

describe.each(PLANS)("$name", ({ before, after, plan, preview }) => {
    test("its plan", () => {
        const content = deployed(before).plan(after);
        const found = planPolicies.flatMap(({ id }) => planFindings(id, content).reported);
        expect(found.map(({ policyId, subject }) => `${policyId} ${subject.urn?.split("::").at(-1) ?? "-"}`)).toEqual(
            plan,
        );
    });

    test("its preview", async () => {
        const violations = await new Pack().analyze(deployed(before).preview(after));
        expect(violations.map(({ policyId, on }) => `${policyId} ${on ?? "-"}`).sort()).toEqual(preview);
    });
});
