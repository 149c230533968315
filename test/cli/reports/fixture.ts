// What a format makes of the reports of a-report.ts, held against files.
//
// UPDATE_EXPECTED=1 writes them, to be read before they are kept:
//     UPDATE_EXPECTED=1 npm test -- test/cli/reports
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

const FOLDER = path.join(__dirname, "fixtures");

export function expectFixture(file: string, text: string): void {
    const held = path.join(FOLDER, file);
    if (process.env["UPDATE_EXPECTED"]) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(held, text);
    }
    expect(text).toBe(readFileSync(held, "utf8"));
}
