import { headline } from "../../findings/message";
import { backUpInstead, ways } from "../../guidance/replication-support";
import { SITE_RECOVERY } from "../../support/site-recovery-matrix";
import { machineProperty, machineRule, seen } from "./unsupported-machine";

/** BCDR204: a replicated machine is bound to a dedicated host (A2A-27). */
export const dedicatedHost = machineRule({
    id: "BCDR204",
    finds: "a replicated machine on a dedicated host",

    *look(machine) {
        yield* seen(machine, machine.onDedicatedHost, "dedicated host", machineProperty(machine, "dedicatedHost"));
    },

    tell: ({ machine, item, found }, { dryRun }) => ({
        headline: headline((name) => `The replicated machine ${name} is on a dedicated host.`, machine),
        why: "Site Recovery does not support machines on dedicated hosts.",
        steps: ways(
            [
                `Take ${found[0]?.property ?? ""} out of "${machine}"; it has to be deallocated to leave its host.`,
                backUpInstead(item, machine),
            ],
            dryRun,
        ),
        source: SITE_RECOVERY.DEDICATED_HOST.page,
    }),
});
