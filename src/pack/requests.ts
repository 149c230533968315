import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
    EnforcementLevel,
    type AnalyzeRequest,
    type AnalyzerProviderResource,
    type AnalyzeStackRequest,
    type ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Secrets } from "../findings/secrets";
import { SIGNATURE } from "../model/property-bag";
import type { Level, SettingValues } from "../../policies/policy";

/**
 * What the engine tells the pack and the SDK keeps from policies: which values are secret, which level counts for each
 * policy, and what the block of another policy holds (SEE-33).
 *
 * This listens where a request is read from its bytes, and neither changes nor holds up anything. An SDK that reads its
 * requests in another way tells nothing here: then no value is known to be secret, and each policy counts as mandatory.
 */
class Requests {
    readonly secrets = new Secrets();
    private levels: ReadonlyMap<string, Level> = new Map();
    private settings: ReadonlyMap<string, SettingValues> = new Map();

    /** Undefined where the engine has not said. */
    levelOf(policy: string): Level | undefined {
        return this.levels.get(policy);
    }

    /** The block of a policy; undefined where it is disabled, or where the engine has not said. */
    settingsOf(policy: string): SettingValues | undefined {
        return this.levels.get(policy) === "disabled" ? undefined : this.settings.get(policy);
    }

    configure(request: ConfigureAnalyzerRequest): void {
        const levels = new Map<string, Level>();
        const settings = new Map<string, SettingValues>();
        request.getPolicyconfigMap().forEach((config, policy) => {
            const level = LEVELS.get(config.getEnforcementlevel());
            if (level !== undefined) {
                levels.set(policy, level);
            }
            settings.set(policy, config.getProperties()?.toJavaScript() ?? {});
        });
        this.levels = levels;
        this.settings = settings;
    }

    resource(request: AnalyzeRequest, bytes: Uint8Array): void {
        this.secrets.publish(request.getName());
        if (holdsSecrets(bytes)) {
            this.properties(request.getProperties());
            this.provider(request.getProvider());
        }
    }

    stack(request: AnalyzeStackRequest, bytes: Uint8Array): void {
        const marks = holdsSecrets(bytes);
        for (const resource of request.getResourcesList()) {
            this.secrets.publish(resource.getName());
            const secretOutputs = resource.getOptions()?.getAdditionalsecretoutputsList() ?? [];
            if (secretOutputs.length > 0) {
                const outputs = resource.getProperties()?.toJavaScript() ?? {};
                secretOutputs.forEach((name) => this.secrets.add(outputs[name]));
            }
            if (marks) {
                this.properties(resource.getProperties());
                this.provider(resource.getProvider());
            }
        }
    }

    private provider(provider: AnalyzerProviderResource | undefined): void {
        this.properties(provider?.getProperties());
    }

    private properties(properties: ReturnType<AnalyzeRequest["getProperties"]>): void {
        this.marked(properties?.toJavaScript());
    }

    private marked(value: unknown): void {
        if (typeof value === "object" && value !== null) {
            const held = value as Readonly<Record<string, unknown>>;
            if (held[SIGNATURE] === SECRET) {
                this.secrets.add(held["value"]);
            } else {
                Object.values(held).forEach((each) => this.marked(each));
            }
        }
    }
}

const LEVELS: ReadonlyMap<EnforcementLevel, Level> = new Map([
    [EnforcementLevel.ADVISORY, "advisory"],
    [EnforcementLevel.MANDATORY, "mandatory"],
    [EnforcementLevel.REMEDIATE, "remediate"],
    [EnforcementLevel.DISABLED, "disabled"],
]);

/** How the engine marks a value that is secret. Its protocol fixes it. */
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Nearly no request has any, and then none of its properties need to be gone through. */
function holdsSecrets(bytes: Uint8Array): boolean {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(SECRET);
}

/** One for the process, as the SDK has one server: what is secret stays secret. */
export const requests = new Requests();

type Read<Request> = (bytes: Buffer) => Request;

function listening<Request>(read: Read<Request>, heed: (request: Request, bytes: Buffer) => void): Read<Request> {
    return (bytes) => {
        const request = read(bytes);
        heed(request, bytes);
        return request;
    };
}

let isListening = false;

/** Before the SDK serves: it asks for these functions once. */
export function listenToRequests(): void {
    if (isListening) {
        return;
    }
    isListening = true;
    const { analyze, remediate, analyzeStack, configure } = AnalyzerService;
    configure.requestDeserialize = listening(configure.requestDeserialize, (request) => requests.configure(request));
    analyze.requestDeserialize = listening(analyze.requestDeserialize, (request, bytes) =>
        requests.resource(request, bytes),
    );
    remediate.requestDeserialize = listening(remediate.requestDeserialize, (request, bytes) =>
        requests.resource(request, bytes),
    );
    analyzeStack.requestDeserialize = listening(analyzeStack.requestDeserialize, (request, bytes) =>
        requests.stack(request, bytes),
    );
}
