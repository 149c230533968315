import { embedded } from "../../harness/embedded";
import { ref, type Content, type Program, type Properties } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import {
    BETWEEN,
    changed,
    classic,
    classicTo,
    group,
    native,
    OUTSIDE,
    stateOf,
    TO_REGION,
    TO_UNKNOWN,
    TO_ZONE,
    UNKNOWN,
    type Options,
} from "./programs";

/** Into a group of the VM's own subscription, so that zones of both sides can be compared. */
function replicated(vm: Properties, details: Properties, to: Options = TO_ZONE): Program {
    return native({
        ...to,
        vm,
        more: { ...to.more, target: group("westeurope") },
        details: { ...to.details, recoveryResourceGroupId: ref("target.id"), ...details },
    });
}

function inZones(zone: Content, recoveryAvailabilityZone: Content, to: Options = TO_ZONE): Program {
    return replicated({ zones: [zone] }, { recoveryAvailabilityZone }, to);
}

function classicInZones(zone: Content, targetZone: Content): Program {
    const options = classicTo("here");
    return classic({
        vm: { zone },
        more: { ...options.more, target: group("westeurope") },
        item: { ...options.item, targetResourceGroupId: ref("target.id"), targetZone },
    });
}

const WITHOUT_ZONE = replicated({}, { recoveryAvailabilityZone: "2" });
const PLACED = replicated({ placement: { zonePlacementPolicy: "Any" } }, { recoveryAvailabilityZone: "2" });
const IN_SCALE_SET = replicated(
    { virtualMachineScaleSet: { id: `${OUTSIDE}/providers/Microsoft.Compute/virtualMachineScaleSets/flexible` } },
    { recoveryAvailabilityZone: "2" },
);

export const cases = policyCases(__filename, {
    policyId: "BCDR227",
    example: inZones("1", "1"),
    fixed: { program: inZones("1", "2") },
    shows: [
        ...BETWEEN,
        "web.zones",
        "item.properties.providerSpecificDetails.fabricObjectId",
        "item.properties.providerSpecificDetails.recoveryAvailabilityZone",
    ],
    holds: [
        { name: "into no zone", round: replicated({ zones: ["1"] }, {}) },
        { name: "in the exported state", round: stateOf(inZones("1", "2")) },
        {
            name: "the same number in another subscription",
            round: native({
                ...TO_ZONE,
                vm: { zones: ["1"] },
                details: { ...TO_ZONE.details, recoveryAvailabilityZone: "1" },
            }),
        },
        {
            name: "in an edge zone",
            round: replicated({ extendedLocation: { name: "losangeles", type: "EdgeZone" } }, {}),
        },
        {
            name: "to an edge zone",
            round: replicated({}, { recoveryExtendedLocation: { name: "losangeles", type: "EdgeZone" } }),
        },
        { name: "the other side lies in another stack", round: native() },
        { name: "classic", round: classicInZones("1", "2") },
    ],
    violated: [
        { name: "classic, in no zone", round: classic(classicTo("here")), on: ["item"] },
        { name: "classic, into its own zone", round: classicInZones("1", "1"), on: ["item"] },
    ],
    undecided: [
        {
            name: "the region of the other side is not known",
            round: inZones("1", "1", TO_UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryContainerId',
        },
        {
            name: "a zone that is not known",
            round: replicated({ zones: UNKNOWN }, { recoveryAvailabilityZone: "1" }),
            waitsFor: '"web": zones',
        },
        {
            name: "a target zone that is not known",
            round: inZones("1", UNKNOWN),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryAvailabilityZone',
        },
        { name: "a zone that Azure chooses", round: PLACED, waitsFor: '"web": zones' },
        {
            name: "a zone that Azure chooses, in a template",
            round: embedded(PLACED, new Set(["VM"]), "template"),
            waitsFor: '"web": properties.template.resources[0].zones',
        },
        { name: "a zone that a scale set may choose", round: IN_SCALE_SET, waitsFor: '"web": zones' },
        {
            name: "an edit in place, which does not change the zone",
            round: changed(inZones("1", "1"), inZones("1", "2")),
            waitsFor: '"item": properties.providerSpecificDetails.recoveryAvailabilityZone',
        },
        { name: "classic", round: classicInZones("1", UNKNOWN), waitsFor: '"item": targetZone' },
    ],
    inPlace: [
        { name: "in no zone, in the exported state", round: stateOf(WITHOUT_ZONE), on: ["item"] },
        { name: "in the exported state", round: stateOf(inZones("1", "1")), on: ["item"] },
        { name: "a scale set that has chosen no zone", round: stateOf(IN_SCALE_SET), on: ["item"] },
    ],
    limits: [
        {
            allowed: { name: "into another zone", round: inZones("1", "2") },
            refused: { name: "into its own zone", round: inZones("1", "1"), on: ["item"] },
        },
        {
            allowed: { name: "in no zone, between regions", round: replicated({}, {}, TO_REGION) },
            refused: { name: "in no zone, within a region", round: WITHOUT_ZONE, on: ["item"] },
        },
    ],
});
