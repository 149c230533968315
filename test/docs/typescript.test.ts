import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as ts from "typescript";
import { ROOT } from "../../dev/docs/generated";
import { allPlanCases } from "../harness/plan-cases";
import { allCases } from "../harness/policy-cases";
import { Hidden, Ref, Text, type Content, type Program } from "../harness/program";
import { typescriptOf } from "../harness/typescript";
import { programIn, yamlOf } from "../harness/yaml";

/** The programs of which the pages of policies show excerpts. */
const PROGRAMS: readonly (readonly [name: string, program: Program])[] = [
    ...allCases().flatMap(({ policyId, example, fixed }) => named(policyId, { example, fixed: fixed?.program })),
    ...allPlanCases().flatMap(({ policyId, example, fixed }) =>
        named(policyId, {
            before: example.before,
            after: example.after,
            fixed: fixed.after,
        }),
    ),
];

function named(id: string, programs: Readonly<Record<string, Program | undefined>>) {
    return Object.entries(programs).flatMap(([name, program]) =>
        program === undefined ? [] : [[`${id}-${name}`, program] as const],
    );
}

test("the compiler accepts each program in TypeScript", () => {
    const folder = path.join(ROOT, "test", "docs");
    const texts = new Map(
        PROGRAMS.map(([name, program]) => [path.join(folder, `${name}.ts`), `${typescriptOf(program)}\nexport {};\n`]),
    );
    const options: ts.CompilerOptions = {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        moduleResolution: ts.ModuleResolutionKind.Node10,
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ["node"],
    };
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (file) => texts.has(file) || fileExists(file);
    host.readFile = (file) => texts.get(file) ?? readFile(file);
    host.getSourceFile = (file, version, ...rest) => {
        const text = texts.get(file);
        return text === undefined ? getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version);
    };
    const problems = ts.getPreEmitDiagnostics(ts.createProgram([...texts.keys()], options, host));
    expect(problems.map(inWords).filter((each) => !NEWER_THAN_SDK.test(each))).toEqual([]);
    expect(problems.map(inWords).filter((each) => NEWER_THAN_SDK.test(each))).not.toEqual([]);
});

/** The page says that no version of the provider has it yet (A2A-70). Delete this once the SDK does. */
const NEWER_THAN_SDK = /^BCDR236-fixed\.ts:\d+ recoveryNetworkAccessPolicy: .* does not exist in type /;

function inWords({ file, start = 0, messageText }: ts.Diagnostic): string {
    const text = ts.flattenDiagnosticMessageText(messageText, " ");
    if (file === undefined) {
        return text;
    }
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${path.basename(file.fileName)}:${line + 1} ${file.text.split("\n")[line]?.trim()}: ${text}`;
}

// Pulumi's own unit tests end by it; its index does not have it.
const { waitForRPCs } = require("@pulumi/pulumi/runtime/settings") as { waitForRPCs(): Promise<void> };

describe("run", () => {
    let outputs: Readonly<Record<string, object>> = {};
    const declared: { name: string; type: string; inputs: Readonly<Record<string, unknown>> }[] = [];

    beforeAll(async () => {
        await pulumi.runtime.setMocks({
            call: () => ({}),
            newResource: ({ name, type, inputs }) => {
                declared.push({ name, type, inputs: inputs as Readonly<Record<string, unknown>> });
                return { id: `${name}.id`, state: outputs[name] ?? {} };
            },
        });
    });

    test.each(PROGRAMS)("%s declares the same in TypeScript as in YAML", async (_, program) => {
        declared.length = 0;
        outputs = outputsOf(program);
        const { outputText } = ts.transpileModule(typescriptOf(program), {
            compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
        });
        // In this realm: the SDK asks lists whether they are instances of its own `Array`.
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is the program that is to be run
        const run = new Function("require", "exports", outputText) as (...given: readonly unknown[]) => void;
        await withoutStackTraces(async () => {
            run(require, {});
            await waitForRPCs();
        });
        expect(Object.fromEntries(declared.map(({ name, type }) => [name, type]))).toEqual(
            Object.fromEntries(Object.entries(program).map(([name, { type }]) => [name, type])),
        );
        for (const { name, inputs } of declared) {
            expect(inputs).toMatchObject(resolved(program[name]?.properties ?? {}) as object);
        }
    });
});

/** Pulumi's SDK keeps the stack trace of each promise, and jest maps each back to its source: most of the time of a program. */
async function withoutStackTraces(run: () => Promise<void>): Promise<void> {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        await run();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

/** With the values that the mocks give to references. */
function resolved(content: Content): unknown {
    if (content instanceof Hidden) {
        return resolved(content.content);
    }
    if (content instanceof Ref) {
        return `${content.resource}.${content.path.join(".")}`;
    }
    if (content instanceof Text) {
        return content.parts.map((part) => (part instanceof Ref ? resolved(part) : part)).join("");
    }
    if (Array.isArray(content)) {
        return (content as readonly Content[]).map((each) => resolved(each));
    }
    return typeof content === "object" && content !== null
        ? Object.fromEntries(Object.entries(content).map(([key, value]) => [key, resolved(value)]))
        : content;
}

/** A value for each reference, by the resource that has it. The id has none: the mocks give it by itself. */
function outputsOf(program: Program): Readonly<Record<string, object>> {
    const outputs: Record<string, object> = {};
    for (const { resource, path: way } of refsIn(Object.values(program).map(({ properties }) => properties))) {
        const last = way.length - 1;
        let parent = (outputs[resource] ??= {}) as Record<string, unknown>;
        way.forEach((step, index) => {
            parent[step] ??=
                index === last ? `${resource}.${way.join(".")}` : typeof way[index + 1] === "number" ? [] : {};
            parent = parent[step] as Record<string, unknown>;
        });
    }
    return outputs;
}

function refsIn(content: Content): readonly Ref[] {
    return content instanceof Ref
        ? [content]
        : typeof content === "object" && content !== null
          ? Object.values(content).flatMap((each) => refsIn(each as Content))
          : [];
}

test.each(PROGRAMS)("%s in YAML is the program", (_, program) => {
    expect(programIn(yamlOf("example", program))).toEqual(
        Object.fromEntries(
            Object.entries(program).map(([name, { type, properties }]) => [
                name,
                { type, properties: shown(properties) },
            ]),
        ),
    );
});

/** YAML has no `apply`. */
function shown(content: Content): Content {
    if (content instanceof Hidden) {
        return shown(content.content);
    }
    if (content instanceof Text) {
        return new Text(content.parts.filter((part) => part !== ""));
    }
    if (Array.isArray(content)) {
        return (content as readonly Content[]).map(shown);
    }
    return typeof content === "object" && content !== null && !(content instanceof Ref)
        ? Object.fromEntries(Object.entries(content).map(([key, value]) => [key, shown(value)]))
        : content;
}
