import { attached, disk, vm, SURROUNDINGS } from "../../harness/azure";
import { classicDisk, classicVm, diskAttachment, legacyVm } from "../../harness/classic";
import { onlyPolicies } from "../../harness/catalogue";
import { Pack } from "../../harness/pack";
import { PHASES, roundOf } from "../../harness/phases";
import { ref, type Declaration, type Program } from "../../harness/program";
import {
    backedUp,
    classicInstance,
    classicItem,
    CLASSIC_ENHANCED,
    CRASH_CONSISTENT,
    ENHANCED,
    item,
    nativeInstance,
    SNAPSHOTS,
    STANDARD,
} from "./programs";

const PACK = new Pack(onlyPolicies((id) => id.startsWith("BCDR3") || id === "BCDR490"));

const NATIVE = vm({ name: "web", dataDisks: [attached(0, ref("data.id"))] });

function native(policy: Declaration, webBackup: Declaration = item()): Program {
    return { ...backedUp(NATIVE, policy, webBackup), data: disk(), dataBackup: nativeInstance(), ...SNAPSHOTS };
}

function classic(web: Declaration): Program {
    return {
        ...backedUp(web, CLASSIC_ENHANCED, classicItem()),
        boot: classicDisk(),
        data: classicDisk({ createOption: "Empty", diskSizeGb: 128, osType: null }),
        attachment: diskAttachment(ref("web.id"), 0, ref("data.id")),
        dataBackup: classicInstance(),
    };
}

const SUPPORTED: readonly (readonly [string, Program])[] = [
    ["a Standard policy", native(STANDARD)],
    ["an Enhanced policy", native(ENHANCED)],
    ["a crash-consistent policy", native(CRASH_CONSISTENT)],
    ["a classic item", native(STANDARD, classicItem())],
    ["a classic Linux VM", classic(classicVm("linux", ref("boot.id")))],
    ["a classic Windows VM", classic(classicVm("windows", ref("boot.id")))],
    ["a classic VM of the old form", classic(legacyVm(ref("boot.id")))],
    ["no backup at all", { ...SURROUNDINGS, web: NATIVE, data: disk() }],
];

describe.each(PHASES)("at the %s, nothing is said or left open of", (phase) => {
    test.each(SUPPORTED)("%s", async (_, program) => {
        expect((await PACK.analyze(roundOf(program, phase))).map(({ message }) => message)).toEqual([]);
    });
});
