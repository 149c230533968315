import { mapValue } from "../../values";
import { encryptedVolumes } from "../encrypted-volumes";
import { reader } from "./resource";

/** `azure-native:compute:VirtualMachineExtension` (CMP-08); its `type` is the agent's in the inputs, ARM's in the outputs. */
export const readVirtualMachineExtension = reader(
    "VM extension",
    { armType: "Microsoft.Compute/virtualMachines/extensions", names: ["vmName", "vmExtensionName"] },
    ({ resource, properties, identity }) => ({
        // The extension's own id contains the VM's id, and the program refers to the VM by name.
        vm: {
            id: mapValue(identity.id, (id) => ({
                ...id,
                type: "Microsoft.Compute/virtualMachines",
                names: id.names.slice(0, 1),
            })),
            property: "vmName",
            dependencies: resource.dependenciesOf("vmName"),
        },
        publisher: properties.planned("publisher").text(),
        type: properties.configured("type").text(),
        encryptedVolumes: encryptedVolumes(properties.planned("settings")),
    }),
);
