import type { Link } from "../../../src/model/link";
import type { AzureResource } from "../../../src/model/resources";
import {
    backupItem,
    backupVault,
    disk,
    diskBackup,
    vm,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
    vault,
} from "../../harness/azure";
import { backupInstanceDisk, protectedVm, replicatedVm } from "../../harness/classic";
import { PHASES, roundOf, type Phase } from "../../harness/phases";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { Stack } from "../../harness/stack";
import { estateOf } from "../../harness/estate-of";

/** `linked backup`, `undecided a, b`, `external`, `none` */
function outcome(link: Link<AzureResource>): string {
    switch (link.state) {
        case "linked":
            return `linked ${link.to.pulumiName}`;
        case "undecided":
            return `undecided ${link.candidates.map(({ pulumiName }) => pulumiName).join(", ")}`.trim();
        default:
            return link.state;
    }
}

/** The vault of the one item in a program. */
function vaultOf(program: Program, phase: Phase = "first preview"): string {
    const estate = estateOf(roundOf(program, phase));
    const [link] = estate.entities.flatMap((entity) =>
        entity.kind === "backup item" || entity.kind === "replicated item"
            ? [outcome(estate.vaults.of(entity))]
            : entity.kind === "disk backup"
              ? [outcome(estate.vaults.ofDiskBackup(entity))]
              : [],
    );
    return link ?? "no item";
}

const VM: Program = { ...SURROUNDINGS, web: vm(), data: disk() };

describe.each(PHASES)("at the %s, the vault of", (phase) => {
    test.each<[string, Declaration, string]>([
        ["a backup item", backupItem(ref("web.id"), "g;web"), "linked backup"],
        ["a classic backup item", protectedVm(ref("web.id")), "linked backup"],
        ["a replicated item", replicatedItem(ref("web.id"), [ref("data.id")]), "linked recovery"],
        ["a classic replicated item", replicatedVm(ref("web.id"), [ref("data.id")]), "linked recovery"],
        ["a Disk Backup instance", diskBackup(ref("data.id")), "linked diskBackup"],
        ["a classic Disk Backup instance", backupInstanceDisk(ref("data.id")), "linked diskBackup"],
    ])("%s is found", (_, item, expected) => {
        expect(vaultOf({ ...VM, item }, phase)).toBe(expected);
    });
});

function inVault(vaultName: Content, over: Properties = {}): Declaration {
    const { type, properties } = backupItem(ref("web.id"), "g;web");
    // The item's own name is unknown at a first preview, so no id can be computed for it.
    const protectedItemName = text`vm;iaasvmcontainerv2;${ref("web.name")}`;
    return {
        type,
        properties: {
            ...properties,
            properties: { protectedItemType: "Microsoft.Compute/virtualMachines", sourceResourceId: ref("web.id") },
            protectedItemName,
            vaultName,
            ...over,
        },
    };
}

test.each<[string, Program, string]>([
    [
        "a name that is written out, in another case",
        { vault: vault("Backup"), item: inVault("backup") },
        "linked vault",
    ],
    ["a name of no vault of this stack", { vault: vault("backup"), item: inVault("elsewhere") }, "external"],
    [
        "a name in another group",
        { vault: vault("backup"), item: inVault("backup", { resourceGroupName: "another" }) },
        "external",
    ],
    [
        "a name that is not known and was made from no vault",
        { vault: vault("backup"), item: inVault(ref("web.name")) },
        "undecided",
    ],
    [
        "a name that was made from two vaults",
        { one: vault(), two: vault(), item: inVault(text`${ref("one.name")}${ref("two.name")}`) },
        "undecided one, two",
    ],
    [
        "a vault of the other kind with that name",
        {
            vault: { ...backupVault(), properties: { ...backupVault().properties, vaultName: "backup" } },
            item: inVault("backup"),
        },
        "external",
    ],
])("%s", (_, program, expected) => {
    expect(vaultOf({ rg: resourceGroup("g"), web: vm(), ...program })).toBe(expected);
});

test("an item whose inputs nobody collected is in the vault that its id names", () => {
    const stack = new Stack();
    stack.up({ ...VM, item: backupItem(ref("web.id"), "g;web") });
    const { dryRun, resources } = stack.state();
    const estate = estateOf({ dryRun, resources: resources.map((resource) => ({ ...resource, inputs: {} })) });
    const [item] = estate.entities.filter((entity) => entity.kind === "backup item");
    expect(item && outcome(estate.vaults.of(item))).toBe("linked backup");
});

test("an item that --target leaves out is in the vault that its name was made from", () => {
    const program = { ...VM, item: backupItem(ref("web.id"), "g;web") };
    const estate = estateOf(new Stack().preview(program, { target: ["rg", "backup"] }));
    const [item] = estate.entities.filter((entity) => entity.kind === "backup item");
    expect(item && outcome(estate.vaults.of(item))).toBe("linked backup");
});
