// The two trees: the log (RFC 6962) by inclusion and consistency proofs, and the map of stream heads.

const rootByInclusion = async (index, size, leaf, path, step, where) => {
  if (!(index >= 0 && index < size) || path.length > 63) refuse("place", step, where);
  let here = BigInt(index);
  let last = BigInt(size - 1);
  let node = leaf;
  for (const sibling of path) {
    if (last === 0n) refuse("proof", step, where);
    if (here & 1n || here === last) {
      node = await sha256(byte(1), sibling, node);
      while (!(here & 1n) && here) {
        here >>= 1n;
        last >>= 1n;
      }
    } else {
      node = await sha256(byte(1), node, sibling);
    }
    here >>= 1n;
    last >>= 1n;
  }
  if (last) refuse("proof", step, where);
  return node;
};

const isConsistent = async (first, firstRoot, size, root, path) => {
  if (!(first > 0 && first <= size) || path.length > 126) return false;
  if (first === size) return same(firstRoot, root) && !path.length;
  let here = BigInt(first - 1);
  let last = BigInt(size - 1);
  const wholeTree = !(BigInt(first) & BigInt(first - 1));
  const [start, ...siblings] = wholeTree ? [firstRoot, ...path] : path;
  if (!start) return false;
  while (here & 1n) {
    here >>= 1n;
    last >>= 1n;
  }
  let older = start;
  let newer = start;
  for (const sibling of siblings) {
    if (last === 0n) return false;
    if (here & 1n || here === last) {
      older = await sha256(byte(1), sibling, older);
      newer = await sha256(byte(1), sibling, newer);
      while (!(here & 1n) && here) {
        here >>= 1n;
        last >>= 1n;
      }
    } else {
      newer = await sha256(byte(1), newer, sibling);
    }
    here >>= 1n;
    last >>= 1n;
  }
  return same(older, firstRoot) && same(newer, root) && last === 0n;
};

const rootByMembership = async (ledger, stream, count, head, siblings, step, where) => {
  if (siblings.length > 256) refuse("proof", step, where);
  const key = await sha256(byte(7), ledger, stream);
  let node = await sha256(byte(3), key, u64(count), head);
  for (let depth = siblings.length - 1; depth >= 0; depth -= 1) {
    const right = (key[depth >> 3] >> (7 - (depth & 7))) & 1;
    node = await sha256(byte(4), ...(right ? [siblings[depth], node] : [node, siblings[depth]]));
  }
  return node;
};
