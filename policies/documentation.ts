import type { PolicyReference } from "../src/findings/text";
import { REPOSITORY } from "./package";
import type { PolicyIdentity } from "./policy";

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
