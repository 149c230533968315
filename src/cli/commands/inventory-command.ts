import { Command, Option } from "commander";
import { CLOUDS } from "../../inventory/resource-graph";
import { print } from "../printing";
import type { ExitCode } from "../report";
import { collectOption } from "../collect-option";
import { diffInventories, inventoryFromStates, showInventory, type FromStatesOptions } from "./inventory";
import { inventoryFromAzure, type FromAzureOptions } from "./inventory-from-azure";

/** @param end takes the exit code */
export function inventoryCommand(end: (code: ExitCode) => void): Command {
    return new Command("inventory")
        .description("What protects what, outside of the current stack.")
        .addCommand(
            new Command("from-states")
                .description("Makes the inventory from states: exports, or the folder of a file backend.")
                .argument("<states...>", "files that pulumi stack export wrote, or folders")
                .option("--output <file>", "where to write the inventory (default: standard output)")
                .option("--allow-incomplete", "exit code 0 even where something could not be read")
                .action(async (states: string[], options: FromStatesOptions) =>
                    end(await inventoryFromStates(states, options)),
                ),
        )
        .addCommand(
            new Command("from-azure")
                .description("Reads the inventory from Azure Resource Graph. Needs no more than the role Reader.")
                .option("--subscription <id...>", "subscriptions to read", collectOption)
                .option("--management-group <id...>", "management groups to read", collectOption)
                .addOption(new Option("--cloud <cloud>", "which Azure").choices(Object.keys(CLOUDS)).default("public"))
                .option("--output <file>", "where to write the inventory (default: standard output)")
                .option("--allow-incomplete", "exit code 0 even where something could not be read")
                .addHelpText("after", "\nWithout a subscription or a management group: all that the identity may read.")
                .action(async (options: FromAzureOptions) => end(await inventoryFromAzure(options))),
        )
        .addCommand(
            new Command("show")
                .description("Lists the VMs of an inventory with what protects them, counts and ages.")
                .argument("<file>")
                .action((file: string) => print(showInventory(file))),
        )
        .addCommand(
            new Command("diff")
                .description("Lists what was added, removed or changed between two inventories.")
                .argument("<old>")
                .argument("<new>")
                .action((before: string, after: string) => print(diffInventories(before, after))),
        );
}
