import { RESOURCE_GROUP } from "../../ids/resource-types";
import { reader } from "./resource";

/** `azure-native:resources:ResourceGroup` */
export const readResourceGroup = reader(
    "resource group",
    { armType: RESOURCE_GROUP, names: ["resourceGroupName"] },
    ({ properties }) => ({ location: properties.planned("location").text() }),
);
