// The steps in their order; root and size only ever from the signed note.

const FORMAT = "caseledger.bundle/1";
const TAGS = ["bagit.txt", "verify.html", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"];
const RELEASE = "data/release.json";
const INDEX = "data/index.json";
const ANCHOR = "data/proofs/anchor.json";

const checkPackage = async (archive) => {
  const payload = archive.names.filter((name) => name.startsWith("data/"));
  const tags = archive.names.filter((name) => !name.startsWith("data/"));
  if (tags.join() !== TAGS.join()) refuse("files", 0, ZIP);
  const digests = new Map();
  for (const name of archive.names) digests.set(name, hex(await sha256(await archive.read(name))));
  const declared = text(await archive.read("bagit.txt"), 0, "bagit.txt");
  if (declared !== "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n") {
    refuse("files", 0, "bagit.txt");
  }
  const listing = async (name, names) => {
    const expected = names.map((each) => `${digests.get(each)}  ${each}\n`).join("");
    if (expected !== text(await archive.read(name), 0, name)) refuse("manifest", 0, name);
  };
  await listing("manifest-sha256.txt", [...payload].sort());
  await listing("tagmanifest-sha256.txt", TAGS.slice(0, -1));
  return payload;
};

const readRelease = (said) => {
  const must = {
    audience: "string", claim: "string", format: "string", languages: "list", ledger: "string",
    purpose: "string", streams: "list", volumes: "number",
  };
  const release = shaped(said, must, { recipient: "string" }, 0, RELEASE);
  if (release.format !== FORMAT) refuse("format", 0, RELEASE);
  const languages = JSON.stringify(release.languages);
  if (!["whole_stream", "stated_scope", "none"].includes(release.claim) ||
    !['["en"]', '["fr"]', '["en","fr"]'].includes(languages) || !(release.volumes >= 0 && release.volumes <= MOST_FILES)) {
    refuse("shape", 0, RELEASE);
  }
  const seen = new Set();
  for (const [place, part] of release.streams.entries()) {
    shaped(part, { cited: "boolean", file: "string", stream: "string" }, {}, 0, RELEASE);
    const name = `${part.cited} ${part.stream}`;
    if (part.file !== String(place + 1).padStart(6, "0") || seen.has(name)) refuse("shape", 0, RELEASE);
    seen.add(name);
  }
  if (!seen.size) refuse("shape", 0, RELEASE);
  return release;
};

const checkPlaces = (payload, release) => {
  const expected = [INDEX, "data/index.csv", CHECKPOINT, ANCHOR];
  for (const part of release.streams) {
    expected.push(`data/entries/${part.file}.json`, `data/proofs/${part.file}.json`);
    if (!part.cited) expected.push(`data/said/${part.file}.json`);
  }
  expected.push(RELEASE);
  const volumes = [];
  for (let volume = 1; volume <= release.volumes; volume += 1) {
    for (const language of release.languages) {
      const place = `data/chronology/${language}-${String(volume).padStart(4, "0")}`;
      volumes.push(`${place}.html`, `${place}.pdf`);
    }
  }
  const isVolume = (name) => name.startsWith("data/chronology/");
  const others = payload.filter((name) => !isVolume(name));
  if (others.join() !== expected.join()) refuse("places", 6, ZIP);
  if (payload.filter(isVolume).join() !== volumes.join()) refuse("places", 6, ZIP);
};

const checkAnchor = async (said, ledger, checkpoint) => {
  const must = { line: "string", path: "list", slots: "object" };
  const anchor = shaped(said, must, { earlier: "list" }, 2, ANCHOR);
  const raw = utf8.encode(anchor.line);
  const line = readLine(raw, 2, ANCHOR);
  const { size, root } = checkpoint;
  const path = anchor.path.map((each) => digestOf(each, 2, ANCHOR));
  const found = await rootByInclusion(size - 1, size, await leafOf(raw), path, 2, ANCHOR);
  if (!same(found, root)) refuse("anchor", 2, ANCHOR);
  if (line.ledger !== b64u(ledger)) refuse("ledger", 2, ANCHOR);
  if (line.topic !== "LogAnchored" || !line.stream.startsWith("anchor/")) refuse("anchor", 2, ANCHOR);
  const shown = await slotsShown(anchor.slots, line.content, ANCHOR);
  const leaves = shown.get("leaves");
  const signedAt = shown.get("signed_at");
  if (shown.size < Object.keys(anchor.slots).length || !Number.isSafeInteger(leaves) ||
    typeof signedAt !== "string" || !isInstantSafe(signedAt) || leaves < 1 || leaves >= size) {
    refuse("anchor", 2, ANCHOR);
  }
  const heads = digestOf(shown.get("heads"), 2, ANCHOR);
  return { signed: { ledger, size, root, leaves, heads }, signedAt };
};

// Step 7: the log that was signed earlier is how this one begins.
const checkGrowth = async (anchor, signed, before) => {
  if (b64u(before.signed.ledger) !== b64u(signed.ledger)) refuse("other_ledger", 7, ANCHOR);
  const { size, root } = before.signed;
  const proof = (anchor.earlier ?? []).find((each) => kindOf(each) === "list" && each.length === 2 &&
    each[0] === size && kindOf(each[1]) === "list");
  if (proof) {
    const path = proof[1].map((each) => digestOf(each, 7, ANCHOR));
    if (!(await isConsistent(size, root, signed.size, signed.root, path))) refuse("rewritten", 7, ANCHOR);
  } else if (size !== signed.size || !same(root, signed.root)) {
    refuse("growth", 7, ANCHOR);
  }
};

const isInstantSafe = (said) => {
  try {
    return isInstant(said);
  } catch {
    return false;
  }
};

const checkBagInfo = async (archive, payload, signedAt) => {
  const size = payload.reduce((sum, name) => sum + archive.size(name), 0);
  const expected = `Bag-Software-Agent: caseledger\nBagging-Date: ${signedAt.slice(0, 10)}\n` +
    `Payload-Oxum: ${size}.${payload.length}\n`;
  if (text(await archive.read("bag-info.txt"), 6, "bag-info.txt") !== expected) {
    refuse("files", 6, "bag-info.txt");
  }
};

const readIndex = async (archive) => {
  const said = parsed(await archive.read(INDEX), 6, INDEX);
  const index = shaped(said, { columns: "list", lines: "list" }, {}, 6, INDEX);
  if (!index.columns.every((each) => typeof each === "string")) refuse("shape", 6, INDEX);
  const exemptions = new Map();
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const rows = [["number", "exemption", ...index.columns]];
  for (const each of index.lines) {
    const line = shaped(each, { exemption: "string", number: "number", said: "list" }, {}, 6, INDEX);
    if (exemptions.has(line.number) || line.said.length !== index.columns.length) refuse("shape", 6, INDEX);
    if (!line.said.every((cell) => ["string", "number", "boolean", "null"].includes(kindOf(cell)))) {
      refuse("shape", 6, INDEX);
    }
    exemptions.set(line.number, line.exemption);
    const cells = line.said.map((cell) => (cell === null ? "" : String(cell)));
    rows.push([String(line.number), line.exemption, ...cells]);
  }
  const csv = rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
  if (text(await archive.read("data/index.csv"), 6, "data/index.csv") !== csv) {
    refuse("index", 6, "data/index.csv");
  }
  return exemptions;
};

const readSaid = async (archive, part, told, languages) => {
  const where = `data/said/${part.file}.json`;
  const said = shaped(parsed(await archive.read(where), 6, where), { entries: "list" }, {}, 6, where);
  const kinds = { version: "number", ...Object.fromEntries(languages.map((each) => [each, "string"])) };
  const shown = told.filter((each) => each.line);
  if (said.entries.length !== shown.length) refuse("said", 6, where);
  for (const [place, each] of said.entries.entries()) {
    shaped(each, kinds, {}, 6, where);
    if (each.version !== shown[place].version) refuse("said", 6, where);
    shown[place].said = each;
  }
};

// With an earlier release beside it, what that was found to be, also whether its log is how this one begins.
const verifyRelease = async (file, keys, progress, before = null) => {
  const archive = await openArchive(file);
  const payload = await checkPackage(archive);
  const release = readRelease(parsed(await archive.read(RELEASE), 0, RELEASE));
  checkPlaces(payload, release);
  const checkpoint = readCheckpoint(await archive.read(CHECKPOINT));
  const { signers, unchecked } = await signersOf(checkpoint, keys);
  const witnesses = await witnessesOf(checkpoint, keys);
  const ledger = sixteenOf(release.ledger, 2, RELEASE);
  const anchor = parsed(await archive.read(ANCHOR), 2, ANCHOR);
  const anchored = await checkAnchor(anchor, ledger, checkpoint);
  if (before) await checkGrowth(anchor, anchored.signed, before);
  await checkBagInfo(archive, payload, anchored.signedAt);
  const exemptions = await readIndex(archive);
  const counted = {
    streams: 0, shown: 0, lines: 0, beyond: 0, unfollowed: 0, slots: 0, words: 0, erased: 0, policies: 0,
    exemptions: new Map(),
  };
  const policies = { cited: new Set(), given: new Set() };
  const around = {
    claim: release.claim, signed: anchored.signed, exemptions, counted, policies,
    earlier: before ? before.heads : new Map(), heads: new Map(),
  };
  const records = [];
  for (const [place, part] of release.streams.entries()) {
    progress(place, release.streams.length);
    const read = async (kind) => {
      const where = `data/${kind}/${part.file}.json`;
      return parsed(await archive.read(where), 3, where);
    };
    const told = await checkStream(part, await read("entries"), await read("proofs"), around);
    if (!part.cited) {
      await readSaid(archive, part, told, release.languages);
      records.push({ stream: part.stream, told });
    }
  }
  if (policies.cited.size !== policies.given.size ||
    ![...policies.cited].every((each) => policies.given.has(each))) {
    refuse("policies", 6, ZIP);
  }
  const verdict = signers.length && !unchecked ? "confirmed" : "consistent";
  const digest = hex(await sha256(await slice(file, 0, file.size)));
  return {
    verdict, unchecked, release, checkpoint, signers, witnesses, counted, records, digest,
    signedAt: anchored.signedAt, signed: anchored.signed, heads: around.heads,
    since: before ? before.signed.size : null,
  };
};
