import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { packageFolder, REPOSITORY, VERSION } from "../../../policies/package";
import { SHARED_SETTINGS } from "../../config/shared-settings";
import { problemsOf, type ConfigurationFile } from "../../config/configuration-file";
import { readText } from "../files";
import { catalogue } from "../judging/reported-policies";
import { writeFile } from "../outputs";
import { printLines } from "../printing";
import type { Ask } from "../questions";
import { UsageError } from "../usage-error";

/** The files in profiles/, each with the answer that chooses it. */
const PROFILES = {
    "advisory-first": "Nothing yet: report every finding, block nothing.",
    core: "Restores and plans that break protection.",
    strict: "All findings, except notices.",
} as const;

export type Profile = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly Profile[];

/** Where each CI system looks for the file, or where it is included from. Its text is in src/cli/pipelines/. */
const PIPELINES = {
    github: path.join(".github", "workflows", "azure-bcdr-guard.yml"),
    "azure-devops": "azure-pipelines-bcdr-guard.yml",
    gitlab: "azure-bcdr-guard.gitlab-ci.yml",
} as const;

export type CiSystem = keyof typeof PIPELINES;
export const CI_SYSTEMS = Object.keys(PIPELINES) as readonly CiSystem[];

export interface InitOptions {
    readonly profile?: Profile;
    readonly tierTag?: string;
    readonly ci?: CiSystem;
    readonly stack: string;
    readonly config: string;
    readonly force?: true;
}

/** What two questions decide. */
export interface Choices {
    readonly profile: Profile;
    /** Undefined for the tag that counts without the setting. */
    readonly tierTag: string | undefined;
}

/** @param tierTag if it is given, nobody has to ask for it */
export async function choices(tierTag: string | undefined, ask: Ask): Promise<Choices> {
    const profile = await askProfile(ask);
    return { profile, tierTag: tierTag ?? ((await ask(TIER_QUESTION)).trim() || undefined) };
}

const PROFILE_QUESTION = [
    "What should block a deployment?",
    ...PROFILE_NAMES.map((name, index) => `  ${index + 1}  ${PROFILES[name]} (${name})`),
    "Number [1]: ",
].join("\n");

const TIER_QUESTION = [
    "Which tag of a VM says how to protect it (none, backup, replication, backup-and-replication)?",
    "Tag [bcdr-tier]: ",
].join("\n");

/** Repeats the question until the answer is a number or a name of the list. */
async function askProfile(ask: Ask): Promise<Profile> {
    for (;;) {
        const answer = (await ask(PROFILE_QUESTION)).trim() || "1";
        const chosen = PROFILE_NAMES.find((name, index) => answer === name || answer === String(index + 1));
        if (chosen !== undefined) {
            return chosen;
        }
    }
}

/**
 * Writes the configuration and the pipeline. Nothing is written if any of the files exists with other content.
 *
 * @throws UsageError
 */
export function init({ profile, tierTag }: Choices, { ci, stack, config, force }: InitOptions): void {
    const files = [
        { file: config, text: configurationText(profile, tierTag) },
        ...(ci === undefined ? [] : [{ file: PIPELINES[ci], text: pipelineText(ci, stack, config) }]),
    ].map((each) => ({ ...each, current: existsSync(each.file) ? readText(each.file) : undefined }));
    const different = files.filter(({ current, text }) => current !== undefined && current !== text);
    if (different.length > 0 && force !== true) {
        throw new UsageError("Nothing was written, because --force is needed to overwrite:", [
            ...different.map(({ file }) => file),
        ]);
    }
    const lines = files.map(({ file, text, current }) => {
        if (current === text) {
            return `${file} is already up to date.`;
        }
        writeFile(file, [text]);
        return `Wrote ${file}.`;
    });
    printLines([...lines, ...nextSteps(stack, config, ci)]);
}

/** @throws UsageError for a tag that the configuration does not accept */
function configurationText(profile: Profile, tierTag: string | undefined): string {
    const file = path.join(packageFolder(), "profiles", `${profile}.json`);
    const content = JSON.parse(readFileSync(file, "utf8")) as ConfigurationFile;
    const { [SHARED_SETTINGS]: shared } = content;
    const settings = typeof shared === "object" ? shared : { enforcementLevel: shared };
    const configured = tierTag === undefined ? content : { ...content, [SHARED_SETTINGS]: { ...settings, tierTag } };
    const problems = problemsOf(configured, catalogue);
    if (problems.length > 0) {
        throw new UsageError("The configuration was not written:", problems);
    }
    return `${JSON.stringify(configured, undefined, 4)}\n`;
}

/** What may be in the name of a stack, and in the path of a file that a pipeline names. */
const PLAIN = /^[\w./-]+$/;

/** @throws UsageError for a name that would not survive in the pipeline */
function pipelineText(ci: CiSystem, stack: string, config: string): string {
    const given = { stack, config: config.replaceAll("\\", "/") };
    if (path.isAbsolute(config)) {
        throw new UsageError(`--config is ${config}. For a pipeline, give the path from the root of the repository.`);
    }
    for (const [option, value] of Object.entries(given)) {
        if (!PLAIN.test(value)) {
            throw new UsageError(
                `--${option} is ${JSON.stringify(value)}. For a pipeline, use letters, digits, dots, slashes, hyphens and underscores.`,
            );
        }
    }
    const text = readFileSync(path.join(packageFolder(), "src", "cli", "pipelines", `${ci}.yml`), "utf8");
    const values = { ...given, repository: new URL(REPOSITORY).pathname.slice(1), version: VERSION };
    return text.replace(/\{(repository|version|stack|config)\}/g, (_, name: keyof typeof values) => values[name]);
}

function nextSteps(stack: string, config: string, ci: CiSystem | undefined): readonly string[] {
    return [
        "Next:",
        `  npx azure-bcdr-guard preview --config ${config} -- --stack ${stack}`,
        ...(ci === undefined
            ? []
            : [`  Commit the files. The comments in ${PIPELINES[ci]} say what the pipeline needs.`]),
    ];
}
