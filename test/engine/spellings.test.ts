// "A replicated VM boots from a restored disk", in spellings that real estates mix, on the engine itself: what
// unknown ids, dependencies, providers and replacements look like is Pulumi's own doing here.
import { foundIn, foundInOutput, policyOutput, type Found } from "../../dev/offline/examples";
import { removeScratchFolders } from "../dev/offline/scratch";
import { isAboutRestores } from "../harness/catalogue";
import { asProgram, withoutChance } from "../harness/recorded-rounds";
import { Stack, type SentRound } from "../harness/stack";
import {
    estate as resourcesOf,
    group,
    NAMES,
    NEW,
    nativeDisk,
    nativeItem,
    nativeVm,
    program,
    RESTORE,
    type Resource,
    type Resources,
    vault,
} from "../spellings/estate";
import { openQuestionsIn } from "../harness/open-questions";
import { asText, type Outcome, Project, TROUBLE } from "./project";

/** What every one of these stacks gives: the classic VM is backed up, and each VM has a restored disk. */
const ALWAYS = ["BCDR101 classic", ...NAMES.map((name) => `BCDR110 ${name}-restored`)];

/** The lines of BCDR490 with what could not be decided about restores. */
const undecided = ({ stdout }: Outcome): readonly string[] =>
    openQuestionsIn(policyOutput(stdout))
        .map(({ policies, resource }) => [policies.filter(isAboutRestores), resource] as const)
        .flatMap(([policies, resource]) => (policies.length === 0 ? [] : [`${policies.join(", ")} on ${resource}`]))
        .sort();

/** These programs are about restores; vaults and VMs are no better than they need to be. */
const restores = (all: readonly Found[]): readonly string[] =>
    asText(all.filter(({ policyId }) => policyId !== undefined && isAboutRestores(policyId)));

const expectNoTrouble = ({ printed }: Outcome): void => expect(printed).not.toMatch(TROUBLE);

/** What the tests without an engine take for an engine's is what the engine sends, but for what is chance. */
const expectSame = (recorded: readonly SentRound[], simulated: readonly SentRound[]): void =>
    expect(recorded.map(withoutChance)).toEqual(simulated.map(withoutChance));

/** Templates, of which nothing is read back. */
const TEMPLATED = ["arm-text", "templated", "win-arm"];
/** Once they are deployed, nothing tells whether replication knows their restored disks. */
const UNREAD = TEMPLATED.map((name) => `BCDR122 ${name}`);
/** Classic VMs that are made anew for another OS disk, which changes an azure-native item in place. */
const CHANGING = ["classic", "half-legacy", "linux"];

afterAll(removeScratchFolders);

describe(`VMs in ${NAMES.length} spellings that boot from restored disks`, () => {
    const leftOut = resourcesOf({ boots: "restored", listed: "os" });
    const listed = resourcesOf({ boots: "restored", listed: "restored" });
    const again = resourcesOf({ boots: "again", listed: "restored" });
    /** The same stack without an engine. */
    const simulated = new Stack("spellings");
    let project: Project;

    beforeAll(async () => {
        project = await Project.start(program(leftOut));
    });

    test("fail at first preview where replication leaves those disks out", async () => {
        const outcome = await project.preview();
        expect(restores(foundIn(outcome.events))).toEqual([...ALWAYS, ...NAMES.map((name) => `BCDR121 ${name}`)]);
        expect(outcome.stdout).toContain('replace the old OS disk\'s ID with that of "classic-restored"');
        expect(outcome.stdout).toContain(
            'In "versioned-item", replace the old OS disk\'s ID with that of "versioned-restored"',
        );
        expect(outcome.stdout).toContain(
            "where: properties.template.resources[0].properties.providerSpecificDetails.vmManagedDisks[].diskId",
        );
        expectNoTrouble(outcome);
        expectSame(outcome.rounds, [simulated.preview(asProgram(leftOut))]);
    });

    describe("that replication lists", () => {
        let deployed: Outcome;

        beforeAll(async () => {
            project.write(program(listed));
            deployed = await project.up();
        });

        test("pass, at the preview and when they are deployed", () => {
            expect(deployed.status).toBe(0);
            expect(restores(foundInOutput(policyOutput(deployed.stdout)))).toEqual(ALWAYS);
            // What templates have made is not read back.
            expect(restores(foundIn(deployed.events))).toEqual([...ALWAYS, ...UNREAD, "BCDR490 spellings-dev"]);
            expectNoTrouble(deployed);
            const program = asProgram(listed);
            expectSame(deployed.rounds, [simulated.preview(program), simulated.up(program)]);
        });

        test("pass from their state, or leave it open", async () => {
            const outcome = await project.analyze(await project.exportState());
            expect(outcome.status).toBe(0);
            expect(restores(foundIn(outcome.events))).toEqual([...ALWAYS, ...UNREAD, "BCDR490 spellings-dev"]);
            const [open] = outcome.events.filter(({ message }) => message.includes("BCDR490"));
            for (const name of NAMES) {
                const isOpen = openQuestionsIn(open?.message ?? "").some(({ resource }) => resource === `${name}-item`);
                expect(isOpen).toBe(TEMPLATED.includes(name));
            }
            expect(open?.message).toContain("and pulumi refresh does not change that");
            expectNoTrouble(outcome);
            expectSame(outcome.rounds, [simulated.state()]);
        });

        test("fail where they are restored once more, or leave it open", async () => {
            project.write(program(again));
            const outcome = await project.preview();
            const open = [...CHANGING, "arm-text", "win-arm"];
            expect(restores(foundIn(outcome.events))).toEqual(
                [
                    ...ALWAYS,
                    ...NAMES.map((name) => `BCDR110 ${name}-again`),
                    ...NAMES.filter((name) => !open.includes(name)).map((name) => `BCDR121 ${name}`),
                    ...open.map((name) => `BCDR122 ${name}`),
                    "BCDR490 spellings-dev",
                ].sort(),
            );
            expect(outcome.stdout).toContain(
                "azure:compute:LinuxVirtualMachine classic replace [diff: ~osManagedDiskId]",
            );
            expect(undecided(outcome)).toEqual(
                [
                    ...open.map((name) => `BCDR131, BCDR132 on ${name}-item`),
                    ...CHANGING.map((name) => `BCDR416 on ${name}-item`),
                ].sort(),
            );
            expectNoTrouble(outcome);
            expectSame(outcome.rounds, [simulated.preview(asProgram(again))]);
        });
    });
});

// ---- Equal names in two subscriptions -------------------------------------------------------------------------------

const ONE = "11111111-1111-4111-8111-111111111111";
const TWO = "22222222-2222-4222-8222-222222222222";

/** A VM `shop/web` with everything around it, in the subscription of a provider; ids are written out. */
const inSubscription = (name: "one" | "two", subscription: string, listed: string): Resources => {
    const compute = `/subscriptions/${subscription}/resourceGroups/shop/providers/Microsoft.Compute`;
    const options = { provider: `\${subscription-${name}}` };
    const own = ({ type, properties }: Resource, names: object): Resource => ({
        type,
        properties: { ...properties, resourceGroupName: "shop", ...names },
        options: { ...options, dependsOn: [`\${group-${name}}`] },
    });
    return {
        [`subscription-${name}`]: {
            type: "pulumi:providers:azure-native",
            properties: { subscriptionId: subscription },
        },
        [`group-${name}`]: { ...group, options },
        [`os-${name}`]: own(nativeDisk(NEW), { diskName: "web-os" }),
        [`restored-${name}`]: own(nativeDisk(RESTORE), { diskName: "web-restored" }),
        [`web-${name}`]: own(nativeVm(`${compute}/disks/web-restored`), { vmName: "web" }),
        [`item-${name}`]: own(nativeItem(`${compute}/virtualMachines/web`, `${compute}/disks/${listed}`), {
            replicatedProtectedItemName: "web",
        }),
    };
};

describe("VMs of one name and group in two subscriptions", () => {
    let outcome: Outcome;

    beforeAll(async () => {
        const provider = "${subscription-two}";
        const project = await Project.start(
            program({
                ...inSubscription("one", ONE, "web-os"),
                ...inSubscription("two", TWO, "web-restored"),
                recovery: { ...vault("northeurope", { resourceGroupName: "shop" }), options: { provider } },
                "backup-two": {
                    type: "azure-native:recoveryservices:ProtectedItem",
                    properties: {
                        resourceGroupName: "shop",
                        vaultName: "backup",
                        fabricName: "Azure",
                        containerName: "iaasvmcontainer;iaasvmcontainerv2;shop;web",
                        protectedItemName: "vm;iaasvmcontainerv2;shop;web",
                        properties: {
                            protectedItemType: "Microsoft.Compute/virtualMachines",
                            sourceResourceId: `/subscriptions/${TWO}/resourceGroups/SHOP/providers/Microsoft.Compute/virtualMachines/WEB`,
                        },
                    },
                    options: { provider },
                },
            }),
        );
        outcome = await project.preview();
    });

    test("are told apart: one leaves its disk out of the list, the other is backed up", () => {
        expect(restores(foundIn(outcome.events))).toEqual([
            "BCDR101 web-two",
            "BCDR110 restored-one",
            "BCDR110 restored-two",
            "BCDR121 web-one",
        ]);
        expect(outcome.stdout).toContain('VM "web-one" will boot from restored disk');
        expect(outcome.stdout).toContain('VM "web-two"');
        expectNoTrouble(outcome);
    });
});
