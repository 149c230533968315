/** `BCDR101`: stable for ever, whatever becomes of the wording. */
export type PolicyId = `BCDR${number}`;
