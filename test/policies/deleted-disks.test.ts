import type { PlanContent } from "../../src/model/plan";
import type { PolicyId } from "../../src/findings/policy-id";
import { fromRestorePoint } from "../harness/azure";
import { change, planFindings } from "../harness/plan-cases";
import { ref, type Program } from "../harness/program";
import { changed, classic, mixed, namedItem, native, without } from "./plan-estates";

/** Each policy that reports a plan says which data the plan deletes. */

const OS = [ref("os.id")];
const EMPTY = { createOption: "Empty" };
const RESTORED = { createOption: "Restore", sourceResourceId: fromRestorePoint()["sourceResourceId"]! };

function linesOf(policyId: PolicyId, plan: () => PlanContent, dryRun = true): string {
    const { reported } = planFindings(policyId, plan(), { dryRun });
    return reported.flatMap(({ message }) => message.facts ?? []).join("\n");
}

const restored = (program: Program): Program => changed(program, "data", RESTORED);
const emptied = (program: Program): Program => changed(program, "data", EMPTY);

test.each<[string, PolicyId, () => PlanContent]>([
    ["a disk that is replaced empty, under an item that stays", "BCDR601", change(native(), native(), "data")],
    [
        "a disk that is replaced by another and is deleted",
        "BCDR601",
        change(native(), without(native({ data: ["spare"], listed: OS }), "data")),
    ],
    ["a disk that is removed", "BCDR608", change(native(), without(native({ data: [], listed: OS }), "data"))],
])("%s: %s", (_, policyId, plan) => {
    expect(linesOf(policyId, plan)).toMatch(/The plan also deletes disk "data", with all data on it\./);
    expect(linesOf(policyId, plan, false)).toMatch(/Disk "data" was deleted, too, with all data on it\./);
});

test.each<[string, Program, Program]>([
    ["classic", namedItem(restored(classic())), namedItem(emptied(classic()))],
    ["attached by the VM itself", mixed(), mixed()],
])("an empty disk under an item that is replaced: %s", (_, before, after) => {
    const plan = change(before, after, "data", "webReplication");
    expect(linesOf("BCDR603", plan)).toMatch(/The plan also deletes disk "data", with all data on it\./);
    expect(linesOf("BCDR603", plan, false)).toMatch(/Disk "data" was deleted, too/);
});

test.each<[string, PolicyId, () => PlanContent]>([
    ["a disk that is taken off and stays", "BCDR608", change(native(), native({ data: [] }))],
    ["a disk that is replaced and stays", "BCDR601", change(native(), native({ data: ["spare"] }))],
    [
        "a disk that Pulumi only forgets",
        "BCDR601",
        change(
            changed(native(), "data", {}, { retainOnDelete: true }),
            without(native({ data: ["spare"], listed: OS }), "data"),
        ),
    ],
    [
        "a disk that comes back from a recovery point",
        "BCDR601",
        change(native(), changed(native(), "data", { creationData: fromRestorePoint() }), "data"),
    ],
])("no word of it for %s", (_, policyId, plan) => {
    expect(planFindings(policyId, plan()).reported).toHaveLength(1);
    expect(linesOf(policyId, plan)).not.toMatch(/with all data/);
});
