/** The command was used wrongly: exit code 2. The message is the whole story. */
export class WrongUse extends Error {}
