import { ABSENT, known, mapValue, type Value } from "../../values";
import { STORAGE_ACCOUNT } from "../../ids/resource-types";
import { reference } from "../../planned-resource";
import { locationOf } from "../reader";
import { reader } from "./resource";

/** `azure-native:storage:StorageAccount` (CMP-12) */
export const readStorageAccount = reader(
    "storage account",
    { armType: STORAGE_ACCOUNT, names: ["accountName"] },
    ({ resource, properties, identity }) => ({
        location: locationOf(resource, properties),
        accountKind: properties.planned("kind").text(),
        tier: mapValue(properties.planned("sku", "name").text(), (sku) => sku.split("_", 1)[0] ?? sku),
        allowsSharedKey: properties.planned("allowSharedKeyAccess").flag(),
        // The settings for blobs are a separate resource.
        softDelete: ABSENT,
        firewall: {
            isClosed: mapValue(
                properties.planned("networkRuleSet", "defaultAction").text(),
                (action) => action.toLowerCase() === "deny",
            ),
            trustsAzureServices: trustsAzureServices(properties.planned("networkRuleSet", "bypass").text()),
            subnets: mapValue(properties.planned("networkRuleSet", "virtualNetworkRules").list(), (rules) =>
                rules.map((rule) => reference(resource, rule.at("virtualNetworkResourceId"))),
            ),
        },
        takesPublicTraffic: mapValue(
            properties.planned("publicNetworkAccess").text(),
            (access) => access.toLowerCase() === "enabled",
        ),
        hasPrivateEndpoints:
            identity.lifetime === "new"
                ? known(false)
                : mapValue(properties.readBack("privateEndpointConnections").list(), ({ length }) => length > 0),
    }),
);

/** A list in one text, `Logging, AzureServices`; Azure lets its services through where nobody says otherwise. */
function trustsAzureServices(bypass: Value<string>): Value<boolean> {
    return bypass.state === "absent" ? known(true) : mapValue(bypass, (text) => /\bAzureServices\b/i.test(text));
}

/** `azure-native:storage:BlobServiceProperties` (CMP-12) */
export const readBlobServiceProperties = reader(
    "blob service",
    { armType: `${STORAGE_ACCOUNT}/blobServices`, names: ["accountName", "blobServicesName"] },
    ({ resource, properties, identities }) => ({
        account: identities.namedAbove(resource, properties, ["accountName"], STORAGE_ACCOUNT),
        softDelete: properties.planned("deleteRetentionPolicy", "enabled").flag(),
    }),
);
