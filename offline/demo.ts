// `npm run demo`: a real preview of an example program, held against what the pack must find in it.
import { type ExpectedFinding, expectedFindings, missingFindings, previewExample } from "./examples";
import { engineFor, type PulumiRun } from "./run";
import { placesOf, projectRoot, SettingError } from "./setting";

const EXAMPLE = "restored-disk-in-plan";

const listed = (parts: readonly string[]): string =>
    parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

const named = ({ rule, resource }: ExpectedFinding): string => `${rule} for "${resource}"`;

const inWords = (finding: ExpectedFinding): string =>
    finding.shows === undefined ? named(finding) : `${finding.shows} (${finding.rule})`;

/** The last line of the demo. */
export const closingLine = (
    expected: readonly ExpectedFinding[],
    missing: readonly ExpectedFinding[],
    run: PulumiRun,
): string => {
    if (missing.length > 0) {
        return `Not shown: the preview above lacks ${listed(missing.map(named))}, which examples/${EXAMPLE} must give.`;
    }
    // Its findings are advisory, so the preview passes with them.
    return run.status === 0
        ? `Shown: a preview in which ${listed(expected.map(inWords))}, found before anything was deployed.`
        : `Not shown: the preview above ended with status ${run.status}, and examples/${EXAMPLE} must pass.`;
};

const main = async (): Promise<void> => {
    const expected = expectedFindings(EXAMPLE);
    // A YAML program, so an engine without its YAML host will not do.
    const engine = await engineFor(process.env, placesOf(projectRoot(), process.env));
    if (engine.withoutYaml !== undefined) {
        throw new SettingError(engine.withoutYaml);
    }
    const { run, events } = await previewExample(EXAMPLE, "show");
    const missing = missingFindings(expected, events);
    process.stdout.write(`${closingLine(expected, missing, run)}\n`);
    process.exitCode = missing.length === 0 && run.status === 0 ? 0 : 1;
};

if (require.main === module) {
    main().catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    });
}
