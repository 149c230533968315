// What the engine learns about policies that have nothing to look at: Pulumi Cloud does not count them as passed.
import { policies } from "../../policies";
import { ROOT } from "../../dev/docs/generated";
import { SURROUNDINGS, vm } from "../harness/azure";
import { analyzeRequest, nextEvent, PackProcess, stackRequest } from "../harness/pack";
import { Stack } from "../harness/stack";

describe.each([
    ["as it is", {}],
    ["with plain policies", { AZURE_BCDR_GUARD_PLAIN_SDK: "1" }],
])("the pack over gRPC, %s", (_, environment) => {
    let pack: PackProcess;
    beforeAll(async () => {
        pack = await PackProcess.start(ROOT, environment);
        await pack.configure({ "vm-not-replicated": { enforcementLevel: "disabled" } });
    });
    afterAll(() => pack.stop());

    const reasons = async (): Promise<ReadonlyMap<string, string>> => {
        const { resources } = new Stack().preview({ ...SURROUNDINGS, web: vm() });
        for (const resource of resources) {
            const answer = await pack.analyzer.analyze(analyzeRequest(resource));
            expect(answer.getNotApplicableList()).toEqual([]);
            await nextEvent();
        }
        const answer = await pack.analyzer.analyzeStack(stackRequest(resources));
        return new Map(answer.getNotApplicableList().map((each) => [each.getPolicyName(), each.getReason()]));
    };

    test("each stack policy without its kind of resource says so once, whoever else reports", async () => {
        const told = await reasons();
        expect(told.get("replicated-vm-arm64")).toBe("This stack has no replicated item.");
        expect(told.has("vm-not-backed-up")).toBe(false);
        expect(told.has("vm-not-replicated")).toBe(false);
        const ofReplication = policies.filter(({ scope, id }) => scope === "stack" && /^BCDR20/.test(id));
        expect(ofReplication.filter(({ name }) => !told.has(name))).toEqual([]);
        expect(await reasons()).toEqual(told);
    });
});
