// Where no pulumi-language-nodejs is on PATH, the engine starts a Node policy pack through a program named
// pulumi-analyzer-policy-nodejs, in the pack's folder (ENG-03); for each kind of shell one leads here. The pack's own
// @pulumi/pulumi comes first, as with the real language host. A pack without one (a scratch folder) borrows this
// project's.
"use strict";

const find = () => {
    try {
        return require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [process.cwd(), __dirname] });
    } catch {
        process.stderr.write(`No @pulumi/pulumi for the policy pack in ${process.cwd()}: run "npm ci" there.\n`);
        return process.exit(1);
    }
};

// The runner takes its arguments from the command line as if it had been started itself.
process.argv[1] = find();
require(process.argv[1]);
