// Environments of Python are made once, and what is missing for one is said in a sentence. A stand-in plays Python.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
    installedEnvironment,
    pythonEnvironment,
    pythonVersion,
    type PythonProgram,
} from "../../../dev/offline/python";
import { SettingError } from "../../../dev/offline/setting";

const PATH = process.env["PATH"];

let folder: string;
let program: PythonProgram;

beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "python-"));
    mkdirSync(path.join(folder, "bin"));
    const requirements = path.join(folder, "requirements.txt");
    writeFileSync(requirements, "engine==1.2.3\n");
    program = { name: "engine", requirements, place: path.join(folder, "place"), since: "3.11", size: "70 MB" };
    process.env["PATH"] = path.join(folder, "bin");
});

afterEach(() => {
    process.env["PATH"] = PATH;
    rmSync(folder, { recursive: true, force: true });
});

/** A `python3` that makes an environment, whose own Python knows its version and whether pip has what is asked for. */
function install(version: string, pip: "installs" | "fails" = "installs"): void {
    const inside = `#!/bin/sh
case "$2" in
    pip) echo "$@" >> "${folder}/installed"; exit ${pip === "installs" ? 0 : 1} ;;
    *) echo ${version} ;;
esac
`;
    const external = `#!/bin/sh
[ "$2" = venv ] || exit 1
/bin/mkdir -p "$3/bin"
/bin/cat > "$3/bin/python" <<'PYTHON'
${inside}PYTHON
/bin/chmod +x "$3/bin/python"
`;
    const python = path.join(folder, "bin", "python3");
    writeFileSync(python, external);
    chmodSync(python, 0o755);
}

const installs = (): number =>
    existsSync(path.join(folder, "installed"))
        ? readFileSync(path.join(folder, "installed"), "utf8").trim().split("\n").length
        : 0;

const failing = (): string => {
    try {
        pythonEnvironment(program);
    } catch (error) {
        expect(error).toBeInstanceOf(SettingError);
        return (error as SettingError).message;
    }
    throw new Error("It did not fail.");
};

test("an environment is made once, and again when other versions are wanted", () => {
    install("3.12.1");
    expect(installedEnvironment(program)).toBeUndefined();
    const environment = pythonEnvironment(program);
    expect(pythonVersion(environment)).toBe("3.12.1");
    expect(environment.command("engine")).toBe(path.join(program.place, "bin", "engine"));
    pythonEnvironment(program);
    expect(installs()).toBe(1);
    expect(installedEnvironment(program)?.python).toBe(environment.python);
    writeFileSync(program.requirements, "engine==1.2.4\n");
    expect(installedEnvironment(program)).toBeUndefined();
    pythonEnvironment(program);
    expect(installs()).toBe(2);
});

test("no Python is told", () => {
    expect(failing()).toBe(
        "engine needs Python 3.11 or later with the module venv (Debian and Ubuntu: apt install python3-venv), or uv.",
    );
});

test.each(["3.9.2", "2.7.18"])("Python %s, which is too old, is told", (version) => {
    install(version);
    expect(failing()).toBe(`engine needs Python 3.11 or later; the one that is installed is ${version}.`);
    expect(installs()).toBe(0);
});

test("packages that cannot be installed are told, and asked for again the next time", () => {
    install("3.11.0", "fails");
    expect(failing()).toBe(
        "pip could not install engine: it needs PyPI (or a mirror of it, see pip config) and 70 MB.",
    );
    expect(installedEnvironment(program)).toBeUndefined();
    install("3.11.0");
    expect(installedEnvironment(program)).toBeUndefined();
    pythonEnvironment(program);
    expect(installs()).toBe(2);
});
