import { UNKNOWN } from "../../dev/offline/providers/values";
import { embedded, TEMPLATES } from "../harness/embedded";
import { Pack, type Configuration } from "../harness/pack";
import { ref, type Declaration, type Program } from "../harness/program";
import { Stack, type SentResource } from "../harness/stack";
import { nativeVault } from "../harness/vaults";
import { SOON } from "../harness/days";

// What a resource policy says of what another resource holds, beside what it says of every resource.

const OFF = nativeVault({ securitySettings: { softDeleteSettings: { softDeleteState: "Disabled" } } });
const KINDS = new Set(["vault"] as const);

function deployment(resources: readonly Declaration["properties"][]): Program {
    return {
        rg: OFF["rg"]!,
        vaults: {
            type: "azure-native:resources:Deployment",
            properties: {
                resourceGroupName: ref("rg.name"),
                properties: { mode: "Incremental", template: { resources } },
            },
        },
    };
}

function vault(name: string, state: string, over: Declaration["properties"] = {}): Declaration["properties"] {
    return {
        type: "Microsoft.RecoveryServices/vaults",
        name,
        properties: { securitySettings: { softDeleteSettings: { softDeleteState: state } } },
        ...over,
    };
}

async function softDelete(program: Program, configuration: Configuration = {}): Promise<readonly string[]> {
    const violations = await new Pack().analyze(new Stack().preview(program), configuration);
    return violations.filter(({ policyId }) => policyId === "BCDR501").map(({ message }) => message);
}

test("each resource of a template is told by its own name, and where it stands", async () => {
    const told = await softDelete(
        deployment([vault("one", "Disabled"), vault("two", "Enabled"), vault("three", "Disabled")]),
    );
    expect(told.map((message) => /vault "(\w+)"/.exec(message)?.[1])).toEqual(["one", "three"]);
    expect(told[1]).toContain('This resource is declared in "vaults", at properties.template.resources[2].');
});

test.each(TEMPLATES)("a %s is told once, and by no policy of the stack again", async (form) => {
    expect(await softDelete(embedded(OFF, KINDS, form))).toHaveLength(1);
});

test("an exemption takes it by its own name", async () => {
    const exemptions = [{ policies: ["BCDR501"], resource: "one", reason: "It goes in December.", expires: SOON }];
    const program = deployment([vault("one", "Disabled"), vault("three", "Disabled")]);
    expect(await softDelete(program, { "shared-settings": { exemptions } })).toHaveLength(1);
});

test("what may not be made waits for its condition", async () => {
    const program = deployment([vault("one", "Disabled", { condition: "[contains('a', 'b')]" })]);
    const violations = await new Pack().analyze(new Stack().preview(program));
    expect(violations.filter(({ policyId }) => policyId === "BCDR501")).toEqual([]);
    const open = violations.find(({ policyId }) => policyId === "BCDR490")?.message;
    expect(open).toContain('BCDR501, BCDR502, BCDR504 on "vaults": properties.template.resources[0].condition');
});

const REMEDIATE: Configuration = { "vault-soft-delete": { enforcementLevel: "remediate" } };

function sent(program: Program, name: string): SentResource {
    return new Stack().preview(program).resources.find((each) => each.name === name)!;
}

test("remediation changes a vault of its own, and none that another resource holds", async () => {
    expect(await new Pack().remediate(sent(OFF, "vault"), REMEDIATE)).toBeDefined();
    for (const form of TEMPLATES) {
        const program = embedded(OFF, KINDS, form);
        expect(await new Pack().remediate(sent(program, "vault"), REMEDIATE)).toBeUndefined();
        const [told] = await softDelete(program, REMEDIATE);
        expect(told).toContain("The level remediate does not change what another resource holds.");
    }
});

test("a template of which a part is not known yet goes through the SDK's own wrapper", async () => {
    const round = new Stack().preview(deployment([vault("one", "Disabled")]));
    const resources = round.resources.map((each) =>
        each.name === "vaults"
            ? {
                  ...each,
                  inputs: {
                      resourceGroupName: UNKNOWN,
                      properties: {
                          mode: UNKNOWN,
                          parameters: UNKNOWN,
                          template: { variables: UNKNOWN, resources: [UNKNOWN, vault("one", "Disabled")] },
                      },
                  } as SentResource["inputs"],
              }
            : each,
    );
    const violations = await new Pack().analyze({ ...round, resources });
    expect(violations.map(({ policyId }) => policyId)).toEqual(expect.arrayContaining(["BCDR501", "BCDR490"]));
    expect(violations.filter(({ message }) => /internal error|can't run/i.test(message))).toEqual([]);
});
