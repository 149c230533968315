import { ABSENT, known, unknown, valueOf, type Value } from "../values";
import type { PolicyParameters } from "../resources";
import { reference, type PlannedResource, type Reference } from "../planned-resource";
import { Property, type PropertyBag } from "../property-bag";

/** `{ "name": { "value": "x" } }`, as an assignment or an initiative gives parameters. */
export function policyParameters(parameters: Property): PolicyParameters {
    const names = parameters.names();
    if (names.state !== "known") {
        return names;
    }
    return known(new Map(names.value.map((name) => [name, texts(parameters.at(name, "value"))])));
}

/** The same as a JSON text, which the classic provider has. */
export function policyParametersOfText(text: Value<string>): PolicyParameters {
    if (text.state !== "known") {
        return text;
    }
    try {
        return policyParameters(Property.of(JSON.parse(text.value) as PropertyBag));
    } catch {
        return ABSENT;
    }
}

/** The scopes that an assignment leaves out. Of a list that is not known, any scope may be in it. */
export function notScopes(resource: PlannedResource, scopes: Property): readonly Reference[] {
    const list = scopes.list();
    return list.state === "unknown"
        ? [reference(resource, scopes)]
        : (valueOf(list) ?? []).map((scope) => reference(resource, scope));
}

function texts(value: Property): Value<readonly string[]> {
    const text = value.text();
    if (text.state !== "absent") {
        return text.state === "known" ? known([text.value]) : text;
    }
    const list = value.list();
    if (list.state !== "known") {
        return list.state === "unknown" ? unknown(value.path) : ABSENT;
    }
    const open = list.value.find((element) => element.state === "unknown");
    return open === undefined
        ? known(list.value.flatMap((element) => valueOf(element.text()) ?? []))
        : unknown(open.path);
}
