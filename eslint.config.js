"use strict";

const eslint = require("@eslint/js");
const boundaries = require("eslint-plugin-boundaries");
const typescript = require("typescript-eslint");

/**
 * The layers of the product and what each may import, from one list. `policy-pack.ts` is outside of them and connects
 * them; `test/` and the rest of `dev/` may import anything.
 */
const LAYERS = require("./dev/layers.json");

/** Pulumi's SDK stays at the edge; a provider's SDK is nowhere loaded by the pack. */
const WITHOUT_SDK = Object.entries(LAYERS).filter(([layer]) => layer !== "pack" && layer !== "offline");
const NO_LAYER = ["test/**", "dev/bench/**", "dev/docs/**", "dev/release/**"];

/** What takes the names on the way down to a property, or those in a headline: the code itself writes them out. */
const PATHS = "^(at|below|planned|configured|readBack|filledIn|wordSwitch|enabledSwitch|sentence)$";

module.exports = typescript.config(
    { ignores: ["dist/", ".offline/", "coverage/", "node_modules/"] },
    eslint.configs.recommended,
    {
        files: ["**/*.js"],
        languageOptions: {
            sourceType: "commonjs",
            globals: { require: "readonly", module: "writable", process: "readonly", __dirname: "readonly" },
        },
    },
    { files: ["test/programs/es-modules/*.js"], languageOptions: { sourceType: "module" } },
    ...typescript.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts"] })),
    {
        files: ["**/*.ts"],
        languageOptions: { parserOptions: { project: "tsconfig.test.json", tsconfigRootDir: __dirname } },
        rules: {
            // A template may hold a number; everything else has to say how it becomes text.
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            // `noUncheckedIndexedAccess` makes the checks honest; comparing with undefined is how they are made.
            "@typescript-eslint/no-unnecessary-condition": "off",
            "@typescript-eslint/no-confusing-void-expression": "off",
            // `_` and names that start with it say that they are there only to be passed over.
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
        },
    },
    {
        files: ["**/*.ts"],
        ignores: NO_LAYER,
        plugins: { boundaries },
        settings: {
            "import/resolver": { node: { extensions: [".ts"] } },
            "boundaries/elements": Object.entries(LAYERS).map(([type, { folder }]) => ({ type, pattern: folder })),
        },
        rules: {
            "boundaries/dependencies": [
                "error",
                {
                    default: "disallow",
                    message: "{{from.element.type}} may not import {{to.element.type}}: see dev/layers.json",
                    policies: Object.entries(LAYERS).map(([from, { imports }]) => ({
                        from: { element: { type: from } },
                        allow: { to: { element: { type: [from, ...imports] } } },
                    })),
                },
            ],
        },
    },
    {
        // With some 120,000 elements such a call throws a RangeError, and lists of any length come in. `addAll` of
        // src/model/lists.ts, `reduce` and a list as the one argument take all.
        files: ["**/*.ts"],
        ignores: ["test/**", "dev/**"],
        rules: {
            "no-restricted-syntax": [
                "error",
                {
                    selector: `CallExpression:not([callee.property.name=/${PATHS}/]):not([callee.name=/${PATHS}/]) > SpreadElement`,
                    message: "A list of any length must not become the arguments of a call.",
                },
            ],
        },
    },
    {
        files: WITHOUT_SDK.map(([, { folder }]) => `${folder}/**`),
        rules: {
            "no-restricted-imports": [
                "error",
                { patterns: [{ group: ["@pulumi/*"], message: "Only policy-pack.ts and src/pack know the SDK." }] },
            ],
        },
    },
    {
        // Tests reach into the SDK's untyped internals, and name things that they expect to be there.
        files: ["test/**"],
        rules: {
            "@typescript-eslint/no-require-imports": "off",
            "@typescript-eslint/no-non-null-assertion": "off",
            "@typescript-eslint/unbound-method": "off",
            "@typescript-eslint/no-base-to-string": "off",
            "@typescript-eslint/no-dynamic-delete": "off",
            "@typescript-eslint/no-unnecessary-type-parameters": "off",
            "@typescript-eslint/prefer-promise-reject-errors": "off",
        },
    },
);
