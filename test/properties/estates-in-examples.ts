import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { exampleNames, exampleFolder } from "../../dev/offline/examples";
import { allCases, type Case } from "../harness/policy-cases";
import type { Program } from "../harness/program";
import { programIn } from "../harness/yaml";

/** A program, with the one that is deployed before it where it has come to be in two steps. */
export interface NamedProgram {
    readonly name: string;
    readonly before: Program | undefined;
    readonly program: Program;
}

/** Every program in YAML below examples/, the reference estates among them. */
export function examplePrograms(): readonly NamedProgram[] {
    return exampleNames().flatMap((name) =>
        readdirSync(exampleFolder(name), { recursive: true, encoding: "utf8" })
            .filter((file) => path.basename(file) === "Pulumi.yaml" && isYaml(text(name, file)))
            .sort()
            .map((file) => {
                const folder = path.dirname(file);
                const first = path.join(folder, "..", "before", "Pulumi.yaml");
                const isFirst =
                    path.basename(folder) === "before" || !existsSync(path.join(exampleFolder(name), first));
                return {
                    name: path.join(name, folder),
                    before: isFirst ? undefined : programIn(text(name, first)),
                    program: programIn(text(name, file)),
                };
            }),
    );
}

function text(example: string, file: string): string {
    return readFileSync(path.join(exampleFolder(example), file), "utf8");
}

function isYaml(project: string): boolean {
    return (parse(project) as { readonly runtime: unknown }).runtime === "yaml";
}

/** Every program that breaks a policy, in the cases of that policy. */
export function casePrograms(): readonly NamedProgram[] {
    return allCases().flatMap(({ policyId, example, violated, limits }) => {
        const cases: readonly Case[] = [
            { name: "the example", round: example },
            ...violated,
            ...limits.map(({ refused }) => refused),
        ];
        return cases.flatMap(({ name, round }) =>
            typeof round === "function" ? [] : [{ name: `${policyId}: ${name}`, before: undefined, program: round }],
        );
    });
}
