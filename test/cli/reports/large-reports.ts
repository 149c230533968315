// Reports of many VMs.
import type { SummaryVm } from "../../../src/cli/estate-summary";
import type { Report } from "../../../src/cli/report";
import { aFinding, aMessage, richReport, urnOf } from "./a-report";

const REGIONS = ["westeurope", "northeurope", "uksouth"];

/** Many VMs in three regions; so many of them have a finding each. */
export function largeReport(vmCount: number, findingCount: number): Report {
    const rich = richReport();
    const models = rich.picture?.machines ?? [];
    const vms = Array.from({ length: vmCount }, (_, index): SummaryVm => {
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
        picture: { machines: vms, vaults: rich.picture?.vaults ?? [], recoveryPlans: [] },
        findings: vms
            .slice(0, findingCount)
            .map(({ name, urn }) =>
                aFinding("BCDR121", name, { urn, machine: urn, message: aMessage(`Of "${name}".`) }),
            ),
    };
}
