import { COVERAGE } from "../../facts/coverage";
import { all, any, compare, firstQuestion, isTrue, NO, unknownAnswer, type Answer } from "../answers";
import type { VirtualMachine } from "../resources";

/** Whether a VM is made from one of the images whose VMs Azure's own policies back up (VMB-32). */
export function hasListedImage(vm: VirtualMachine): Answer {
    const { publisher, offer, sku, isOwn, bootsFromDisk, property } = vm.image;
    const isListed = any(
        LISTED.map((images) =>
            all([
                compare(vm, publisher, images.publisher),
                compare(vm, offer, images.offer),
                ...(images.sku === undefined ? [] : [compare(vm, sku, images.sku)]),
            ]),
        ),
    );
    if (isListed.answer !== "no" || publisher.state !== "absent") {
        return firstQuestion(isListed);
    }
    const isOfNone = firstQuestion(any([isTrue(vm, isOwn), isTrue(vm, bootsFromDisk)]));
    switch (isOfNone.answer) {
        case "yes":
            return NO;
        case "unknown":
            return isOfNone;
        case "no":
            // Azure makes no VM without either, so not all of this one is known.
            return unknownAnswer(vm, property);
    }
}

type Fits = (text: string) => boolean;

const LISTED = COVERAGE.ASSIGNED_BY_IMAGE.limit.map(({ publisher, offers, skus }) => ({
    publisher: likeAny([publisher]),
    offer: likeAny(offers),
    sku: skus && likeAny(skus),
}));

/** As a condition of Azure Policy compares: without case, and with `*` for any text (VMB-34). */
function likeAny(patterns: readonly string[]): Fits {
    const alternatives = patterns.map((pattern) => pattern.split("*").map(literally).join(".*"));
    const expression = new RegExp(`^(?:${alternatives.join("|")})$`, "is");
    return (text) => expression.test(text);
}

function literally(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
