/** Where this project lives: the one place that says so beside package.json, which a test holds against it. */
export const REPOSITORY = "https://github.com/azure-bcdr-guard/azure-bcdr-guard";

/** The address of a page below docs/, or of a section of it. */
export function documentation(page: string, anchor?: string): string {
    return `${REPOSITORY}/blob/main/docs/${page}${anchor === undefined ? "" : `#${anchor}`}`;
}
