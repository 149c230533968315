// A marker for each way in which a program holds a secret, driven through all that the product writes, on the engine.
import { readdirSync, readFileSync, writeFileSync, type Dirent } from "node:fs";
import * as path from "node:path";

import { RECORD_FILE_VARIABLE } from "../../src/findings/record";
import { FORMATS } from "../../src/cli/reports";
import { WITHOUT_TYPE_CHECK } from "../../dev/offline/examples";
import { readPolicyEvents } from "../../dev/offline/policy-events";
import { runPulumi } from "../../dev/offline/run";
import { shellScripts } from "../../dev/docs/recipes";
import { SOON } from "../harness/days";
import { removeScratchFolders, scratchFolder } from "../dev/offline/scratch";
import { GATE, pulumiEnvironment, runProgram } from "./gate-command";
import { Project } from "./project";

/** What may show a marker, and why. All else must not. */
interface Marker {
    readonly marker: string;
    readonly mayShow: readonly RegExp[];
    readonly because?: string;
}

const REPORTS = /^(preview|state): report /;
const ID =
    "Pulumi keeps ids in plain in every state; inventories are made of ids, and commands for what is deployed name them";
const IN_IDS: Pick<Marker, "mayShow" | "because"> = { mayShow: [/^inventory$/, /^state: report /], because: ID };

const MARKERS: Readonly<Record<string, Marker>> = {
    "a name, fn::secret": { marker: "MARK-FN-NAME", ...IN_IDS },
    "a name, from a secret of the configuration": { marker: "MARK-CONFIG-NAME", ...IN_IDS },
    "a name that is made of a secret": { marker: "MARK-PART", ...IN_IDS },
    "a resource group": { marker: "MARK-GROUP", ...IN_IDS },
    "a secret output": { marker: "MARK-OUTPUT", mayShow: [/^inventory$/], because: ID },
    "a tag": { marker: "MARK-OWNER", mayShow: [] },
    "a tag in plain": { marker: "MARK-PLAIN-TAG", mayShow: [] },
    "the reason in a secret tag": { marker: "MARK-SECRET-REASON", mayShow: [] },
    "the reason in a tag": { marker: "MARK-TAG-REASON", mayShow: [] },
    "the reason of an exemption that has ended, in a tag": { marker: "MARK-ENDED-REASON", mayShow: [] },
    "a password": { marker: "MARK-PASSWORD", mayShow: [] },
    "custom data in plain": { marker: "MARK-CUSTOM-DATA", mayShow: [] },
    "settings of an extension in plain": { marker: "MARK-PROTECTED", mayShow: [] },
    "the reason of an exemption in the configuration": {
        marker: "MARK-CONFIGURED-REASON",
        mayShow: [
            /^preview: (display|display of Pulumi alone|messages in events|record)$/,
            REPORTS,
            /^policy analyze$/,
        ],
        because: "it was written to be read by whoever reviews the change",
    },
};

const marker = (what: string): string => MARKERS[what]!.marker;

const vm = (name: string, vmName: string, more = "", tags = ""): string => `
  ${name}:
    type: azure-native:compute:VirtualMachine
    properties:
      resourceGroupName: shop
      vmName: ${vmName}
      location: westeurope
      tags: { ${tags} }
      storageProfile: { osDisk: { createOption: FromImage } }${more}`;

const PROGRAM = `
name: marked
runtime: yaml
config:
  hidden: { type: string, secret: true }
variables:
  part: { fn::secret: ${marker("a name that is made of a secret")} }
resources:
  vault:
    type: azure-native:recoveryservices:Vault
    properties:
      resourceGroupName: { fn::secret: ${marker("a resource group")} }
      vaultName: \${hidden}
      location: westeurope
      sku: { name: RS0, tier: Standard }
      properties: {}
  policy:
    type: azure-native:recoveryservices:ProtectionPolicy
    properties:
      resourceGroupName: { fn::secret: ${marker("a resource group")} }
      vaultName: \${vault.name}
      policyName: vm-\${part}
      properties:
        backupManagementType: AzureIaasVM
        policyType: V2
        instantRpRetentionRangeInDays: 30
        schedulePolicy:
          schedulePolicyType: SimpleSchedulePolicyV2
          scheduleRunFrequency: Hourly
          hourlySchedule: { interval: 5, scheduleWindowStartTime: "2026-01-01T08:00:00Z", scheduleWindowDuration: 24 }
        retentionPolicy:
          retentionPolicyType: LongTermRetentionPolicy
          dailySchedule: { retentionTimes: ["2026-01-01T08:00:00Z"], retentionDuration: { count: 3, durationType: Days } }
  disk:
    type: azure-native:compute:Disk
    properties:
      resourceGroupName: shop
      diskName: ${marker("a secret output")}
      location: westeurope
      creationData:
        createOption: Restore
        sourceResourceId: /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/restorePointCollections/AzureBackup_web_1/restorePoints/p/diskRestorePoints/d
    options: { additionalSecretOutputs: [name, id] }
  item:
    type: azure-native:recoveryservices:ProtectedItem
    properties:
      resourceGroupName: { fn::secret: ${marker("a resource group")} }
      vaultName: \${vault.name}
      fabricName: Azure
      containerName: IaasVMContainer;iaasvmcontainerv2;shop;${marker("a name, fn::secret")}
      protectedItemName: VM;iaasvmcontainerv2;shop;${marker("a name, fn::secret")}
      properties:
        protectedItemType: Microsoft.Compute/virtualMachines
        policyId: \${policy.id}
        sourceResourceId: \${web.id}
${vm(
    "web",
    `{ fn::secret: ${marker("a name, fn::secret")} }`,
    `
      osProfile:
        adminPassword: { fn::secret: ${marker("a password")} }
        customData: ${marker("custom data in plain")}`,
    `owner: { fn::secret: ${marker("a tag")} }, team: ${marker("a tag in plain")}`,
)}
${vm("db", "db", "", `bcdr-exempt: { fn::secret: "BCDR401 ${SOON} ${marker("the reason in a secret tag")}" }`)}
${vm("crm", "crm", "", `bcdr-exempt: "BCDR401 ${SOON} ${marker("the reason in a tag")}"`)}
${vm("erp", "erp", "", `bcdr-exempt: "BCDR401 2020-01-01 ${marker("the reason of an exemption that has ended, in a tag")}"`)}
  extension:
    type: azure-native:compute:VirtualMachineExtension
    properties:
      resourceGroupName: shop
      vmName: db
      vmExtensionName: script
      location: westeurope
      publisher: Microsoft.Compute
      type: CustomScriptExtension
      protectedSettings: { commandToExecute: ${marker("settings of an extension in plain")} }
`;

const CONFIGURATION = {
    all: "advisory",
    "shared-settings": {
        enforcementLevel: "advisory",
        exemptions: [
            {
                policies: ["BCDR502"],
                resource: "vault",
                reason: marker("the reason of an exemption in the configuration"),
                expires: SOON,
            },
        ],
    },
};

/** All that was written, by what it is. */
const written = new Map<string, string>();

const formats = Object.keys(FORMATS);

/** What is in the folder of temporary files afterwards. */
let left: readonly Dirent[] = [];

beforeAll(async () => {
    const home = scratchFolder();
    const folder = scratchFolder();
    const file = (name: string): string => path.join(folder, name);
    writeFileSync(file("Pulumi.yaml"), PROGRAM);
    writeFileSync(file("config.json"), JSON.stringify(CONFIGURATION));
    const temporary = scratchFolder();
    const env = { ...(await pulumiEnvironment(home)), TMPDIR: temporary };
    const pulumi = async (args: readonly string[], more = {}): Promise<string> => {
        const run = await runPulumi(args, { folder, home, env: { PULUMI_DEBUG_COMMANDS: "true", ...more } });
        if (run.status !== 0) {
            throw new Error(`pulumi ${args.join(" ")}: ${run.stdout}${run.stderr}`);
        }
        return run.stdout + run.stderr;
    };
    const gate = async (what: string, args: readonly string[]): Promise<string> => {
        const run = await runProgram(process.execPath, [GATE, ...args], folder, env);
        if (run.status > 1) {
            throw new Error(`${what} ended with ${run.status}: ${run.stdout}${run.stderr}`);
        }
        return run.stdout + run.stderr;
    };
    const inspections = async (
        what: string,
        args: readonly string[],
        ...pulumiArgs: readonly string[]
    ): Promise<void> => {
        const reports = formats.flatMap((format) => ["--report", `${format}=${file(`${what}.${format}`)}`]);
        const more = ["--config", "config.json", "--write-baseline", file(`${what}.baseline`)];
        written.set(`${what}: display`, await gate(what, [...args, ...reports, ...more, ...pulumiArgs]));
        formats.forEach((format) => {
            written.set(`${what}: report ${format}`, readFileSync(file(`${what}.${format}`), "utf8"));
        });
        written.set(`${what}: baseline`, readFileSync(file(`${what}.baseline`), "utf8"));
    };

    await pulumi(["stack", "init", "dev"]);
    await pulumi(["config", "set", "--secret", "hidden", marker("a name, from a secret of the configuration")]);
    await inspections("preview", ["preview"], "--", "--stack", "dev");
    const recording = { [RECORD_FILE_VARIABLE]: file("record") };
    const pack = ["--policy-pack", path.join(__dirname, "..", ".."), "--policy-pack-config", file("config.json")];
    const events = ["--event-log", file("events")];
    written.set("preview: display of Pulumi alone", await pulumi(["preview", ...pack, ...events], recording));
    written.set(
        "preview: messages in events",
        readPolicyEvents(file("events"))
            .map(({ message }) => message)
            .join("\n"),
    );
    written.set("preview: record", readFileSync(file("record"), "utf8"));
    await pulumi(["up", "--yes", "--skip-preview"]);
    await pulumi(["stack", "export", "--file", file("exported.json")]);
    await inspections("state", ["analyze", "exported.json"]);
    written.set("runbook", await gate("runbook", ["runbook", "web", "--state", "exported.json"]));
    written.set("inventory", await gate("inventory", ["inventory", "from-states", "exported.json"]));
    left = readdirSync(temporary, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
    const contents = left.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), "latin1"));
    written.set("files left behind", contents.join("\n"));
    written.set(
        "policy analyze",
        (await runPulumi(["policy", "analyze", ...pack, "--file", file("exported.json")], { folder, home })).stdout,
    );
}, 600_000);
afterAll(removeScratchFolders);

test("everything was written, and is about these resources", () => {
    for (const [what, text] of written) {
        // Reports have gone to files, and nobody has to leave any behind.
        const mayBeEmpty = ["files left behind", "state: display"].includes(what);
        expect([what, mayBeEmpty || text !== ""]).toEqual([what, true]);
    }
    expect(written.get("preview: display")).toContain("[BCDR401]");
    expect(written.get("preview: display")).toContain("[BCDR110]");
    expect(written.get("preview: display")).toContain("[BCDR491]");
    expect(written.get("state: report json")).toContain("BCDR491");
});

test.each(Object.entries(MARKERS))("%s shows nowhere but where it may", (_, { marker: text, mayShow }) => {
    const shown = [...written].filter(([, content]) => content.includes(text)).map(([what]) => what);
    expect(shown.filter((what) => !mayShow.some((pattern) => pattern.test(what)))).toEqual([]);
});

test("the command leaves no file of its own behind", () => {
    expect(
        left.filter(({ parentPath, name }) =>
            /azure-bcdr-guard-/.test(path.join(parentPath, name).replace(/.*azure-bcdr-guard-test-[^/]*/, "")),
        ),
    ).toEqual([]);
});

test("what is secret is told as such where a name is needed", () => {
    expect(written.get("preview: display")).toContain("(secret)");
});

// Node's SDK sends the engine's answers to its program as debug messages, secrets in plain, and an event log has them (ENG-46).
describe("of a program in Node", () => {
    const IN_ANSWERS = ["MARK-USER-DATA", "MARK-TAG"];
    // A preview answers without what is part of a path (SEE-03).
    const MARKS = [...IN_ANSWERS, "MARK-NAME"];
    const NODE_PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import * as azure from "@pulumi/azure-native";

const group = new azure.resources.ResourceGroup("group", { location: "westeurope" });
new azure.compute.VirtualMachine("web", {
    resourceGroupName: group.name,
    vmName: pulumi.secret("MARK-NAME"),
    userData: pulumi.secret("MARK-USER-DATA"),
    tags: { owner: pulumi.secret("MARK-TAG") },
    hardwareProfile: { vmSize: "Standard_D4s_v5" },
    storageProfile: { osDisk: { createOption: "FromImage" } },
});
`;
    const shown = new Map<string, string>();
    let byUser = "";

    beforeAll(async () => {
        const project = await Project.start({
            "Pulumi.yaml": "name: node\nruntime: nodejs\n",
            "package.json": JSON.stringify({ name: "node", private: true }),
            "index.ts": NODE_PROGRAM,
        });
        const { folder, home } = project;
        const file = (name: string): string => path.join(folder, name);
        const env = { ...(await pulumiEnvironment(home)), ...WITHOUT_TYPE_CHECK, TMPDIR: scratchFolder() };
        const reports = (what: string): readonly string[] =>
            formats.flatMap((format) => ["--report", `${format}=${file(`${what}.${format}`)}`]);
        const gate = async (what: string, args: readonly string[]): Promise<void> => {
            const run = await runProgram(process.execPath, [GATE, ...args, ...reports(what)], folder, env);
            shown.set(`${what}: display, status ${run.status}`, run.stdout + run.stderr);
            formats.forEach((format) =>
                shown.set(`${what}: ${format}`, readFileSync(file(`${what}.${format}`), "utf8")),
            );
        };
        await gate("preview", ["preview", "--event-log", "kept.json"]);
        shown.set("the log that the command keeps", readFileSync(file("kept.json"), "utf8"));
        byUser = readFileSync((await project.preview()).log, "utf8");
        writeFileSync(file("events.json"), byUser);
        await gate("report", ["report", "events.json"]);
        await gate("report of what is kept", ["report", "kept.json"]);
        const [{ text: recipe } = { text: "" }] = shellScripts("shell.md").filter(({ text }) =>
            text.includes("sed -E"),
        );
        const [filter = ""] = /sed -E '[^']*'/.exec(recipe) ?? [];
        const filtered = await runProgram("sh", ["-c", `${filter} events.json > filtered.json`], folder, env);
        expect([filtered.status, filtered.stderr]).toEqual([0, ""]);
        shown.set("the log after the recipe", readFileSync(file("filtered.json"), "utf8"));
        await gate("report after the recipe", ["report", "filtered.json"]);
    }, 600_000);

    test("Pulumi's own log has each secret in plain", () => {
        expect(IN_ANSWERS.filter((mark) => !byUser.includes(mark))).toEqual([]);
    });

    test("nothing that the command writes or keeps has one, whichever log it reads", () => {
        expect([...shown.keys()].filter((what) => what.includes("status"))).toEqual([
            "preview: display, status 0",
            "report: display, status 0",
            "report of what is kept: display, status 0",
            "report after the recipe: display, status 0",
        ]);
        expect(shown.get("report after the recipe: json")).toContain("BCDR401");
        const found = [...shown].filter(([, text]) => MARKS.some((mark) => text.includes(mark)));
        expect(found.map(([what]) => what)).toEqual([]);
    });
});
