import { deflateSync, inflateSync } from "node:zlib";
import { packConfiguration, type ConfigurationFile, type PackConfiguration } from "../config/configuration-file";
import { buildEstate } from "../model/build";
import type { Urn } from "../model/planned-resource";
import { InventoriedResources } from "../inventory/external-resources";
import { InventoryBuilder } from "../inventory/of-estate";
import { packed, type PackedEntries } from "../inventory/packed-entries";
import type { StackTags } from "../../policies/check";
import { nameOfFile, readTexts } from "./files";
import type { KnownInventories } from "./inventory";
import { addState } from "./inventory-of-states";
import { ALL_DISABLED, evaluateStack } from "./judging/evaluation";
import { inspected } from "./judging/inspected";
import { unreadableInspection, type Inspection } from "./judging/inspection";
import { catalogue } from "./judging/reported-policies";
import { projectIn, type Project } from "./locations";
import { readDeployment } from "./reading/deployment";
import { UnreadableInput } from "./reading/unreadable";
import { unsettledIn } from "./reading/unsettled";
import type { EstateSummary } from "./estate-summary";
import type { Location } from "./report";
import { drawn } from "./summary-of-estate";

/** What counts for all states. Plain data, as all that is sent to a thread and back. */
export interface AnalysisSettings {
    readonly project: string;
    readonly configuration: ConfigurationFile;
    readonly stackTags: StackTags;
}

/** What one state has for the others. */
export interface PackedState {
    /** The stack; undefined for a state that could not be read. */
    readonly source: string | undefined;
    readonly parts: readonly PackedEntries[];
}

/** An inspection without its functions. */
export interface StateInspection extends Omit<Inspection, "locationOf" | "summary"> {
    /** Where the resources are that its findings name. */
    readonly locations: ReadonlyMap<Urn | undefined, Location | undefined>;
    /** As `packedSummary` makes it. */
    readonly summary: Uint8Array | undefined;
}

/** All VMs and vaults of a state, for the report: as objects, they take thirty times the memory until it is written. */
function packedSummary(summary: EstateSummary): Uint8Array {
    return deflateSync(JSON.stringify(summary), { level: 1 });
}

export function unpackedSummary(packedOne: Uint8Array): EstateSummary {
    return JSON.parse(inflateSync(packedOne).toString()) as EstateSummary;
}

/** Looks at states, one at a time: first at what each has for the others, then at each with what all of them have. */
export class StateAnalysis {
    private readonly project: Project;
    private readonly configuration: PackConfiguration;
    private known: KnownInventories | undefined;

    constructor(private readonly settings: AnalysisSettings) {
        this.project = projectIn(settings.project);
        this.configuration = packConfiguration(settings.configuration, catalogue);
    }

    async pack(file: string): Promise<PackedState> {
        const builder = new InventoryBuilder();
        const added = await addState(builder, file, "now");
        return { source: "problem" in added ? undefined : added.source, parts: packed(builder.inventory()) };
    }

    /** What is known beyond each state, for all that are inspected from now on. */
    know(known: KnownInventories | undefined): void {
        this.known = known;
    }

    async inspect(file: string): Promise<StateInspection> {
        const subject = nameOfFile(file);
        try {
            const deployment = await readDeployment(readTexts(file), subject);
            // As Pulumi's own policy analyze, which gives a pack what is only read, too (ENG-15).
            const resources = [...deployment.resources, ...deployment.readOnly];
            // One for each state: it keeps what it has found.
            const external = this.known && new InventoriedResources(this.known.index, this.known.ageing);
            const estate = buildEstate(resources, undefined, external);
            const { findings, open, policies } = evaluateStack(resources, estate, this.configuration, {
                dryRun: false,
                language: this.project.languageFor(deployment.project),
                stackTags: this.settings.stackTags,
            });
            const { summary, missing } = drawn(estate);
            const { places, parents } = deployment;
            const locationOf = this.project.locations({ run: new Map(), recorded: places, parents });
            return {
                subject,
                findings,
                undecided: open,
                missing: [...unsettledIn(deployment), ...missing],
                inspected: inspected(estate, resources, [...deployment.others.values()]),
                failures: [],
                unreadable: policies.length > 0 ? undefined : `${subject}: ${ALL_DISABLED}`,
                unread: estate.unread.map(({ urn }) => urn),
                policies,
                changes: undefined,
                summary: summary && packedSummary(summary),
                locations: new Map(findings.map(({ urn }) => [urn, locationOf(urn)])),
            };
        } catch (error) {
            if (error instanceof UnreadableInput) {
                const { locationOf: _, ...inspection } = unreadableInspection(subject, error.message);
                return { ...inspection, locations: new Map(), summary: undefined };
            }
            throw error;
        }
    }
}
