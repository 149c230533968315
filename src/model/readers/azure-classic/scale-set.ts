import { known } from "../../values";
import { reader } from "./resource";

const SHAPE = { armType: "Microsoft.Compute/virtualMachineScaleSets", names: ["name"] };

/** `linuxVirtualMachineScaleSet`, `windowsVirtualMachineScaleSet` and the old `scaleSet` (CMP-07) */
export const readUniformScaleSet = reader("scale set", SHAPE, () => ({
    isUniform: known(true),
}));

/** `azure:compute/orchestratedVirtualMachineScaleSet:OrchestratedVirtualMachineScaleSet` */
export const readFlexibleScaleSet = reader("scale set", SHAPE, () => ({
    isUniform: known(false),
}));
