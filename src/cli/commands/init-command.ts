import { Command, Option } from "commander";
import { isatty } from "node:tty";
import { atTerminal } from "../questions";
import { UsageError } from "../usage-error";
import { CI_SYSTEMS, choices, init, PROFILE_NAMES, type Choices, type InitOptions } from "./init";

const EXIT_CODES = `
Exit codes:
  0  The files are written, or already had this content.
  2  Usage error: unknown option, no terminal to ask at, or a file that exists with other content.
`;

export function initCommand(): Command {
    return new Command("init")
        .description(
            "Writes a configuration of the pack and, with --ci, a pipeline. Asks two questions without --profile.",
        )
        .addOption(new Option("--profile <name>", "the configuration to start from").choices(PROFILE_NAMES))
        .option("--tier-tag <tag>", "the tag of a VM that says how to protect it (default: bcdr-tier)")
        .addOption(new Option("--ci <system>", "also write the pipeline of this CI system").choices(CI_SYSTEMS))
        .option("--stack <name>", "the stack that the pipeline previews", "prod")
        .option("--config <file>", "the configuration to write", "bcdr.json")
        .option("--force", "overwrite files that have other content")
        .addHelpText("after", EXIT_CODES)
        .action(async (options: InitOptions) => init(await chosen(options), options));
}

/** @throws UsageError without an option and without a terminal */
async function chosen({ profile, tierTag }: InitOptions): Promise<Choices> {
    if (profile !== undefined) {
        return { profile, tierTag };
    }
    if (!isatty(process.stdin.fd)) {
        throw new UsageError(
            `There is no terminal to ask at. Give --profile (${PROFILE_NAMES.join(", ")}) and, if needed, --tier-tag and --ci.`,
        );
    }
    return atTerminal((ask) => choices(tierTag, ask));
}
