import { known, mapValue } from "../../values";
import { reader } from "./resource";

/** `azure-native:compute:VirtualMachineScaleSet` (CMP-07); without a mode it is Uniform. */
export const readVirtualMachineScaleSet = reader(
    "scale set",
    { armType: "Microsoft.Compute/virtualMachineScaleSets", names: ["vmScaleSetName"] },
    ({ properties }) => {
        const mode = properties.planned("orchestrationMode").text();
        return {
            isUniform:
                mode.state === "absent" ? known(true) : mapValue(mode, (text) => text.toLowerCase() === "uniform"),
        };
    },
);
