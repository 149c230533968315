import { parseArgs } from "node:util";
import { forbiddenIn, longSentencesIn } from "./check";
import { MOST_WORDS } from "./sentences";

// `npm run prose` looks for words that do not belong into messages, comments and pages, and fails where there are any.
// It counts sentences that are too long; `npm run prose -- --sentences` lists them.

const { values } = parseArgs({ options: { sentences: { type: "boolean", default: false } } });
const root = process.cwd();

const findings = forbiddenIn(root);
for (const { file, line, phrase, instead } of findings) {
    process.stderr.write(`${file}:${line}: "${phrase}". Write instead: ${instead}.\n`);
}

const long = longSentencesIn(root);
for (const { file, sentences } of long) {
    if (values.sentences) {
        for (const { line, words, sentence } of sentences) {
            process.stdout.write(`${file}:${line}: ${words} words: ${sentence}\n`);
        }
    } else {
        process.stdout.write(`${file}: ${sentences.length} sentences of more than ${MOST_WORDS} words\n`);
    }
}

if (findings.length > 0) {
    process.stderr.write(
        `${findings.length} phrases to rewrite. If a use is right, narrow its pattern in dev/prose/words.ts.\n`,
    );
    process.exitCode = 1;
}
