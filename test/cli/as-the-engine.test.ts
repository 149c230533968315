// States as they are and damaged, through the pack as `pulumi policy analyze` asks it, and through `analyze`, which has no
// engine: the same findings, word for word. What differs is what docs/gate.md says.
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { breakColourMarks } from "../../src/findings/colour-marks";
import { referenceTo } from "../../policies/documentation";
import { formatMessage } from "../../src/findings/text";
import { analyze } from "../../src/cli/commands/analyze";
import type { Inspection } from "../../src/cli/judging/inspection";
import {
    attached,
    backupItem,
    disk,
    diskBackup,
    fromRestorePoint,
    vm,
    NAMED_SURROUNDINGS,
    replicatedItem,
    resourceGroup,
    vault,
} from "../harness/azure";
import { classicDisk, classicVm, protectedVm, replicatedVm } from "../harness/classic";
import { sentOf, type ExportedResource, type ExportedState } from "../harness/exported-state";
import { Pack } from "../harness/pack";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? "60");
const SEED = Number(process.env["PROPERTY_SEED"] ?? "20261128");

const pack = new Pack();
const folder = scratchFolder();

afterAll(removeScratchFolders);

/** A stack as `pulumi stack export` writes it. */
function exported(program: Program, restored: Program = {}): ExportedState {
    const stack = new Stack();
    stack.up(program);
    stack.up({ ...program, ...restored });
    const resources = stack.state().resources.map((resource): ExportedResource => {
        const { urn, type, name, inputs, outputs, propertyDependencies } = resource;
        const isStack = type === "pulumi:pulumi:Stack";
        return {
            urn,
            type,
            custom: !isStack,
            ...(isStack ? {} : { id: stack.idOf(name) }),
            inputs,
            outputs,
            propertyDependencies: Object.fromEntries(
                Object.entries(propertyDependencies).map(([property, urns]) => [property, [...urns]]),
            ),
        };
    });
    return {
        version: 3,
        deployment: { manifest: { time: "2026-11-22T21:04:00Z", magic: "", version: "" }, resources },
    };
}

const NATIVE: Program = {
    ...NAMED_SURROUNDINGS,
    vault: vault("recovery"),
    os: disk({ name: "web-os", over: { osType: "Linux" } }),
    data: disk({ name: "web-data" }),
    web: vm({
        name: "web",
        osDisk: ref("os.id"),
        dataDisks: [attached(0, ref("data.id"))],
        over: { tags: { "bcdr-tier": "backup" } },
    }),
    item: backupItem(ref("web.id"), "shop;web"),
    copy: diskBackup(ref("data.id")),
    replica: replicatedItem(ref("web.id"), [ref("os.id"), ref("data.id")]),
};
const CLASSIC: Program = {
    ...NAMED_SURROUNDINGS,
    os: classicDisk(),
    erp: classicVm("linux", ref("os.id")),
    item: protectedVm(ref("erp.id")),
    replica: replicatedVm(ref("erp.id"), [ref("os.id")]),
    rg2: resourceGroup("other"),
};
const STATES: readonly ExportedState[] = [
    exported(NATIVE),
    exported(NATIVE, { os: disk({ name: "web-os-2", creationData: fromRestorePoint(), over: { osType: "Linux" } }) }),
    exported(CLASSIC),
];

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

interface Place {
    readonly holder: Record<string, Json>;
    readonly name: string;
}

/** All that can be taken out of bags or changed; but for the id in outputs, which the state has beside them (docs/gate.md). */
function placesIn({ deployment }: ExportedState): readonly Place[] {
    const places: Place[] = [];
    const walk = (value: Json): void => {
        if (typeof value === "object" && value !== null) {
            const holder = value as Record<string, Json>;
            Object.keys(holder).forEach((name) => {
                places.push({ holder, name });
                walk(holder[name] ?? null);
            });
        }
    };
    for (const { inputs = {}, outputs = {} } of deployment.resources) {
        walk(inputs as Json);
        walk(outputs as Json);
        places.splice(places.findIndex(({ holder, name }) => holder === outputs && name === "id") >>> 0, 1);
    }
    return places;
}

const at = <T>(list: readonly T[], number: number): T | undefined => list[number % Math.max(list.length, 1)];

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function nested(depth: number): Json {
    let value: Json = "end";
    for (let step = 0; step < depth; step += 1) {
        value = step % 2 === 0 ? [value] : { a: value };
    }
    return value;
}

const anyValue: fc.Arbitrary<Json> = fc.oneof(
    fc.constantFrom<Json>(
        null,
        true,
        0,
        -1,
        1.5,
        "",
        " ",
        UNKNOWN,
        "[secret]",
        [],
        {},
        "/subscriptions/x/resourceGroups/y",
    ),
    fc.constantFrom(90, 150, 1000).map(nested),
    fc.string(),
);

const anyAzure = (state: ExportedState): readonly ExportedResource[] =>
    state.deployment.resources.filter(({ type }) => type.startsWith("azure"));

type Damage = (state: ExportedState) => void;

const anyDamage: fc.Arbitrary<Damage> = fc
    .record({ one: fc.nat(), other: fc.nat(), value: anyValue, kind: fc.nat() })
    .map(({ one, other, value, kind }): Damage => (state) => {
        const { resources } = state.deployment;
        const places = placesIn(state);
        const [place, second] = [at(places, one), at(places, other)];
        const [resource, another] = [at(anyAzure(state), one), at(anyAzure(state), other)];
        if (place === undefined || second === undefined || resource === undefined || another === undefined) {
            return;
        }
        const damages: readonly (() => void)[] = [
            () => {
                place.holder[place.name] = structuredClone(value);
            },
            () => {
                if (Array.isArray(place.holder)) {
                    place.holder.splice(Number(place.name), 1);
                } else {
                    delete place.holder[place.name];
                }
            },
            () => {
                place.holder[place.name] = structuredClone(second.holder[second.name] ?? null);
            },
            () => {
                resource.external = true;
            },
            () => {
                resource.delete = true;
            },
            () => {
                resource.inputs = {};
            },
            () => {
                resource.inputs = {
                    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
                    plaintext: "{}",
                };
            },
            () => {
                resource.outputs = { id: resource.outputs?.["id"] ?? null };
            },
            () => {
                [resource.inputs, another.inputs] = [another.inputs ?? {}, resource.inputs ?? {}];
            },
            () => {
                resources.splice(resources.indexOf(resource), 1);
            },
            () => {
                resources.push(structuredClone(resource));
            },
            () => {
                const [property] = Object.keys(resource.propertyDependencies ?? {});
                resource.propertyDependencies = property === undefined ? {} : { [property]: [another.urn] };
            },
        ];
        at(damages, kind)?.();
    });

/** `[policy, level, URN, text]` of each. */
async function byEngine(state: ExportedState): Promise<readonly string[]> {
    const sent = sentOf(state);
    const urns = new Set(sent.resources.map(({ urn }) => urn));
    const stack = sent.resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn ?? "";
    const violations = await pack.analyze(sent);
    return violations
        .map(({ policy, level, urn, message }) =>
            // The engine reports on the stack what names no resource of it.
            reported(policy, level, urns.has(urn) ? urn : stack, message.slice(message.search(/^\[BCDR/m))),
        )
        .sort();
}

let files = 0;

async function byGate(state: ExportedState): Promise<Inspection> {
    files += 1;
    const file = path.join(folder, `${files}.json`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify(state));
    const [inspection] = await analyze({ states: [file], project: folder, config: undefined, inventory: undefined });
    return inspection!;
}

function findingsOf({ findings }: Inspection): readonly string[] {
    return findings
        .filter(({ exemption }) => exemption === undefined)
        .map(({ policy, level, urn, policyId, message }) =>
            reported(
                policy,
                level,
                urn ?? "",
                breakColourMarks(formatMessage(referenceTo({ id: policyId, name: policy }), message)),
            ),
        )
        .sort();
}

function reported(...[policy, level, urn, text]: readonly [string, string, string, string]): string {
    return JSON.stringify([policy, level, urn, text.trimEnd()]);
}

test("a state is the same to both, and says something", async () => {
    for (const state of STATES) {
        const inspection = await byGate(state);
        expect(inspection.unreadable).toBeUndefined();
        expect(findingsOf(inspection)).toEqual(await byEngine(state));
    }
    expect(findingsOf(await byGate(STATES[1]!)).join()).toContain("BCDR121");
});

test("a state that is damaged in any way is the same to both", async () => {
    await fc.assert(
        fc.asyncProperty(
            fc.constantFrom(...STATES),
            fc.array(anyDamage, { minLength: 1, maxLength: 4 }),
            async (whole, damages) => {
                const state = structuredClone(whole);
                damages.forEach((damage) => damage(state));
                const inspection = await byGate(state);
                expect(inspection.unreadable).toBeUndefined();
                expect(findingsOf(inspection)).toEqual(await byEngine(state));
            },
        ),
        { numRuns: RUNS, seed: SEED },
    );
});
