import { includesIgnoringCase } from "../../src/model/letter-case";
import {
    all,
    any,
    type Answer,
    compare,
    type Evidence,
    NO,
    not,
    unknownAnswer,
    withEvidence,
} from "../../src/model/answers";
import { displayName } from "../../src/model/ids/display-name";
import type { Estate } from "../../src/model/estate";
import type { Link } from "../../src/model/link";
import { pushTo } from "../../src/model/lists";
import { valueOf } from "../../src/model/values";
import type { AzureResource, ReplicatedItem, StorageAccount, VirtualMachine } from "../../src/model/resources";
import type { VmDisk } from "../../src/model/disks/vm-disks";
import { Undecideds, type Verdict } from "../../src/findings/finding";
import { headline } from "../../src/findings/message";
import { subjectOf } from "../../src/findings/subject";
import { placeInCli, quoteWord } from "../../src/advice/azure-cli";
import { linesOf, more, MOST_NAMES, type Names, namesOf } from "../../src/advice/names";
import { named } from "../../src/advice/re-protection";
import { inOrder } from "../../src/advice/fix";
import { enableAgain, itemToChange, MAY_NOT_REPLICATE, type ItemToChange } from "../../src/advice/replication-support";
import { WORDS } from "../../src/advice/property-names";
import { NIST } from "../../src/facts/frameworks";
import { SITE_RECOVERY } from "../../src/facts/site-recovery-matrix";
import { stackPolicy } from "../policy";
import { isLimited } from "./replicated-item";
import { diskInWords } from "./replicated-vm";

const { limit, page } = SITE_RECOVERY.CACHE_FOR_PREMIUM_V2;

interface Parameters {
    readonly account: string;
    /** What it is instead. */
    readonly isStandard: boolean;
    readonly vm: string;
    readonly region: string | undefined;
    /** `--subscription 5d3a… -g shop`, of the account. */
    readonly place: string | undefined;
    readonly disks: Names;
    readonly items: readonly ItemToChange[];
}

/** A disk that an account is not fast enough for. */
interface Served {
    readonly item: ReplicatedItem;
    readonly vm: VirtualMachine;
    readonly disk: VmDisk;
}

/** BCDR233: the cache of Premium SSD v2 or Ultra disks is no premium block blob account (A2A-49). */
export const cacheAccountStandardForPremiumV2 = stackPolicy<Parameters>({
    kinds: ["replicated item"],
    id: "BCDR233",
    name: "cache-account-standard-for-premium-v2",
    level: "advisory",
    severity: "high",
    summary: "A cache of Premium SSD v2 or Ultra disks is no premium block blob account.",
    framework: NIST.ALTERNATE_SITE,
    tags: ["site-recovery", "support-matrix"],
    remediationSteps: "Use a premium block blob account as the cache of VMs with Premium SSD v2 or Ultra disks.",

    *evaluate({ estate }): Iterable<Verdict<Parameters>> {
        const undecideds = new Undecideds();
        const served = new Map<StorageAccount, Served[]>();
        for (const { account, answer } of estate.storageAccounts.all.length === 0 ? [] : cachesOfFastDisks(estate)) {
            yield* undecideds.of(answer);
            if (answer.answer === "yes") {
                answer.items.forEach((each) => pushTo(served, account, each));
            }
        }
        for (const [account, [first, ...others]] of served) {
            if (first !== undefined) {
                const found: Evidence<Served> = [first, ...others];
                yield {
                    verdict: "violated",
                    subject: subjectOf(account),
                    parameters: parametersOf(estate, account, found),
                    restsOn: restsOn(found),
                };
            }
        }
    },

    message: ({ account, isStandard, vm, region, place, disks, items }, { dryRun }) => ({
        headline: headline(
            (name, of) =>
                `Cache storage account ${name} is ${isStandard ? "a standard account" : "no block blob account"}, but it serves Premium SSD v2 or Ultra disks of VM ${of}.`,
            account,
            vm,
        ),
        why: `Site Recovery replicates Premium SSD v2 and Ultra disks only with high churn, which needs a premium block blob account as cache. ${MAY_NOT_REPLICATE}`,
        facts: linesOf(disks),
        fix: inOrder(
            [
                {
                    do: `Create a premium block blob account in ${region ?? "the region of the VM"}, in the program or by hand:`,
                    commands: [
                        `az storage account create -n ${quoteWord("<name>")} ${place ?? "--subscription '<subscription>' -g '<group>'"} -l ${quoteWord(region ?? "<region>")} --kind ${limit.kind} --sku ${limit.sku}`,
                    ],
                    where: WORDS[items[0]?.provider ?? "azure-native"].account.performance,
                    note: "Premium storage costs more than standard storage.",
                },
                ...items.slice(0, MOST_NAMES).map((item) => ({
                    do: `In "${item.name}", set this account for every disk of the VM.`,
                    where: `${item.diskList}[].${WORDS[item.provider].item.stagingAccount}`,
                    note: "High churn is chosen for a whole VM, when replication is enabled.",
                })),
                ...(items.length > MOST_NAMES
                    ? [{ do: `Do the same for the other items, ${more(items.length - MOST_NAMES)}.` }]
                    : []),
                ...enableAgain(items),
            ],
            dryRun,
        ),
        sources: [page, SITE_RECOVERY.HIGH_CHURN.page],
    }),
});

/** For each disk that may need high churn, whether the account that takes its changes is a wrong one. */
function* cachesOfFastDisks(
    estate: Estate,
): Iterable<{ readonly account: StorageAccount; readonly answer: Answer<Served> }> {
    for (const vm of estate.vms) {
        const disks = estate.disks.of(vm).filter((disk) => isFast(disk).answer !== "no");
        const replication = vm.skipped || disks.length === 0 ? NO : estate.replication.of(vm);
        const items = replication.answer === "yes" ? replication.items : [];
        for (const item of items.filter((each) => isLimited(each) && valueOf(each.isHighChurn) !== true)) {
            for (const disk of disks) {
                yield* cachesOf(estate, { item, vm, disk });
            }
        }
    }
}

function* cachesOf(
    estate: Estate,
    served: Served,
): Iterable<{ readonly account: StorageAccount; readonly answer: Answer<Served> }> {
    const { item, vm, disk } = served;
    const replicated = estate.replication.replicatedVm(vm, [item]);
    const listed = replicated.hasLists ? replicated.isListed(disk.attached) : "no";
    if (listed === "no") {
        return;
    }
    const caches = replicated.elementsOf(disk.attached).map((element) => estate.storageAccounts.ofElement(element));
    const [only, ...others] = new Set(caches.flatMap(accountsIn));
    const isSettled = listed === "yes" && caches.length > 0 && caches.every(({ state }) => state !== "undecided");
    if (only !== undefined && others.length === 0 && isSettled) {
        yield { account: only, answer: withEvidence(all([isFast(disk), not(isPremiumBlockBlob(only))]), () => served) };
        return;
    }
    const accounts = isSettled || caches.length > 0 ? [only, ...others] : estate.storageAccounts.all;
    const wrong = accounts.find((each) => each !== undefined && isPremiumBlockBlob(each).answer !== "yes");
    if (wrong !== undefined) {
        const open = caches.find((link) => link.state === "undecided");
        const { resource, property } = replicated.listQuestion;
        yield {
            account: wrong,
            answer: open === undefined ? unknownAnswer(resource, property) : unknownAnswer(item, open.property),
        };
    }
}

function accountsIn(link: Link<StorageAccount>): readonly StorageAccount[] {
    return link.state === "linked" ? [link.to] : link.state === "undecided" ? link.candidates : [];
}

function isFast({ definedBy, sku }: VmDisk): Answer {
    return compare(definedBy, sku, (name) => includesIgnoringCase(limit.disks, name));
}

function isPremiumBlockBlob(account: StorageAccount): Answer {
    const isOther = (value: string) => (own: string) => own.toLowerCase() !== value.toLowerCase();
    return not(
        any([
            compare(account, account.tier, isOther(limit.tier)),
            compare(account, account.accountKind, isOther(limit.kind)),
        ]),
    );
}

function parametersOf(estate: Estate, account: StorageAccount, found: Evidence<Served>): Parameters {
    const [{ item, vm }] = found;
    const items = [...new Set(found.map((each) => each.item))];
    const id = valueOf(account.id);
    return {
        account: displayName(account),
        isStandard: valueOf(account.tier)?.toLowerCase() !== limit.tier.toLowerCase(),
        vm: estate.names.of(vm),
        region: valueOf(estate.replication.sourceRegionOf(item)),
        place: id && placeInCli(id),
        disks: namesOf(
            found,
            (each) =>
                `Used for ${diskInWords(each.disk.attached, each.vm)} of "${estate.names.of(each.vm)}": ${valueOf(each.disk.sku)}`,
        ),
        items: items.map((each) => itemToChange(each, named(each).name)),
    };
}

function restsOn(found: readonly Served[]): readonly AzureResource[] {
    return [...new Set(found.flatMap(({ item, vm, disk }) => [item, vm, disk.definedBy]))];
}
