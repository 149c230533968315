"use strict";

/** @type {import("jest").Config} */
module.exports = {
    testEnvironment: "node",
    roots: ["<rootDir>/test"],
    testMatch: ["**/*.test.ts"],
    // Types are checked once by `npm run lint`; here only the syntax is stripped, which is four times faster.
    transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.test.json", diagnostics: false }] },
    // Makes sure that there is an engine before any test asks for one: builds it where no `pulumi` is installed.
    globalSetup: "<rootDir>/test/engine-setup.ts",
    // Many tests wait for an engine, so on few processors all of them have something to do.
    maxWorkers: "100%",
    testTimeout: 120_000,
};
