// Reports of many machines.
import type { PictureMachine } from "../../../src/cli/estate-summary";
import type { Report } from "../../../src/cli/report";
import { aFinding, aMessage, richReport, urnOf } from "./a-report";

const REGIONS = ["westeurope", "northeurope", "uksouth"];

/** Many machines in three regions; so many of them have a finding each. */
export function largeReport(machineCount: number, findingCount: number): Report {
    const rich = richReport();
    const models = rich.picture?.machines ?? [];
    const machines = Array.from({ length: machineCount }, (_, index): PictureMachine => {
        const name = `machine-${index}`;
        return {
            ...models[index % models.length]!,
            id: name,
            urn: urnOf("azure-native:compute:VirtualMachine", name),
            name,
            region: REGIONS[index % REGIONS.length],
        };
    });
    return {
        ...rich,
        picture: { machines, vaults: rich.picture?.vaults ?? [], recoveryPlans: [] },
        findings: machines
            .slice(0, findingCount)
            .map(({ name, urn }) =>
                aFinding("BCDR121", name, { urn, machine: urn, message: aMessage(`Of "${name}".`) }),
            ),
    };
}
