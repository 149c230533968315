import { known, mapValue, unknown, valueOf, withDefault, type Value } from "../../values";
import type { Firewall } from "../../resources";
import { reference, targetOf, type PlannedResource } from "../../planned-resource";
import type { Property } from "../../property-bag";
import { STORAGE_ACCOUNT } from "../../ids/resource-types";
import { locationOf } from "../reader";
import { reader } from "./resource";

/** `azure:storage/account:Account` (CMP-12) */
export const readAccount = reader(
    "storage account",
    { armType: STORAGE_ACCOUNT, names: ["name"] },
    ({ resource, properties, identity }) => ({
        location: locationOf(resource, properties),
        accountKind: withDefault(properties.planned("accountKind").text(), "StorageV2"),
        tier: properties.planned("accountTier").text(),
        allowsSharedKey: properties.planned("sharedAccessKeyEnabled").flag(),
        softDelete: properties.planned("blobProperties", "deleteRetentionPolicy").exists(),
        firewall: firewall(resource, (name) => properties.planned("networkRules", name)),
        takesPublicTraffic: properties.planned("publicNetworkAccessEnabled").flag(),
        // The provider reads none back, and they may be anywhere.
        hasPrivateEndpoints: identity.lifetime === "new" ? known(false) : unknown("networkRules", "external"),
    }),
);

/** `azure:storage/accountNetworkRules:AccountNetworkRules` */
export const readAccountNetworkRules = reader(
    "storage account firewall",
    // It has the account's own id.
    { armType: STORAGE_ACCOUNT, parent: "storageAccountId", names: [] },
    ({ resource, properties }) => ({
        account: targetOf(reference(resource, properties.planned("storageAccountId"))),
        firewall: firewall(resource, (name) => properties.planned(name)),
    }),
);

function firewall(resource: PlannedResource, at: (name: string) => Property): Firewall {
    return {
        isClosed: mapValue(at("defaultAction").text(), (action) => action.toLowerCase() === "deny"),
        trustsAzureServices: trustsAzureServices(at("bypasses")),
        subnets: mapValue(at("virtualNetworkSubnetIds").list(), (subnets) =>
            subnets.map((each) => reference(resource, each)),
        ),
    };
}

/** The provider lets Azure's services through where nobody says otherwise. */
function trustsAzureServices(bypasses: Property): Value<boolean> {
    const list = bypasses.list();
    if (list.state !== "known") {
        return list.state === "absent" ? known(true) : list;
    }
    const texts = list.value.map((each) => each.text());
    const open = texts.find(({ state }) => state === "unknown");
    const trusts = texts.some((text) => valueOf(text)?.toLowerCase() === "azureservices");
    return !trusts && open?.state === "unknown" ? open : known(trusts);
}
