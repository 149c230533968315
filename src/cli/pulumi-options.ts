// What a caller may have Pulumi do in a preview. Pulumi's own options can undo `--preview-only`, write to the state in
// spite of it or take the event log away (ENG-21), and new versions bring new ones. So nothing goes through but what is
// known to change nothing, read in the way in which Pulumi itself reads its arguments.
import { UsageError } from "./usage-error";

/** Whether an option has a value: never, only as `--name=value`, or always. */
type KnownValue = "none" | "attached" | "required";

interface PulumiOption {
    readonly name: string;
    readonly letter: string | undefined;
    readonly value: KnownValue;
}

function options(value: KnownValue, names: string): readonly PulumiOption[] {
    return names
        .trim()
        .split(/\s+/)
        .map((written) => {
            const [name = "", letter] = written.split("/");
            return { name, letter, value };
        });
}

/** What every command of Pulumi takes. */
const GLOBAL = [
    ...options(
        "none",
        "disable-integrity-checking emoji/e fully-qualify-stack-names/Q logflow logtostderr non-interactive",
    ),
    ...options("required", "color cwd/C memprofilerate otel-traces profiling tracing tracing-header verbose/v"),
];

/** What says which stack is meant, also to `pulumi stack export`. */
const STACK = options("required", "stack/s");

/** What previews of an update, a destroy and a refresh take. They write nothing but files that the caller names. */
const PREVIEW = [
    ...options(
        "none",
        `continue-on-error copilot debug/d diff exclude-dependents exclude-protected expect-no-changes ignore-protect neo
        run-program show-config show-full-output show-policy-remediations show-reads show-replacement-steps show-sames
        skip-config-validation skip-pending-creates skip-plugin-pre-install suppress-outputs
        suppress-progress target-dependents urns`,
    ),
    ...options("attached", "attach-debugger refresh/r suppress-permalink"),
    ...options(
        "required",
        `client config-file exclude/x exec-agent exec-kind import-file message/m override-env parallel/p replace
        save-plan target/t target-replace`,
    ),
];

/** Where a caller names other packs. */
const PACKS = options("required", "policy-pack policy-pack-config");

const PASSED_ON = [...GLOBAL, ...STACK, ...PREVIEW, ...PACKS];

const BY_NAME = new Map(PASSED_ON.map((option) => [`--${option.name}`, option]));
const BY_LETTER: ReadonlyMap<string, PulumiOption> = new Map(
    PASSED_ON.flatMap((option) => (option.letter === undefined ? [] : [[`-${option.letter}`, option] as const])),
);

const NOTHING_IS_APPLIED = "nothing is applied here";
const ALREADY_A_PREVIEW = "a preview is all that is run here";
const NO_EVENT_LOG = "it takes the event log away; ask for --report json instead";
const WRITES_STATE = "it writes to the state, even in a preview";
const WRITES_CONFIGURATION =
    "it writes to the configuration of the stack, even in a preview; use pulumi config set before";
const RUNS_ELSEWHERE = "the operation would run in Pulumi Cloud, where it is no preview";

/** Why what is known is not passed on. */
const REFUSED = new Map([
    ["--event-log", "the command reads the event log itself; to keep it, give the option before the --"],
    ["--json", NO_EVENT_LOG],
    ["-j", NO_EVENT_LOG],
    ["--output", NO_EVENT_LOG],
    ["--yes", NOTHING_IS_APPLIED],
    ["-y", NOTHING_IS_APPLIED],
    ["--skip-preview", ALREADY_A_PREVIEW],
    ["-f", ALREADY_A_PREVIEW],
    ["--preview-only", ALREADY_A_PREVIEW],
    ["--remove", "it removes the stack and its configuration, even in a preview"],
    ["--clear-pending-creates", WRITES_STATE],
    ["--import-pending-creates", WRITES_STATE],
    ["--config", WRITES_CONFIGURATION],
    ["-c", WRITES_CONFIGURATION],
    ["--config-path", WRITES_CONFIGURATION],
    ["--show-secrets", "with it, secrets are in plain text in what the reports are made of"],
    ["--neo-task-on-failure", "it starts a task in Pulumi Cloud"],
    ["--help", "it takes the preview away; ask pulumi itself"],
    ["-h", "it takes the preview away; ask pulumi itself"],
]);

const UNKNOWN = "it is none of the options that are known to change nothing, and no other is passed on";

function whyNot(written: string): string {
    return REFUSED.get(written) ?? (/^--(remote|suppress-stream-logs)/.test(written) ? RUNS_ELSEWHERE : UNKNOWN);
}

/** An option as a caller gave it. */
export interface GivenOption {
    /** In full: `--stack`, also for `-s`. */
    readonly name: string;
    /** Undefined for one without a value. */
    readonly value: string | undefined;
}

/**
 * The options in a list of arguments for Pulumi.
 *
 * @throws UsageError for anything else in the list
 */
export function readPulumiOptions(args: readonly string[]): readonly GivenOption[] {
    const given: GivenOption[] = [];
    const rest = [...args];
    for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
        if (arg === "--" || !arg.startsWith("-") || arg === "-") {
            throw refused(arg, "only options of Pulumi may stand behind --");
        }
        const options = arg.startsWith("--") ? [longOption(arg, rest)] : shortOptions(arg, rest);
        options.forEach((option) => given.push(option));
    }
    return given;
}

/** @param rest what comes behind, from which the option takes its value */
function longOption(arg: string, rest: string[]): GivenOption {
    const end = arg.indexOf("=");
    const written = end < 0 ? arg : arg.slice(0, end);
    const option = BY_NAME.get(written);
    if (option === undefined) {
        throw refused(written, whyNot(written));
    }
    const value = end >= 0 ? arg.slice(end + 1) : option.value === "required" ? valueOf(written, rest) : undefined;
    return { name: written, value };
}

/** `-s dev`, `-sdev`, `-s=dev`, `-dr`, `-ds dev`: letters side by side, of which the last one takes what is left. */
function shortOptions(arg: string, rest: string[]): readonly GivenOption[] {
    const given: GivenOption[] = [];
    for (let letters = arg.slice(1); letters !== "";) {
        const written = `-${letters.slice(0, 1)}`;
        const option = BY_LETTER.get(written);
        if (option === undefined) {
            throw refused(written, whyNot(written), written === arg ? undefined : arg);
        }
        const name = `--${option.name}`;
        const behind = letters.slice(1);
        if (behind.length > 1 && behind.startsWith("=")) {
            given.push({ name, value: behind.slice(1) });
            letters = "";
        } else if (option.value !== "required") {
            given.push({ name, value: undefined });
            letters = behind;
        } else {
            given.push({ name, value: behind === "" ? valueOf(written, rest) : behind });
            letters = "";
        }
    }
    return given;
}

function valueOf(written: string, rest: string[]): string {
    const value = rest.shift();
    if (value === undefined) {
        throw refused(written, "its value is missing");
    }
    return value;
}

function refused(written: string, why: string, within?: string): UsageError {
    const place = within === undefined ? "" : ` (in ${within})`;
    return new UsageError(`Leave ${written === "" ? '""' : written}${place} out of the arguments for Pulumi: ${why}.`);
}

/** Sets any option of Pulumi: `PULUMI_OPTION_YES` is `--yes`. */
const OPTION_VARIABLE = "PULUMI_OPTION_";

/** The variables of options that go through as they are. Packs are passed on as arguments, in one order with ours. */
const PASSED_ON_BY_VARIABLE = variablesOf([...GLOBAL, ...STACK, ...PREVIEW]);

const EXPORT_BY_VARIABLE = variablesOf([...GLOBAL, ...STACK]);

function variablesOf(all: readonly PulumiOption[]): ReadonlySet<string> {
    return new Set(all.map(({ name }) => variableOf(name)));
}

function variableOf(name: string): string {
    return `${OPTION_VARIABLE}${name.replaceAll("-", "_").toUpperCase()}`;
}

/**
 * The environment without what would do the same as a refused option. It is left out without a word: pipelines set such
 * variables for their deployments.
 */
export function previewEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return passing(env, PASSED_ON_BY_VARIABLE);
}

/** The same for `pulumi stack export`, which has its own options, such as to show secrets. */
export function exportEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return passing(env, EXPORT_BY_VARIABLE);
}

function passing(env: NodeJS.ProcessEnv, variables: ReadonlySet<string>): NodeJS.ProcessEnv {
    return Object.fromEntries(
        Object.entries(env).filter(([written]) => {
            // Windows does not tell capitals from small letters in them.
            const name = written.toUpperCase();
            return name !== "PULUMI_SKIP_CONFIRMATIONS" && (!name.startsWith(OPTION_VARIABLE) || variables.has(name));
        }),
    );
}

/** Which stack the options are about, for another command about the same one. */
export function stackArguments(given: readonly GivenOption[]): readonly string[] {
    return given
        .filter(({ name }) => name === "--stack" || name === "--cwd")
        .flatMap(({ name, value = "" }) => [name, value]);
}

/** The folder that Pulumi changes to, from the caller's; undefined where none is named. */
export function folderOf(given: readonly GivenOption[], env: NodeJS.ProcessEnv): string | undefined {
    return valuesOf(given, "--cwd").at(-1) ?? env[variableOf("cwd")];
}

/** What a caller gives for a list of packs, or for that of their configurations. */
export interface GivenList {
    readonly elements: readonly string[];
    /** As arguments, what a variable says. */
    readonly byVariable: readonly string[];
}

export function listOf(
    name: "policy-pack" | "policy-pack-config",
    given: readonly GivenOption[],
    env: NodeJS.ProcessEnv,
): GivenList {
    const row = env[variableOf(name)];
    const rows = [...(row === undefined ? [] : [row]), ...valuesOf(given, `--${name}`)];
    return { elements: rows.flatMap(elementsOf), byVariable: row === undefined ? [] : [`--${name}`, row] };
}

function valuesOf(given: readonly GivenOption[], name: string): readonly string[] {
    return given.flatMap((each) => (each.name === name ? [each.value ?? ""] : []));
}

/** Pulumi reads a list as a row of CSV: commas part it, and what is in quotes holds what it likes. */
function elementsOf(row: string): readonly string[] {
    const elements: string[] = [];
    for (let at = 0; row !== "" && at <= row.length;) {
        const quoted = /^"((?:[^"]|"")*)"(?=,|$)/.exec(row.slice(at));
        const [whole, element = ""] = quoted ?? /^([^,]*)/.exec(row.slice(at)) ?? ["", ""];
        elements.push(quoted === null ? element : element.replaceAll('""', '"'));
        at += whole.length + 1;
    }
    return elements;
}

/** One element of such a list, whatever it holds. */
export function asElement(text: string): string {
    return /[",\r\n]|^\s/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
