// The zip: stored files in the one form that a release has, so that every byte is a file's own or what it must be.

const MOST_FILES = 65535;
const LONGEST_NAME = 200;
const LARGEST_PART = 64 * 1024 * 1024;
const BASE = "release/";
const NAME = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const ZIP = "zip";

const CRCS = Uint32Array.from({ length: 256 }, (_, start) => {
  let crc = start;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});

const crc32 = (raw) => {
  let crc = 0xffffffff;
  for (const each of raw) crc = CRCS[(crc ^ each) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

const little = (...fields) => {
  const raw = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(raw.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return raw;
};

const slice = async (file, from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer());

const localHeader = (crc, size, name) =>
  bytes(
    little([4, 0x04034b50], [2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc], [4, size],
      [4, size], [2, name.length], [2, 0]),
    name,
  );

const listedHeader = (crc, size, name, at) =>
  bytes(
    little([4, 0x02014b50], [2, 0x0314], [2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc],
      [4, size], [4, size], [2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0o644 << 16], [4, at]),
    name,
  );

const openArchive = async (file) => {
  if (file.size < 22) refuse("zip", 0, ZIP);
  const end = await slice(file, file.size - 22, file.size);
  const view = new DataView(end.buffer);
  const count = view.getUint16(10, true);
  const listedSize = view.getUint32(12, true);
  const listedAt = view.getUint32(16, true);
  const must = little([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, listedSize],
    [4, listedAt], [2, 0]);
  if (!same(end, must) || listedAt + listedSize + 22 !== file.size || count > MOST_FILES) {
    refuse("zip", 0, ZIP);
  }
  const listed = await slice(file, listedAt, listedAt + listedSize);
  const places = new Map();
  const folded = new Set();
  let at = 0;
  let told = 0;
  for (let number = 0; number < count; number += 1) {
    const raw = await slice(file, at, Math.min(at + 30 + LONGEST_NAME, listedAt));
    if (raw.length < 30) refuse("zip", 0, ZIP);
    const header = new DataView(raw.buffer);
    const [method, crc, size] = [8, 14, 22].map((place) =>
      place === 8 ? header.getUint16(place, true) : header.getUint32(place, true));
    if (method !== 0) refuse("compressed", 0, ZIP);
    const named = header.getUint16(26, true);
    if (named > LONGEST_NAME) refuse("names", 0, ZIP);
    const nameBytes = raw.slice(30, 30 + named);
    const name = text(nameBytes, 0, ZIP);
    if (!NAME.test(name) || name.includes("..") || !name.startsWith(BASE)) refuse("names", 0, ZIP);
    if (folded.has(name.toLowerCase())) refuse("twice", 0, ZIP);
    folded.add(name.toLowerCase());
    if (!same(raw.slice(0, 30 + named), localHeader(crc, size, nameBytes))) refuse("zip", 0, ZIP);
    const entry = listedHeader(crc, size, nameBytes, at);
    if (!same(listed.slice(told, told + entry.length), entry)) refuse("zip", 0, ZIP);
    told += entry.length;
    const begins = at + 30 + named;
    at = begins + size;
    if (at > listedAt) refuse("zip", 0, ZIP);
    places.set(name.slice(BASE.length), { at: begins, size, crc });
  }
  if (at !== listedAt || told !== listedSize) refuse("zip", 0, ZIP);
  return {
    names: [...places.keys()],
    size: (name) => places.get(name).size,
    read: async (name) => {
      const place = places.get(name);
      if (!place) refuse("missing", 0, name);
      if (place.size > LARGEST_PART) refuse("large", 0, name);
      const raw = await slice(file, place.at, place.at + place.size);
      if (raw.length !== place.size || crc32(raw) !== place.crc) refuse("packed", 0, name);
      return raw;
    },
  };
};
