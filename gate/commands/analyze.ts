import { Estate } from "../../estate/estate";
import type { PackConfiguration } from "../../configuration/configuration-file";
import { readConfiguration } from "../configuration";
import { readDeployment } from "../reading/deployment";
import { ALL_DISABLED, evaluateStack } from "../judging/evaluation";
import { nameOfFile, readTexts } from "../files";
import { locationsIn } from "../locations";
import { unreadableLook, type Look } from "../judging/look";
import { pictureOf } from "../picture-of-estate";
import { UnreadableInput } from "../reading/unreadable";

export interface AnalyzeOptions {
    /** Files that `pulumi stack export` wrote. */
    readonly states: readonly string[];
    readonly project: string;
    readonly config: string | undefined;
}

/** Looks at exported states, without Pulumi and without Azure. */
export async function analyze({ states, project, config }: AnalyzeOptions): Promise<readonly Look[]> {
    const { configuration } = readConfiguration(config);
    const looks: Look[] = [];
    for (const file of states) {
        looks.push(await lookAtState(file, project, configuration));
    }
    return looks;
}

async function lookAtState(file: string, project: string, configuration: PackConfiguration): Promise<Look> {
    const subject = nameOfFile(file);
    try {
        const { resources, sourcePositions } = await readDeployment(readTexts(file), subject);
        const estate = new Estate(resources);
        const { findings, open, policies } = evaluateStack(resources, estate, configuration, { dryRun: false });
        return {
            subject,
            findings,
            undecided: open,
            missing: [],
            failures: [],
            unreadable: policies.length > 0 ? undefined : `${subject}: ${ALL_DISABLED}`,
            policies,
            changes: undefined,
            picture: pictureOf(estate),
            locationOf: locationsIn(project, sourcePositions),
        };
    } catch (error) {
        if (error instanceof UnreadableInput) {
            return unreadableLook(subject, error.message);
        }
        throw error;
    }
}
