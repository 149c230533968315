import { classicDisk, classicGroup } from "../harness/classic";
import { Pack, type Configuration } from "../harness/pack";
import { roundOf, type Phase } from "../harness/phases";
import type { Program } from "../harness/program";

// Programs like those of published templates and bug reports, through the whole pack. All that it reports of them is here:
// what a program that works gets without need is noise.

interface FieldProgram {
    readonly name: string;
    readonly program: Program;
    readonly configuration?: Configuration;
    /** `BCDR110 data`, sorted. */
    readonly finds: readonly string[];
    /** A line of a message that tells the user more than that. */
    readonly says?: string;
}

const PHASES: readonly Phase[] = ["first preview", "exported state"];

const PROGRAMS: readonly FieldProgram[] = [
    {
        name: "a restored data disk whose name tells nothing, from a collection whose number is short",
        program: {
            rg: classicGroup(),
            data: classicDisk({
                name: "db-data-000",
                createOption: "Restore",
                sourceResourceId:
                    "/subscriptions/8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60/resourceGroups/AzureBackupRG_ukwest_1" +
                    "/providers/Microsoft.Compute/restorePointCollections/AzureBackup_db-02_169" +
                    "/restorePoints/AzureBackup_20190122_014129/disks/db-02_disk2_4a?id=edef9810",
                diskSizeGb: 1023,
            }),
        },
        finds: ["BCDR110 data"],
        says: 'Disk "data" is restored from an Azure Backup recovery point of VM "db-02" (2019-01-22 01:41 UTC).',
    },
];

describe.each(PROGRAMS)("$name", ({ program, configuration = {}, finds, says }) => {
    test.each(PHASES)("%s", async (phase) => {
        const violations = await new Pack().analyze(roundOf(program, phase), configuration);
        expect(violations.map(({ policyId, on }) => `${policyId} ${on ?? "-"}`).sort()).toEqual(finds);
        if (says !== undefined) {
            expect(violations.map(({ message }) => message).join("\n")).toContain(says);
        }
    });
});
