import { known, mapValue, valueOf } from "../../values";
import { reference } from "../../planned-resource";
import { notScopes, policyParameters } from "../policy-parameters";
import { reader } from "./resource";

/** `azure-native:authorization:PolicyAssignment` (CMP-10) */
export const readPolicyAssignment = reader(
    "policy assignment",
    { armType: "Microsoft.Authorization/policyAssignments", isExtension: true, names: ["policyAssignmentName"] },
    ({ resource, properties }) => {
        const mode = properties.planned("enforcementMode").text();
        return {
            scope: reference(resource, properties.configured("scope")),
            notScopes: notScopes(resource, properties.planned("notScopes")),
            enforced:
                mode.state === "absent" ? known(true) : mapValue(mode, (text) => text.toLowerCase() !== "donotenforce"),
            definition: reference(resource, properties.planned("policyDefinitionId")),
            parameters: policyParameters(properties.planned("parameters")),
        };
    },
);

/** `azure-native:authorization:PolicySetDefinition` (CMP-11) */
export const readPolicySetDefinition = reader(
    "policy set",
    { armType: "Microsoft.Authorization/policySetDefinitions", isExtension: true, names: ["policySetDefinitionName"] },
    ({ properties }) => ({
        definitions: (valueOf(properties.planned("policyDefinitions").list()) ?? []).map((each) => ({
            id: each.at("policyDefinitionId").text(),
            parameters: policyParameters(each.at("parameters")),
        })),
    }),
);
