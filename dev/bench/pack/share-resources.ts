// Preloaded into a pack (`node --require`): what docs/sdk-proposal.md proposes, for measuring it. The SDK turns the properties
// of a resource into plain objects once for each policy; with this, once for all policies that are asked about it.
import { createRequire } from "node:module";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

interface Deserializer {
    deserializeProperties(properties: Struct, proxySecrets: boolean): object;
}

const sdk = createRequire(__filename)("@pulumi/policy/deserialize") as Deserializer;
const original = sdk.deserializeProperties.bind(sdk);
const shared = new WeakMap<Struct, object>();

sdk.deserializeProperties = (properties, proxySecrets) => {
    // Remediations change what they get, so they keep their own copy.
    if (proxySecrets) {
        return original(properties, proxySecrets);
    }
    const known = shared.get(properties) ?? original(properties, proxySecrets);
    shared.set(properties, known);
    return known;
};
