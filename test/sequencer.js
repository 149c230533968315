"use strict";

const { default: Sequencer } = require("@jest/test-sequencer");

/** Jest starts with the largest files. Tests on an engine are short files that take minutes: they must not be the last ones. */
module.exports = class extends Sequencer {
    sort(tests) {
        const onEngine = ({ context }) => Number(context.config.displayName?.name === "engine");
        return super.sort(tests).sort((one, other) => onEngine(other) - onEngine(one));
    }
};
