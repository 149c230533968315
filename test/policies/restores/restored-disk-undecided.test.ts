import { policies } from "../../../policies";
import { attached, disk, fromRestorePoint, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { onlyPolicies } from "../../harness/catalogue";
import { withHidden } from "../../harness/hidden-parts";
import { Pack, type Configuration, type Violation } from "../../harness/pack";
import { Hidden, ref, type Content, type Program } from "../../harness/program";
import { Stack, type SentRound } from "../../harness/stack";

const LIST = ["properties", "providerSpecificDetails", "vmManagedDisks"];

function booting(boots: Content, listed: readonly Content[]): Program {
    return {
        ...SURROUNDINGS,
        original: disk({ over: { osType: "Linux" } }),
        restored: disk({ creationData: fromRestorePoint(), over: { osType: "Linux" } }),
        data: disk(),
        web: vm({ osDisk: boots, dataDisks: [attached(0, ref("data.id"))] }),
        webReplication: replicatedItem(ref("web.id"), listed),
    };
}

const ofVm = booting(ref("restored.id"), [osDiskOf("web"), ref("data.id")]);
const either = new Hidden(ref("original.id"), [ref("restored.id")]);
const picked = booting(either, [ref("original.id"), ref("data.id")]);

const ABOUT_RESTORED_DISKS = onlyPolicies((id) => /^BCDR(111|121|122|490)$/.test(id));

const preview = (program: Program): SentRound => new Stack().preview(program);

const said = (
    round: SentRound,
    configuration: Configuration = {},
    catalogue = ABOUT_RESTORED_DISKS,
): Promise<readonly Violation[]> => new Pack(catalogue).analyze(round, configuration);

async function messageOf(round: SentRound): Promise<string> {
    const message = (await said(round)).find(({ policyId }) => policyId === "BCDR122")?.message ?? "";
    return message.split("\n").slice(1).join("\n");
}

describe("what is asked, and what would tell", () => {
    test("of a list", async () => {
        expect(await messageOf(preview(ofVm))).toMatchSnapshot();
    });

    test("of a VM", async () => {
        expect(await messageOf(preview(picked))).toMatchSnapshot();
    });

    test("of both", async () => {
        expect(await messageOf(preview(booting(either, [osDiskOf("web"), ref("data.id")])))).toMatch(
            /^\[BCDR122\] Cannot tell whether VM "web" gets restored disk "restored", or whether replicated item "webReplication" lists it\.$/m,
        );
    });

    test("of an item that may replicate either of two VMs", async () => {
        const program = {
            ...booting(ref("restored.id"), [ref("data.id")]),
            app: vm(),
            webReplication: replicatedItem(new Hidden(ref("web.id"), [ref("app.id")]), [ref("data.id")]),
        };
        expect(await messageOf(preview(program))).toMatch(
            /^\[BCDR122\] Cannot tell whether "webReplication" replicates VM "web", which gets restored disk "restored"\.$/m,
        );
    });

    test("what the list is made from, where that does not decide it", async () => {
        const program = withHidden(booting(ref("restored.id"), [ref("data.id")]), {
            resource: "webReplication",
            path: LIST,
        });
        expect(await messageOf(preview(program))).toContain('  The list is made from "data".');
    });

    test("of an item that the plan changes", async () => {
        const stack = new Stack();
        stack.up(booting(ref("original.id"), [ref("original.id"), ref("data.id")]));
        const message = await messageOf(
            stack.preview(booting(ref("restored.id"), [ref("restored.id"), ref("data.id")])),
        );
        expect(message).toContain("Don't edit the list of an existing replicated item");
    });
});

test("BCDR490 does not ask it once more, but does where the policy is disabled", async () => {
    const policies = (violations: readonly Violation[]): readonly string[] =>
        violations.map(({ policyId }) => policyId);
    expect(policies(await said(preview(ofVm)))).toEqual(["BCDR122"]);
    // The engine does not call a policy that is disabled.
    const others = onlyPolicies((id) => /^BCDR(111|121|490)$/.test(id));
    const disabled = await said(preview(ofVm), {}, others);
    expect(policies(disabled)).toEqual(["BCDR490"]);
    expect(disabled[0]?.message).toContain('BCDR121 on "webReplication"');
});

test("a team that accepts no open restore makes it mandatory", async () => {
    const level = async (configuration: Configuration): Promise<string | undefined> =>
        (await said(preview(ofVm), configuration, policies)).find(({ policyId }) => policyId === "BCDR122")?.level;
    expect(await level({})).toBe("advisory");
    expect(await level({ "restored-disk-undecided": { enforcementLevel: "mandatory" } })).toBe("mandatory");
});
