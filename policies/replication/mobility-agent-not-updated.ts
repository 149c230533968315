import { all, type Answer, compare, given, isTrue, withEvidence } from "../../src/model/answers";
import { formatArmId } from "../../src/model/ids/arm-id";
import { displayName } from "../../src/model/ids/display-name";
import { VAULT } from "../../src/model/ids/resource-types";
import { valueOf, withDefault } from "../../src/model/values";
import type { ContainerMapping } from "../../src/model/resources";
import { headline } from "../../src/findings/message";
import { idsInCli, quoteWord } from "../../src/advice/azure-cli";
import { inOrder } from "../../src/advice/fix";
import { writtenAt } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { resourcePolicy } from "../policy";
import { verdictsFrom } from "../verdicts";
import { subjectOf } from "../../src/findings/subject";

const RETIRED = "RunAsAccount";
const IDENTITY = "SystemAssignedIdentity";

type Problem = "off" | "no account" | "Run As";

interface Parameters {
    readonly mapping: string;
    readonly problem: Problem;
    /** The properties of all three settings. */
    readonly properties: string;
    /** The id of the vault, as far as it is known. */
    readonly vault: string | undefined;
    /** `--ids /subscriptions/…`, of a mapping of azure-native that is there. */
    readonly ids: string | undefined;
}

/** BCDR235: nothing updates the Mobility agent on the VMs of a vault (A2A-64). */
export const mobilityAgentNotUpdated = resourcePolicy<"protection container mapping", Parameters>({
    id: "BCDR235",
    name: "mobility-agent-not-updated",
    level: "advisory",
    severity: "medium",
    summary: "A container mapping does not update the Mobility agent.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "readiness"],
    remediationSteps:
        "Turn on automatic updates, with an Automation account whose system-assigned identity is Contributor on the vault.",
    kinds: ["protection container mapping"],

    evaluate: ({ entity: mapping }) =>
        verdictsFrom(
            problemsOf(mapping).map((answer) => given(isTrue(mapping, mapping.isAzureToAzure), answer)),
            ([problem]) => ({
                subject: subjectOf(mapping),
                parameters: parametersOf(mapping, problem),
                restsOn: [mapping],
            }),
        ),

    message: ({ mapping, problem, properties, vault = "<vault ID>", ids }, { dryRun }) => ({
        headline: headline((name) => `Container mapping ${name} ${HEADLINES[problem]}`, mapping),
        why: "Site Recovery releases agents every month. Without automatic updates, someone has to update the agent on every VM by hand.",
        fix: inOrder(
            [
                {
                    do: "Create an Automation account with a system-assigned identity in the resource group of the vault, unless the vault has one.",
                },
                {
                    do: "Give the identity of the account the role Contributor on the vault:",
                    commands: [
                        `az role assignment create --assignee-object-id ${quoteWord("<principal ID of the account>")} --assignee-principal-type ServicePrincipal --role Contributor --scope ${quoteWord(vault)}`,
                    ],
                },
                {
                    do: `Turn on updates in "${mapping}", with this account and ${IDENTITY}.`,
                    where: properties,
                },
                ...(ids === undefined
                    ? []
                    : [
                          {
                              do: "Apply the change. If it leaves the setting as it was, set it by hand:",
                              commands: [
                                  `az site-recovery protection-container mapping update ${ids} --provider-input ${quoteWord(`{a2a:{agent-auto-update-status:Enabled,automation-account-arm-id:<account ID>,automation-account-authentication-type:${IDENTITY}}}`)}`,
                                  "pulumi refresh",
                              ],
                          },
                      ]),
            ],
            dryRun,
        ),
        notes: [
            "The setting counts for all VMs of the vault.",
            "If you update agents by hand on purpose, exempt the mapping.",
        ],
        sources: [SITE_RECOVERY.AGENT_UPDATES.page, ...(problem === "Run As" ? [SITE_RECOVERY.RUN_AS.page] : [])],
    }),
});

const HEADLINES: Readonly<Record<Problem, string>> = {
    off: "does not update the Mobility agent by itself.",
    "no account": "updates the Mobility agent without an Automation account.",
    "Run As": "updates the Mobility agent with a Run As account, which Azure has retired.",
};

function problemsOf(mapping: ContainerMapping): readonly Answer<Problem>[] {
    const { autoUpdate, automationAccount, authentication } = mapping;
    const isOn = compare(mapping, autoUpdate.value, (on) => on);
    const hasAccount = isTrue(mapping, automationAccount.value);
    return [
        withEvidence(
            compare(mapping, withDefault(autoUpdate.value, false), (on) => !on),
            () => "off",
        ),
        withEvidence(all([isOn, compare(mapping, automationAccount.value, (has) => !has)]), () => "no account"),
        withEvidence(
            all([
                isOn,
                hasAccount,
                compare(
                    mapping,
                    withDefault(authentication.value, RETIRED),
                    (type) => type.toLowerCase() === RETIRED.toLowerCase(),
                ),
            ]),
            () => "Run As",
        ),
    ];
}

function parametersOf(mapping: ContainerMapping, problem: Problem): Parameters {
    const id = valueOf(mapping.id);
    const isThere = mapping.lifetime !== "new" && mapping.provider === "azure-native";
    return {
        mapping: displayName(mapping),
        problem,
        properties: [mapping.autoUpdate, mapping.automationAccount, mapping.authentication]
            .map(({ property }) => writtenAt(mapping, property))
            .join(", "),
        vault:
            id?.subscription === undefined
                ? undefined
                : formatArmId({ ...id, type: VAULT, names: id.names.slice(0, 1) }),
        ids: isThere && id !== undefined ? idsInCli(id) : undefined,
    };
}
