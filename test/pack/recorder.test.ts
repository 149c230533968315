import { existsSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { RECORD_FILE_VARIABLE, type RecordLine } from "../../src/findings/record";
import { backupItem, disk, fromRestorePoint, vm, replicatedItem, SURROUNDINGS } from "../harness/azure";
import { Pack, type Configuration } from "../harness/pack";
import { ref, type Program } from "../harness/program";
import { Stack } from "../harness/stack";
import { harmIn } from "../hostile-texts";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { SOON } from "../harness/days";

const restored: Program = {
    ...SURROUNDINGS,
    os: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
    web: { ...vm({ osDisk: ref("os.id") }), options: { protect: true, ignoreChanges: ["tags"] } },
    webBackup: backupItem(ref("web.id"), "shop;web"),
    webReplication: replicatedItem(ref("web.id"), [
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/web-os",
    ]),
};

async function recorded(
    configuration: Configuration = {},
    program: Program = restored,
): Promise<readonly RecordLine[]> {
    const file = path.join(scratchFolder(), "record.json");
    process.env[RECORD_FILE_VARIABLE] = file;
    try {
        await new Pack().analyze(new Stack().preview(program), configuration);
    } finally {
        Reflect.deleteProperty(process.env, RECORD_FILE_VARIABLE);
    }
    const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    return lines.map((line) => JSON.parse(line) as RecordLine);
}

const of = <L extends RecordLine["line"]>(
    lines: readonly RecordLine[],
    kind: L,
): readonly Extract<RecordLine, { line: L }>[] =>
    lines.filter((each): each is Extract<RecordLine, { line: L }> => each.line === kind);

afterAll(removeScratchFolders);

test("begins with its version, once", async () => {
    const lines = await recorded();
    expect(lines[0]).toEqual({ line: "start", version: 1 });
    expect(of(lines, "start")).toHaveLength(1);
});

test("has each finding as data, with the VM that it concerns", async () => {
    const finding = of(await recorded(), "finding").find(({ policyId }) => policyId === "BCDR121");
    expect(finding).toMatchObject({ policy: "restored-os-disk-not-replicated" });
    expect(finding?.exemption).toBeUndefined();
    expect(finding?.vm).toBe(finding?.urn);
});

test("has what exemptions took out, with reason and last day", async () => {
    const exemption = { policies: ["BCDR121"], resource: "web", reason: "rebuilt on Monday", expires: SOON };
    const lines = await recorded({ "shared-settings": { exemptions: [exemption] } });
    expect(of(lines, "finding").find(({ policyId }) => policyId === "BCDR121")?.exemption).toEqual({
        reason: "rebuilt on Monday",
        expires: SOON,
    });
});

test("has what links the resources, and what keeps Pulumi from touching them", async () => {
    const stack = new Stack();
    const urn = (name: string, type: string): string => stack.urnOf(name, type);
    const web = of(await recorded(), "resource").find((each) => each.urn.endsWith("::web"));
    expect(web).toMatchObject({
        protect: true,
        ignoreChanges: ["tags"],
        dependencies: { storageProfile: [urn("os", "azure-native:compute:Disk")] },
    });
});

test("says which stack policies were evaluated", async () => {
    const policies = of(await recorded(), "evaluated").map(({ policy }) => policy);
    expect(policies).toContain("undecided-at-preview");
    expect(policies).not.toContain("vault-multi-user-authorization");
});

test("has what the policies left open", async () => {
    const unknownSize = vm({ osDisk: ref("os.id"), over: { hardwareProfile: { vmSize: ref("os.id") } } });
    const open = of(await recorded({}, { ...restored, web: unknownSize }), "open").map((each) => JSON.stringify(each));
    expect(open).toContainEqual(expect.stringContaining("hardwareProfile.vmSize"));
});

test("is for its user alone", async () => {
    const file = path.join(scratchFolder(), "record.json");
    process.env[RECORD_FILE_VARIABLE] = file;
    try {
        await new Pack().analyze(new Stack().preview(restored));
    } finally {
        Reflect.deleteProperty(process.env, RECORD_FILE_VARIABLE);
    }
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
});

describe("that cannot be written", () => {
    test.each(["/nowhere/at/all", "/dev/full", "/proc/\n::error::forged"])(
        "costs a warning and no finding: %j",
        async (file) => {
            const round = new Stack().preview(restored);
            const expected = await new Pack().analyze(round);
            let said = "";
            const stderr = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
                said += String(text);
                return true;
            });
            process.env[RECORD_FILE_VARIABLE] = file;
            try {
                expect(await new Pack().analyze(round)).toEqual(expected);
            } finally {
                Reflect.deleteProperty(process.env, RECORD_FILE_VARIABLE);
                stderr.mockRestore();
            }
            expect(expected.map(({ policyId }) => policyId)).toContain("BCDR121");
            expect(said).toMatch(
                /^warning: azure-bcdr-guard cannot write the file that AZURE_BCDR_GUARD_RECORD names .*\n$/,
            );
            expect(harmIn(said)).toEqual([]);
        },
    );
});
