import { html, type Markup } from "./markup";

/** Drawings of 16 by 16, in the colour of the text beside them. Words always say the same. */
const DRAWINGS = {
    check: html`<path d="M3 8.5l3.2 3.2L13 4.8" />`,
    cross: html`<path d="M4 4l8 8M12 4l-8 8" />`,
    equal: html`<path d="M3 6h10M3 10h10" />`,
    question: html`<path d="M5.6 6a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M8 12.4v.2" />`,
    vm: html`<rect x="2" y="2.5" width="12" height="8.5" rx="1" /><path d="M5.5 13.5h5M8 11v2.5" />`,
    disk: html`<ellipse cx="8" cy="4" rx="5" ry="2" /><path
            d="M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2"
        />`,
    backup: html`<path d="M8 1.8l5 1.8v4c0 3-2 5.2-5 6.6-3-1.4-5-3.6-5-6.6v-4z" />`,
    replication: html`<path d="M2 5.5h10M9.5 3L12 5.5 9.5 8M14 10.5H4M6.5 8L4 10.5 6.5 13" />`,
    policy: html`<path d="M4 2h6l2.5 2.5V14H4zM6.5 7.5h4M6.5 10.5h4" />`,
    vault: html`<rect x="2" y="3" width="12" height="10" rx="1" /><circle cx="8" cy="8" r="2.5" /><path
            d="M8 5.5v1M8 9.5v1M5.5 8h1M9.5 8h1"
        />`,
    plan: html`<path d="M2.5 4h2M2.5 8h2M2.5 12h2M7 4h6.5M7 8h6.5M7 12h6.5" />`,
} as const;

export type Icon = keyof typeof DRAWINGS;

export function icon(name: Icon): Markup {
    return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${DRAWINGS[name]}</svg>`;
}
