// What CHANGELOG.md says of a version, without its heading.
"use strict";

/** Undefined where the version has no section with a day. */
exports.notesOf = (changelog, version) => {
    const lines = changelog.split("\n");
    const heading = new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - \\d{4}-\\d{2}-\\d{2}$`);
    const start = lines.findIndex((line) => heading.test(line));
    if (start < 0) {
        return undefined;
    }
    const rest = lines.slice(start + 1);
    const end = rest.findIndex((line) => line.startsWith("## "));
    return `${(end < 0 ? rest : rest.slice(0, end)).join("\n").trim()}\n`;
};
