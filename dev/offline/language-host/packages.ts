// The packages of a program: those that it asks for, and those that lie in its node_modules.
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import * as path from "node:path";

/** What is read of a package.json. */
interface Manifest {
    readonly name?: string;
    readonly version?: string;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
    readonly pulumi?: {
        readonly resource?: boolean;
        readonly name?: string;
        readonly version?: string;
        readonly server?: string;
    };
}

export interface InstalledPackage {
    readonly name: string;
    readonly version: string;
}

/** A provider that a package belongs to. */
export interface RequiredProvider extends InstalledPackage {
    readonly server: string;
}

/** The SDK's script of that name, as the program or the pack in a folder finds it; undefined where there is no SDK. */
export const sdkScript = (name: string, folder: string): string | undefined => {
    try {
        return require.resolve(`@pulumi/pulumi/cmd/${name}`, { paths: [folder] });
    } catch {
        return undefined;
    }
};

/** What the SDK of a folder is missing for, in a sentence. */
export const sdkIsMissing = (what: string, folder: string): string =>
    `Found no @pulumi/pulumi for the ${what} in ${folder}: run "npm install" there.`;

const readManifest = (folder: string): Manifest | undefined => {
    try {
        return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
    } catch {
        return undefined;
    }
};

/** The node_modules that a module in a folder looks into: its own and those above it. */
const nodeModulesFor = (folder: string): readonly string[] => {
    const above = path.dirname(folder);
    const own = path.join(folder, "node_modules");
    return [...(existsSync(own) ? [own] : []), ...(above === folder ? [] : nodeModulesFor(above))];
};

const foldersIn = (folder: string): readonly string[] =>
    existsSync(folder)
        ? readdirSync(folder)
              .filter((name) => !name.startsWith("."))
              .map((name) => path.join(folder, name))
        : [];

/** Every package below a node_modules: scoped ones are a level deeper, and some bring others with them. */
const manifestsIn = (nodeModules: string): readonly Manifest[] =>
    foldersIn(nodeModules)
        .flatMap((folder) => (path.basename(folder).startsWith("@") ? foldersIn(folder) : [folder]))
        .flatMap((folder) => {
            const manifest = readManifest(folder);
            return manifest === undefined ? [] : [manifest, ...manifestsIn(path.join(folder, "node_modules"))];
        });

const allManifests = (folder: string): readonly Manifest[] =>
    [...new Set(nodeModulesFor(folder).map((found) => realpathSync(found)))].flatMap(manifestsIn);

/** The providers whose packages lie in a program's node_modules. */
export const requiredProviders = (folder: string): readonly RequiredProvider[] =>
    allManifests(folder).flatMap(({ name = "", version = "", pulumi }) =>
        pulumi?.resource === true
            ? [
                  {
                      name: pulumi.name ?? name.replace(/^@pulumi\//, ""),
                      version: `v${(pulumi.version ?? version).replace(/^v/, "")}`,
                      server: pulumi.server ?? "",
                  },
              ]
            : [],
    );

/** The packages that a program names, or all that it has. */
export const dependencies = (folder: string, withTransitive: boolean): readonly InstalledPackage[] => {
    const installed = allManifests(folder).map(({ name = "", version = "" }) => ({ name, version }));
    if (withTransitive) {
        return installed;
    }
    const manifest = readManifest(folder);
    const named = Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies });
    return named.flatMap((name) => installed.find((each) => each.name === name) ?? []);
};

/** The version of the SDK that this project brings. */
export const ownSdkVersion = (): string =>
    readManifest(path.dirname(require.resolve("@pulumi/pulumi/package.json")))?.version ?? "";
