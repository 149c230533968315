import { resourceGroup } from "../../harness/azure";
import { ref, type Content, type Program } from "../../harness/program";
import { embedded } from "../../harness/embedded";
import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    changed,
    classic,
    classicTo,
    group,
    native,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
    type Options,
} from "./programs";

function into(recoveryResourceGroupId: Content, location: Content, to: Options): Program {
    return native({
        ...to,
        more: { ...to.more, target: { ...group(""), properties: { location } } },
        details: { ...to.details, recoveryResourceGroupId },
    });
}

function classicInto(targetResourceGroupId: Content, location: string, to: "here" | "there"): Program {
    const options = classicTo(to);
    return classic({
        more: { ...options.more, target: resourceGroup(undefined, location) },
        item: { ...options.item, targetResourceGroupId },
    });
}

const TARGET = ref("target.id");
const OWN = ref("rg.id");

const IN_TEMPLATE = embedded(into(TARGET, "westeurope", TO_REGION), new Set(["replicated item"]), "template");

export const cases = policyCases(__filename, {
    policyId: "BCDR221",
    example: into(TARGET, "westeurope", TO_REGION),
    fixed: { program: into(TARGET, "northeurope", TO_REGION) },
    shows: [
        ...BETWEEN,
        "item.properties.providerSpecificDetails.recoveryResourceGroupId",
        "there.properties.customDetails.location",
    ],
    holds: [
        { name: "a group of another stack", round: native(TO_REGION) },
        { name: "in the exported state", round: stateOf(into(TARGET, "northeurope", TO_REGION)) },
        { name: "the other side lies in another stack", round: into(TARGET, "westeurope", {}) },
        { name: "classic, between zones", round: classicInto(TARGET, "westeurope", "here") },
        { name: "classic, between regions", round: classicInto(TARGET, "northeurope", "there") },
    ],
    violated: [
        { name: "classic, between zones", round: classicInto(OWN, "westeurope", "here"), on: ["item"] },
        { name: "classic, between regions", round: classicInto(TARGET, "westeurope", "there"), on: ["item"] },
    ],
    undecided: [
        {
            name: "the region of the other side is not known",
            round: into(TARGET, "westeurope", TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        {
            name: "the group's region is not known",
            round: into(TARGET, UNKNOWN, TO_REGION),
            waitsFor: '"target": location',
        },
    ],
    inPlace: [
        { name: "in the exported state", round: stateOf(into(TARGET, "westeurope", TO_REGION)), on: ["item"] },
        {
            name: "of an item in a template that was deployed",
            round: changed(IN_TEMPLATE, IN_TEMPLATE),
            on: ["item"],
        },
        {
            name: "between zones, in the exported state",
            round: stateOf(into(OWN, "westeurope", TO_ZONE)),
            on: ["item"],
        },
    ],
    limits: [
        {
            allowed: { name: "in a third region", round: into(TARGET, "West US", TO_REGION) },
            refused: { name: "in the source region", round: into(TARGET, "West Europe", TO_REGION), on: ["item"] },
        },
        {
            allowed: { name: "between zones, another group", round: into(TARGET, "westeurope", TO_ZONE) },
            refused: {
                name: "between zones, the VM's own",
                round: into(OWN, "westeurope", TO_ZONE),
                on: ["item"],
            },
        },
    ],
});
