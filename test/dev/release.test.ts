// What a release is made of, and the workflow that makes it.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { ROOT } from "../../dev/docs/generated";
import { REPOSITORY } from "../../policies/package";
import { removeScratchFolders, scratchFolder } from "./offline/scratch";

// The scripts run before anything is compiled, so they have no types of their own.
interface Lock {
    readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}
const { notesOf } = jest.requireActual<{ notesOf: (changelog: string, version: string) => string | undefined }>(
    "../../dev/release/notes.js",
);
const { pinned } = jest.requireActual<{ pinned: (lock: Lock) => Lock }>("../../dev/release/pinned.js");
const { filesWith, moved } = jest.requireActual<{
    readonly filesWith: (text: string) => readonly string[];
    readonly moved: (text: string, from: string, to: string) => string;
}>("../../dev/release/repository.js");

afterAll(removeScratchFolders);

const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- More.

## [1.2.0] - 2026-12-01

### Fixed

- A false alarm.

## [1.2] - 2026-11-01

- The first.
`;

describe("the notes of a version", () => {
    test.each([
        ["1.2.0", "### Fixed\n\n- A false alarm.\n"],
        ["1.2", "- The first.\n"],
        ["1.3.0", undefined],
        ["1.2.1", undefined],
    ])("%s", (version, notes) => {
        expect(notesOf(CHANGELOG, version)).toBe(notes);
    });
    test("a version without a day has none", () => {
        expect(notesOf("## [1.3.0]\n\n- More.\n", "1.3.0")).toBeUndefined();
    });
});

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const lock = JSON.parse(read("package-lock.json")) as Lock;

describe("the pinned versions", () => {
    const { packages } = pinned(lock);

    test("have what the pack and its command load, with a hash each", () => {
        for (const name of ["@pulumi/policy", "@pulumi/pulumi", "@grpc/grpc-js", "yaml"]) {
            expect(packages[`node_modules/${name}`]).toMatchObject({
                version: lock.packages[`node_modules/${name}`]?.version,
                integrity: expect.stringMatching(/^sha512-/) as string,
            });
        }
    });
    test("have nothing of what it is developed with", () => {
        expect(packages[""]).toMatchObject({ name: "azure-bcdr-guard", devDependencies: undefined });
        for (const name of ["jest", "typescript", "@pulumi/azure-native"]) {
            expect(Object.keys(lock.packages)).toContain(`node_modules/${name}`);
            expect(Object.keys(packages)).not.toContain(`node_modules/${name}`);
        }
    });
});

/** `owner/name`, as package.json has it. */
const PROJECT = new URL(REPOSITORY).pathname.slice(1);

test("no file names this project under another address than package.json", () => {
    const names = [...new Set([path.basename(PROJECT), "azure-bcdr-guard"])];
    const address = new RegExp(
        `(?:github\\.com[/:]|raw\\.githubusercontent\\.com/|\\b(?:uses|name): )([\\w.-]+/(?:${names.join("|")}))(?![\\w-])`,
        "g",
    );
    const found = names
        .flatMap((name) => filesWith(`/${name}`))
        .flatMap((file) => [...read(file).matchAll(address)].map(([, project]) => ({ file, project })));
    expect(found.map(({ file }) => file)).toEqual(expect.arrayContaining(["package.json", "README.md"]));
    expect(found.filter(({ project }) => project !== PROJECT)).toEqual([]);
});

test("release:repository changes every address", () => {
    const files = filesWith(PROJECT);
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md"]));
    expect(files.filter((file) => moved(read(file), PROJECT, "fabrikam/bcdr").includes(PROJECT))).toEqual([]);
});

test("the address of the repository changes as a whole", () => {
    const text = [
        "git+https://github.com/contoso/guard.git",
        "https://raw.githubusercontent.com/contoso/guard/main/a.png",
        "https://github.com/contoso/guard-tools",
        "uses: contoso/guard@v1 uses: contoso/guard-tools@v1 name: contoso/guard",
    ].join(" ");
    expect(moved(text, "contoso/guard", "fabrikam/bcdr")).toBe(
        "git+https://github.com/fabrikam/bcdr.git https://raw.githubusercontent.com/fabrikam/bcdr/main/a.png https://github.com/contoso/guard-tools uses: fabrikam/bcdr@v1 uses: contoso/guard-tools@v1 name: fabrikam/bcdr",
    );
});

/** A copy of what the scripts read, without a build. */
function copy(changelog: string): string {
    const folder = path.join(scratchFolder(), "azure-bcdr-guard");
    mkdirSync(folder);
    for (const each of ["dev/release", "package.json", "package-lock.json", "PulumiPolicy.yaml", "profiles"]) {
        cpSync(path.join(ROOT, each), path.join(folder, each), { recursive: true });
    }
    writeFileSync(path.join(folder, "CHANGELOG.md"), changelog);
    return folder;
}

function prepare(
    folder: string,
    ...args: readonly string[]
): { readonly status: number | null; readonly stderr: string } {
    const script = path.join(folder, "dev", "release", "prepare.js");
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    return { status, stderr };
}

describe("release:prepare", () => {
    const RELEASED = "## [0.1.0] - 2026-12-01\n\n- The first version.\n";

    test.each([
        [
            "a tag of another version",
            RELEASED,
            ["v0.2.0", "release"],
            "The tag is v0.2.0, but package.json has version 0.1.0.\n",
        ],
        [
            "a version that the changelog does not have",
            "## [Unreleased]\n",
            ["v0.1.0", "release"],
            'CHANGELOG.md has no section "## [0.1.0] - YYYY-MM-DD".\n',
        ],
        ["a folder with something in it", RELEASED, ["v0.1.0", "dev"], "The folder dev is not empty.\n"],
        ["no tag", RELEASED, [], "Name the tag and a folder: npm run release:prepare -- v1.2.3 release\n"],
    ])("refuses %s", (_, changelog, args, says) => {
        expect(prepare(copy(changelog), ...args)).toEqual({ status: 1, stderr: says });
    });

    test("makes archive, bill of materials, checksums and notes", () => {
        const folder = copy(RELEASED);
        expect(prepare(folder, "v0.1.0", "release")).toEqual({ status: 0, stderr: "" });
        const release = path.join(folder, "release");
        const content = (file: string): Buffer => readFileSync(path.join(release, file));
        const files = ["azure-bcdr-guard-0.1.0.tgz", "sbom.cdx.json"];
        expect(readdirSync(release).sort()).toEqual(["SHA256SUMS", "notes.md", ...files].sort());
        expect(content("notes.md").toString()).toBe("- The first version.\n");
        expect(content("SHA256SUMS").toString()).toBe(
            files.map((file) => `${createHash("sha256").update(content(file)).digest("hex")}  ${file}\n`).join(""),
        );

        const bill = JSON.parse(content("sbom.cdx.json").toString()) as {
            readonly bomFormat: string;
            readonly metadata: { readonly component: { readonly name: string } };
            readonly components: readonly { readonly name: string; readonly version: string }[];
        };
        expect(bill.bomFormat).toBe("CycloneDX");
        expect(bill.metadata.component.name).toBe("azure-bcdr-guard");
        const named = (bill.components as readonly { name: string; group?: string }[]).map(({ group, name }) =>
            group === undefined ? name : `${group}/${name}`,
        );
        expect(named).toEqual(expect.arrayContaining(["@pulumi/pulumi", "@pulumi/policy", "yaml"]));
        expect(named).not.toContain("jest");
    });
});
