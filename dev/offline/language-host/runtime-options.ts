// What a project says about its runtime in Pulumi.yaml or PulumiPolicy.yaml, and what follows from it.
import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/** The options of the runtime `nodejs`, by the names that they have there. */
export interface RuntimeOptions {
    readonly typescript: boolean;
    readonly tsconfig: string | undefined;
    readonly nodeargs: readonly string[];
    readonly packagemanager: string;
    readonly production: boolean;
}

const PACKAGE_MANAGERS: readonly string[] = ["npm", "yarn", "pnpm", "bun"];

/** Fails with a sentence where an option is not of its kind. */
export const runtimeOptions = (info: ProgramInfo | undefined): RuntimeOptions => {
    const given: Readonly<Record<string, unknown>> = info?.getOptions()?.toJavaScript() ?? {};
    const text = (name: string): string | undefined => {
        const value = given[name];
        if (value !== undefined && typeof value !== "string") {
            throw new Error(`The runtime option "${name}" is not a text.`);
        }
        return value;
    };
    const flag = (name: string, byDefault: boolean): boolean => {
        const value = given[name] ?? byDefault;
        if (typeof value !== "boolean") {
            throw new Error(`The runtime option "${name}" is neither true nor false.`);
        }
        return value;
    };
    const chosen = text("packagemanager") ?? "auto";
    const packagemanager = chosen === "auto" ? "npm" : chosen;
    if (!PACKAGE_MANAGERS.includes(packagemanager)) {
        throw new Error(
            `The runtime option "packagemanager" is "${chosen}": it is one of ${PACKAGE_MANAGERS.join(", ")}, auto.`,
        );
    }
    return {
        typescript: flag("typescript", true),
        tsconfig: text("tsconfig"),
        nodeargs: words(text("nodeargs") ?? ""),
        packagemanager,
        production: flag("production", false),
    };
};

/** A command line taken apart; quotes hold a word together. */
const words = (line: string): readonly string[] =>
    [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/["']/g, ""));

/** What the SDK's runners take from their environment. */
export const environmentOf = ({ typescript, tsconfig }: RuntimeOptions): Readonly<Record<string, string>> => ({
    ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
});
