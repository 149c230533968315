import { formatArmId } from "../model/ids/arm-id";
import { displayName } from "../model/ids/display-name";
import { valueOf } from "../model/values";
import type { AzureResource, VirtualMachine, Tags } from "../model/resources";
import type { OpenQuestion } from "../model/answers";
import type { PlannedResource, Urn } from "../model/planned-resource";

/** What a finding is about: plain data, fit for a report. */
export interface Subject {
    /** Undefined where it lies outside of the stack, or is the stack. */
    readonly urn: Urn | undefined;
    /** The name to show a person. */
    readonly name: string;
    /** Every name by which an exemption may call it: URN, ARM id, Azure's name, the program's name. */
    readonly names: readonly string[];
    /** The VM concerned, where there is one and it is in the stack. */
    readonly vm: Urn | undefined;
    /** The tags of the VM concerned, which may carry an exemption; undefined where no VM is. */
    readonly vmTags: Tags | undefined;
    /** What decides whether it is made at all, where that is not known: then nothing is found on it yet. */
    readonly waitsFor?: OpenQuestion | undefined;
}

export function subjectOf(resource: AzureResource, vm?: VirtualMachine): Subject {
    const id = valueOf(resource.id);
    return {
        urn: resource.urn,
        name: displayName(resource),
        names: [resource.urn, id && formatArmId(id), valueOf(resource.azureName), resource.pulumiName].filter(
            (name) => name !== undefined,
        ),
        vm: vm?.urn,
        vmTags: vm?.tags,
        waitsFor: existence(resource) ?? (vm && existence(vm)),
    };
}

function existence(resource: AzureResource): OpenQuestion | undefined {
    const property = resource.embeddedIn?.openBy;
    return property === undefined ? undefined : { resource, property };
}

/** A resource that no reader could read. */
export function unreadSubject({ urn, name }: Pick<PlannedResource, "urn" | "name">): Subject {
    return { urn, name, names: [urn, name], vm: undefined, vmTags: undefined };
}

/** The stack itself, for a finding about all of it. */
export function stackSubject(urn: Urn | undefined): Subject {
    return {
        urn,
        name: "this stack",
        names: urn === undefined ? [] : [urn],
        vm: undefined,
        vmTags: undefined,
    };
}
