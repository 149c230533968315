import { isSameList } from "../model/lists";
import { ConfigurationError, type Configurable } from "../config/configuration";
import type { ExternalResources } from "../model/external-resources";
import { configuredInventories } from "../inventory/files";
import { DEFAULT_MAXIMUM_AGE_HOURS, InventoriedResources } from "../inventory/external-resources";
import { indexOf } from "../inventory/inventory-index";
import { packed } from "../inventory/packed-entries";
import { InventoryError } from "../inventory/read";
import type { SettingValues } from "../../policies/policy";
import type { Inventory } from "../inventory/document";

/** What the configured inventories say about other stacks; read again only when one of them has changed. */
export class ConfiguredInventory {
    private inventories: readonly Inventory[] = [];
    private maximumAgeHours = DEFAULT_MAXIMUM_AGE_HOURS;
    private external: ExternalResources | undefined;

    constructor(private readonly shared: Configurable) {}

    /** @throws ConfigurationError for an inventory that cannot be read: without it all in it would count as unprotected */
    by({ inventory, maximumAgeHours }: SettingValues): ExternalResources | undefined {
        const inventories = this.read(inventory);
        const age = typeof maximumAgeHours === "number" ? maximumAgeHours : DEFAULT_MAXIMUM_AGE_HOURS;
        const isSame = isSameList(inventories, this.inventories) && age === this.maximumAgeHours;
        if (!isSame) {
            this.inventories = inventories;
            this.maximumAgeHours = age;
            this.external =
                inventories.length === 0
                    ? undefined
                    : new InventoriedResources(indexOf(inventories.flatMap(packed)), {
                          now: new Date(),
                          maximumAgeHours: age,
                      });
        }
        return this.external;
    }

    private read(inventory: unknown): readonly Inventory[] {
        try {
            return configuredInventories(inventory, process.env);
        } catch (error) {
            throw error instanceof InventoryError
                ? new ConfigurationError(this.shared, `"inventory": ${error.message}`)
                : error;
        }
    }
}
