// `npm run docs:sources`: the facts whose pages are older than two years today, the oldest first. Another day can be given:
// `npm run docs:sources -- 2027-01-31`. Nothing is compared with it, so no test fails because a day has passed.
import { factsByAge, lineOf, olderThanTwoYears } from "./sources";

const [day = new Date().toISOString().slice(0, 10)] = process.argv.slice(2);

if (/^\d{4}-\d{2}-\d{2}$/.test(day)) {
    const facts = factsByAge();
    const old = olderThanTwoYears(facts, day);
    const undated = facts.filter(({ page }) => page.date === undefined);
    process.stdout.write(
        [
            ...old.map(lineOf),
            `${old.length} of ${facts.length} facts rest on pages that are more than two years old on ${day}.`,
            `${undated.length} rest on pages without a date: docs/sources.md lists them.`,
            "",
        ].join("\n"),
    );
} else {
    process.stderr.write(`"${day}" is no day. Give one such as 2027-01-31, or none for today.\n`);
    process.exitCode = 2;
}
