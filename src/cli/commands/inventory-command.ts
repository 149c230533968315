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
        .description("Creates and reads inventories: what protects VMs outside the current stack.")
        .addCommand(
            new Command("from-states")
                .description("Creates an inventory from exported states, or from the folder of a file backend.")
                .argument("<states...>", "files from pulumi stack export, or folders of them")
                .option("--output <file>", "where to write the inventory (default: standard output)")
                .option("--allow-incomplete", "exit code 0 even where something could not be read")
                .action(async (states: string[], options: FromStatesOptions) =>
                    end(await inventoryFromStates(states, options)),
                ),
        )
        .addCommand(
            new Command("from-azure")
                .description("Creates an inventory from Azure Resource Graph. The role Reader is enough.")
                .option("--subscription <id...>", "subscriptions to read", collectOption)
                .option("--management-group <id...>", "management groups to read", collectOption)
                .addOption(
                    new Option("--cloud <cloud>", "the Azure cloud").choices(Object.keys(CLOUDS)).default("public"),
                )
                .option("--output <file>", "where to write the inventory (default: standard output)")
                .option("--allow-incomplete", "exit code 0 even where something could not be read")
                .addHelpText("after", "\nWithout a subscription or a management group: all that the identity may read.")
                .action(async (options: FromAzureOptions) => end(await inventoryFromAzure(options))),
        )
        .addCommand(
            new Command("show")
                .description("Lists the VMs of an inventory, what protects them, and its age.")
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
