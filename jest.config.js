"use strict";

/** Tests of programs on a real engine. All others run without one. */
const ENGINE = ["engine", "programs"];

const common = {
    testEnvironment: "node",
    testMatch: ["**/*.test.ts"],
    // Types are checked once by `npm run lint`; here only the syntax is stripped, which is four times faster.
    transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.test.json", diagnostics: false }] },
};

/** @type {import("jest").Config} */
module.exports = {
    projects: [
        {
            ...common,
            displayName: "unit",
            roots: ["<rootDir>/test"],
            testPathIgnorePatterns: [`<rootDir>/test/(?:${ENGINE.join("|")})/`],
        },
        {
            ...common,
            displayName: "engine",
            roots: ENGINE.map((folder) => `<rootDir>/test/${folder}`),
            // Builds the engine where no `pulumi` is installed. Jest calls it only when a test of this project is to run.
            globalSetup: "<rootDir>/test/engine-setup.ts",
        },
    ],
    testSequencer: "<rootDir>/test/sequencer.js",
    // Many tests wait for an engine, so on few processors all of them have something to do.
    maxWorkers: "100%",
    testTimeout: 120_000,
};
