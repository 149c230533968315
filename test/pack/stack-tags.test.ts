// A tag of the stack names the tier of each VM without a tag.
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { RECORD_FILE_VARIABLE } from "../../src/findings/record";
import { ROOT } from "../../dev/docs/generated";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { resourceGroup, vm } from "../harness/azure";
import { PackProcess, type Configuration } from "../harness/pack";
import { Stack } from "../harness/stack";

const round = new Stack().preview({
    rg: resourceGroup(),
    web: vm(),
    free: vm({ over: { tags: { "bcdr-tier": "none" } } }),
});
const record = path.join(scratchFolder(), "record.json");

interface Case {
    readonly name: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly shared?: Configuration[string];
    readonly finds: readonly string[];
    readonly because?: string;
}

const CASES: readonly Case[] = [
    { name: "no tag, no default", tags: { team: "shop" }, finds: [] },
    {
        name: "a tag",
        tags: { "bcdr-tier": "Backup" },
        finds: ["BCDR401 web"],
        because: "The VM has no tag bcdr-tier. The stack has the tag bcdr-tier=backup. This tier requires backup.",
    },
    {
        name: "a tag of two services, its name in other letters",
        tags: { "BCDR-Tier": "backup-and-replication" },
        finds: ["BCDR401 web", "BCDR402 web"],
    },
    {
        name: "a tag of which the configuration does not speak",
        tags: { "bcdr-tier": "backup" },
        shared: { tierTag: "tier" },
        finds: [],
    },
    {
        name: "a tag that the configuration names",
        tags: { tier: "gold" },
        shared: { tierTag: "tier", tiers: { gold: ["backup"], bronze: [] } },
        // The VM's tag `bcdr-tier` does not count either.
        finds: ["BCDR401 free", "BCDR401 web"],
    },
    {
        name: "a tag, before the configured default",
        tags: { "bcdr-tier": "none" },
        shared: { defaultTier: "backup" },
        finds: [],
    },
    {
        name: "a tag that names no tier",
        tags: { "bcdr-tier": "silver" },
        shared: { defaultTier: "backup" },
        finds: ["BCDR401 web"],
        because:
            "The VM has no tag bcdr-tier, and the stack's tag bcdr-tier=silver is not a configured tier. " +
            'The default tier "backup" requires backup.',
    },
];

describe("over gRPC", () => {
    let pack: PackProcess;

    beforeAll(async () => {
        pack = await PackProcess.start(ROOT, { [RECORD_FILE_VARIABLE]: record });
    });
    afterAll(() => {
        pack.stop();
        removeScratchFolders();
    });

    test.each(CASES)("$name", async ({ tags, shared = {}, finds, because = "" }) => {
        await pack.configureStack(tags);
        await pack.configure({ "shared-settings": shared });
        const found = (await pack.analyze(round)).filter(({ policyId }) => /^BCDR40[12]$/.test(policyId));
        expect(found.map(({ policyId, on = "-" }) => `${policyId} ${on}`).sort()).toEqual(finds);
        expect(found.filter(({ message }) => !message.includes(because))).toEqual([]);
    });

    test("the record has the tag that counts, and no other", () => {
        const lines = readFileSync(record, "utf8").trimEnd().split("\n");
        const tags = lines
            .map((line) => JSON.parse(line) as object)
            .filter((line) => "line" in line && line.line === "stack tag");
        expect(tags).toEqual(
            CASES.flatMap(({ tags: all, shared: { tierTag = "bcdr-tier" } = {} }) =>
                Object.entries(all).flatMap(([name, value]) =>
                    name.toLowerCase() === tierTag ? [{ line: "stack tag", name, value }] : [],
                ),
            ),
        );
    });
});
