import { attached, disk, osDiskOf } from "../../harness/azure";
import { policyCases } from "../../harness/policy-cases";
import { ref } from "../../harness/program";
import { changed, classic, native, nativeWithDisk, REPLICATED_DATA, stateOf, UNKNOWN } from "./programs";

const ON = { writeAcceleratorEnabled: true };

export const cases = policyCases(__filename, {
    policyId: "BCDR203",
    example: nativeWithDisk({}, { place: ON }),
    fixed: { program: nativeWithDisk({}) },
    shows: REPLICATED_DATA,
    holds: [
        { name: "nobody asks for it", round: nativeWithDisk({}) },
        {
            name: "a data disk that is left out of replication",
            round: stateOf(nativeWithDisk({}, { place: ON, listed: false })),
        },
        { name: "a classic data disk that is left out", round: classic({ place: ON, listed: false }) },
    ],
    violated: [
        { name: "on the OS disk, whether it is listed or not", round: native({ osDisk: ON, disks: [] }), on: ["web"] },
        {
            name: "on two data disks",
            round: nativeWithDisk(
                {},
                {
                    dataDisks: [attached(0, ref("data.id"), ON), attached(1, ref("logs.id"), ON)],
                    disks: [osDiskOf("web"), ref("data.id"), ref("logs.id")],
                    more: { logs: disk({ name: "logs" }) },
                },
            ),
            on: ["web"],
        },
        {
            name: "turned on for a VM that is replicated",
            round: changed(native(), native({ osDisk: ON })),
            on: ["web"],
        },
        { name: "on a classic data disk", round: classic({ place: ON }), on: ["web"] },
    ],
    undecided: [
        {
            name: "a setting that is not known",
            round: native({ osDisk: { writeAcceleratorEnabled: UNKNOWN } }),
            waitsFor: '"web": storageProfile.osDisk.writeAcceleratorEnabled',
        },
    ],
    inPlace: [{ name: "in the exported state", round: stateOf(nativeWithDisk({}, { place: ON })), on: ["web"] }],
    limits: [
        {
            allowed: { name: "off", round: nativeWithDisk({}, { place: { writeAcceleratorEnabled: false } }) },
            refused: { name: "on", round: nativeWithDisk({}, { place: ON }), on: ["web"] },
        },
    ],
});
