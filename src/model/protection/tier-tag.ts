/** The tag of a VM that names its tier, where nobody has chosen another: the one tag whose value is ever written down. */
export const DEFAULT_TIER_TAG = "bcdr-tier";
