import { CLASSIC_READERS } from "../../src/model/readers/azure-classic";
import { AZURE_NATIVE_READERS } from "../../src/model/readers/azure-native";
import type { Reader } from "../../src/model/readers/reader";
import { loadClassicShapes, type ClassicObject } from "../../dev/offline/providers/azure-sdk-types";
import { SIGNATURE_KEY } from "../../dev/offline/providers/values";
import { loadShapes, type ObjectShape, type ResourceShape } from "../../dev/offline/providers/sdk-types";
import { recordedReads, type RecordedRead } from "./recorded-reads";

/** What a reader asks for, that neither direction of the SDK at hand has. */
export const NOT_IN_THIS_SDK: ReadonlySet<string> = new Set([
    // Version 2 of azure-native kept a resource's inputs in its outputs.
    "__inputs",
    // Since API 2026-07-01.
    "properties.regionOfChoiceSettings",
    "properties.regionOfChoiceSettings.status",
    // Since API 2026-02-01 of Site Recovery (A2A-70).
    ...[
        "properties.providerSpecificDetails.vmManagedDisks",
        "properties.providerSpecificDetails.protectedManagedDisks",
        "properties.sharedDiskProperties.sharedDiskProviderSpecificDetails.protectedManagedDisks",
    ].flatMap((list) =>
        ["recoveryNetworkAccessPolicy", "recoveryDiskAccessId", "recoveryPublicNetworkAccess"].map(
            (name) => `${list}[].${name}`,
        ),
    ),
    // Whether a bag is a secret as a whole.
    SIGNATURE_KEY,
]);

/** What no SDK has a type for: it comes in templates and as generic resources. */
const IN_TEMPLATES_ALONE: ReadonlySet<string> = new Set([
    "recoveryservices:BackupStorageConfig",
    "recoveryservices:ReplicationProtectionIntent",
]);

const native = loadShapes();
const classic = loadClassicShapes();

export interface ReadType {
    /** `azure-native:compute:Disk` */
    readonly token: string;
    readonly reads: readonly RecordedRead[];
}

/** Every type that is read, and what its reader asks for. */
export function readTypes(): readonly ReadType[] {
    return [
        ...[...AZURE_NATIVE_READERS]
            .filter(([key]) => !IN_TEMPLATES_ALONE.has(key))
            .map(([key, reader]) => nativeType(key, reader)),
        ...[...CLASSIC_READERS].map(([key, reader]) => classicType(key, reader)),
    ];
}

/** @throws where the SDK has no such resource */
export function nativeType(key: string, reader: Reader): ReadType {
    const token = `azure-native:${key}`;
    const shape = native.resources[key];
    if (shape === undefined) {
        throw new Error(`@pulumi/azure-native has no ${key}`);
    }
    return { token, reads: recordedReads(reader, token, shape, native) };
}

function classicType(key: string, reader: Reader): ReadType {
    const [module = "", name = ""] = key.split(":");
    const [token, resource] =
        Object.entries(classic.resources).find(
            ([each]) => each.startsWith(`azure:${module}/`) && each.endsWith(`:${name}`),
        ) ?? [];
    if (token === undefined || resource === undefined) {
        throw new Error(`@pulumi/azure has no ${key}`);
    }
    const types = {
        inputTypes: Object.fromEntries(Object.entries(classic.types).map(([each, type]) => [each, object(type, true)])),
        outputTypes: Object.fromEntries(
            Object.entries(classic.types).map(([each, type]) => [each, object(type, false)]),
        ),
    };
    return { token, reads: recordedReads(reader, token, classicResource(resource.properties), types) };
}

function classicResource(properties: ClassicObject): ResourceShape {
    const [inputs, outputs] = [object(properties, true), object(properties, false)];
    return { inputs, outputs, apiVersion: undefined, location: undefined };
}

function object(properties: ClassicObject, inputsOnly: boolean): ObjectShape {
    const kept = Object.entries(properties).filter(([, { input }]) => input || !inputsOnly);
    return { properties: Object.fromEntries(kept.map(([name, { shape }]) => [name, shape])), required: [] };
}
