import { known, valueOf } from "../../values";
import { reference } from "../../planned-resource";
import { notScopes, policyParametersOfText } from "../policy-parameters";
import type { Reader } from "../reader";
import { reader } from "./resource";

/** The classic provider has a type for each kind of scope, and the scope's id in a property of its own name (CMP-10). */
function assignmentAt(scope: string): Reader {
    return reader(
        "policy assignment",
        { armType: "Microsoft.Authorization/policyAssignments", isExtension: true, names: ["name"] },
        ({ resource, properties }) => {
            const enforce = properties.planned("enforce").flag();
            return {
                scope: reference(resource, properties.configured(scope)),
                notScopes: notScopes(resource, properties.planned("notScopes")),
                enforced: enforce.state === "absent" ? known(true) : enforce,
                definition: reference(resource, properties.planned("policyDefinitionId")),
                parameters: policyParametersOfText(properties.planned("parameters").text()),
            };
        },
    );
}

export const readSubscriptionPolicyAssignment = assignmentAt("subscriptionId");
export const readResourceGroupPolicyAssignment = assignmentAt("resourceGroupId");
export const readResourcePolicyAssignment = assignmentAt("resourceId");
export const readManagementGroupPolicyAssignment = assignmentAt("managementGroupId");

/** `azure:policy/policySetDefinition:PolicySetDefinition` (CMP-11) */
export const readPolicySetDefinition = reader(
    "policy set",
    { armType: "Microsoft.Authorization/policySetDefinitions", isExtension: true, names: ["name"] },
    ({ properties }) => ({
        definitions: (valueOf(properties.planned("policyDefinitionReferences").list()) ?? []).map((each) => ({
            id: each.at("policyDefinitionId").text(),
            parameters: policyParametersOfText(each.at("parameterValues").text()),
        })),
    }),
);
