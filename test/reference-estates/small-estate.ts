import { ref, type Program } from "../harness/program";
import {
    cacheAccount,
    container,
    disk,
    enhancedPolicy,
    fabric,
    vm,
    vmBackup,
    mapping,
    osDisk,
    recoveryPlan,
    replication,
    replicationPolicy,
    resourceGroup,
    vault,
    type Backup,
    type Place,
    type Route,
} from "./parts";

const SHOP: Place = { group: "shop", location: "westeurope" };
const BACKUP: Backup = { vault: "backup", vaultGroup: "shop", policy: "every-four-hours" };
const ROUTE: Route = {
    vault: "recovery",
    vaultGroup: "shop-recovered",
    policy: "a-day-back",
    sourceFabric: "west-europe",
    sourceContainer: "west-europe-machines",
    targetFabric: "north-europe",
    targetContainer: "north-europe-machines",
    targetGroup: "shop-recovered",
    cache: "shopcache",
};

/** Three VMs, as examples/estate-small has them: all backed up, one of them replicated, too. */
export function smallEstate(): Program {
    const { vault: recovery, vaultGroup: there } = ROUTE;
    return {
        ...resourceGroup("shop", "westeurope"),
        ...resourceGroup("shop-recovered", "northeurope"),
        ...vault("backup", "shop", "westeurope"),
        ...enhancedPolicy("every-four-hours", "backup", "shop"),
        ...vault(recovery, there, "northeurope"),
        ...replicationPolicy("a-day-back", recovery, there),
        ...fabric("west-europe", recovery, there, "westeurope"),
        ...fabric("north-europe", recovery, there, "northeurope"),
        ...container("west-europe-machines", recovery, there, "west-europe"),
        ...container("north-europe-machines", recovery, there, "north-europe"),
        ...mapping("west-to-north", ROUTE),
        ...cacheAccount("shopcache", SHOP),

        ...vm({ ...SHOP, name: "web-1", size: "Standard_D2s_v5", tags: {} }),
        ...vmBackup("web-1", SHOP, BACKUP),
        ...vm({ ...SHOP, name: "web-2", size: "Standard_D2s_v5", tags: {} }),
        ...vmBackup("web-2", SHOP, BACKUP),

        ...osDisk("db-os", SHOP),
        ...disk("db-data", SHOP, 512),
        ...vm({
            ...SHOP,
            name: "db",
            size: "Standard_E4s_v5",
            tags: {},
            bootsFrom: "db-os",
            dataDisks: ["db-data"],
        }),
        ...vmBackup("db", SHOP, BACKUP),
        ...replication("db", ROUTE, [{ id: ref("db-os.id") }, { id: ref("db-data.id") }]),
        ...recoveryPlan("db-plan", ROUTE, [["db"]]),
    };
}
