/** Ways in which Azure and people write one and the same id. */
const SPELLINGS: readonly ((id: string) => string)[] = [
    (id) => id.toUpperCase(),
    (id) => `${id}/`,
    (id) => `${id}?id=5a0b6c1e-3c1f-4a52-9a37-6d2f1e0c9b84`,
    (id) => id.toLowerCase(),
];

/** An exported state in which every ARM id is spelt otherwise, one id differently in different places. */
export const respelt = (state: string): string => {
    let turn = 0;
    const again = (text: string): string => {
        const spell = SPELLINGS[turn++ % SPELLINGS.length] ?? ((id: string) => id);
        return spell(text);
    };
    return JSON.stringify(
        JSON.parse(state, (_key, value: unknown) =>
            typeof value === "string" && value.startsWith("/subscriptions/") ? again(value) : value,
        ),
    );
};
