// The example program runs with Pulumi's mocks: what it would tell Pulumi Cloud.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as ts from "typescript";
import { ROOT } from "../../dev/docs/generated";
import { policies } from "../../policies";
import { configurationFrom } from "../harness/pack";
import { problemsOf } from "../../src/config/configuration-file";

const EXAMPLE = path.join(ROOT, "examples", "policy-groups");
const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { readonly version: string };

interface Declared {
    readonly type: string;
    readonly inputs: Readonly<Record<string, unknown>>;
}

const { waitForRPCs } = require("@pulumi/pulumi/runtime/settings") as { waitForRPCs(): Promise<void> };

/** Loads as from the example's folder, with this package as npm would have installed it. */
function loader(): NodeJS.Require {
    const load = createRequire(path.join(EXAMPLE, "index.ts"));
    const place = (name: string): string => name.replace(/^azure-bcdr-guard(?=\/)/, ROOT);
    const own = (name: string): unknown => (/^@pulumi\/pulumi$/.test(name) ? pulumi : load(place(name)));
    return Object.assign(own, { resolve: (name: string) => load.resolve(place(name)) }) as NodeJS.Require;
}

async function declaredBy(config: Readonly<Record<string, unknown>>): Promise<ReadonlyMap<string, Declared>> {
    const declared = new Map<string, Declared>();
    await pulumi.runtime.setMocks(
        {
            call: () => ({}),
            newResource: ({ name, type, inputs }) => {
                declared.set(name, { type, inputs: inputs as Declared["inputs"] });
                const revision = type.endsWith(":Environment") ? { revision: 7 } : {};
                return { id: `${name}.id`, state: { ...(inputs as object), ...revision } };
            },
        },
        "policy-groups",
        "policy",
        false,
        "acme",
    );
    pulumi.runtime.setAllConfig(
        Object.fromEntries(
            Object.entries(config).map(([name, value]) => [`policy-groups:${name}`, JSON.stringify(value)]),
        ),
    );
    const { outputText } = ts.transpileModule(readFileSync(path.join(EXAMPLE, "index.ts"), "utf8"), {
        compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is the program that is to be run
    const run = new Function("require", "exports", outputText) as (...given: readonly unknown[]) => void;
    run(loader(), {});
    await waitForRPCs();
    return declared;
}

test("publishes this version once, and puts each stack on its step", async () => {
    const declared = await declaredBy({
        audit: [{ project: "shop", name: "prod" }],
        mandatory: [{ project: "shop", name: "dev" }],
    });
    expect([...declared].map(([name, { type }]) => `${type.split(":").at(-1) ?? ""} ${name}`).sort()).toEqual([
        "Environment policy",
        "EnvironmentVersionTag stable",
        "PolicyGroup advisory",
        "PolicyGroup audit",
        "PolicyGroup mandatory",
        "PolicyPack pack",
    ]);
    expect(declared.get("pack")?.inputs).toMatchObject({
        organization: "acme",
        name: "azure-bcdr-guard",
        versionTag: version,
        sourcePath: ROOT,
    });
    const steps = ["audit", "advisory", "mandatory"].map((step) => declared.get(step)?.inputs);
    expect(steps).toMatchObject([
        { mode: "audit", stacks: [{ routingProject: "shop", name: "prod" }] },
        { mode: "preventative", stacks: [] },
        { mode: "preventative", stacks: [{ routingProject: "shop", name: "dev" }] },
    ]);
    for (const step of steps) {
        const [applied] = step?.["policyPacks"] as readonly { readonly name: string; readonly config: object }[];
        expect(applied).toMatchObject({ name: "azure-bcdr-guard", versionTag: version });
        // What Pulumi Cloud hands out is read as blocks; a level alone is refused.
        expect(Object.values(applied!.config).filter((block) => typeof block !== "object")).toEqual([]);
        expect(problemsOf(configurationFrom(applied!.config as never), policies)).toEqual([]);
    }
});

test("the tag pins the newest revision, or the one that is configured", async () => {
    expect((await declaredBy({})).get("stable")?.inputs).toMatchObject({ tagName: "stable", revision: 7 });
    expect((await declaredBy({ policyRevision: 4 })).get("stable")?.inputs).toMatchObject({ revision: 4 });
});

test("the settings of the environment are ones that the pack takes", async () => {
    const { parse } = require("yaml") as {
        parse(text: string): { readonly values: { readonly policyConfig: unknown } };
    };
    const yaml = (await declaredBy({})).get("policy")?.inputs["yaml"] as { readonly text: string | Promise<string> };
    expect(problemsOf(parse(await yaml.text).values.policyConfig, policies)).toEqual([]);
});

test.each(["examples/policy-groups", "templates/azure-bcdr-guard-typescript"])(
    "%s asks for the versions that are tried here",
    (folder) => {
        const ours = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as Record<
            string,
            Record<string, string>
        >;
        const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8")) as {
            readonly dependencies: Readonly<Record<string, string>>;
        };
        expect(dependencies).toEqual(
            Object.fromEntries(
                Object.keys(dependencies).map((name) => [
                    name,
                    name === "azure-bcdr-guard"
                        ? version
                        : { ...ours["dependencies"], ...ours["devDependencies"] }[name],
                ]),
            ),
        );
    },
);
