// Deploys a stack by Pulumi's Automation API, and asks the policy pack before.
//
//     deploy.ts PROGRAM STACK PACK
//
// `stack.up` with a pack does not preview, and a policy that looks at a whole stack speaks at its end: when the VM boots
// from the restored disk already. So the preview comes first, and the update only if that has passed.
import { CommandError, type EngineEvent, LocalWorkspace, type PolicyEvent } from "@pulumi/pulumi/automation";

const [workDir, stackName, pack] = process.argv.slice(2);

/** Collects what the pack finds while something runs. */
const collecting = (): { readonly found: PolicyEvent[]; readonly onEvent: (event: EngineEvent) => void } => {
    const found: PolicyEvent[] = [];
    return {
        found,
        onEvent: ({ policyEvent }) => {
            if (policyEvent !== undefined) {
                found.push(policyEvent);
            }
        },
    };
};

const isRefused = (found: readonly PolicyEvent[]): boolean =>
    found.some(({ enforcementLevel }) => enforcementLevel === "mandatory");

// Pulumi colours messages with its own marks, such as <{%reset%}>.
const told = ({ enforcementLevel, message }: PolicyEvent): string =>
    `[${enforcementLevel}] ${message.replace(/<\{%.*?%\}>/g, "").trim()}\n\n`;

const deploy = async (folder: string, name: string, policyPack: string): Promise<void> => {
    const stack = await LocalWorkspace.createOrSelectStack({ workDir: folder, stackName: name });

    const { found, onEvent } = collecting();
    try {
        await stack.preview({ policyPacks: [policyPack], onEvent });
    } catch (error) {
        // A mandatory finding makes Pulumi fail. What else fails has no finding, and says itself why.
        if (!(error instanceof CommandError) || !isRefused(found)) {
            throw error;
        }
        process.stdout.write(`${found.map(told).join("")}Nothing was deployed: see the mandatory findings above.\n`);
        process.exitCode = 1;
        return;
    }
    process.stdout.write(found.map(told).join(""));

    // The pack looks at the update as well: what no preview knows is decided now. A finding stops nothing any more.
    const afterwards = collecting();
    try {
        const { summary } = await stack.up({ policyPacks: [policyPack], onEvent: afterwards.onEvent });
        process.stdout.write(`Deployed: ${summary.result}.\n`);
    } catch (error) {
        if (!(error instanceof CommandError) || !isRefused(afterwards.found)) {
            throw error;
        }
        const { found: all } = afterwards;
        process.stdout.write(
            `${all.map(told).join("")}It is deployed all the same: see the mandatory findings above.\n`,
        );
        process.exitCode = 1;
    }
};

if (workDir === undefined || stackName === undefined || pack === undefined) {
    process.stderr.write("Say which program, which stack and which policy pack: deploy.ts PROGRAM STACK PACK\n");
    process.exitCode = 2;
} else {
    deploy(workDir, stackName, pack).catch((error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    });
}
