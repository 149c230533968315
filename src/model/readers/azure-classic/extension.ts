import { reference, targetOf } from "../../planned-resource";
import { encryptedVolumesOfText } from "../encrypted-volumes";
import { reader } from "./resource";

/** `azure:compute/extension:Extension` (CMP-08) */
export const readExtension = reader(
    "VM extension",
    { armType: "Microsoft.Compute/virtualMachines/extensions", parent: "virtualMachineId", names: ["name"] },
    ({ resource, properties }) => ({
        vm: targetOf(reference(resource, properties.planned("virtualMachineId"))),
        publisher: properties.planned("publisher").text(),
        type: properties.planned("type").text(),
        encryptedVolumes: encryptedVolumesOfText(properties.planned("settings").text()),
    }),
);
