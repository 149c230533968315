import * as fc from "fast-check";
import { packConfiguration } from "../../src/config/configuration-file";
import { Estate } from "../../src/model/estate";
import type { PlannedResource, Urn } from "../../src/model/planned-resource";
import { parseUrn } from "../../src/model/ids/urn";
import { evaluateStack, type Evaluation, type LevelledFinding } from "../../src/cli/judging/evaluation";
import { catalogue } from "../../src/cli/judging/reported-policies";
import type { Inventory } from "../../src/inventory/document";
import { InventoryBuilder } from "../../src/inventory/of-estate";
import { InventoriedResources, stackName } from "../../src/inventory/external-resources";
import { indexOf } from "../../src/inventory/inventory-index";
import { packed } from "../../src/inventory/packed-entries";
import { readInventory } from "../../src/inventory/read";
import { plannedOf } from "../harness/estate-of";
import { Stack } from "../harness/stack";
import { examplePrograms, type NamedProgram } from "./estates-in-examples";

/**
 * An estate in one stack, and the same resources in several: each part is looked at with what an inventory tells of the
 * others. The parts say nothing mandatory that the whole does not say, and what the whole says, one of them says, too, or
 * that it cannot know.
 */

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? "5");
const SEED = Number(process.env["PROPERTY_SEED"] ?? "20261122");

const configuration = packConfiguration({}, catalogue);

/**
 * What an inventory does not tell, as docs/inventory.md has it: plans for a stack that has none, storage accounts, who may
 * reach a disk, network mappings, attachments. A vault of which a stack shows Site Recovery alone is one of Site Recovery there, whatever backup
 * policies another stack has in it.
 */
const NOT_TOLD: readonly string[] = [
    "BCDR232",
    "BCDR233",
    "BCDR236",
    "BCDR237",
    "BCDR413",
    "BCDR502",
    "BCDR503",
    "BCDR504",
];
const UNLESS_ATTACHED_HERE: readonly string[] = ["BCDR111", "BCDR121"];

function look(resources: readonly PlannedResource[], external?: InventoriedResources): Evaluation {
    return evaluateStack(resources, new Estate(resources, undefined, external), configuration, { dryRun: false });
}

function wholeOf({ before, program }: NamedProgram): readonly PlannedResource[] {
    const stack = new Stack();
    if (before !== undefined) {
        stack.up(before);
    }
    stack.up(program);
    return plannedOf(stack.state());
}

function isShared({ type }: PlannedResource): boolean {
    return type.startsWith("pulumi:");
}

/** The resources of one part, as the stack of its own that they are then: what it does not have, nothing is made from. */
function partOf(resources: readonly PlannedResource[], part: string): readonly PlannedResource[] {
    const own = new Set(resources.map(({ urn }) => urn));
    const renamed = (urn: Urn): Urn => urn.replace(/^urn:pulumi:[^:]+/, `urn:pulumi:${part}`);
    return resources.map((resource) => ({
        ...resource,
        urn: renamed(resource.urn),
        dependenciesOf: (property) =>
            resource
                .dependenciesOf(property)
                .filter((urn) => own.has(urn))
                .map(renamed),
    }));
}

function inventoryOf(resources: readonly PlannedResource[]): Inventory {
    const builder = new InventoryBuilder();
    const { stack, project } = parseUrn(resources[0]?.urn ?? "");
    const name = stackName(stack, project);
    builder.addEstate(new Estate(resources), { kind: "state", name, readAt: "2026-11-22T21:04:00Z" });
    return readInventory(JSON.stringify(builder.inventory()), name);
}

function externalOf(inventories: readonly Inventory[]): InventoriedResources {
    return new InventoriedResources(indexOf(inventories.flatMap(packed)), {
        now: new Date("2026-11-22T22:00:00Z"),
        maximumAgeHours: 24,
    });
}

/** `BCDR121 web`; a finding on the stack itself is about all of it. */
function keyOf({ policyId, urn, name }: { policyId: string; urn: Urn | undefined; name: string }): string {
    return `${policyId} ${urn === undefined ? name : parseUrn(urn).name}`;
}

const WHOLES = examplePrograms().map((each) => ({ name: each.name, whole: wholeOf(each) }));

test.each(WHOLES)("$name, in several stacks", ({ whole }) => {
    const expected = look(whole);
    const said = new Set(expected.findings.map(keyOf));
    const openInWhole = new Set(expected.open.map(({ policyId }) => policyId));
    const places = fc.array(fc.nat({ max: 2 }), { minLength: whole.length, maxLength: whole.length });
    fc.assert(
        fc.property(places, (parts) => {
            const stacks = [0, 1, 2].map((part) =>
                partOf(
                    whole.filter((resource, index) => isShared(resource) || parts[index] === part),
                    `part${part}`,
                ),
            );
            const external = externalOf(stacks.map(inventoryOf));
            const inspections = stacks.map((resources) => look(resources, external));
            const findings = inspections.flatMap(({ findings: found }) => found);
            const open = new Set(inspections.flatMap((each) => each.open.map(({ policyId }) => policyId)));
            const falseAlarms = findings.filter(
                (finding) =>
                    finding.level === "mandatory" && !said.has(keyOf(finding)) && !isOtherSide(finding, expected),
            );
            const told = new Set(findings.map(({ policyId }) => policyId));
            const silent = expected.findings.filter(
                ({ policyId }) =>
                    !told.has(policyId) &&
                    !open.has(policyId) &&
                    !openInWhole.has(policyId) &&
                    !isNotReported(policyId, whole),
            );
            expect({ falseAlarms: falseAlarms.map(keyOf), silent: silent.map(keyOf) }).toEqual({
                falseAlarms: [],
                silent: [],
            });
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
});

/** What the whole says of an item, the part that has only the VM says of it, too, without having the item. */
function isOtherSide({ policyId, urn }: LevelledFinding, expected: Evaluation): boolean {
    return urn === undefined && expected.findings.some((finding) => finding.policyId === policyId);
}

function isNotReported(policyId: string, whole: readonly PlannedResource[]): boolean {
    const attaches = whole.some(({ type }) => /Attachment$/.test(type));
    return NOT_TOLD.includes(policyId) || (attaches && UNLESS_ATTACHED_HERE.includes(policyId));
}
