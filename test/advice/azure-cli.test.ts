// Words of a command, as a shell takes them apart again.
import { spawnSync } from "node:child_process";
import { idsInCli, placeInCli, scopeInCli } from "../../src/advice/azure-cli";
import { importCommand, unprotect } from "../../src/advice/re-protection";
import { formatArmId, type ArmId } from "../../src/model/ids/arm-id";

const NAMES = ["web", "web (prod)", "web's", 'web "1"', "$HOME", "`id`", "web; id", "*", "#web", "web\\1", "~", ""];

function wordsOf(command: string): readonly string[] {
    const { stdout } = spawnSync("sh", ["-c", `printf '%s\\n' ${command}`], { encoding: "utf8" });
    return stdout.split("\n").slice(0, -1);
}

function diskIn(group: string): ArmId {
    return { subscription: "5d3a", resourceGroup: group, type: "Microsoft.Compute/disks", names: ["os"] };
}

describe.each(NAMES)("a name such as %j", (name) => {
    test("is one word of pulumi import, and so is the id", () => {
        const id = formatArmId(diskIn(name));
        expect(wordsOf(importCommand("azure-native:compute:Disk", name, id))).toEqual([
            "pulumi",
            "import",
            "azure-native:compute:Disk",
            name,
            id,
        ]);
    });

    test("is one word of pulumi state", () => {
        const { commands = [] } = unprotect({ name: "web", urn: `urn:${name}`, protect: true, ignoreChanges: [] });
        expect(commands.map(wordsOf)).toEqual([["pulumi", "state", "unprotect", `urn:${name}`, "--yes"]]);
    });

    test("is one word of what finds a resource in the Azure CLI", () => {
        const disk = diskIn(name);
        expect(wordsOf(idsInCli(disk) ?? "")).toEqual(["--ids", formatArmId(disk)]);
        expect(wordsOf(scopeInCli(disk) ?? "")).toEqual(["--scope", formatArmId(disk)]);
        expect(wordsOf(placeInCli(disk) ?? "")).toEqual(["--subscription", "5d3a", "-g", name]);
    });
});

test("an unknown subscription is a gap that the shell keeps as a word", () => {
    expect(wordsOf(placeInCli({ ...diskIn("shop"), subscription: undefined }) ?? "")).toEqual([
        "--subscription",
        "<subscription>",
        "-g",
        "shop",
    ]);
});
