// Lines and slots: what is hashed of an entry, and how what is shown of it follows from its line.

const LINE = {
  content: "string", format: "string", ledger: "string", previous: "string", recorded_at: "string",
  schema: "number", stream: "string", topic: "string", version: "number",
};
const INSTANT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const STREAM = /^[a-z][a-z0-9_]*\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const isInstant = (said) =>
  INSTANT.test(said) && new Date(`${said.slice(0, 23)}Z`).toISOString().slice(0, 19) === said.slice(0, 19);

const leafOf = (line) => sha256(byte(0), line);
const firstHead = (ledger, stream) => sha256("caseledger/stream/1\u0000", ledger, stream);
const nextHead = (head, digest) => sha256(byte(2), head, digest);

const readLine = (raw, step, where) => {
  if (raw.length > 65535 || raw.includes(10)) refuse("line", step, where);
  const line = shaped(parsed(raw, step, where), LINE, {}, step, where);
  let sound = false;
  try {
    sound = isInstant(line.recorded_at);
  } catch {
    refuse("line", step, where);
  }
  if (
    !sound || line.format !== "caseledger.entry/1" || !STREAM.test(line.stream) ||
    !/^[A-Z][A-Za-z0-9]*$/.test(line.topic) || line.schema < 1 || line.version < 1
  ) {
    refuse("line", step, where);
  }
  return line;
};

const slotsShown = async (slots, content, where) => {
  const shown = new Map();
  const parts = [byte(9)];
  for (const name of Object.keys(slots).sort(byCodePoint)) {
    const slot = slots[name];
    if (!/^[A-Za-z0-9_.-]{1,200}$/.test(name) || kindOf(slot) !== "list" || slot.length < 1 || slot.length > 2) {
      refuse("shape", 6, where);
    }
    let digest;
    if (slot.length === 1) {
      digest = digestOf(slot[0], 6, where);
    } else {
      digest = await sha256(byte(10), sixteenOf(slot[0], 6, where), name, byte(0), canonical(slot[1]));
      shown.set(name, slot[1]);
    }
    parts.push(utf8.encode(name), byte(0), digest);
  }
  if (b64u(await sha256(...parts)) !== content) refuse("content", 6, where);
  return shown;
};

const isText = (value) =>
  kindOf(value) === "object" && Object.keys(value).sort().join() === "pieces,text" &&
  typeof value.pieces === "number" && typeof value.text === "string";

const wordsShown = async (said, value, where) => {
  if (kindOf(said) !== "list" || !isText(value)) refuse("words", 6, where);
  const words = [];
  const digests = [];
  for (const piece of said) {
    if (kindOf(piece) !== "list" || !piece.every((part) => typeof part === "string")) {
      refuse("shape", 6, where);
    }
    if (piece.length === 1) {
      digests.push(digestOf(piece[0], 6, where));
      words.push(null);
    } else if (piece.length === 2) {
      digests.push(await sha256(byte(5), sixteenOf(piece[0], 6, where), piece[1]));
      words.push(piece[1]);
    } else {
      refuse("shape", 6, where);
    }
  }
  const root = await sha256(byte(6), u64(digests.length), ...digests);
  if (value.pieces !== digests.length || value.text !== b64u(root)) refuse("words", 6, where);
  return words;
};
