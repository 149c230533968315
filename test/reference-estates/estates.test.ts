import { policies } from "../../policies";
import type { Policy } from "../../policies/policy";
import type { ExpectedFinding, Step } from "../../dev/offline/examples";
import { expectGenerated, expectGeneratedPart, table } from "../../dev/docs/generated";
import { Pack, type Configuration, type Violation } from "../harness/pack";
import { PHASES, roundOf, type Phase } from "../harness/phases";
import type { Program } from "../harness/program";
import { yamlOf } from "../harness/yaml";
import { changed } from "./change";
import { FAULTS, type Fault } from "./faults";
import { CONFIGURATION, landingZone } from "./landing-zone";
import { smallEstate } from "./small-estate";

/**
 * Whole estates in examples/: a small one and a landing zone in which everything is right, and the landing zone with
 * faults. Their files are made here; UPDATE_DOCS=1 writes them anew.
 */

interface Finding {
    readonly policyId: string;
    /** The name of the resource; the stack itself is `-`. */
    readonly on: string;
}

interface Estate {
    readonly name: string;
    readonly description: string;
    readonly comment: string;
    readonly program: Program;
    readonly configuration: Configuration;
    /** Each of them stands, with its reason, in the example's README. */
    readonly findings: readonly Finding[];
}

const SMALL: Estate = {
    name: "estate-small",
    description: "Three VMs that are backed up, one of them replicated",
    comment: "Made by test/reference-estates/small-estate.ts.",
    program: smallEstate(),
    configuration: {},
    findings: [{ policyId: "BCDR101", on: "db" }],
};

const LANDING_ZONE: Estate = {
    name: "landing-zone",
    description: "Forty VMs in two regions, with backup and replication",
    comment: "Made by test/reference-estates/landing-zone.ts.",
    program: landingZone(),
    configuration: CONFIGURATION,
    findings: [{ policyId: "BCDR101", on: "-" }],
};

const WITH_FAULTS: Estate = {
    ...LANDING_ZONE,
    name: "landing-zone-with-faults",
    description: `Forty VMs in two regions, with ${String(FAULTS.length)} faults`,
    comment: "Made by test/reference-estates/landing-zone.ts and test/reference-estates/faults.ts.",
    program: FAULTS.reduce((program, { change }) => changed(program, change), LANDING_ZONE.program),
    findings: [...LANDING_ZONE.findings, ...FAULTS.flatMap(findingsOf)],
};

function findingsOf({ policyId, on, beside = [] }: Fault): readonly Finding[] {
    return [{ policyId, on }, ...beside];
}

const ESTATES = [SMALL, LANDING_ZONE, WITH_FAULTS];

const pack = new Pack();

async function findings(
    { program, configuration }: Estate,
    phase: Phase = "first preview",
): Promise<readonly Violation[]> {
    return pack.analyze(roundOf(program, phase), configuration);
}

function listed(found: readonly Finding[]): readonly string[] {
    return found.map(({ policyId, on }) => `${policyId} ${on}`).sort();
}

function found(violations: readonly Violation[]): readonly string[] {
    return listed(violations.map(({ policyId, on }) => ({ policyId, on: on ?? "-" })));
}

describe.each([SMALL, LANDING_ZONE])("$name", (estate) => {
    test.each(PHASES)("has no finding but those of its README: %s", async (phase) => {
        expect(found(await findings(estate, phase))).toEqual(listed(estate.findings));
    });
});

/** An update of what has tags leaves these alone: they have none, or are of the classic provider. */
const WITHOUT_TAGS: ReadonlySet<string> = new Set([
    "BCDR202",
    "BCDR219",
    "BCDR227",
    "BCDR228",
    "BCDR229",
    "BCDR230",
    "BCDR234",
    "BCDR326",
    "BCDR332",
    "BCDR334",
]);

/** What Azure judges only when it is sent. The item is sent when it is created, the generic resource with each update, too. */
const WHEN_SENT: Readonly<Record<string, readonly Phase[]>> = {
    BCDR324: ["first preview"],
    BCDR509: ["first preview", "preview of an update"],
};

/** Whether Azure has accepted by then what the policy is about, and the plan leaves it alone. */
function isInPlace({ policyId }: Finding, phase: Phase): boolean {
    return (
        policyOf(policyId)?.checkedByAzure === true &&
        phase !== "first preview" &&
        (phase !== "preview of an update" || WITHOUT_TAGS.has(policyId))
    );
}

/** Once a replicated item exists, only Azure can say what its replicas have, and here it does not. */
function isOpen({ policyId }: Finding, phase: Phase): boolean {
    return policyId === "BCDR236" && phase !== "first preview";
}

describe("the landing zone with faults", () => {
    test.each(FAULTS)("$policyId: $says", async (fault) => {
        const alone = { ...LANDING_ZONE, program: changed(LANDING_ZONE.program, fault.change) };
        expect(found(await findings(alone))).toEqual(listed([...LANDING_ZONE.findings, ...findingsOf(fault)]));
    });

    test.each(PHASES)("has all of them at once, and nothing else: %s", async (phase) => {
        const expected = WITH_FAULTS.findings
            .filter(({ policyId }) => WHEN_SENT[policyId]?.includes(phase) ?? true)
            .map((finding) => (isOpen(finding, phase) ? { policyId: "BCDR490", on: "-" } : finding))
            .map((finding) => (isInPlace(finding, phase) ? { ...finding, policyId: "BCDR430" } : finding));
        expect(found(await findings(WITH_FAULTS, phase))).toEqual(listed(expected));
    });

    test("has 39, of every kind", () => {
        expect(new Set(FAULTS.map(({ policyId }) => policyId)).size).toBe(39);
        const kinds = (ids: readonly string[]): readonly string[] =>
            [...new Set(ids.map((id) => id.slice(0, "BCDR1".length)))].sort();
        const broken = [...LANDING_ZONE.findings, ...FAULTS].map(({ policyId }) => policyId);
        expect(kinds(broken)).toEqual(kinds(policies.map(({ id }) => id)));
    });
});

function policyOf(policyId: string): Policy | undefined {
    return policies.find(({ id }) => id === policyId);
}

function steps({ name, findings: expected, configuration }: Estate): readonly Step[] {
    const asExpected = ({ policyId, on }: Finding): ExpectedFinding => ({
        policyId,
        resource: on === "-" ? `${name}-dev` : on,
        ...(policyOf(policyId)?.level === "mandatory" ? { level: "mandatory" as const } : {}),
    });
    return [
        {
            says: "Previews the program.",
            program: ".",
            run: "preview",
            ...(Object.keys(configuration).length === 0 ? {} : { configuration: "policy-config.json" }),
            expect: expected.map(asExpected),
            output: "expected-output.txt",
        },
    ];
}

/** As Prettier has it: a list of texts stands in one line. */
function json(value: unknown): string {
    const text = JSON.stringify(value, undefined, 4);
    return `${text.replace(/\[\s+("[^[\]{}]*")\s+\]/g, (_, items: string) => `[${items.replace(/\s*\n\s*/g, " ")}]`)}\n`;
}

describe.each(ESTATES)("examples/$name", (estate) => {
    const { name, description, comment, program, configuration } = estate;

    test("holds the program", () => {
        const resources = /\n(?= {2}[\w-]+:\n)/g;
        const yaml = yamlOf(name, program, description).replace(resources, "\n\n").replace(":\n\n", ":\n");
        expectGenerated(`examples/${name}/Pulumi.yaml`, `# ${comment}\n${yaml}`);
    });

    test("holds what a preview must find", () => {
        expectGenerated(`examples/${name}/steps.json`, json(steps(estate)));
    });

    test("holds the configuration", () => {
        if (Object.keys(configuration).length > 0) {
            expectGenerated(`examples/${name}/policy-config.json`, json(configuration));
        }
    });
});

test("the README of the landing zone with faults lists them", () => {
    expectGeneratedPart(
        "examples/landing-zone-with-faults/README.md",
        "faults",
        table(
            ["Policy", "Reported on", "Mistake"],
            FAULTS.map(({ policyId, on, says }) => [policyId, `\`${on}\``, says]),
        ),
    );
});
