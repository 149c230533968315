import { latestEnd, today } from "../../src/findings/exemption";

/** A day on which an exemption may end: neither past nor too far away, whenever the tests run. */
export const SOON = latestEnd(today(), 31);
