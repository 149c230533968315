// Whatever a caller hands on to Pulumi, and whatever the environment says: what Pulumi is started with is a preview. A
// stand-in for Pulumi writes down what it gets, and a model of Pulumi's own reading says what that comes to.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { OPERATIONS, preview, type PulumiOperation } from "../../src/cli/commands/preview";
import { packageFolder } from "../../policies/package";
import { previewEnvironment, readPulumiOptions } from "../../src/cli/pulumi-options";
import { UsageError } from "../../src/cli/usage-error";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { FLAGS, readByPulumi, type Flag, type Read } from "./pulumi-model";

const PULUMI = `#!${process.execPath}
const { appendFileSync } = require("node:fs");
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("PULUMI_")));
appendFileSync(process.env.CALLS, JSON.stringify({ args: process.argv.slice(2), env }) + "\\n");
process.exitCode = Number(process.env.STATUS ?? 0);
`;

interface Call {
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
}

const folder = mkdtempSync(path.join(scratchFolder(), "stand-in-"));
const calls = path.join(folder, "calls");
const before = { ...process.env };

beforeAll(() => {
    const programs = path.join(folder, "bin");
    mkdirSync(programs);
    writeFileSync(path.join(programs, "pulumi"), PULUMI);
    chmodSync(path.join(programs, "pulumi"), 0o755);
    process.env["PATH"] = programs;
    process.env["CALLS"] = calls;
});

afterAll(() => {
    process.env = before;
    removeScratchFolders();
});

/** The calls of Pulumi that came of it; none where the command refused the arguments. */
async function callsOf(
    operation: PulumiOperation,
    pulumiArgs: readonly string[],
    env: Readonly<Record<string, string>> = {},
    config?: string,
): Promise<readonly Call[]> {
    writeFileSync(calls, "");
    Object.assign(process.env, env);
    try {
        await preview({
            operation,
            pulumiArgs,
            config,
            displayOnStderr: false,
            inventory: undefined,
            eventLog: undefined,
        });
    } catch (error) {
        if (!(error instanceof UsageError)) {
            throw error;
        }
    } finally {
        Object.keys(env).forEach((name) => Reflect.deleteProperty(process.env, name));
    }
    return readFileSync(calls, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Call);
}

/** All that could make more of it than a preview, or hide what comes of it; empty for a preview. */
function harmIn({ args, env }: Call): readonly string[] {
    if (args[0] === "stack") {
        return args[1] === "export" && !Object.hasOwn(env, "PULUMI_OPTION_SHOW_SECRETS") ? [] : ["no plain export"];
    }
    const read = readByPulumi(args, env);
    if (read === undefined) {
        return [];
    }
    const { values } = read;
    const isApplying = args[0] !== "preview";
    return [
        ...harmOfOptions(read, env),
        ...(isApplying && values.get("preview-only")?.[0] !== "true" ? ["no preview"] : []),
        ...(args[0] === "refresh" && values.get("skip-pending-creates")?.[0] !== "true" ? ["asks at a terminal"] : []),
        ...(/^.*azure-bcdr-guard-.*events\.json$/.test(values.get("event-log")?.[0] ?? "") ? [] : ["another log"]),
        ...(isApplying || values.get("policy-pack")?.[0] === packageFolder() ? [] : ["without this pack"]),
    ];
}

/** What no option of a caller may come to, whatever the command itself adds. */
function harmOfOptions({ values, others }: Read, env: Readonly<Record<string, string | undefined>>): readonly string[] {
    const isOn = (name: string): boolean => values.get(name)?.[0] === "true";
    return [
        ...(env["PULUMI_SKIP_CONFIRMATIONS"] === undefined ? [] : ["confirmed by a variable"]),
        ...["yes", "skip-preview", "remove", "clear-pending-creates", "remote", "json", "show-secrets"].filter(isOn),
        ...["neo-task-on-failure"].filter(isOn),
        ...["config", "import-pending-creates", "remote-env", "output"].filter((name) => values.has(name)),
        ...(others.length === 0 ? [] : [`arguments ${others.join(" ")}`]),
    ];
}

const anyFlag = fc.constantFrom(...FLAGS);
const anyValue = fc.oneof(
    fc.constantFrom("true", "false", "dev", "-y", "-yf", "--", "--yes", "--preview-only=false", "up", "", "=", "x=y"),
    fc.string({ maxLength: 5 }).filter((text) => !text.includes("\0")),
);

const written = ({ name, letter }: Flag, value: string): fc.Arbitrary<readonly string[]> =>
    fc.constantFrom(
        [`--${name}`],
        [`--${name}`, value],
        [`--${name}=${value}`],
        [`--no-${name}`],
        [`--${name.slice(0, -1)}`],
        ...(letter === undefined
            ? []
            : [[`-${letter}`], [`-${letter}${value}`], [`-${letter}=${value}`], [`-${letter}`, value]]),
    );

const LETTERS = FLAGS.flatMap(({ letter }) => (letter === undefined ? [] : [letter]));

const anyArgument: fc.Arbitrary<readonly string[]> = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(anyFlag, anyValue).chain(([flag, value]) => written(flag, value)) },
    {
        weight: 2,
        arbitrary: fc
            .array(fc.constantFrom(...LETTERS, "="), { minLength: 1, maxLength: 4 })
            .map((letters) => [`-${letters.join("")}`]),
    },
    { weight: 1, arbitrary: anyValue.map((value) => [value]) },
);

/** Mostly what goes through, so that it is not all refused for the first of many. */
const anyArguments = fc
    .array(
        fc.oneof(
            { weight: 2, arbitrary: anyArgument },
            {
                weight: 3,
                arbitrary: fc.constantFrom(
                    ["-s", "dev"],
                    ["-sdev"],
                    ["-ds", "dev"],
                    ["--diff"],
                    ["-r"],
                    ["-p=2"],
                    ["-m", "-yf"],
                ),
            },
        ),
        { maxLength: 4 },
    )
    .map((all) => all.flat());

const anyVariables = fc.dictionary(
    fc.oneof(
        anyFlag.map(({ name }) => `PULUMI_OPTION_${name.replaceAll("-", "_").toUpperCase()}`),
        fc.constantFrom("PULUMI_SKIP_CONFIRMATIONS", "PULUMI_EXPERIMENTAL", "PULUMI_OPTION_YES"),
    ),
    fc.constantFrom("true", "false", "1", "dev"),
    { maxKeys: 3 },
);

test("whatever goes through comes to no harm, read as Pulumi reads it", () => {
    let passed = 0;
    fc.assert(
        fc.property(
            fc.constantFrom("preview", "destroy", "refresh"),
            anyArguments,
            anyVariables,
            (command, args, env) => {
                try {
                    readPulumiOptions(args);
                } catch (error) {
                    expect(error).toBeInstanceOf(UsageError);
                    return;
                }
                passed += 1;
                const left = previewEnvironment(env);
                const read = readByPulumi([command, ...args], left);
                expect(read === undefined ? [] : harmOfOptions(read, left)).toEqual([]);
                expect([read?.values.get("preview-only"), read?.values.get("event-log")]).toEqual([
                    undefined,
                    undefined,
                ]);
            },
        ),
        { numRuns: 10_000 },
    );
    // Otherwise it would hold because everything is refused.
    expect(passed).toBeGreaterThan(1_000);
});

test("whatever it is given, Pulumi is started for a preview that is written down, or not at all", async () => {
    let started = 0;
    await fc.assert(
        fc.asyncProperty(fc.constantFrom(...OPERATIONS), anyArguments, anyVariables, async (operation, args, env) => {
            const made = await callsOf(operation, args, env);
            started += made.length;
            expect(made.flatMap(harmIn)).toEqual([]);
        }),
        { numRuns: 60 },
    );
    // Otherwise it would hold because everything is refused.
    expect(started).toBeGreaterThan(10);
});

describe.each(OPERATIONS)("%s", (operation) => {
    test.each([
        [["--yes"]],
        [["--yes=true"]],
        [["-y"]],
        [["-yf"]],
        [["-fy"]],
        [["-jy"]],
        [["-dy"]],
        [["-y=true"]],
        [["-f"]],
        [["--skip-preview"]],
        [["--preview-only=false"]],
        [["--json"]],
        [["-j"]],
        [["-dj"]],
        [["--output=json"]],
        [["--event-log=/tmp/log"]],
        [["--event-log", "/tmp/log"]],
        [["--remove"]],
        [["--clear-pending-creates"]],
        [["--import-pending-creates=x"]],
        [["--config", "a=b"]],
        [["-c", "a=b"]],
        [["-dca=b"]],
        [["--remote"]],
        [["--remote-env", "A=b"]],
        [["--show-secrets"]],
        [["--neo-task-on-failure"]],
        [["--help"]],
        [["--no-preview-only"]],
        [["--ye"]],
        [["--", "--yes"]],
        [["-s", "dev", "--", "up"]],
        [["up"]],
        [[""]],
        [["-"]],
        [["--stack"]],
        [["-ds"]],
        [["--of-a-later-version"]],
    ])("is not started with %j", async (args) => {
        expect(
            await callsOf(
                operation,
                args.filter((each) => each !== undefined),
            ),
        ).toEqual([]);
    });

    test.each([
        [["-s", "dev", "--diff"]],
        [["-sdev"]],
        [["-ds=dev", "-r"]],
        [["--message", "-yf", "--color=never", "--non-interactive"]],
        [["--target", "urn:pulumi:dev::shop::a:b:C::--yes"]],
    ])("is started with %j, as it is", async (args) => {
        const made = await callsOf(operation, args);
        expect(made.map(({ args: [first] }) => first)).toEqual(["stack", operation === "up" ? "preview" : operation]);
        const given = made[1]!.args;
        expect(given.join("\n")).toContain(args.join("\n"));
    });

    test("is a preview where variables confirm deployments, of which Pulumi gets none", async () => {
        const made = await callsOf(operation, ["-s", "dev"], {
            PULUMI_SKIP_CONFIRMATIONS: "true",
            PULUMI_OPTION_YES: "true",
            PULUMI_OPTION_PREVIEW_ONLY: "false",
            PULUMI_OPTION_REMOTE: "true",
            PULUMI_OPTION_PARALLEL: "2",
        });
        expect(made).toHaveLength(2);
        const options = made.map(({ env }) => Object.keys(env).filter((name) => /OPTION|SKIP/.test(name)));
        expect(options).toEqual([[], ["PULUMI_OPTION_PARALLEL"]]);
    });
});

test("a refresh asks nothing at a terminal, whatever the caller says of it", async () => {
    const env = { PULUMI_OPTION_SKIP_PENDING_CREATES: "false" };
    for (const args of [["--skip-pending-creates=false"], ["--skip-pending-creates=0", "-s", "dev"], []]) {
        const made = await callsOf("refresh", args, env);
        expect(made).toHaveLength(2);
        expect(made.flatMap(harmIn)).toEqual([]);
    }
});

test("a stack that a variable names is exported, and no older version of it, nor with its secrets", async () => {
    const [exported] = await callsOf("up", [], {
        PULUMI_OPTION_STACK: "dev",
        PULUMI_OPTION_VERSION: "1",
        PULUMI_OPTION_SHOW_SECRETS: "true",
    });
    expect(Object.entries(exported!.env).filter(([name]) => name.includes("OPTION"))).toEqual([
        ["PULUMI_OPTION_STACK", "dev"],
    ]);
});

test("where the state cannot be exported, Pulumi does not offer to make a stack", async () => {
    const [, run] = await callsOf("up", ["-s", "new"], { STATUS: "255" });
    expect(run?.args).toContain("--non-interactive");
});

describe("packs of the caller", () => {
    const lists = ({ args, env }: Call): readonly (readonly string[] | undefined)[] => {
        const values = readByPulumi(args, env)?.values;
        return [values?.get("policy-pack"), values?.get("policy-pack-config")];
    };
    const config = (): string => {
        const file = path.join(folder, "config.json");
        writeFileSync(file, '{"all": "advisory"}');
        return file;
    };

    test("run beside this one, which comes first, with as many configurations as packs", async () => {
        const [, run] = await callsOf("up", ["--policy-pack", "a,b", "--policy-pack=c"], {}, config());
        expect(lists(run!)).toEqual([
            [packageFolder(), "a,b", "c"],
            ["configuration", "other-0", "other-1", "other-2"].map(
                (name) => expect.stringMatching(new RegExp(`/${name}\\.json$`)) as string,
            ),
        ]);
    });

    test("that a variable names, too", async () => {
        const [, run] = await callsOf("up", ["--policy-pack=c"], { PULUMI_OPTION_POLICY_PACK: 'a,"b,b"' }, config());
        expect(lists(run!)[0]).toEqual([packageFolder(), 'a,"b,b"', "c"]);
        expect(lists(run!)[1]).toHaveLength(4);
        expect(Object.keys(run!.env)).not.toContain("PULUMI_OPTION_POLICY_PACK");
    });

    test("keep their own configurations", async () => {
        const [, run] = await callsOf("up", ["--policy-pack=c", "--policy-pack-config=c.json"], {}, config());
        expect(lists(run!)[1]).toEqual([expect.stringMatching(/configuration\.json$/), "c.json"]);
    });

    test("are not this pack once more, by whatever path", async () => {
        const link = path.join(mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-test-")), "pack");
        symlinkSync(packageFolder(), link);
        expect(await callsOf("up", ["--policy-pack", link])).toEqual([]);
        expect(await callsOf("up", ["--policy-pack", `other,${packageFolder()}/`])).toEqual([]);
    });
});
