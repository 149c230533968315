import type { PolicyReference } from "../src/findings/text";
import type { PolicyIdentity } from "./policy";

/** Where this project lives: the one place that says so beside package.json, which a test holds against it. */
export const REPOSITORY = "https://github.com/azure-bcdr-guard/azure-bcdr-guard";

/** The page of a policy, below docs/. */
export function pageOf({ id, name }: Pick<PolicyIdentity, "id" | "name">): string {
    return `policies/${id}-${name}.md`;
}

/** How messages name a policy. */
export function referenceTo({ id, name }: Pick<PolicyIdentity, "id" | "name">): PolicyReference {
    return { id, name, url: documentation(pageOf({ id, name })) };
}

/** The address of a page below docs/, or of a section of it. */
export function documentation(page: string, anchor?: string): string {
    return `${REPOSITORY}/blob/main/docs/${page}${anchor === undefined ? "" : `#${anchor}`}`;
}
