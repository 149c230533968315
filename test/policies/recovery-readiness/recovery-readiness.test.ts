import type { ValueMap } from "../../../offline/providers/values";
import {
    attached,
    disk,
    fromRestorePoint,
    machine,
    osDiskOf,
    replicatedItem,
    resourceGroup,
    SURROUNDINGS,
    vault,
} from "../../harness/azure";
import { ref, type Declaration, type Program, type Properties } from "../../harness/program";
import { findings, testScenarios, type Scenario } from "../../harness/scenario";
import { Stack } from "../../harness/stack";

const REPLICATED: Program = {
    ...SURROUNDINGS,
    web: machine({ name: "web" }),
    webReplication: replicatedItem(ref("web.id"), [osDiskOf("web")]),
};

function lock(type: string, properties: Properties): Declaration {
    return {
        type: `azure-native:authorization:ManagementLock${type}`,
        properties: { level: "CanNotDelete", lockName: "keep", ...properties },
    };
}

const BY_MACHINE = lock("ByScope", { scope: ref("web.id") });
const BY_GROUP = lock("AtResourceGroupLevel", { resourceGroupName: ref("rg.name") });
const BY_NAME = lock("AtResourceLevel", {
    resourceGroupName: ref("rg.name"),
    resourceProviderNamespace: "Microsoft.Compute",
    resourceType: "virtualMachines",
    parentResourcePath: "",
    resourceName: "WEB",
    apiVersion: "2024-11-01",
});

const LOCKS: readonly Scenario[] = [
    ...Object.entries({
        BY_MACHINE,
        BY_GROUP,
        BY_NAME,
        byGroupScope: lock("ByScope", { scope: ref("rg.id") }),
    }).flatMap(([name, keep]): Scenario[] => [
        {
            name: `violated at first preview: ${name}`,
            round: () => new Stack().preview({ ...REPLICATED, keep }),
            finds: ["BCDR411 keep"],
        },
        {
            name: `violated in the state: ${name}`,
            round: () => new Stack().up({ ...REPLICATED, keep }),
            finds: ["BCDR411 keep"],
        },
    ]),
    {
        name: "holds: a lock on another group",
        round: () =>
            new Stack().preview({
                ...REPLICATED,
                other: resourceGroup(),
                keep: lock("AtResourceGroupLevel", { resourceGroupName: ref("other.name") }),
            }),
        finds: [],
    },
    {
        name: "holds: the machine under the lock is not replicated",
        round: () => {
            const { webReplication: _, ...program } = REPLICATED;
            return new Stack().preview({ ...program, keep: BY_MACHINE });
        },
        finds: [],
    },
];

const REPLICAS: readonly Scenario[] = [
    {
        name: "violated: a replica disk is a resource of the program",
        round: () => new Stack().preview({ ...SURROUNDINGS, replica: disk({ name: "web-os-ASRReplica" }) }),
        finds: ["BCDR414 replica"],
    },
    {
        name: "violated: a replica disk from outside is attached",
        round: () =>
            new Stack().preview({
                ...SURROUNDINGS,
                web: machine({
                    dataDisks: [
                        attached(0, "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/ms-asr-0c1d"),
                    ],
                }),
            }),
        finds: ["BCDR414 web"],
    },
    { name: "holds: any other disk", round: () => new Stack().preview({ ...SURROUNDINGS, data: disk() }), finds: [] },
];

const FAILED_OVER: readonly Scenario[] = [
    {
        name: "violated: the other side is active",
        round: () => failedOver("Recovery"),
        finds: ["BCDR416 webReplication"],
    },
    { name: "holds: the primary side is", round: () => failedOver("Primary"), finds: [] },
];

function failedOver(side: string): ReturnType<Stack["state"]> {
    const stack = new Stack();
    stack.up({ ...REPLICATED, north: vault("north", { location: "North Europe" }) });
    stack.portal("webReplication", (item) => {
        const properties = item["properties"] as ValueMap;
        return {
            ...item,
            properties: {
                ...properties,
                activeLocation: side,
                providerSpecificDetails: {
                    ...(properties["providerSpecificDetails"] as ValueMap),
                    recoveryFabricObjectId:
                        "/subscriptions/s/resourceGroups/dr/providers/Microsoft.Compute/virtualMachines/web-dr",
                    recoveryFabricLocation: "northeurope",
                },
            },
        };
    });
    return stack.refresh();
}

/** A machine restored from a recovery point of `web`, beside it. */
function copyOf(original: string, over: Program = {}): Program {
    return {
        ...REPLICATED,
        restored: disk({ creationData: fromRestorePoint(original), over: { osType: "Linux" } }),
        copy: machine({ osDisk: ref("restored.id") }),
        ...over,
    };
}

const COPIES: readonly Scenario[] = [
    {
        name: "violated: only the original is replicated",
        round: () => new Stack().preview(copyOf("web")),
        finds: ["BCDR420 copy"],
    },
    {
        name: "violated: in the state",
        round: () => new Stack("shop", { subscriptionId: "8e1c7a52-0f3d-4b6a-9d2e-5c4b3a291f60" }).up(copyOf("WEB")),
        finds: ["BCDR420 copy"],
    },
    {
        name: "holds: the copy is replicated itself",
        round: () =>
            new Stack().preview(
                copyOf("web", { copyReplication: replicatedItem(ref("copy.id"), [ref("restored.id")]) }),
            ),
        finds: [],
    },
    { name: "holds: restored from another machine", round: () => new Stack().preview(copyOf("db")), finds: [] },
    {
        name: "holds: a machine of that name in another region",
        round: () =>
            new Stack().preview(copyOf("web", { web: machine({ name: "web", over: { location: "northeurope" } }) })),
        finds: [],
    },
    {
        name: "holds: a machine of that name in another subscription",
        round: () =>
            new Stack("shop", { subscriptionId: "11111111-2222-3333-4444-555555555555" }).preview(copyOf("web")),
        finds: [],
    },
    {
        name: "undecided: two machines may be the original",
        round: () =>
            new Stack().preview(
                copyOf("web", { rg2: resourceGroup(), web2: machine({ name: "WEB", group: ref("rg2.name") }) }),
            ),
        finds: ["BCDR490 -"],
        leavesOpen: ["BCDR420"],
    },
];

describe("BCDR411", () => testScenarios(LOCKS));
describe("BCDR414", () => testScenarios(REPLICAS));
describe("BCDR416", () => testScenarios(FAILED_OVER));
describe("BCDR420", () => testScenarios(COPIES));

test.each([LOCKS[0]!, LOCKS[2]!, REPLICAS[0]!, REPLICAS[1]!, FAILED_OVER[0]!, COPIES[0]!])(
    "message: $name",
    async (scenario) => {
        const found = await findings(scenario);
        expect(found.map(({ message }) => message)).toMatchSnapshot();
    },
);
