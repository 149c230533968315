import { createRequire } from "node:module";
import type { BinaryReader } from "google-protobuf";
import type * as Structs from "google-protobuf/google/protobuf/struct_pb";
import { SIGNATURE } from "../model/property-bag";

// Half of the SDK's time on a stack goes into properties: the library makes three objects of each value; the SDK makes
// one value of these three, again for every policy, and a copy of that for the policy (SEE-34). Here a property is read
// once, from its bytes into the value that the SDK asks for.

type PlainValue = null | number | string | boolean | readonly PlainValue[] | { readonly [name: string]: PlainValue };
type PlainStruct = Record<string, PlainValue>;

let metMark = false;

/** Values that the SDK would only copy; undefined for what holds a mark, and for what was not read here. */
export function unmarkedValues(struct: Structs.Struct & { readonly isUnmarked?: boolean }): PlainStruct | undefined {
    return struct.isUnmarked === true ? struct.toJavaScript() : undefined;
}

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
        isUnmarked: boolean | undefined;

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
        metMark = false;
        const read = structIn(reader);
        struct.read = struct.read === undefined ? read : { ...struct.read, ...read };
        struct.isUnmarked = !metMark;
        return struct;
    };
}

/** `map<string, Value> fields = 1`, and each entry of the map a message with its key as 1 and its value as 2. */
function structIn(reader: BinaryReader): PlainStruct {
    const struct: PlainStruct = {};
    eachField(reader, 1, () => {
        let name = "";
        let value: PlainValue = null;
        within(reader, () => {
            while (next(reader)) {
                switch (reader.getFieldNumber()) {
                    case 1:
                        name = reader.readString();
                        break;
                    case 2:
                        within(reader, () => {
                            value = valueIn(reader);
                        });
                        break;
                    default:
                        reader.skipField();
                }
            }
        });
        struct[name] = value;
        metMark ||= name === SIGNATURE;
    });
    return struct;
}

function valueIn(reader: BinaryReader): PlainValue {
    let value: PlainValue = null;
    while (next(reader)) {
        switch (reader.getFieldNumber()) {
            case 2:
                value = reader.readDouble();
                break;
            case 3:
                value = reader.readString();
                break;
            case 4:
                value = reader.readBool();
                break;
            case 5:
                within(reader, () => {
                    value = structIn(reader);
                });
                break;
            case 6:
                within(reader, () => {
                    value = listIn(reader);
                });
                break;
            case 1:
                value = null;
                reader.skipField();
                break;
            default:
                reader.skipField();
        }
    }
    return value;
}

function listIn(reader: BinaryReader): readonly PlainValue[] {
    const list: PlainValue[] = [];
    eachField(reader, 1, () => {
        within(reader, () => {
            list.push(valueIn(reader));
        });
    });
    return list;
}

function eachField(reader: BinaryReader, field: number, read: () => void): void {
    while (next(reader)) {
        if (reader.getFieldNumber() === field) {
            read();
        } else {
            reader.skipField();
        }
    }
}

function next(reader: BinaryReader): boolean {
    return reader.nextField() && !reader.isEndGroup();
}

const NO_MESSAGE = {};

/** The reader knows how to stay within a message, but only calls back. */
function within(reader: BinaryReader, read: () => void): void {
    reader.readMessage(NO_MESSAGE, read);
}
