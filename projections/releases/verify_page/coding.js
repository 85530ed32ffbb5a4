// Bytes as they are written: digests, base64url and canonical JSON, each in its one form.

class NotProven extends Error {
  constructor(code, step, where) {
    super(code);
    this.code = code;
    this.step = step;
    this.where = where;
  }
}

const LARGEST = Number.MAX_SAFE_INTEGER;
const DEEPEST = 64;
const utf8 = new TextEncoder();

const refuse = (code, step, where) => {
  throw new NotProven(code, step, where);
};

const bytes = (...parts) => {
  const raw = parts.map((part) => (typeof part === "string" ? utf8.encode(part) : part));
  const joined = new Uint8Array(raw.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of raw) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};

const byte = (...numbers) => new Uint8Array(numbers);

const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(...parts)));

const hex = (raw) => Array.from(raw, (each) => each.toString(16).padStart(2, "0")).join("");

const u64 = (number) => {
  const raw = new Uint8Array(8);
  new DataView(raw.buffer).setBigUint64(0, BigInt(number));
  return raw;
};

const same = (one, other) =>
  one.length === other.length && one.every((each, place) => each === other[place]);

const base64 = (raw) => btoa(Array.from(raw, (each) => String.fromCharCode(each)).join(""));

const b64u = (raw) =>
  base64(raw).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const fromBase64 = (said, step, where) => {
  let raw;
  try {
    raw = Uint8Array.from(atob(said), (each) => each.charCodeAt(0));
  } catch {
    refuse("encoding", step, where);
  }
  if (base64(raw) !== said) refuse("encoding", step, where);
  return raw;
};

const ofLength = (said, characters, step, where) => {
  if (typeof said !== "string" || said.length !== characters || !/^[A-Za-z0-9_-]*$/.test(said)) {
    refuse("encoding", step, where);
  }
  const padded = said.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(padded + "=".repeat(-padded.length & 3), step, where);
};

const digestOf = (said, step, where) => ofLength(said, 43, step, where);
const sixteenOf = (said, step, where) => ofLength(said, 22, step, where);

const text = (raw, step, where) => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    refuse("utf8", step, where);
  }
};

const byCodePoint = (one, other) => {
  const [a, b] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const apart = a[at].codePointAt(0) - b[at].codePointAt(0);
    if (apart) return apart;
  }
  return a.length - b.length;
};

const wellFormed = (said) => {
  try {
    encodeURIComponent(said);
    return true;
  } catch {
    return false;
  }
};

const canonical = (value, depth = 0) => {
  if (depth > DEEPEST) throw new RangeError("too deep");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("no whole number");
    return String(value);
  }
  if (typeof value === "string") {
    if (!wellFormed(value)) throw new RangeError("no text");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((each) => canonical(each, depth + 1)).join(",")}]`;
  }
  const pairs = Object.keys(value)
    .sort(byCodePoint)
    .map((name) => `${canonical(name, depth)}:${canonical(value[name], depth + 1)}`);
  return `{${pairs.join(",")}}`;
};

const parsed = (raw, step, where) => {
  const said = text(raw, step, where);
  let value;
  let again;
  try {
    value = JSON.parse(said);
    again = canonical(value);
  } catch {
    refuse("json", step, where);
  }
  if (again !== said) refuse("json", step, where);
  return value;
};

const kindOf = (value) => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return typeof value;
};

const has = (value, name) => Object.hasOwn(value, name);

const shaped = (value, must, may, step, where) => {
  if (kindOf(value) !== "object") refuse("shape", step, where);
  for (const name of Object.keys(must)) if (!has(value, name)) refuse("shape", step, where);
  for (const name of Object.keys(value)) {
    const kind = has(must, name) ? must[name] : has(may, name) ? may[name] : null;
    if (kindOf(value[name]) !== kind) refuse("shape", step, where);
    if (has(may, name) && Object.keys(value[name]).length === 0) refuse("shape", step, where);
  }
  return value;
};
