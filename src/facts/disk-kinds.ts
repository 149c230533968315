/** Kinds of disk that both services treat differently from others: Ultra disks and Premium SSD v2 disks. */
export const ULTRA_AND_PREMIUM_V2: readonly string[] = ["UltraSSD_LRS", "PremiumV2_LRS"];
