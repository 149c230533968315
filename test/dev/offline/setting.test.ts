import * as path from "node:path";

import { type Environment, placesOf, projectRoot, settingEnvironment } from "../../../dev/offline/setting";

const root = path.resolve("/project");

const environmentFor = (caller: Environment, engineFolders: readonly string[] = []): Environment =>
    settingEnvironment(caller, placesOf(root, caller), engineFolders);

describe("the environment of a Pulumi command", () => {
    test.each([
        ["PULUMI_ACCESS_TOKEN", "pul-0123"],
        ["PULUMI_AUTOMATION_API", "true"],
        ["PULUMI_CONFIG", '{"a:b":"c"}'],
        ["PULUMI_CONFIG_PASSPHRASE_FILE", "/elsewhere"],
        ["PULUMI_CREDENTIALS_PATH", "/elsewhere"],
        ["PULUMI_IGNORE_AMBIENT_PLUGINS", "true"],
        ["PULUMI_OPTION_REFRESH", "true"],
        ["PULUMI_STACK", "production"],
        ["ARM_CLIENT_SECRET", "secret"],
        ["ARM_SUBSCRIPTION_ID", "secret"],
        ["AZURE_CLIENT_ID", "secret"],
        ["AZURE_TENANT_ID", "secret"],
        ["INIT_CWD", "/elsewhere"],
        ["npm_lifecycle_event", "pulumi"],
    ])("the caller's %s does not get in", (name, value) => {
        expect(environmentFor({ [name]: value })).not.toHaveProperty(name);
    });

    test.each([
        ["PULUMI_BACKEND_URL", "https://backend.example", "file:///project/.offline/state"],
        ["PULUMI_HOME", "/home/someone/.pulumi", "/project/.offline/home"],
        ["PULUMI_CONFIG_PASSPHRASE", "theirs", "offline"],
        ["PULUMI_CREDENTIAL_STORE", "os", "plaintext"],
        ["PULUMI_SKIP_UPDATE_CHECK", "false", "true"],
        ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "false", "true"],
        ["AZURE_BCDR_OFFLINE_CLOUD", "/elsewhere", "/project/.offline/cloud.json"],
        ["AZURE_BCDR_OFFLINE_CACHE", "/elsewhere", "/project/.offline/schema"],
    ])("the caller's %s is replaced", (name, theirs, ours) => {
        expect(environmentFor({ [name]: theirs })[name]).toBe(ours);
    });

    test.each([
        ["PULUMI_ENABLE_STREAMING_JSON_PREVIEW", "true"],
        ["PULUMI_NODEJS_TRANSPILE_ONLY", "true"],
        ["PULUMI_DEBUG_COMMANDS", "true"],
        ["PULUMI_EXPERIMENTAL", "true"],
        ["AZURE_BCDR_INVENTORY", "inventory.json"],
        ["HOME", "/home/someone"],
        ["NO_COLOR", "1"],
    ])("the caller's %s passes", (name, value) => {
        expect(environmentFor({ [name]: value })[name]).toBe(value);
    });

    test("PATH has the stand-ins first, then the engine's parts, then what the caller has", () => {
        const folders = environmentFor({ PATH: "/usr/bin:/bin" }, ["/built"])["PATH"]?.split(":");
        expect(folders).toEqual([
            "/project/dev/offline/bin",
            "/built",
            "/usr/bin",
            "/bin",
            path.dirname(process.execPath),
        ]);
    });

    test("a state folder with blanks and percent signs becomes a URL that means it", () => {
        const env = environmentFor({ AZURE_BCDR_OFFLINE_HOME: "/a b%20" });
        expect(env["PULUMI_BACKEND_URL"]).toBe("file:///a%20b%2520/state");
    });
});

describe("places", () => {
    test("AZURE_BCDR_OFFLINE_HOME moves home, state and cloud, not the engine", () => {
        const places = placesOf(root, { AZURE_BCDR_OFFLINE_HOME: "/own" });
        expect(places).toMatchObject({
            engine: "/project/.offline/engine",
            schema: "/project/.offline/schema",
            home: "/own/home",
            state: "/own/state",
            cloud: "/own/cloud.json",
        });
    });

    test("a program that Pulumi starts finds the same places again", () => {
        const caller = { AZURE_BCDR_OFFLINE_HOME: "/own" };
        expect(placesOf(root, environmentFor(caller))).toEqual(placesOf(root, caller));
    });

    test("a relative AZURE_BCDR_OFFLINE_HOME is refused with what to write instead", () => {
        expect(() => placesOf(root, { AZURE_BCDR_OFFLINE_HOME: "own" })).toThrow(
            `AZURE_BCDR_OFFLINE_HOME is "own": it must be an absolute path, such as ${path.resolve("own")}.`,
        );
    });

    test("the project's root is the folder with dev/offline/engine", () => {
        expect(projectRoot()).toBe(path.resolve(__dirname, "..", "..", ".."));
    });
});
