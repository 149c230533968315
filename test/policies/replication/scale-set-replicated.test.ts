import { backupItem, vm, osDiskOf, replicatedItem, SURROUNDINGS } from "../../harness/azure";
import { RESTORE_POLICIES } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { ref, type Program } from "../../harness/program";
import { roundOf } from "../../harness/rule-cases";
import { Stack } from "../../harness/stack";
import { cases } from "./scale-set-replicated.cases";

test.each(cases.violated)("message: $name", async (each) => {
    const [found] = await new Pack(RESTORE_POLICIES).analyze(roundOf(each));
    expect(found?.message).toMatchSnapshot();
});

test("a protection intent counts as backup (BCDR101)", async () => {
    const { properties } = backupItem(ref("web.id"), "x");
    const program: Program = {
        ...SURROUNDINGS,
        web: vm(),
        intent: {
            type: "azure-native:recoveryservices:ProtectionIntent",
            properties: {
                resourceGroupName: ref("rg.name"),
                vaultName: ref("backup.name"),
                fabricName: "Azure",
                properties: { ...(properties["properties"] as object), protectionIntentItemType: "AzureResourceItem" },
            },
        },
        item: replicatedItem(ref("web.id"), [osDiskOf("web")]),
    };
    const violations = await new Pack(RESTORE_POLICIES).analyze(new Stack().preview(program));
    expect(violations.map(({ policyId, on }) => `${policyId} ${on}`)).toEqual(["BCDR101 web"]);
});
