// How Pulumi reads its command line: the flags that its previews take, written down from its help and its source, and the
// policies of the library that reads them (ENG-21). Nothing of it is taken from what is tested with it.

type Operation = "preview" | "destroy" | "refresh";

type Kind = "bool" | "optional" | "text" | "texts" | "list";

export interface Flag {
    readonly name: string;
    readonly letter?: string;
    readonly kind: Kind;
    readonly of: readonly Operation[];
}

const ALL: readonly Operation[] = ["preview", "destroy", "refresh"];
const APPLYING: readonly Operation[] = ["destroy", "refresh"];

function flags(kind: Kind, of: readonly Operation[], names: string): readonly Flag[] {
    return names.split(" ").map((written) => {
        const [name = "", letter] = written.split("/");
        return { name, kind, of, ...(letter === undefined ? {} : { letter }) };
    });
}

export const FLAGS: readonly Flag[] = [
    ...flags("bool", ALL, "emoji/e fully-qualify-stack-names/Q disable-integrity-checking logflow logtostderr"),
    ...flags("bool", ALL, "non-interactive debug/d diff json/j show-config show-replacement-steps show-sames urns"),
    ...flags("bool", ALL, "suppress-outputs suppress-progress target-dependents exclude-dependents run-program"),
    ...flags("bool", ALL, "skip-config-validation skip-plugin-pre-install neo copilot config-path remote"),
    ...flags("bool", ALL, "suppress-stream-logs remote-inherit-settings remote-skip-install-dependencies"),
    ...flags("text", ALL, "cwd/C color tracing otel-traces profiling memprofilerate verbose/v tracing-header stack/s"),
    ...flags("text", ALL, "config-file message/m parallel/p client exec-kind exec-agent output event-log"),
    ...flags("text", ALL, "remote-git-branch remote-agent-pool-id"),
    ...flags("texts", ALL, "config/c target/t exclude/x override-env remote-env"),
    ...flags("optional", ALL, "suppress-permalink"),
    ...flags("optional", ["preview", "destroy"], "refresh/r"),
    ...flags("bool", APPLYING, "yes/y skip-preview/f preview-only"),
    ...flags("bool", ["destroy"], "remove exclude-protected continue-on-error show-full-output ignore-protect"),
    ...flags("bool", ["refresh"], "skip-pending-creates clear-pending-creates expect-no-changes"),
    ...flags("texts", ["refresh"], "import-pending-creates"),
    ...flags(
        "bool",
        ["preview"],
        "expect-no-changes show-reads show-policy-remediations show-full-output show-secrets",
    ),
    ...flags("bool", ["preview"], "ignore-protect neo-task-on-failure"),
    ...flags("text", ["preview"], "save-plan import-file"),
    ...flags("texts", ["preview"], "replace target-replace"),
    ...flags("list", ["preview"], "policy-pack policy-pack-config"),
    ...flags("optional", ["preview"], "attach-debugger"),
];

export interface Read {
    readonly values: ReadonlyMap<string, readonly string[]>;
    /** Arguments that belong to no option. */
    readonly others: readonly string[];
}

/** What Pulumi goes by in the end, each value as text; undefined where it refuses the command line and does nothing. */
export function readByPulumi(
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
): Read | undefined {
    const [operation, ...rest] = args;
    const mine = FLAGS.filter(({ of }) => of.some((each) => each === operation));
    const values = new Map<string, readonly string[]>();
    const take = ({ name, kind }: Flag, value: string): boolean => {
        if (kind === "bool" && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value)) {
            return false;
        }
        const isSeveral = kind === "texts" || kind === "list";
        const isTrue = kind === "bool" ? String(/^[1tT]/.test(value)) : value;
        values.set(name, isSeveral ? [...(values.get(name) ?? []), value] : [isTrue]);
        return true;
    };
    for (const flag of mine) {
        const value = env[`PULUMI_OPTION_${flag.name.replaceAll("-", "_").toUpperCase()}`];
        if (value !== undefined) {
            take(flag, value);
        }
    }
    const others: string[] = [];
    while (rest.length > 0) {
        const arg = rest.shift() ?? "";
        if (arg === "--") {
            others.push(...rest.splice(0));
        } else if (arg.startsWith("--")) {
            const [name, ...attached] = arg.slice(2).split("=");
            const flag = mine.find((each) => each.name === name);
            const value =
                attached.length > 0
                    ? attached.join("=")
                    : flag?.kind === "bool" || flag?.kind === "optional"
                      ? "true"
                      : rest.shift();
            if (flag === undefined || value === undefined || !take(flag, value)) {
                return undefined;
            }
        } else if (arg.length > 1 && arg.startsWith("-")) {
            for (let letters = arg.slice(1); letters !== "";) {
                const flag = mine.find(({ letter }) => letter === letters.charAt(0));
                const behind = letters.slice(1);
                letters = "";
                let value: string | undefined;
                if (behind.length > 1 && behind.startsWith("=")) {
                    value = behind.slice(1);
                } else if (flag?.kind === "bool" || flag?.kind === "optional") {
                    value = "true";
                    letters = behind;
                } else {
                    value = behind === "" ? rest.shift() : behind;
                }
                if (flag === undefined || value === undefined || !take(flag, value)) {
                    return undefined;
                }
            }
        } else {
            others.push(arg);
        }
    }
    return { values, others };
}
