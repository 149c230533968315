// `npm run --silent pulumi -- ARGS`: any Pulumi command in the self-contained setting, run in the caller's folder.
// Whatever is printed on stdout and the exit status are Pulumi's own.
import { passOn } from "./pass-on";
import { runPulumi } from "./run";

if (require.main === module) {
    void passOn(runPulumi);
}
