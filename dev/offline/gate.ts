// `npm run --silent gate -- ARGS`: the command azure-bcdr-guard in the self-contained setting, run in the caller's folder.
import { passOn } from "./pass-on";
import { runGate } from "./run";

if (require.main === module) {
    void passOn(runGate);
}
