// One stream of a release: its lines in the log, its chain of heads, its count by the map, and all that it shows.

const POLICY_SHOWN = "digest,document,effective_from,number,tz_version";

const inScope = (each) => each.line !== null || has(each.said, "withheld");

const givenEntries = async (said, claim, where) => {
  const given = [];
  let last = 0;
  for (const each of said) {
    if (kindOf(each) !== "object" || !Number.isSafeInteger(each.version)) refuse("shape", 3, where);
    const version = each.version;
    const at = `${where}, ${version}`;
    if (version <= last) refuse("order", 3, at);
    if (claim !== "none" && last && version !== last + 1) refuse("gap", 3, at);
    last = version;
    if (has(each, "line")) {
      const must = { line: "string", slots: "object", texts: "object", version: "number" };
      shaped(each, must, { erased: "list", withheld: "object" }, 3, at);
      const raw = utf8.encode(each.line);
      given.push({ version, said: each, line: readLine(raw, 3, at), digest: await leafOf(raw), at });
    } else {
      shaped(each, { digest: "string", version: "number" }, { withheld: "object" }, 3, at);
      given.push({ version, said: each, line: null, digest: digestOf(each.digest, 3, at), at });
    }
  }
  if (!last) refuse("empty", 3, where);
  return given;
};

const checkInclusion = async (given, proofs, signed, where) => {
  const proved = given.filter(inScope);
  if (proofs.length !== proved.length) refuse("proofs", 3, where);
  let last = -1;
  for (const [place, each] of proved.entries()) {
    const proof = proofs[place];
    if (kindOf(proof) !== "list" || proof.length !== 3 || proof[0] !== each.version ||
      !Number.isSafeInteger(proof[1]) || kindOf(proof[2]) !== "list") {
      refuse("proofs", 3, where);
    }
    const [, index, path] = proof;
    if (index <= last || index >= signed.leaves) refuse("place", 3, each.at);
    last = index;
    const digests = path.map((one) => digestOf(one, 3, where));
    const root = await rootByInclusion(index, signed.size, each.digest, digests, 3, where);
    if (!same(root, signed.root)) refuse("not_in_log", 3, each.at);
  }
};

const headBefore = async (given, before, claim, stream, signed, where) => {
  if ((before !== undefined) !== (claim === "stated_scope")) refuse("claim", 4, where);
  const first = await firstHead(signed.ledger, stream);
  if (claim === "whole_stream") {
    if (given[0].version !== 1) refuse("gap", 4, where);
    return first;
  }
  if (before === undefined) {
    if (given.some((each) => !each.line)) refuse("claim", 4, where);
    return given[0].version === 1 ? first : null;
  }
  if (!inScope(given[0]) || !inScope(given.at(-1))) refuse("claim", 4, where);
  const head = digestOf(before, 4, where);
  if (given[0].version === 1 && !same(head, first)) refuse("chain", 4, where);
  return head;
};

const checkChain = async (given, before, claim, stream, signed, earlier, where) => {
  let head = await headBefore(given, before, claim, stream, signed, where);
  let last = given[0].version - 1;
  for (const each of given) {
    const { line } = each;
    if (each.version !== last + 1) head = null;
    last = each.version;
    if (line) {
      head ??= digestOf(line.previous, 4, each.at);
      if (line.ledger !== b64u(signed.ledger)) refuse("ledger", 4, each.at);
      if (line.stream !== stream || line.version !== each.version) refuse("line_of_other", 4, each.at);
      if (line.previous !== b64u(head)) refuse("chain", 4, each.at);
    }
    if (head) {
      head = await nextHead(head, each.digest);
      if (earlier?.count === each.version && !same(earlier.head, head)) refuse("history", 7, each.at);
    }
  }
  return head;
};

const checkCount = async (given, head, said, claim, stream, signed, earlier, where) => {
  if ((said !== undefined) !== (claim === "whole_stream")) refuse("claim", 5, where);
  if (said === undefined) return null;
  const proof = shaped(said, { head: "string", n: "number", siblings: "list" }, {}, 5, where);
  const last = digestOf(proof.head, 5, where);
  if (proof.n !== given.at(-1).version || !same(last, head)) refuse("truncated", 5, where);
  const siblings = proof.siblings.map((each) => digestOf(each, 5, where));
  const root = await rootByMembership(signed.ledger, stream, proof.n, last, siblings, 5, where);
  if (!same(root, signed.heads)) refuse("count", 5, where);
  if (earlier && earlier.count > proof.n) refuse("fewer", 7, where);
  return { count: proof.n, head: last };
};

const withheldWords = (ranges, count, ground, at) => {
  if (kindOf(ranges) !== "list") refuse("shape", 6, at);
  const found = new Set();
  let last = 0;
  for (const each of ranges) {
    if (kindOf(each) !== "list" || each.length !== 3 || !each.every(Number.isSafeInteger)) {
      refuse("shape", 6, at);
    }
    const [first, end, line] = each;
    if (first < last || first >= end || end > count) refuse("shape", 6, at);
    for (let number = first; number < end; number += 1) found.add(number);
    last = end;
    ground(line);
  }
  return found;
};

const checkTexts = async (each, shown, pieces, erased, ground, counted) => {
  const { texts } = each.said;
  const expected = [...shown].filter(([, value]) => isText(value)).map(([name]) => name);
  const names = Object.keys(texts);
  if (names.length !== expected.length || !expected.every((name) => has(texts, name))) {
    refuse("words", 6, each.at);
  }
  if (!Object.keys(pieces).every((name) => has(texts, name))) refuse("ground", 6, each.at);
  const words = new Map();
  for (const name of names) {
    const said = await wordsShown(texts[name], shown.get(name), each.at);
    const ranges = has(pieces, name) ? pieces[name] : [];
    if (has(pieces, name) && ranges.length === 0) refuse("ground", 6, each.at);
    const grounded = withheldWords(ranges, said.length, ground, each.at);
    for (const [number, word] of said.entries()) {
      if (grounded.has(number) ? word !== null : word === null && !erased.has(name)) {
        refuse("ground", 6, each.at);
      }
    }
    counted.words += grounded.size;
    words.set(name, { words: said, grounded });
  }
  return words;
};

const checkShown = async (each, part, exemptions, counted, policies) => {
  const withheld = each.said.withheld ?? {};
  const ground = (line) => {
    if (!exemptions.has(line)) refuse("ground", 6, each.at);
    const exemption = exemptions.get(line);
    counted.exemptions.set(exemption, (counted.exemptions.get(exemption) ?? 0) + 1);
    return exemption;
  };
  if (!each.line) {
    if (has(each.said, "withheld")) {
      shaped(withheld, { line: "number" }, {}, 6, each.at);
      counted.lines += 1;
      return { version: each.version, withheld: ground(withheld.line), index: withheld.line };
    }
    counted.beyond += 1;
    return { version: each.version, beyond: true };
  }
  const shown = await slotsShown(each.said.slots, each.line.content, each.at);
  shaped(withheld, {}, { pieces: "object", slots: "object" }, 6, each.at);
  const slots = withheld.slots ?? {};
  const names = each.said.erased ?? [];
  if (!names.every((name, place) => typeof name === "string" && has(each.said.slots, name) &&
    (place === 0 || byCodePoint(names[place - 1], name) < 0))) {
    refuse("erased", 6, each.at);
  }
  const erased = new Set(names);
  const hidden = Object.keys(each.said.slots).filter((name) => !shown.has(name));
  const grounds = Object.keys(slots);
  if (!part.cited && !(hidden.every((name) => has(slots, name) || erased.has(name)) &&
    grounds.every((name) => hidden.includes(name)))) {
    refuse("ground", 6, each.at);
  }
  if (grounds.some((name) => shown.has(name) || erased.has(name))) refuse("ground", 6, each.at);
  if (part.cited && has(each.said, "withheld")) refuse("ground", 6, each.at);
  const reasons = new Map(grounds.map((name) => [name, ground(slots[name])]));
  const words = await checkTexts(each, shown, withheld.pieces ?? {}, erased, ground, counted);
  const hides = (name) => !shown.has(name) || words.get(name)?.words.includes(null);
  if (!names.every(hides)) refuse("erased", 6, each.at);
  if (part.cited) {
    if (each.line.topic !== "PolicyPublished" || [...shown.keys()].sort().join() !== POLICY_SHOWN) {
      refuse("policy", 6, each.at);
    }
    const digest = hex(await sha256(canonical(shown.get("document"))));
    if (digest !== shown.get("digest")) refuse("policy", 6, each.at);
    policies.given.add(digest);
    counted.policies += 1;
  } else if (typeof shown.get("policy") === "string") {
    policies.cited.add(shown.get("policy"));
  }
  counted.slots += grounds.length;
  counted.erased += erased.size;
  if (!part.cited) counted.shown += 1;
  return { version: each.version, line: each.line, shown, words, reasons, erased };
};

const checkStream = async (part, entries, proofs, around) => {
  const where = `data/entries/${part.file}.json`;
  const proofsWhere = `data/proofs/${part.file}.json`;
  const claim = part.cited ? "none" : around.claim;
  const must = { entries: "list", stream: "string" };
  const said = shaped(entries, must, { before: "string" }, 3, where);
  if (said.stream !== part.stream) refuse("line_of_other", 4, where);
  const proved = shaped(proofs, { entries: "list" }, { map: "object" }, 3, proofsWhere);
  const given = await givenEntries(said.entries, claim, where);
  await checkInclusion(given, proved.entries, around.signed, proofsWhere);
  const { signed } = around;
  const earlier = around.earlier.get(part.stream);
  const head = await checkChain(given, said.before, claim, part.stream, signed, earlier, where);
  const member = await checkCount(given, head, proved.map, claim, part.stream, signed, earlier, proofsWhere);
  if (member) around.heads.set(part.stream, member);
  if (claim === "stated_scope") {
    around.counted.unfollowed += given.length - 1 - given.findLastIndex((each) => each.line);
  }
  const told = [];
  for (const each of given) {
    told.push(await checkShown(each, part, around.exemptions, around.counted, around.policies));
  }
  if (!part.cited) around.counted.streams += 1;
  return told;
};
