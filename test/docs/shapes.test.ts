import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NOT_IN_THIS_SDK, readTypes } from "../harness/reader-reads";

/** docs/shapes.md holds a table that is made here; UPDATE_DOCS=1 writes it anew. */

const PAGE = join(__dirname, "..", "..", "docs", "shapes.md");
const [BEGIN, END] = ["<!-- generated: what is read -->", "<!-- end of what is generated -->"];

function table(): string {
    return readTypes()
        .map(({ token, reads }) => {
            const rows = reads
                .filter(({ path }) => !NOT_IN_THIS_SDK.has(path))
                .map(({ path, input, output }) => `| \`${path}\` | ${input ? "yes" : ""} | ${output ? "yes" : ""} |`);
            return [`### \`${token}\``, "", "| property | inputs | read-back |", "|---|---|---|", ...rows, ""].join(
                "\n",
            );
        })
        .join("\n");
}

test("docs/shapes.md tells what is read from where", () => {
    const page = readFileSync(PAGE, "utf8");
    const [before, rest = ""] = page.split(BEGIN);
    const [, after = ""] = rest.split(END);
    const expected = `${before}${BEGIN}\n\n${table()}\n${END}${after}`;
    if (process.env["UPDATE_DOCS"] !== undefined) {
        writeFileSync(PAGE, expected);
    }
    expect(readFileSync(PAGE, "utf8")).toBe(expected);
});
