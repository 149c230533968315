import { type Answer, type Evidence, evidenceIn, NO } from "../../src/model/answers";
import type { Estate } from "../../src/model/estate";
import type { VirtualMachine } from "../../src/model/resources";
import { undecidedBy, Undecideds, type Verdict } from "../../src/findings/finding";
import type { Message } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import type { Circumstances } from "../check";
import { identityOf, type PolicyIdentity, stackPolicy, type StackPolicy } from "../policy";
import { type Configuration, excluded, required, requiresNothing, type Service, tierSettings } from "./tiers";

interface UnprotectedVm<Fact> {
    readonly vm: string;
    /** Why it must have the service, as a sentence. */
    readonly because: string;
    /** The step for a VM that needs no such protection. */
    readonly excuse: string;
    readonly found: Evidence<Fact>;
}

interface UnprotectedVmPolicy<Fact> extends PolicyIdentity {
    readonly service: Service;
    /** Whether a VM lacks the service, and no other policy reports that. */
    readonly check: (of: { readonly vm: VirtualMachine; readonly estate: Estate }) => Answer<Fact>;
    readonly message: (parameters: UnprotectedVm<Fact>, circumstances: Circumstances) => Message;
}

/** A policy about the VMs of the stack that must have a service by their tier, and do not have it. */
export function unprotectedVmPolicy<Fact>(policy: UnprotectedVmPolicy<Fact>): StackPolicy {
    const { service, check, message } = policy;
    return stackPolicy<UnprotectedVm<Fact>, Configuration>({
        kinds: ["VM"],
        ...identityOf(policy),
        settings: tierSettings,
        message,

        *evaluate(stack, configuration): Iterable<Verdict<UnprotectedVm<Fact>>> {
            const { estate } = stack;
            const excuse = excluded(configuration, service);
            const undecideds = new Undecideds();
            for (const vm of estate.vms) {
                if (vm.urn === undefined || vm.skipped) {
                    continue;
                }
                const { requires, because } = required(stack, vm, service, configuration);
                const exempt = requiresNothing(vm);
                const answer = requires.answer === "no" || exempt.answer === "yes" ? NO : check({ vm, estate });
                if (answer.answer === "no") {
                    continue;
                }
                const open = [requires, exempt].flatMap(undecidedBy);
                yield* undecideds.of(answer);
                yield* open;
                const found = evidenceIn([answer]);
                if (found !== undefined && open.length === 0) {
                    yield {
                        verdict: "violated",
                        subject: subjectOf(vm, vm),
                        parameters: { vm: estate.names.of(vm), because, excuse, found },
                    };
                }
            }
        },
    });
}
