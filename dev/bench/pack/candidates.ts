import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../../offline/setting";
import { planPolicies, policies } from "../../../policies";
import { pulumiPolicies } from "../../../src/pack/pack";

/** What is measured side by side. */
export const CANDIDATES = {
    ours: "this pack",
    floor: "empty pack, as many policies",
    single: "empty pack, one stack policy",
    template: "the template's pack, first start",
    compiledTemplate: "the template's pack, compiled before",
} as const;

export type Candidate = keyof typeof CANDIDATES;

/** The folder of a candidate, with all that the engine needs to start it. */
export function packFolder(candidate: Candidate): string {
    const name = candidate === "compiledTemplate" ? "template" : candidate;
    return path.join(projectRoot(), ".offline", "bench", "packs", name);
}

/** All that Pulumi and Node read of an installed pack. In the folder of the project, the SDK reads tsconfig.json as well. */
const INSTALLED = ["PulumiPolicy.yaml", "package.json", "dist"];

/** Writes the packs that are compared; Node finds their modules in this project's. */
export function writeCandidates(): void {
    linkInstalled();
    writePack("floor", {
        "index.js": emptyPack("empty"),
        "policies.json": JSON.stringify(ownPolicies(), undefined, 4),
    });
    writePack("single", {
        "index.js": emptyPack("empty-single"),
        "policies.json": JSON.stringify(
            // By another name: what a part disables of this pack must not disable the one policy, too.
            { ...ownPolicies().find(({ validates }) => validates === "stack"), name: "empty" },
            undefined,
            4,
        ),
    });
    writePack("template", { "index.ts": TEMPLATE, "tsconfig.json": JSON.stringify(TEMPLATE_COMPILER, undefined, 4) });
}

/** This pack as its users start it. */
function linkInstalled(): void {
    const folder = packFolder("ours");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of INSTALLED) {
        symlinkSync(path.join(projectRoot(), name), path.join(folder, name));
    }
}

export interface PolicyCounts {
    readonly resourcePolicies: number;
    readonly stackPolicies: number;
}

export function policyCounts(): PolicyCounts {
    const own = ownPolicies();
    return {
        resourcePolicies: own.filter(({ validates }) => validates === "resource").length,
        stackPolicies: own.filter(({ validates }) => validates === "stack").length,
    };
}

/** All that this pack tells the SDK of its policies, without what they do. */
function ownPolicies(): readonly { readonly validates: "resource" | "stack"; readonly remediates: boolean }[] {
    return (pulumiPolicies(policies, planPolicies) ?? []).map((policy) => {
        if ("validateStack" in policy) {
            const { validateStack: _, ...metadata } = policy;
            return { ...metadata, validates: "stack", remediates: false };
        }
        const { validateResource: _validate, remediateResource, ...metadata } = policy;
        return { ...metadata, validates: "resource", remediates: remediateResource !== undefined };
    });
}

/** Compiled, as this pack is: one file in JavaScript, and what its policies are called in another. */
function emptyPack(name: string): string {
    return `"use strict";
const { PolicyPack } = require("@pulumi/policy");

const policies = [].concat(require("./policies.json"));
new PolicyPack(${JSON.stringify(name)}, {
    enforcementLevel: "advisory",
    policies: policies.map(({ validates, remediates, ...metadata }) => ({
        ...metadata,
        ...(validates === "stack" ? { validateStack: () => undefined } : { validateResource: () => undefined }),
        ...(remediates ? { remediateResource: () => undefined } : {}),
    })),
});
`;
}

/** What \`pulumi policy new azure-typescript\` comes to: TypeScript that imports all of azure-native for one type. */
const TEMPLATE = `import * as azure from "@pulumi/azure-native";
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";

new PolicyPack("template", {
    policies: [
        {
            name: "container-without-public-access",
            description: "A blob container gives nobody access who has not signed in.",
            enforcementLevel: "mandatory",
            validateResource: validateResourceOfType(azure.storage.BlobContainer, (container, _args, report) => {
                if (container.publicAccess !== undefined && container.publicAccess !== "None") {
                    report("The container can be read by everybody.");
                }
            }),
        },
    ],
});
`;

const TEMPLATE_COMPILER = {
    compilerOptions: {
        strict: true,
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        sourceMap: true,
        forceConsistentCasingInFileNames: true,
    },
    files: ["index.ts"],
};

function writePack(name: Candidate, files: Readonly<Record<string, string>>): void {
    const folder = packFolder(name);
    mkdirSync(folder, { recursive: true });
    const description = JSON.stringify({ name: `bench-${name}`, version: "1.0.0" }, undefined, 4);
    const all = { ...files, "package.json": description, "PulumiPolicy.yaml": "runtime: nodejs\n" };
    for (const [file, content] of Object.entries(all)) {
        writeFileSync(path.join(folder, file), content);
    }
}
