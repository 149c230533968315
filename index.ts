// The entry point for Pulumi. In dist/, policy-pack.js is one file with all modules of the pack (build.js).
import "./src/pack/start";
import "./policy-pack";
