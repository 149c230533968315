// `npm run bench:install-size`: what a production install of the packed pack weighs, and which dependency brings how much of
// it. Writes the table into docs/performance.md. Needs the registry, or a cache of npm that has all of it.
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../../../..");
const PAGE = path.join(ROOT, "docs", "performance.md");
const MARKS = ["<!-- generated: install size -->", "<!-- end of what is generated -->"] as const;

interface LockedPackage {
    readonly version?: string;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
    readonly peerDependencies?: Readonly<Record<string, string>>;
}
type Locked = Readonly<Record<string, LockedPackage>>;

/** On Windows npm is a script, which only a shell starts. */
function npm(args: readonly string[], folder: string): string {
    return execFileSync("npm", args, { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });
}

/** The size of all files, without what a file system adds to them. */
function bytesIn(folder: string, isCounted: (entry: string) => boolean = () => true): number {
    return readdirSync(folder, { withFileTypes: true })
        .filter(({ name }) => isCounted(name))
        .map((entry) => {
            const place = path.join(folder, entry.name);
            return entry.isDirectory() ? bytesIn(place) : lstatSync(place).size;
        })
        .reduce((sum, size) => sum + size, 0);
}

/** Where Node finds a package that another one asks for: beside it, or in a folder above. */
function resolved(name: string, from: string, locked: Locked): string | undefined {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
        const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
        if (place in locked) {
            return place;
        }
        if (folder === "") {
            return undefined;
        }
    }
}

/** All packages that a package needs, itself included. */
function reachable(from: string, locked: Locked, leftOut: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const seen = new Set<string>();
    const open = [from];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
        if (seen.has(place)) {
            continue;
        }
        seen.add(place);
        const { dependencies, optionalDependencies, peerDependencies } = locked[place] ?? {};
        const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
        for (const name of place === from ? names.filter((each) => !leftOut.has(each)) : names) {
            const found = resolved(name, place, locked);
            if (found !== undefined) {
                open.push(found);
            }
        }
    }
    return seen;
}

function megabytes(bytes: number): string {
    return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;
}

function measure(folder: string): string {
    const { name } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { readonly name: string };
    const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], ROOT)) as readonly [
        {
            readonly filename: string;
            readonly size: number;
            readonly unpackedSize: number;
            readonly entryCount: number;
        },
    ];
    const project = path.join(folder, "project");
    mkdirSync(project);
    writeFileSync(path.join(project, "package.json"), "{}");
    const tarball = path.join(folder, packed.filename);
    npm(["install", "--omit=dev", "--omit=peer", "--prefer-offline", "--no-audit", "--no-fund", tarball], project);

    const lock = JSON.parse(readFileSync(path.join(project, "package-lock.json"), "utf8")) as {
        readonly packages: Locked;
    };
    const pack = `node_modules/${name}`;
    const sizes = new Map(
        [...reachable(pack, lock.packages)].map((place) => [
            place,
            bytesIn(path.join(project, place), (entry) => entry !== "node_modules"),
        ]),
    );
    const weight = (places: Iterable<string>): number =>
        [...places].reduce((sum, place) => sum + (sizes.get(place) ?? 0), 0);

    const dependencies = Object.keys(lock.packages[pack]?.dependencies ?? {});
    const isSdk = (name: string): boolean => name.startsWith("@pulumi/");
    // One part of Pulumi's SDK needs the other, so that neither comes alone.
    const sdk = dependencies.filter(isSdk);
    const groups = [sdk, ...dependencies.filter((name) => !isSdk(name)).map((name) => [name])];
    const rows = groups
        .map((names) => {
            const places = names.map((name) => resolved(name, pack, lock.packages) ?? "");
            const left = reachable(pack, lock.packages, new Set(names));
            return {
                names: names
                    .map(
                        (name, index) =>
                            `\`${name}\` ${lock.packages[places[index] ?? ""]?.version?.replace(/^v/, "") ?? ""}`,
                    )
                    .join(", "),
                own: weight(places),
                needed: new Set(places.flatMap((place) => [...reachable(place, lock.packages)])).size - places.length,
                alone: [...sizes.keys()].filter((place) => !left.has(place)),
            };
        })
        .sort((a, b) => weight(b.alone) - weight(a.alone));
    const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
    return [
        `The tarball has ${packed.entryCount} files: ${megabytes(packed.size)} packed, ${megabytes(packed.unpackedSize)} unpacked.`,
        `Installed with what it needs it comes to ${sizes.size} packages and ${megabytes(weight(sizes.keys()))}.`,
        "",
        line([
            "Dependency",
            "Its own size",
            "Packages that it needs",
            "Packages that go with it",
            "Size that goes with it",
        ]),
        line(["---", "---:", "---:", "---:", "---:"]),
        ...rows.map(({ names, own, needed, alone }) =>
            line([names, megabytes(own), needed, alone.length, alone.length === 0 ? "none" : megabytes(weight(alone))]),
        ),
        "",
        `Measured on ${new Date().toISOString().slice(0, 10)} with npm ${npm(["--version"], ROOT).trim()}; sizes are those of the files.`,
    ].join("\n");
}

function write(text: string): void {
    const page = readFileSync(PAGE, "utf8");
    const [start, end] = MARKS;
    const from = page.indexOf(start) + start.length;
    const to = page.indexOf(end, from);
    if (from < start.length || to < 0) {
        throw new Error(`${PAGE} has no ${start} … ${end}.`);
    }
    writeFileSync(PAGE, `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`);
}

const folder = mkdtempSync(path.join(tmpdir(), "azure-bcdr-guard-size-"));
try {
    const text = measure(folder);
    write(text);
    process.stdout.write(`${text}\n`);
} finally {
    rmSync(folder, { recursive: true, force: true });
}
