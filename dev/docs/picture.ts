// `npm run docs:picture`: the pictures of the report page in README.md. The report is a real one: the command's, of the
// example that `npm run demo` plays, when the program boots the VM from a restored disk.
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

import { startBrowser } from "../../test/cli/reports/browser";
import { ExampleStack, exampleSteps, WITHOUT_TYPE_CHECK, withHome } from "../offline/examples";
import { runGate } from "../offline/run";
import { projectRoot, SettingError } from "../offline/setting";

const EXAMPLE = "restored-machine";
/** As wide as a README on GitHub shows it at twice the density, and as high as its first screen. */
const SIZE = { width: 1100, height: 700 };
const PICTURES = [
    { file: "report.png", colorScheme: "light" },
    { file: "report-dark.png", colorScheme: "dark" },
] as const;

/** Deploys the example, then previews its change with the command. */
async function writeReport(home: string): Promise<string> {
    const [deployment, change] = exampleSteps(EXAMPLE);
    if (deployment === undefined || change === undefined) {
        throw new SettingError(`examples/${EXAMPLE} has no change to preview.`);
    }
    const stack = await ExampleStack.start(EXAMPLE, home);
    await stack.play(deployment);
    // The command previews the program of the second step, which the pack alone previews there.
    await stack.play({ says: change.says, ...(change.program === undefined ? {} : { program: change.program }) });
    const report = path.join(home, "report.html");
    const args = ["preview", "--report", `html=${report}`, "--", "--non-interactive", "--color", "never"];
    const { status, stderr } = await runGate(args, { folder: stack.folder, home, env: WITHOUT_TYPE_CHECK });
    if (status !== 1) {
        throw new SettingError(`The command ended with ${status} instead of a mandatory finding:\n${stderr}`);
    }
    return report;
}

async function takePictures(report: string, folder: string): Promise<void> {
    mkdirSync(folder, { recursive: true });
    const browser = await startBrowser();
    try {
        for (const { file, colorScheme } of PICTURES) {
            const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1.5, colorScheme });
            await page.goto(pathToFileURL(report).href);
            await page.screenshot({ path: path.join(folder, file) });
            await page.close();
            process.stdout.write(`docs/images/${file}\n`);
        }
    } finally {
        await browser.close();
    }
}

void withHome(async (home) => takePictures(await writeReport(home), path.join(projectRoot(), "docs", "images"))).catch(
    (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
    },
);
