import { vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, replicatedVm } from "../../harness/classic";
import { ref, type Content, type Program } from "../../harness/program";
import { policyCases } from "../../harness/policy-cases";
import { Stack } from "../../harness/stack";
import { REPLICATED_WEB } from "./programs";

function replicated(vmSize: Content): Program {
    return {
        ...SURROUNDINGS,
        web: vm({ name: "web", over: { hardwareProfile: { vmSize } } }),
        item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
    };
}

function classic(size: Content): Program {
    const web = classicVm("linux", ref("os.id"));
    return {
        ...SURROUNDINGS,
        os: classicDisk(),
        web: { ...web, properties: { ...web.properties, size } },
        item: replicatedVm(ref("web.id"), [ref("os.id")]),
    };
}

const { item: _, ...ALONE } = replicated("Standard_B1s");

export const cases = policyCases(__filename, {
    policyId: "BCDR205",
    example: replicated("Standard_B1s"),
    fixed: { program: replicated("Standard_B2s") },
    shows: REPLICATED_WEB,
    holds: [
        { name: "a small VM that is not replicated", round: ALONE },
        { name: "a classic VM of two cores", round: classic("Standard_B2s") },
    ],
    violated: [
        { name: "less than 1 GB", round: replicated("Standard_B1ls"), on: ["web"] },
        { name: "in any case", round: replicated("standard_b1ms"), on: ["web"] },
        { name: "a classic VM of one core", round: classic("Standard_F1s"), on: ["web"] },
        { name: "in the state", round: () => new Stack().up(replicated("Standard_A1_v2")), on: ["web"] },
    ],
    undecided: [
        {
            name: "a size that is not known",
            round: replicated(ref("rg.id")),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
        {
            name: "a size that nobody has heard of",
            round: replicated("Standard_Z99"),
            waitsFor: '"web": hardwareProfile.vmSize',
        },
    ],
    limits: [
        {
            allowed: { name: "two cores", round: replicated("Standard_D2_v2") },
            refused: { name: "one core", round: replicated("Standard_D1_v2"), on: ["web"] },
        },
    ],
});
