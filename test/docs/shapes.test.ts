import { NOT_IN_THIS_SDK, readTypes } from "../harness/reader-reads";
import { expectGeneratedPart, table } from "../../dev/docs/generated";

function whatIsRead(): string {
    return readTypes()
        .map(({ token, reads }) => {
            const rows = reads
                .filter(({ path }) => !NOT_IN_THIS_SDK.has(path))
                .map(({ path, input, output }) => [`\`${path}\``, input ? "yes" : "", output ? "yes" : ""]);
            return [`### \`${token}\``, "", table(["property", "inputs", "read-back"], rows), ""].join("\n");
        })
        .join("\n");
}

test("docs/shapes.md tells what is read from where", () => {
    expectGeneratedPart("docs/shapes.md", "what is read", whatIsRead());
});
