// The checkpoint as a signed note, and the keys that are given by hand (C2SP signed-note, tlog-cosignature).

const CHECKPOINT = "data/proofs/checkpoint";

const readKey = async (said) => {
  const found = /^([^\p{White_Space}+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(said);
  if (!found) refuse("key", 1, "key");
  const raw = fromBase64(found[3], 1, "key");
  const kind = raw[0];
  if (raw.length !== 33 || (kind !== 1 && kind !== 4)) refuse("key", 1, "key");
  const id = (await sha256(found[1], "\n", raw)).slice(0, 4);
  if (hex(id) !== found[2]) refuse("key", 1, "key");
  return { name: found[1], id: found[2], witness: kind === 4, raw: raw.slice(1) };
};

const readKeys = async (said) => {
  const lines = said.split(/\r\n|\r|\n/).map((line) => line.trim());
  return Promise.all(lines.filter((line) => line && !line.startsWith("#")).map(readKey));
};

const readCheckpoint = (raw) => {
  if (raw.length > 131072) refuse("note", 1, CHECKPOINT);
  const said = text(raw, 1, CHECKPOINT);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(said)) refuse("note", 1, CHECKPOINT);
  const apart = said.lastIndexOf("\n\n");
  if (apart < 0 || !said.endsWith("\n")) refuse("note", 1, CHECKPOINT);
  const signed = said.slice(0, apart + 1);
  const lines = signed.split("\n");
  if (lines.length !== 4 || !lines[0] || !/^[1-9][0-9]{0,15}$/.test(lines[1])) {
    refuse("note", 1, CHECKPOINT);
  }
  const size = Number(lines[1]);
  const root = fromBase64(lines[2], 1, CHECKPOINT);
  if (size > LARGEST || root.length !== 32) refuse("note", 1, CHECKPOINT);
  const tail = said.slice(apart + 2, -1).split("\n");
  if (tail.length > 100) refuse("note", 1, CHECKPOINT);
  const signatures = tail.map((line) => {
    const match = /^\u2014 ([^\p{White_Space}+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line);
    if (!match) refuse("note", 1, CHECKPOINT);
    const bytesOf = fromBase64(match[2], 1, CHECKPOINT);
    if (bytesOf.length < 5) refuse("note", 1, CHECKPOINT);
    return { name: match[1], id: hex(bytesOf.slice(0, 4)), raw: bytesOf.slice(4) };
  });
  return { origin: lines[0], size, root, text: utf8.encode(signed), signatures };
};

// True or false, or null where this browser cannot check an Ed25519 signature.
const isSigned = async (key, signature, said) => {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, said);
};

// The signatures under these keys, each with its key; all others are passed over.
const signaturesUnder = (checkpoint, keys) => {
  const found = checkpoint.signatures
    .map(({ name, id, raw }) => ({ raw, key: keys.find((each) => each.name === name && each.id === id) }))
    .filter((each) => each.key);
  if (new Set(found.map((each) => each.key)).size < found.length) refuse("note", 1, CHECKPOINT);
  return found;
};

const signersOf = async (checkpoint, keys) => {
  const own = keys.filter((key) => !key.witness);
  const found = [];
  let unchecked = false;
  for (const { key, raw } of signaturesUnder(checkpoint, own)) {
    if (key.name !== checkpoint.origin) refuse("origin", 1, CHECKPOINT);
    const good = await isSigned(key, raw, checkpoint.text);
    if (good === false) refuse("signature", 1, CHECKPOINT);
    if (good === null) unchecked = true;
    found.push(`${key.name}+${key.id}`);
  }
  if (own.length && !found.length) refuse("unknown", 1, CHECKPOINT);
  return { signers: found, unchecked };
};

// Of every witness whose key was given a cosignature is asked for.
const witnessesOf = async (checkpoint, keys) => {
  let unchecked = false;
  const found = [];
  for (const { key, raw } of signaturesUnder(checkpoint, keys.filter((each) => each.witness))) {
    if (raw.length !== 72) refuse("signature", 1, CHECKPOINT);
    const seconds = new DataView(raw.buffer, raw.byteOffset).getBigUint64(0);
    const said = bytes(`cosignature/v1\ntime ${seconds}\n`, checkpoint.text);
    const good = await isSigned(key, raw.slice(8), said);
    if (good === false || seconds > 253402300799n) refuse("signature", 1, CHECKPOINT);
    if (good === null) unchecked = true;
    if (good) found.push({ name: key.name, at: new Date(Number(seconds) * 1000).toISOString() });
  }
  const wanted = new Set(keys.filter((each) => each.witness).map((each) => each.name));
  if (!unchecked && new Set(found.map((each) => each.name)).size < wanted.size) {
    refuse("quorum", 1, CHECKPOINT);
  }
  return found;
};
