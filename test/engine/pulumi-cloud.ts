// A stand-in for Pulumi Cloud that takes in a policy pack, as far as `pulumi policy publish` talks to it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What is published: what Pulumi Cloud shows of a pack, and the pack itself. */
export interface Published {
    readonly pack: PublishedPack;
    readonly tarball: Buffer;
    /** Where the client said that it is done. */
    readonly completed: string;
}

export interface PublishedPack {
    readonly name: string;
    readonly versionTag: string;
    readonly displayName: string;
    readonly description: string;
    readonly readme: string;
    readonly provider: string;
    readonly tags: readonly string[];
    readonly repository: string;
    readonly runtime: string;
    readonly policies: readonly PublishedPolicy[];
}

export interface PublishedPolicy {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly enforcementLevel: string;
    readonly severity: string;
    readonly framework?: Readonly<Record<string, string>>;
    readonly tags: readonly string[];
    readonly remediationSteps?: string;
    readonly url: string;
    readonly configSchema: { readonly properties: Readonly<Record<string, unknown>> };
}

const ORGANIZATION = { githubLogin: "acme", name: "acme" };

export class PulumiCloud {
    private pack: PublishedPack | undefined;
    private tarball: Buffer | undefined;
    private completed: string | undefined;
    private readonly server: Server;

    private constructor() {
        this.server = createServer((request, response) => void this.answer(request, response));
    }

    static async start(): Promise<PulumiCloud> {
        const cloud = new PulumiCloud();
        await new Promise<void>((resolve) => cloud.server.listen(0, "127.0.0.1", resolve));
        return cloud;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    get published(): Published {
        const { pack, tarball, completed } = this;
        if (pack === undefined || tarball === undefined || completed === undefined) {
            throw new Error("nothing was published as a whole");
        }
        return { pack, tarball, completed };
    }

    stop(): void {
        this.server.close();
    }

    private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const body = await bodyOf(request);
        const { method = "", url = "" } = request;
        const send = (status: number, answer: unknown): void => {
            response.writeHead(status, { "content-type": "application/json" });
            response.end(JSON.stringify(answer));
        };
        switch (`${method} ${url}`) {
            case "GET /api/user":
                return send(200, { ...ORGANIZATION, organizations: [ORGANIZATION] });
            case "POST /api/orgs/acme/policypacks":
                this.pack = JSON.parse(body.toString("utf8")) as PublishedPack;
                return send(200, { version: 1, uploadURI: `${this.url}/upload`, requiredHeaders: {} });
            case "PUT /upload":
                this.tarball = body;
                return send(200, {});
            default:
                if (method === "POST" && url.endsWith("/complete")) {
                    this.completed = url;
                    return send(200, {});
                }
                return send(404, { code: 404, message: `no ${method} ${url} here` });
        }
    }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) {
        pieces.push(piece);
    }
    return Buffer.concat(pieces);
}
