import { resourceGroup, vault, vm } from "../../harness/azure";
import { classicDisk, classicVm } from "../../harness/classic";
import { roundOf } from "../../harness/phases";
import { policyCases } from "../../harness/policy-cases";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { backedUp, BACKED_UP_WEB, classicItem, CLASSIC_STANDARD, item } from "./programs";

const SUSPENDED: Properties = { protectionState: "BackupsSuspended" };

function native(over: Properties = SUSPENDED, state?: Content): Program {
    const properties =
        state === undefined
            ? {}
            : { properties: { publicNetworkAccess: "Enabled", securitySettings: { immutabilitySettings: { state } } } };
    return {
        ...backedUp(vm({ name: "web" }), undefined, item(over)),
        rg: resourceGroup("shop"),
        vault: vault("shop-backup", properties),
    };
}

function classic(immutability: Content, over: Properties = SUSPENDED): Program {
    return {
        ...backedUp(classicVm("linux", ref("boot.id")), CLASSIC_STANDARD, classicItem(over)),
        boot: classicDisk(),
        vault: {
            type: "azure:recoveryservices/vault:Vault",
            properties: {
                resourceGroupName: ref("rg.name"),
                location: "westeurope",
                name: "shop-backup",
                sku: "Standard",
                immutability,
            },
        },
    };
}

const ELSEWHERE = item(SUSPENDED);

export const cases = policyCases(__filename, {
    policyId: "BCDR325",
    example: native(),
    fixed: { program: native(SUSPENDED, "Unlocked") },
    shows: ["webBackup.properties.protectionState", "webBackup.vaultName", ...BACKED_UP_WEB],
    holds: [
        { name: "backups go on", round: native({}) },
        { name: "the backup is stopped", round: native({ protectionState: "ProtectionStopped" }) },
        { name: "a locked vault", round: native(SUSPENDED, "Locked") },
        { name: "an immutable vault, classic", round: classic("Unlocked") },
        {
            name: "a vault outside of the program",
            round: {
                ...native(),
                webBackup: { ...ELSEWHERE, properties: { ...ELSEWHERE.properties, vaultName: "hub" } },
            },
        },
        {
            name: "an immutable vault, in an exported state",
            round: () => roundOf(native(SUSPENDED, "Unlocked"), "exported state"),
        },
    ],
    violated: [
        { name: "immutability is off", round: native(SUSPENDED, "Disabled"), on: ["webBackup"] },
        { name: "classic", round: classic("Disabled"), on: ["webBackup"] },
    ],
    undecided: [
        {
            name: "an immutability that is not known",
            round: native(SUSPENDED, ref("rg.id")),
            waitsFor: '"vault": properties.securitySettings.immutabilitySettings.state',
        },
        {
            name: "a state that is not known",
            round: native({ protectionState: ref("rg.id") }),
            waitsFor: '"webBackup": properties.protectionState',
        },
        {
            name: "a state that is not known, classic",
            round: classic("Disabled", { protectionState: ref("rg.id") }),
            waitsFor: '"webBackup": protectionState',
        },
    ],
    inPlace: [{ name: "in the exported state", round: () => roundOf(native(), "exported state"), on: ["webBackup"] }],
    limits: [
        {
            allowed: {
                name: "backups are stopped, classic",
                round: classic("Disabled", { protectionState: "ProtectionStopped" }),
            },
            refused: {
                name: "backups are suspended, classic",
                round: classic("disabled"),
                on: ["webBackup"],
            },
        },
    ],
});
