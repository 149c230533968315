import { checkConfiguration, type Configurable } from "../config/configuration";
import { configuredExemptions, policyExemptions } from "../config/exemptions";
import { withShared } from "../config/shared-settings";
import { today, type ConfiguredExemptions, type PolicyExemptions } from "../findings/exemption";
import type { CataloguePolicy, Level, Policy, SettingValues } from "../../policies/policy";
import type { ConfiguredInventory } from "./inventory";
import { requests } from "./requests";
import type { StackAnalysis } from "./stack-analysis";

/** Hands the shared settings on to the analysis; checks and reads them again only when they have changed. */
export class SharedConfiguration {
    private checked: SettingValues = {};
    private sent: SettingValues | undefined;
    private exemptions: ConfiguredExemptions;

    constructor(
        readonly block: Configurable,
        private readonly blocks: readonly Configurable[],
        private readonly catalogue: readonly CataloguePolicy[],
        private readonly inventory: ConfiguredInventory,
        readonly analysis: StackAnalysis,
    ) {
        this.exemptions = configuredExemptions({}, catalogue);
    }

    /** @throws ConfigurationError */
    take(given: SettingValues): void {
        if (!hasSameValues(this.checked, given)) {
            checkConfiguration(this.block, given, this.blocks);
            this.exemptions = configuredExemptions(given, this.catalogue);
            this.checked = given;
        }
        this.share();
    }

    /**
     * Remediations come before the policy that takes the settings is asked, so they go by what the engine has sent: once,
     * because the SDK hands the same lists out as other objects, and each change of hands would check all of them again.
     *
     * @throws ConfigurationError
     */
    takeSent(): void {
        const sent = requests.settingsOf(this.block.name);
        if (sent === undefined) {
            return;
        }
        if (sent === this.sent) {
            this.share();
            return;
        }
        this.take(sent);
        this.sent = sent;
    }

    private share(): void {
        // Once an analysis: a resource is no occasion to ask the disk whether the file has changed.
        if (this.analysis.shared !== this.checked) {
            this.analysis.external = this.inventory.by(this.checked);
        }
        this.analysis.shareSettings(this.checked, this.exemptions);
    }
}

/** A policy with its configuration, checked and read again only when it has changed. */
export class PolicyConfiguration<ConfiguredAs> {
    private given: SettingValues | undefined;
    private shared: SettingValues | undefined;
    private level: Level | undefined;
    private current: { readonly policy: ConfiguredAs; readonly exemptions: PolicyExemptions } | undefined;

    constructor(
        private readonly policy: Policy,
        private readonly configure: (values: SettingValues) => ConfiguredAs,
        private readonly catalogue: readonly Configurable[],
        private readonly analysis: StackAnalysis,
    ) {}

    /** @throws ConfigurationError */
    by(values: SettingValues): { readonly policy: ConfiguredAs; readonly exemptions: PolicyExemptions } {
        const { shared } = this.analysis;
        const level = requests.levelOf(this.policy.name);
        const isCurrent =
            this.shared === shared && this.level === level && this.given && hasSameValues(this.given, values);
        if (this.current !== undefined && isCurrent) {
            return this.current;
        }
        checkConfiguration(this.policy, values, this.catalogue);
        const current = {
            policy: this.configure(withShared(this.policy, values, shared)),
            exemptions: policyExemptions(shared, this.analysis.exemptions, today(), {
                // Where the engine has not told the level, it may be mandatory.
                isAdvisory: level === "advisory",
                isSecret: (tag) => requests.secrets.has(tag),
            }),
        };
        this.current = current;
        this.given = values;
        this.shared = shared;
        this.level = level;
        return current;
    }
}

/** The SDK makes a new object at each call, with the same values in it until the engine configures the pack again. */
function hasSameValues(one: SettingValues, other: SettingValues): boolean {
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
