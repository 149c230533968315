import { CLASSIC_READERS, RENAMED_CLASSIC_TYPES } from "../../src/model/readers/azure-classic";
import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import { readerOf } from "../../src/model/readers";
import { isUnknownType } from "../../src/model/unknown-types";
import { loadClassicShapes } from "../../dev/offline/providers/azure-sdk-types";
import type { ValueMap } from "../../dev/offline/providers/values";
import { loadShapes } from "../../dev/offline/providers/sdk-types";
import { resourceGroup } from "../harness/azure";
import { Stack } from "../harness/stack";
import { estateOf } from "../harness/estate-of";

describe("known", () => {
    test("every type of the SDKs: a new one is read, or is listed as one that plays no part", () => {
        const tokens = [
            ...Object.keys(loadShapes().resources).map((key) => `azure-native:${key}`),
            ...Object.keys(loadClassicShapes().resources),
        ];
        expect(tokens.length).toBeGreaterThan(300);
        expect(tokens.filter(isUnknownType)).toEqual([]);
    });

    test.each([
        "azure-native:compute/v20240701:AvailabilitySet",
        "azure-native:compute/latest:DiskEncryptionSet",
        "azure-native:compute:TypeOfTomorrow",
        "azure-native:network:NetworkOfTomorrow",
        "azure-native:storage/2024-01-01:BlobContainer",
        "azure-native:keyvault:Vault",
        "azure-native_compute_v20240701:compute:AvailabilitySet",
        "azure:storage/container:Container",
        "azure:core/resourceGroup:ResourceGroup",
        "azurerm:index/resourceGroup:ResourceGroup",
        "azurerm:index/availabilitySet:AvailabilitySet",
        "azuread:index/application:Application",
        "azure-landing-zone:compute:VirtualMachine",
        "shop:compute:VirtualMachine",
        "pulumi:providers:azure-native",
        "pulumi:pulumi:Stack",
        "",
    ])("%s", (type) => {
        expect(isUnknownType(type)).toBe(false);
    });
});

describe("unknown", () => {
    test.each([
        "azure-native:recoveryservices:ItemOfTomorrow",
        "azure-native_recoveryservices_v20300101:recoveryservices:ItemOfTomorrow",
        "azure-nextgen:recoveryservices/latest:VaultReplicationPolicy",
        "azure-native:dataprotection:InstanceOfTomorrow",
        "azure-native:compute:VirtualMachineOfTomorrow",
        "azure-native:compute/2024-11-01:VirtualMachine",
        "azure-native-v2:compute:VirtualMachine",
        "azure-native:network/2024-05-01:NetworkInterface",
        "azure:siterecovery/itemOfTomorrow:ItemOfTomorrow",
        "azure:backup/a/b:ProtectedVM",
        "azurerm:index/linuxVirtualMachine:LinuxVirtualMachine",
        "azurerm:index/siteRecoveryReplicatedVm:SiteRecoveryReplicatedVm",
        "azurerm:index/backupProtectedVm:BackupProtectedVm",
        "azapi:index/resource:Resource",
    ])("%s", (type) => {
        expect(isUnknownType(type)).toBe(true);
    });

    const namesIn = (properties: ValueMap): readonly string[] => {
        const { resources, ...round } = new Stack().preview({ it: resourceGroup() });
        const inputs = { parentId: "/subscriptions/s", ...properties };
        const sent = resources.map((each) =>
            each.name === "it" ? { ...each, type: "azapi:index/resource:Resource", inputs, outputs: inputs } : each,
        );
        return estateOf({ ...round, resources: sent }).unknownTypes.map(({ name }) => name);
    };

    test.each([
        ["of the module", { type: "Microsoft.RecoveryServices/vaults/backupFabrics@2024-10-01" }, ["it"]],
        ["of another", { type: "Microsoft.App/containerApps@2024-03-01" }, []],
        ["not told", {}, ["it"]],
    ])("a resource of azapi by its ARM type: %s", (_, properties, names) => {
        expect(namesIn(properties)).toEqual(names);
    });
});

test.each([...RENAMED_CLASSIC_TYPES])("%s was %s once, and is read like it", (former, now) => {
    expect(readerOf(`azure:${former.replace(":", "/x:")}`)).toBe(CLASSIC_READERS.get(now));
    expect(CLASSIC_READERS.get(now)).toBeDefined();
});

test("each type is read in each form of its token", () => {
    const forms = [
        (module: string, name: string) => `azure-native:${module}/v20230401:${name}`,
        (module: string, name: string) => `azure-native_${module}_v20230401:${module}:${name}`,
        (module: string, name: string) => `azure-nextgen:${module}/latest:${name}`,
        (module: string, name: string) => `azure-nextgen:${module}/v20200601:${name}`,
    ];
    for (const [key, reader] of AZURE_NATIVE_READERS) {
        const [module = "", name = ""] = key.split(":");
        expect(forms.map((form) => readerOf(form(module, name)))).toEqual(forms.map(() => reader));
    }
});
