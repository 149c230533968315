import { formatArmId } from "../model/ids/arm-id";
import { displayName } from "../model/ids/display-name";
import { valueOf } from "../model/values";
import type { AzureResource, Machine, Tags } from "../model/resources";
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
    /** The machine concerned, where there is one and it is in the stack. */
    readonly machine: Urn | undefined;
    /** The tags of the machine concerned, which may carry an exemption; undefined where no machine is. */
    readonly machineTags: Tags | undefined;
    /** What decides whether it is made at all, where that is not known: then nothing is found on it yet. */
    readonly waitsFor?: OpenQuestion | undefined;
}

export function subjectOf(resource: AzureResource, machine?: Machine): Subject {
    const id = valueOf(resource.id);
    return {
        urn: resource.urn,
        name: displayName(resource),
        names: [resource.urn, id && formatArmId(id), valueOf(resource.azureName), resource.pulumiName].filter(
            (name) => name !== undefined,
        ),
        machine: machine?.urn,
        machineTags: machine?.tags,
        waitsFor: existence(resource) ?? (machine && existence(machine)),
    };
}

function existence(resource: AzureResource): OpenQuestion | undefined {
    const property = resource.carriedIn?.openBy;
    return property === undefined ? undefined : { resource, property };
}

/** A resource that no reader could read. */
export function unreadSubject({ urn, name }: Pick<PlannedResource, "urn" | "name">): Subject {
    return { urn, name, names: [urn, name], machine: undefined, machineTags: undefined };
}

/** The stack itself, for a finding about all of it. */
export function stackSubject(urn: Urn | undefined): Subject {
    return {
        urn,
        name: "this stack",
        names: urn === undefined ? [] : [urn],
        machine: undefined,
        machineTags: undefined,
    };
}
