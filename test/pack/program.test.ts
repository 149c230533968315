import { PROJECT_FOLDER_VARIABLE } from "../../src/advice/program-language";
import { programLanguage } from "../../src/pack/program";

const shop = (runtime: string): string => `name: shop\n${runtime}\ndescription: A shop\n`;

const language = (
    files: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>> = { PWD: "/repo/infra" },
): string | undefined => programLanguage(environment, "shop", (file) => files[file]);

test.each([
    ["runtime: nodejs", "TypeScript"],
    ["runtime: 'python' # 3.12", "Python"],
    ["runtime: yaml\r", "YAML"],
    ["runtime:\n    name: python\n    options:\n        virtualenv: venv", "Python"],
    ["runtime: # as it is\n  options: { typescript: true }\n\n  name: nodejs", "TypeScript"],
    ["runtime: { name: go }", "Go"],
    ['runtime: {options: {}, name: "dotnet"}', ".NET"],
    ["runtime:\n    - nodejs", undefined],
    ["config:\n    runtime: nodejs", undefined],
    ["runtime: hcl", undefined],
])("a project file with %j is of a program in %s", (runtime, expected) => {
    expect(language({ "/repo/infra/Pulumi.yaml": shop(runtime) })).toBe(expected);
});

test("the file of the nearest folder above counts", () => {
    const files = { "/repo/Pulumi.yaml": shop("runtime: go"), "/repo/infra/Pulumi.yml": shop("runtime: nodejs") };
    expect(language(files, { PWD: "/repo/infra/src/lib" })).toBe("TypeScript");
    expect(language(files, { PWD: "/repo/other" })).toBe("Go");
});

test("the folder that the command names comes before the one in which Pulumi was started", () => {
    const files = { "/repo/infra/Pulumi.yaml": shop("runtime: nodejs"), "/repo/Pulumi.yaml": shop("runtime: go") };
    expect(language(files, { PWD: "/repo", [PROJECT_FOLDER_VARIABLE]: "/repo/infra" })).toBe("TypeScript");
});

test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    [
        "a file of another project",
        { "/repo/infra/Pulumi.yaml": "name: other\nruntime: nodejs\n" },
        { PWD: "/repo/infra" },
    ],
    ["no file", {}, { PWD: "/repo/infra" }],
    ["no folder", { "Pulumi.yaml": shop("runtime: nodejs") }, {}],
    ["a folder that is relative", { "infra/Pulumi.yaml": shop("runtime: nodejs") }, { PWD: "infra" }],
])("with %s, the language is not known", (_, files, environment) => {
    expect(language(files, environment)).toBeUndefined();
});
