import { keepCompiledCode } from "./compile-cache";

// Imported before all else, because only what is loaded afterwards is kept.
keepCompiledCode();
