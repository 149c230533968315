import { createRequire } from "node:module";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb";
import { endOfField, plainStruct, type PlainStruct } from "./wire";

// Half of the SDK's time on a stack goes into properties: the library makes three objects of each value; the SDK makes
// one value of these three, again for every policy, and a copy of that for the policy (SEE-34). Here a property is read
// once, from its bytes into the value that the SDK asks for.

/**
 * Those of the SDK: messages of another copy of the library are another class. Undefined for an SDK that has another
 * library; it reads its messages itself.
 */
function structsOfSdk(): typeof Structs | undefined {
    const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
    try {
        return fromPulumi("google-protobuf/google/protobuf/struct_pb.js") as typeof Structs;
    } catch {
        return undefined;
    }
}

let arePlain = false;

/** From now on structs are read this way in this process. Whoever asks for the messages in one gets them, made then. */
export function readPlainStructs(): void {
    if (arePlain) {
        return;
    }
    arePlain = true;
    const structs = structsOfSdk();
    if (structs === undefined) {
        return;
    }
    const { Struct } = structs;

    class ReadStruct extends Struct {
        read: PlainStruct | undefined;

        override toJavaScript(): PlainStruct {
            // Whoever gets it may put properties into it, as the SDK does with a policy's configuration.
            return { ...(this.read ?? super.toJavaScript()) };
        }

        override getFieldsMap(): ReturnType<Structs.Struct["getFieldsMap"]> {
            const { read } = this;
            if (read !== undefined) {
                this.read = undefined;
                const fields = super.getFieldsMap();
                Struct.fromJavaScript(read)
                    .getFieldsMap()
                    .forEach((value, name) => fields.set(name, value));
            }
            return super.getFieldsMap();
        }
    }

    Struct.deserializeBinaryFromReader = (message, reader) => {
        const struct = Object.setPrototypeOf(message, ReadStruct.prototype) as ReadStruct;
        const { buffer, byteOffset, byteLength } = reader.getBuffer();
        const bytes = Buffer.from(buffer, byteOffset, byteLength);
        const start = reader.getCursor();
        const end = endOfField(bytes, reader.getFieldCursor(), start);
        const read = plainStruct(bytes, start, end);
        reader.advance(end - start);
        struct.read = struct.read === undefined ? read : { ...struct.read, ...read };
        return struct;
    };
}
