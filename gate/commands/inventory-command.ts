import { Command, Option } from "commander";
import { CLOUDS } from "../../inventory/resource-graph";
import type { ExitCode } from "../report";
import { inventoryFromAzure, type FromAzureOptions } from "./inventory-from-azure";

/** @param end takes the exit code */
export function inventoryCommand(end: (code: ExitCode) => void): Command {
    return new Command("inventory").description("What is protected by what, outside of the stack at hand.").addCommand(
        new Command("from-azure")
            .description("Reads the inventory from Azure Resource Graph. Needs no more than the role Reader.")
            .option("--subscription <id...>", "subscriptions to read", several)
            .option("--management-group <id...>", "management groups to read", several)
            .addOption(new Option("--cloud <cloud>", "which Azure").choices(Object.keys(CLOUDS)).default("public"))
            .option("--output <file>", "where to write the inventory (default: standard output)")
            .option("--allow-incomplete", "exit code 0 even where something could not be read")
            .addHelpText("after", "\nWithout a subscription or a management group: all that the identity may read.")
            .action(async (options: FromAzureOptions) => end(await inventoryFromAzure(options))),
    );
}

function several(text: string, all: readonly string[] = []): readonly string[] {
    return [...all, text];
}
