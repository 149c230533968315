/** The languages that Pulumi has programs in, under the names that their people know. */
export type ProgramLanguage = "TypeScript" | "Python" | "YAML" | "Go" | ".NET" | "Java";

/** By what `runtime` in a project file says. JavaScript is written as TypeScript is, as far as a snippet goes. */
const RUNTIMES: ReadonlyMap<string, ProgramLanguage> = new Map([
    ["nodejs", "TypeScript"],
    ["bun", "TypeScript"],
    ["python", "Python"],
    ["yaml", "YAML"],
    ["go", "Go"],
    ["dotnet", ".NET"],
    ["java", "Java"],
]);

/** Undefined for a runtime that is not known here: then messages say it in words. */
export function languageOf(runtime: string | undefined): ProgramLanguage | undefined {
    return runtime === undefined ? undefined : RUNTIMES.get(runtime);
}

/** Names the folder of the program's project file to the pack, where the command starts Pulumi and knows it. */
export const PROJECT_FOLDER_VARIABLE = "AZURE_BCDR_GUARD_PROJECT";
