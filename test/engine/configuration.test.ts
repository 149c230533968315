// What a configuration does on the engine, and what a person sees who has made a mistake in it.
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { exampleFolder, foundIn } from "../../dev/offline/examples";
import { runGate } from "../../dev/offline/run";
import type { Report } from "../../src/cli/report";
import { backupItem, disk, replicatedItem, vm } from "../harness/azure";
import { ref, type Program } from "../harness/program";
import { yamlOf } from "../harness/yaml";
import { native } from "../policies/plan-estates";
import { cache } from "../policies/replication/programs";
import { removeScratchFolders } from "../dev/offline/scratch";
import { found, type Outcome, Project, TROUBLE } from "./project";
import { SOON } from "../harness/days";

let project: Project;

const previewWith = (configuration: unknown): Promise<Outcome> => project.preview(...project.configured(configuration));

beforeAll(async () => {
    project = await Project.start(
        readFileSync(path.join(exampleFolder("protected-by-both"), "yaml", "Pulumi.yaml"), "utf8"),
    );
});
afterAll(removeScratchFolders);

describe("a policy that is mandatory and held to the edition of 2019, with an exemption that all policies share", () => {
    let outcome: Outcome;

    beforeAll(async () => {
        outcome = await previewWith({
            "vm-backed-up-and-replicated": "mandatory",
            "disk-backed-up-and-vm-replicated": { enforcementLevel: "mandatory" },
            "shared-settings": {
                edition: "2019-02-26",
                exemptions: [{ policies: ["BCDR102"], resource: "db", reason: "Moves in December.", expires: SOON }],
            },
        });
    });

    test("fails the preview", () => {
        expect(outcome.status).not.toBe(0);
        expect(outcome.stdout).toContain("error: preview failed");
        expect(outcome.events.map(({ level }) => level)).toEqual(["mandatory", "advisory"]);
    });

    test("tells what that edition says", () => {
        expect(outcome.stdout).toContain("VM backup and restore: not supported.");
        expect(outcome.stdout).toContain(
            "Source: Support for using Site Recovery with Azure Backup, Microsoft Learn, 2019-02-26",
        );
    });

    test("does not report the VM that is exempted", () => {
        expect(found(outcome.events)).toEqual(["BCDR101 web", "BCDR491 protected-by-both-dev"]);
        expect(outcome.printed).not.toMatch(TROUBLE);
    });
});

describe("a mistake in the configuration", () => {
    const exemption = { policies: ["BCDR490"], resource: "*", reason: "Known.", expires: SOON };

    test.each([
        [
            "a key that there is not",
            { "shared-settings": { restoreSources: "certain" } },
            'policy "shared-settings": there is no setting "restoreSources". Allowed: ',
        ],
        [
            "an exemption in the block of a policy",
            { "vault-alerts": { exemptions: [exemption] } },
            'policy "vault-alerts": there is no setting "exemptions". This policy has none beside its level. "exemptions" belongs to "shared-settings".',
        ],
        [
            "an id that no policy has",
            { "shared-settings": { exemptions: [{ ...exemption, policies: ["BCDR999"] }] } },
            '"exemptions[0].policies" names "BCDR999", which is no policy.',
        ],
        [
            "a day that is none",
            { "shared-settings": { exemptions: [{ ...exemption, expires: "2027-02-30" }] } },
            '"exemptions[0].expires" is "2027-02-30", which is no day. Allowed: a day such as "2027-01-31".',
        ],
    ])("ends the preview with one clear sentence for %s", async (_mistake, configuration, sentence) => {
        const { status, printed, stdout } = await previewWith(configuration);
        expect(status).not.toBe(0);
        expect(stdout.split("\n").filter((line) => line.includes("azure-bcdr-guard: configuration of "))).toEqual([
            expect.stringContaining(sentence),
        ]);
        expect(printed).not.toMatch(TROUBLE);
    });

    test("that the schema refuses is told by Pulumi itself", async () => {
        const { status, printed, stdout } = await previewWith({
            "shared-settings": { edition: "2020-01-01" },
        });
        expect(status).not.toBe(0);
        expect(stdout).toContain(
            "error: validating policy config: azure-bcdr-guard 0.1.0  shared-settings: edition: " +
                'edition must be one of the following: "2025-12-08", "2019-02-26"',
        );
        expect(printed).not.toMatch(TROUBLE);
    });
});

/** Two VMs under both services; replication of the first has a disk too many and a cache account without keys. */
function twoVms(): Program {
    const vmManagedDisks = ["os", "data", "spare"].map((name) => ({
        diskId: ref(`${name}.id`),
        primaryStagingAzureStorageAccountId: ref("cache.id"),
    }));
    return {
        ...native(),
        cache: cache({ allowSharedKeyAccess: false }),
        webReplication: replicatedItem(ref("web.id"), undefined, { vmManagedDisks }),
        appOs: disk({ name: "app-os", over: { osType: "Linux" } }),
        app: vm({ name: "app", osDisk: ref("appOs.id") }),
        appBackup: backupItem(ref("app.id"), "shop;app"),
        appReplication: replicatedItem(ref("app.id"), [ref("appOs.id")]),
    };
}

describe("one policy made advisory, one disabled, and one VM exempted from one", () => {
    const configuration = {
        "cache-account-blocked": "advisory",
        "replicated-disk-not-attached": "disabled",
        "shared-settings": {
            exemptions: [{ policies: ["BCDR101"], resource: "web", reason: "Moves in December.", expires: SOON }],
        },
    };
    const before = ["BCDR101 app advisory", "BCDR101 web advisory", "BCDR131 web mandatory", "BCDR219 cache mandatory"];
    const after = ["BCDR101 app advisory", "BCDR219 cache advisory"];
    /** What other policies find here is the same either way. */
    const ABOUT = /^BCDR(101|131|219) /;

    const onEngine = async (...options: readonly string[]): Promise<readonly string[]> => {
        const { events, printed } = await project.preview(...options);
        expect(printed).not.toMatch(TROUBLE);
        return foundIn(events)
            .map(({ policyId, resource, level }) => `${policyId ?? "-"} ${resource} ${level}`)
            .filter((each) => ABOUT.test(each))
            .sort();
    };
    const byCommand = async (...options: readonly string[]): Promise<readonly string[]> => {
        const file = path.join(project.home, "report.json");
        await runGate(["preview", "--report", `json=${file}`, ...options], project);
        const { findings } = JSON.parse(readFileSync(file, "utf8")) as Report;
        return findings
            .filter(({ state }) => state !== "suppressed")
            .map(({ rule, name, level }) => `${rule} ${name} ${level}`)
            .filter((each) => ABOUT.test(each))
            .sort();
    };
    beforeAll(() => project.write(yamlOf("protected-by-both", twoVms())));

    test("counts for those alone, on the engine", async () => {
        expect(await onEngine()).toEqual(before);
        expect(await onEngine(...project.configured(configuration))).toEqual(after);
    });

    test("counts for those alone, in the command", async () => {
        const [, file = ""] = project.configured(configuration);
        expect(await byCommand()).toEqual(before);
        expect(await byCommand("--config", file)).toEqual(after);
    });
});
