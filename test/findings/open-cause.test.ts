import reportSchema from "../../src/cli/report.schema.json";
import { OPEN_CAUSES, openFinding, type OpenCause } from "../../src/findings/finding";
import { unknown } from "../../src/model/values";
import type { VirtualMachine } from "../../src/model/resources";
import { SURROUNDINGS, vm } from "../harness/azure";
import { estateOf } from "../harness/estate-of";
import { Stack } from "../harness/stack";

const [WEB] = estateOf(new Stack().preview({ ...SURROUNDINGS, web: vm({ name: "web" }) })).vms;
const SIZE = "hardwareProfile.vmSize";

/** Why a question about the size of a VM is open. */
function causeOf(over: Partial<VirtualMachine>, decidedBy?: "external" | "version"): OpenCause {
    const resource = { ...WEB!, ...over };
    const openQuestion = { resource, property: SIZE, ...(decidedBy === undefined ? {} : { decidedBy }) };
    return openFinding("BCDR205", { openQuestion }).cause;
}

test.each<[string, Partial<VirtualMachine>, "external" | "version" | undefined, OpenCause]>([
    ["a value made from an output", { size: unknown(SIZE) }, undefined, "output"],
    ["a property that the program does not set", { size: unknown(SIZE, "azure") }, undefined, "azure"],
    ["a part of one", { size: unknown("hardwareProfile", "azure") }, undefined, "azure"],
    ["another property that the program does not set", { size: unknown("other", "azure") }, undefined, "output"],
    ["a resource that the plan changes", { size: unknown(SIZE, "azure"), lifetime: "changing" }, undefined, "change"],
    ["a resource outside of the stack", { urn: undefined }, undefined, "external"],
    ["something else outside of the stack", { lifetime: "changing" }, "external", "external"],
    ["a size that is in no table", {}, "version", "version"],
    ["a resource that --target leaves out", { skipped: true, lifetime: "changing" }, "external", "target"],
])("%s", (_, over, decidedBy, cause) => {
    expect(causeOf(over, decidedBy)).toBe(cause);
});

test("a reader marks what the program leaves to Azure", () => {
    expect(WEB!.diskPlaces[0]?.disk.id).toMatchObject({ state: "unknown", decidedBy: "azure" });
});

test("the schema of the report has every cause", () => {
    expect(reportSchema.definitions.openFinding.properties.cause.enum).toEqual(OPEN_CAUSES);
});
