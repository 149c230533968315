import { formatArmId } from "../estate/arm-id";
import { valueOf } from "../estate/known";
import type { AzureResource, Machine, Tags } from "../estate/model";
import type { Urn } from "../estate/planned-resource";

/** What a finding is about: plain data, fit for a report. */
export interface Subject {
    /** Undefined where it lies outside of the stack, or is the stack. */
    readonly urn: Urn | undefined;
    /** The name to show a person. */
    readonly name: string;
    /** Every name by which an exemption may call it: URN, ARM id, Azure's name, the program's name. */
    readonly names: readonly string[];
    /** The tags of the machine concerned, which may carry an exemption; undefined where no machine is. */
    readonly machineTags: Tags | undefined;
}

export function subjectOf(resource: AzureResource, machine?: Machine): Subject {
    const id = valueOf(resource.id);
    return {
        urn: resource.urn,
        name: displayName(resource),
        names: [resource.urn, id && formatArmId(id), valueOf(resource.azureName), resource.pulumiName].filter(
            (name) => name !== undefined,
        ),
        machineTags: machine?.tags,
    };
}

/** The stack itself, for a finding about all of it. */
export function stackSubject(urn: Urn | undefined): Subject {
    return { urn, name: "this stack", names: urn === undefined ? [] : [urn], machineTags: undefined };
}

/** Azure's name; the program's where Azure's is not known yet or is the program's with random letters behind it. */
export function displayName({ azureName, pulumiName }: AzureResource): string {
    const name = valueOf(azureName);
    if (name === undefined) {
        return pulumiName ?? "a resource outside of this stack";
    }
    return pulumiName !== undefined && isAutoNamed(name, pulumiName) ? pulumiName : name;
}

function isAutoNamed(azureName: string, pulumiName: string): boolean {
    return azureName.startsWith(pulumiName) && /^[0-9a-f]{7,8}$/.test(azureName.slice(pulumiName.length));
}
