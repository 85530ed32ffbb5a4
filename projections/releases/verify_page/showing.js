// What is on the page. All that comes from the file goes in as text, never as markup.

const find = (id) => document.getElementById(id);
let language = navigator.language.startsWith("fr") ? "fr" : "en";
let found = null;
let failure = null;
let notice = "nothing";
let place = 0;
let instantChosen = null;

const fill = (said, fields) => said.replace(/\{(\w+)\}/g, (_, name) => String(fields[name]));
const say = (name, fields = {}) => fill(WORDS[name][language === "en" ? 0 : 1], fields);

const element = (kind, said = "", attributes = {}) => {
  const made = document.createElement(kind);
  made.textContent = said;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

const pairs = (list) => {
  const made = element("dl");
  for (const [name, value] of list) made.append(element("dt", name), element("dd", value));
  return made;
};

const bullets = (list) => {
  const made = element("ul");
  for (const each of list) made.append(element("li", each));
  return made;
};

const when = (said) => {
  const at = new Date(said);
  if (Number.isNaN(at.valueOf())) return said;
  const shown = new Intl.DateTimeFormat(language === "en" ? "en-CA" : "fr-CA", {
    dateStyle: "long", timeStyle: "medium", timeZone: "UTC",
  }).format(at);
  return `${shown} UTC`;
};

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const nameOf = (stream) => {
  const [kind, id] = stream.split("/");
  if (kind !== "case") return stream;
  const number = BigInt(`0x${id.replaceAll("-", "")}`) & ((1n << 50n) - 1n);
  let symbols = "";
  for (let shift = 45n; shift >= 0n; shift -= 5n) symbols += CROCKFORD[Number((number >> shift) & 31n)];
  const check = `${CROCKFORD}*~$=U`[Number(number % 37n)];
  return say("case", { reference: `${symbols.slice(0, 5)}-${symbols.slice(5)}-${check}` });
};

const FAILED_AT = { 1: "failed_signed", 7: "failed_since" };

const showVerdict = () => {
  const box = find("verdict");
  box.replaceChildren();
  box.className = failure ? "failed" : found ? found.verdict : "none";
  if (failure) {
    const why = (WHY[failure.code] ?? WHY.defect)[language === "en" ? 0 : 1];
    box.append(element("h2", say("failed")), element("p", say(FAILED_AT[failure.step] ?? "failed_lead")),
      element("p", say("failed_at", {
        step: failure.step, why,
        where: failure.earlier ? say("in_earlier", { where: failure.where }) : failure.where,
      })));
  } else if (found) {
    box.append(element("h2", say(found.verdict)), element("p", say(`${found.verdict}_lead`)));
    if (found.unchecked) box.append(element("p", say("unchecked"), { class: "unchecked" }));
  } else {
    box.append(element("p", typeof notice === "string" ? say(notice) : say("working", notice)));
  }
};

const showProof = () => {
  const box = find("proof");
  box.replaceChildren();
  box.hidden = !found;
  if (!found) return;
  const { counted, release, checkpoint } = found;
  const proven = [say("proven_unaltered", { at: when(found.signedAt) }), say(`proven_${release.claim}`, counted)];
  if (found.since) proven.push(say("proven_since", { size: found.since }));
  for (const each of found.witnesses) {
    proven.push(say("proven_witness", { name: each.name, at: when(each.at) }));
  }
  const unproven = [say("unproven_true"), say("unproven_all"), say("unproven_when")];
  if (release.claim !== "whole_stream") unproven.push(say("unproven_scope"));
  if (counted.unfollowed) unproven.push(say("unproven_unfollowed", counted));
  unproven.push(say("unproven_rendering"));
  const columns = element("div", "", { class: "columns" });
  const left = element("div");
  left.append(element("h3", say("proven")), bullets(proven));
  const right = element("div");
  right.append(element("h3", say("unproven")), bullets(unproven));
  columns.append(left, right);
  const facts = [
    [say("audience"), release.audience], [say("purpose"), release.purpose],
    [say("origin"), found.signers.length ? found.signers.join(", ") : checkpoint.origin],
    [say("signed_at"), when(found.signedAt)], [say("size"), checkpoint.size],
    [say("withheld_lines"), counted.lines], [say("withheld_values"), counted.slots],
    [say("withheld_words"), counted.words], [say("erased_values"), counted.erased],
    [say("policies"), counted.policies], [say("digest"), found.digest],
  ];
  if (release.recipient) facts.splice(1, 0, [say("recipient"), release.recipient]);
  const details = element("details");
  details.append(element("summary", say("details")), pairs(facts));
  if (counted.exemptions.size) {
    const table = element("table");
    const head = element("tr");
    head.append(element("th", say("exemption"), { scope: "col" }), element("th", say("times_used"), { scope: "col" }));
    table.append(head);
    for (const [exemption, times] of counted.exemptions) {
      const row = element("tr");
      row.append(element("th", exemption, { scope: "row" }), element("td", times));
      table.append(row);
    }
    details.append(table);
  }
  box.append(columns, details);
};

const knownAt = (told) => {
  let last = "";
  return told.map((each) => {
    if (each.line) {
      const context = each.shown.get("context");
      const known = kindOf(context) === "object" ? context.known_at : each.line.recorded_at;
      last = isInstantSafe(known) ? known : each.line.recorded_at;
    }
    return last;
  });
};

const fieldOf = (each, name) => {
  if (each.reasons.has(name)) return say("withheld", { exemption: each.reasons.get(name) });
  if (!each.shown.has(name)) return say("erased");
  const text = each.words.get(name);
  if (!text) {
    const value = each.shown.get(name);
    return typeof value === "string" ? value : canonical(value);
  }
  return text.words
    .map((word, number) => word ?? (text.grounded.has(number) ? "████ " : `[${say("erased")}] `))
    .join("");
};

const entryShown = (each) => {
  const made = element("article");
  made.append(element("h3", say("entry", each)));
  if (each.beyond) {
    made.append(element("p", say("entry_beyond"), { class: "withheld" }));
  } else if (!each.line) {
    made.append(element("p", say("entry_withheld", { exemption: each.withheld, line: each.index }), { class: "withheld" }));
  } else {
    made.append(element("p", each.said[language] ?? each.said.en ?? each.said.fr, { class: "said" }));
    const context = each.shown.get("context");
    const times = [[say("recorded"), when(each.line.recorded_at)]];
    if (kindOf(context) === "object") {
      times.unshift([say("happened"), when(context.effective_at)], [say("known"), when(context.known_at)]);
    }
    const details = element("details");
    const names = Object.keys(each.line).length && [...new Set([...each.shown.keys(), ...each.reasons.keys(), ...each.erased])].sort();
    details.append(element("summary", `${say("fields")}: ${each.line.topic}`),
      pairs(names.map((name) => [name, fieldOf(each, name)])));
    made.append(pairs(times), details);
  }
  return made;
};

const showEntries = () => {
  const record = found.records[place];
  const times = knownAt(record.told);
  const instants = [...new Set(times.filter(Boolean))].sort();
  const slider = find("instant");
  slider.max = Math.max(instants.length - 1, 0);
  if (instantChosen === null || instantChosen > slider.max) instantChosen = Number(slider.max);
  slider.value = instantChosen;
  const until = instants[instantChosen] ?? "";
  const shown = record.told.filter((_, at) => times[at] <= until);
  const said = until ? when(until) : "";
  slider.setAttribute("aria-valuetext", said);
  find("known").textContent = said;
  find("count").textContent = say("entries_then", { count: shown.length, all: record.told.length });
  find("entries").replaceChildren(...shown.map(entryShown));
};

const showChronology = () => {
  const box = find("chronology");
  box.hidden = !found;
  if (!found) return;
  find("record").replaceChildren(
    ...found.records.map((each, number) => element("option", nameOf(each.stream), { value: number })),
  );
  find("record").value = place;
  showEntries();
};

const show = () => {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const each of document.querySelectorAll("[data-say]")) each.textContent = say(each.dataset.say);
  for (const each of ["en", "fr"]) find(each).setAttribute("aria-pressed", String(each === language));
  showVerdict();
  showProof();
  showChronology();
};

const readEarlier = async (file, keys) => {
  if (!file) return null;
  try {
    return await verifyRelease(file, keys, () => {});
  } catch (error) {
    if (error instanceof NotProven) error.earlier = true;
    throw error;
  }
};

const verify = async (event) => {
  event.preventDefault();
  const file = find("file").files[0];
  [found, failure, place, instantChosen] = [null, null, 0, null];
  if (!file) {
    notice = "choose";
    show();
    return;
  }
  try {
    const keys = await readKeys(find("key").value);
    const before = await readEarlier(find("earlier").files[0], keys);
    found = await verifyRelease(file, keys, (number, count) => {
      notice = { number: number + 1, count };
      showVerdict();
    }, before);
  } catch (error) {
    failure = error instanceof NotProven ? error : new NotProven("defect", 0, ZIP);
  }
  notice = "nothing";
  show();
  find("verdict").focus();
};

for (const each of ["en", "fr"]) {
  find(each).addEventListener("click", () => {
    language = each;
    show();
  });
}
find("form").addEventListener("submit", verify);
find("record").addEventListener("change", (event) => {
  place = Number(event.target.value);
  instantChosen = null;
  showEntries();
});
find("instant").addEventListener("input", (event) => {
  instantChosen = Number(event.target.value);
  showEntries();
});
find("unscripted").hidden = true;
find("page").hidden = false;
show();
