import { valueOf } from "../../../src/model/values";
import { vm, replicatedItem, resourceGroup, SURROUNDINGS } from "../../harness/azure";
import { replicatedVm } from "../../harness/classic";
import { PHASES, roundOf, type Phase } from "../../harness/phases";
import { ref, text, type Content, type Declaration, type Program, type Properties } from "../../harness/program";
import { estateOf } from "../../harness/estate-of";

const DISK = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d";
const OUTSIDE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics";

function fabric(location: Content): Declaration {
    return {
        type: "azure-native:recoveryservices:ReplicationFabric",
        properties: {
            resourceGroupName: ref("rg.name"),
            resourceName: ref("recovery.name"),
            properties: { customDetails: { instanceType: "Azure", location } },
        },
    };
}

const FABRICS: Program = { ...SURROUNDINGS, web: vm(), here: fabric("West Europe"), there: fabric("northeurope") };

function native(container: Content, fabricName: Content = ref("here.name")): Declaration {
    const { type, properties } = replicatedItem(ref("web.id"), [DISK], { recoveryContainerId: container });
    return { type, properties: { ...properties, fabricName } };
}

function classic(targetRecoveryFabricId: Content): Declaration {
    const { type, properties } = replicatedVm(ref("web.id"), [DISK]);
    return { type, properties: { ...properties, targetRecoveryFabricId } };
}

/** Containers are resources of the classic provider only, which both providers' items may name. */
function container(fabricName: Content): Declaration {
    return {
        type: "azure:siterecovery/protectionContainer:ProtectionContainer",
        properties: {
            resourceGroupName: ref("rg.name"),
            recoveryVaultName: ref("recovery.name"),
            recoveryFabricName: fabricName,
        },
    };
}

function kindOf(item: Declaration, phase: Phase, over: Program = {}): string {
    const estate = estateOf(roundOf({ ...FABRICS, ...over, item }, phase));
    const [only] = estate.replication.items;
    const kind = only && estate.replication.kindOf(only);
    return kind === undefined ? "no item" : kind.state === "unknown" ? kind.property : (valueOf(kind) ?? kind.state);
}

describe.each(PHASES)("at the %s, replication is", (phase) => {
    test.each<[string, Declaration]>([
        ["between regions", native(text`${ref("there.id")}/replicationProtectionContainers/c`)],
        ["between zones", native(text`${ref("here.id")}/replicationProtectionContainers/c`)],
        ["between regions", classic(ref("there.id"))],
        ["between zones", classic(ref("here.id"))],
        ["absent", native(`${OUTSIDE}/there/replicationProtectionContainers/c`)],
        ["absent", classic(`${OUTSIDE}/there`)],
        ["between zones", native(text`${ref("near.id")}/replicationProtectionContainers/c`)],
        ["between zones", native(ref("zone.id"))],
        ["between regions", native(ref("far.id"))],
    ])("%s (%#)", (expected, item) => {
        const containers = { zone: container(ref("here.name")), far: container(ref("there.name")) };
        expect(kindOf(item, phase, { near: fabric("westeurope"), ...containers })).toBe(expected);
    });
});

test("where the region of the other side is not known yet, its fabric will tell", () => {
    const item = native(text`${ref("far.id")}/replicationProtectionContainers/c`);
    expect(kindOf(item, "first preview", { far: fabric(ref("rg.id")) })).toBe(
        "properties.providerSpecificDetails.recoveryContainerId",
    );
});

function locationOfWeb(over: Properties, group?: Declaration): string {
    const rg: Program = group === undefined ? {} : { rg: group };
    const estate = estateOf(roundOf({ ...SURROUNDINGS, ...rg, web: vm({ over }) }, "first preview"));
    const [web] = estate.vms;
    const location = web && estate.regions.of(web);
    return location === undefined ? "no VM" : (valueOf(location) ?? location.state);
}

describe("a resource is", () => {
    test.each([
        ["where it says", { location: "West US 2" }, undefined, "westus2"],
        ["where its group is", {}, resourceGroup(undefined, "North Europe"), "northeurope"],
        ["not known yet", { location: ref("rg.id") }, undefined, "unknown"],
    ])("%s", (_, over, group, expected) => {
        expect(locationOfWeb(over, group)).toBe(expected);
    });
});
