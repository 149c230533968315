import { RESOURCE_GROUP } from "../../ids/resource-types";
import { reader } from "./resource";

/** `azure:core/resourceGroup:ResourceGroup` */
export const readResourceGroup = reader(
    "resource group",
    { armType: RESOURCE_GROUP, names: ["name"] },
    ({ properties }) => ({ location: properties.planned("location").text() }),
);
