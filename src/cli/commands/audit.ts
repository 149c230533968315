import * as path from "node:path";
import type { AskGraph, CloudName } from "../../inventory/resource-graph";
import { askAzure, showProgress, stopProgress } from "../azure";
import { readConfiguration } from "../configuration";
import { readText } from "../files";
import { audit } from "../judging/audit";
import type { Inspection } from "../judging/inspection";
import { packageFolder } from "../../../policies/package";

export interface AuditOptions {
    readonly subscription?: readonly string[];
    readonly managementGroup?: readonly string[];
    readonly cloud: CloudName;
    readonly config: string | undefined;
    readonly allowIncomplete?: true;
}

/** Looks at what exists in Azure, by Resource Graph. Only reads. */
export async function auditAzure(
    options: AuditOptions,
    connect?: (cloud: CloudName) => Promise<AskGraph>,
): Promise<Inspection> {
    const { configuration } = readConfiguration(options.config);
    const inspection = await askAzure(
        options.cloud,
        (ask) =>
            audit({
                ask,
                scope: { subscriptions: options.subscription ?? [], managementGroups: options.managementGroup ?? [] },
                configuration,
                queryNamed: (folder, name) =>
                    readText(path.join(packageFolder(), "src", folder, "queries", `${name}.kql`)),
                allowIncomplete: options.allowIncomplete === true,
                progress: showProgress,
                now: new Date(),
            }),
        connect,
    );
    stopProgress();
    return inspection;
}
