#!/usr/bin/env node
// The command azure-bcdr-guard: what it takes, and its exit codes. Everything it does is in commands/.
import { Command, CommanderError, Option } from "commander";
import { baselineOf, readBaseline, writtenBaseline, type Baseline } from "./judging/baseline";
import { packageFolder } from "../../policies/package";
import { analyze } from "./commands/analyze";
import { auditAzure, type AuditOptions } from "./commands/audit";
import { checkConfigurationFile, explain, listPolicies } from "./commands/catalogue";
import { commentCommand } from "./commands/comment-command";
import { initCommand } from "./commands/init-command";
import { inventoryCommand } from "./commands/inventory-command";
import { OPERATIONS, preview, type PulumiOperation } from "./commands/preview";
import { report } from "./commands/report";
import { runbook } from "./commands/runbook";
import { NEXT_STEPS, tryExample } from "./commands/try";
import { CLOUDS } from "../inventory/resource-graph";
import { CommentFailure } from "./comments/failure";
import { describeError } from "../findings/internal-error";
import { readText, reason, systemError } from "./files";
import { UsageError } from "./usage-error";
import { reportOf, type Inspection } from "./judging/inspection";
import { limitHeapGrowth } from "./heap";
import { parseOutputs, stdoutIsReport, writeFile, writeReports, type Output } from "./outputs";
import { PACK, TOOL } from "./package";
import { print, printLines, printNotes } from "./printing";
import { PulumiMissing } from "./pulumi";
import { THRESHOLDS, type Threshold, type ExitCode } from "./report";
import { FORMATS } from "./reports";
import { UnreadableInput } from "./reading/unreadable";
import { collectOption } from "./collect-option";
import { InventoryError } from "../inventory/read";

const EXIT_CODES = `
Exit codes:
  0  Clean: no findings at or above the threshold (--fail-on).
  1  Findings at or above the threshold.
  2  Usage error: unknown option, missing file, invalid configuration, or a report that could not be written.
  3  Pulumi, the program or another policy pack failed. Wins over 1.
  4  Incomplete: the input is damaged, or nothing shows that this pack ran.
`;

const RUNBOOK_EXIT_CODES = `
Exit codes:
  0  Every disk of the VM in the state is replicated, or nothing replicates the VM.
  1  A disk is not replicated, the VM has failed over, or the state does not say.
  2  Usage error: unknown option, missing file, or no VM or several VMs with that name.
  4  Incomplete: the file is damaged, is no state, or has a newer version.
`;

/** The options of every command that ends with a report. */
interface GateOptions {
    readonly report?: readonly string[];
    readonly failOn: Threshold;
    readonly baseline?: string;
    readonly writeBaseline?: string;
    readonly config?: string;
    readonly inventory?: readonly string[];
}

/** @param takesInventory false where the command looks at everything itself */
function gateCommand(name: string, description: string, takesInventory = true): Command {
    const formats = Object.keys(FORMATS).join(", ");
    const command = new Command(name)
        .description(description)
        .option(
            "--report <format[=file]>",
            `write a report to a file, or to standard output; can be repeated (${formats}; default: text)`,
            collectOption,
        )
        .addOption(
            new Option("--fail-on <threshold>", "what makes the command fail").choices(THRESHOLDS).default("mandatory"),
        )
        .option("--baseline <file>", "findings in this file do not fail; fixed ones are reported")
        .option("--write-baseline <file>", "write the current findings as a baseline")
        .option("--config <file>", "the configuration of the pack, as --policy-pack-config takes it")
        .addHelpText("after", EXIT_CODES);
    return takesInventory
        ? command.option(
              "--inventory <file...>",
              "what other stacks and the portal protect: files of azure-bcdr-guard inventory",
              collectOption,
          )
        : command;
}

/** What the options say of the end of a command. Read before it begins: a run may take long, and an option be wrong. */
interface Ending {
    readonly threshold: Threshold;
    readonly baseline: Baseline | undefined;
    readonly outputs: readonly Output[];
    readonly writeBaseline: string | undefined;
}

/** @throws UsageError and UnreadableInput */
function endingOf({ report: texts = ["text"], failOn, baseline, writeBaseline }: GateOptions): Ending {
    return {
        threshold: failOn,
        outputs: parseOutputs(texts),
        baseline: baseline === undefined ? undefined : readBaseline(readText(baseline), baseline),
        writeBaseline,
    };
}

/** Judges what was looked at, writes what was asked for and says what the process is to end with. */
function conclude(
    inspections: readonly Inspection[],
    { threshold, baseline, outputs, writeBaseline }: Ending,
): ExitCode {
    const judged = reportOf(inspections, { threshold, baseline, tool: TOOL });
    writeReports(judged, outputs);
    if (writeBaseline !== undefined) {
        if (judged.failures.length > 0) {
            // The exit code is that of the failure.
            printNotes([`${writeBaseline} was not written, because the run is incomplete.`]);
        } else {
            writeFile(writeBaseline, [writtenBaseline(baselineOf(judged.findings))]);
        }
    }
    return judged.verdict.exitCode;
}

/** @param end takes the exit code */
function program(end: (code: ExitCode) => void): Command {
    return new Command(PACK)
        .description("Checks that Azure Backup and Azure Site Recovery work together in a Pulumi plan or state.")
        .version(TOOL.version)
        .addHelpText("after", EXIT_CODES)
        .addCommand(
            gateCommand("preview", "Runs a Pulumi operation as a preview with this pack, then reports.")
                .addOption(new Option("--operation <operation>", "what to preview").choices(OPERATIONS).default("up"))
                .option("--event-log <file>", "save the events for the report command, without debug messages")
                .argument("[pulumi-args...]", "after --: options for Pulumi, such as --stack dev")
                .action(async (pulumiArgs: string[], options: GateOptions & PreviewCommandOptions) => {
                    const ending = endingOf(options);
                    const inspection = await preview({
                        operation: options.operation,
                        pulumiArgs,
                        config: options.config,
                        inventory: options.inventory,
                        eventLog: options.eventLog,
                        displayOnStderr: stdoutIsReport(ending.outputs),
                    });
                    end(conclude([inspection], ending));
                }),
        )
        .addCommand(
            gateCommand("report", "Reports from saved events of the engine.")
                .argument(
                    "<events>",
                    "output of --event-log, of a streaming preview --json, or of policy analyze --json; - for standard input",
                )
                .option("--state <file>", "the state before the operation, from pulumi stack export")
                .option("--record <file>", "the record of the pack: the file that AZURE_BCDR_GUARD_RECORD named")
                .option("--digest <file>", "output of pulumi preview --json, for locations in the program")
                .option("--project <folder>", "the folder of the Pulumi project", ".")
                .action(async (events: string, options: GateOptions & ReportFiles) => {
                    const ending = endingOf(options);
                    const { state, record, digest, project, config, inventory } = options;
                    const inspection = await report({ events, state, record, digest, project, config, inventory });
                    end(conclude([inspection], ending));
                }),
        )
        .addCommand(
            gateCommand("analyze", "Checks exported states, without Pulumi and without Azure.")
                .argument("<states...>", "files from pulumi stack export, or folders of them; - for standard input")
                .option("--project <folder>", "the folder of the Pulumi project", ".")
                .option(
                    "--stack-tag <name=value>",
                    "a tag of the stack, which a state does not have; can be repeated",
                    collectOption,
                )
                .action(async (states: string[], options: GateOptions & { project: string; stackTag?: string[] }) => {
                    const ending = endingOf(options);
                    const inspections = await analyze({
                        states,
                        project: options.project,
                        config: options.config,
                        inventory: options.inventory,
                        stackTags: options.stackTag ?? [],
                    });
                    end(conclude(inspections, ending));
                }),
        )
        .addCommand(
            gateCommand(
                "audit",
                "Checks what exists in Azure, by Azure Resource Graph. The role Reader is enough.",
                false,
            )
                .option("--subscription <id...>", "subscriptions to check", collectOption)
                .option("--management-group <id...>", "management groups to check", collectOption)
                .addOption(
                    new Option("--cloud <cloud>", "the Azure cloud").choices(Object.keys(CLOUDS)).default("public"),
                )
                .option("--allow-incomplete", "only report what could not be read, instead of exit code 4")
                .action(async (options: GateOptions & AuditOptions) => {
                    const ending = endingOf(options);
                    end(conclude([await auditAzure(options)], ending));
                }),
        )
        .addCommand(
            gateCommand("try", "Shows the findings of an example that comes with this package.").action(
                async (options: GateOptions) => {
                    const ending = endingOf(options);
                    const inspections = await tryExample({ config: options.config, inventory: options.inventory });
                    const code = conclude(inspections, ending);
                    (stdoutIsReport(ending.outputs) ? printNotes : printLines)(NEXT_STEPS);
                    end(code);
                },
            ),
        )
        .addCommand(initCommand())
        .addCommand(
            new Command("path")
                .description("Prints the folder of the policy pack, for --policy-pack.")
                .action(() => print(`${packageFolder()}\n`)),
        )
        .addCommand(
            new Command("policies")
                .description("Lists the policies.")
                .option("--json", "print JSON")
                .action(({ json }: { json?: true }) => listPolicies(json === true)),
        )
        .addCommand(
            new Command("explain")
                .description("Prints the page of a policy.")
                .argument("<policy>", "ID or name, such as BCDR121")
                .action((policy: string) => explain(policy)),
        )
        .addCommand(
            new Command("config").description("Checks the configuration of the pack.").addCommand(
                new Command("check")
                    .description("Reports every mistake in a configuration file.")
                    .argument("<file>")
                    .action((file: string) => checkConfigurationFile(file)),
            ),
        )
        .addCommand(commentCommand())
        .addCommand(inventoryCommand(end))
        .addCommand(
            new Command("runbook")
                .description("Prints how to re-protect a VM after a restore, and whether it is re-protected now.")
                .argument("<vm>", "name in the program or in Azure, URN, or ARM ID")
                .requiredOption(
                    "--state <file>",
                    "the state of the stack, from pulumi stack export; - for standard input",
                )
                .addHelpText("after", RUNBOOK_EXIT_CODES)
                .action(async (vm: string, { state }: { state: string }) => {
                    const { lines, isReProtected } = await runbook(vm, state);
                    printLines(lines);
                    end(isReProtected ? 0 : 1);
                }),
        );
}

interface PreviewCommandOptions {
    readonly operation: PulumiOperation;
    readonly eventLog?: string;
}

interface ReportFiles {
    readonly state?: string;
    readonly record?: string;
    readonly digest?: string;
    readonly project: string;
}

/** The exit code that an error means; an error that is no fault of the caller is shown unchanged. */
function exitCodeOf(error: unknown): ExitCode {
    if (error instanceof CommanderError) {
        // commander has said it already.
        return error.exitCode === 0 ? 0 : 2;
    }
    if (error instanceof UsageError) {
        printNotes(error.lines);
        return 2;
    }
    const known = [
        [PulumiMissing, 3],
        [CommentFailure, 3],
        [UnreadableInput, 4],
        [InventoryError, 4],
    ] as const;
    for (const [kind, code] of known) {
        if (error instanceof kind) {
            printNotes([error.message]);
            return code;
        }
    }
    const refused = systemError(error);
    if (refused !== undefined) {
        printNotes([sentenceOf(refused)]);
        return 2;
    }
    printNotes([
        `Internal error (${describeError(error)}): this is a bug in ${PACK}. Nothing was decided. Report it to the maintainers with this line.`,
    ]);
    return 4;
}

/** What the operating system has refused, and nobody has put into words where it happened. */
function sentenceOf(error: NodeJS.ErrnoException): string {
    return error.syscall === "uv_cwd"
        ? "The current folder is not there any more. Change to one that is, and run the command again."
        : `${error.path ?? "The operating system"} could not be used (${error.syscall ?? ""}): ${reason(error)}.`;
}

/** Runs the command line and gives what the process is to end with. */
export async function main(args: readonly string[]): Promise<ExitCode> {
    let code: ExitCode = 0;
    const command = program((ended) => (code = ended));
    everyCommand(command).forEach((each) => {
        each.exitOverride();
        each.configureOutput({
            writeOut: (text) => printLines(linesOf(text)),
            writeErr: (text) => printNotes(linesOf(text)),
        });
    });
    try {
        await command.parseAsync(args, { from: "user" });
        return code;
    } catch (error) {
        return exitCodeOf(error);
    }
}

/** commander ends what it says with a line feed. */
function linesOf(text: string): readonly string[] {
    return text.replace(/\n$/, "").split("\n");
}

function everyCommand(command: Command): readonly Command[] {
    return [command, ...command.commands.flatMap(everyCommand)];
}

if (require.main === module) {
    limitHeapGrowth();
    // Where nobody can be told, the exit code still counts. Standard output tells by itself what it does not take.
    process.stderr.on("error", () => undefined);
    process.stdout.on("error", () => undefined);
    // What is thrown where nobody waits for it must not end in a stack trace, and with the exit code of a finding.
    process.on("uncaughtException", (error) => process.exit(exitCodeOf(error)));
    void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
}
