// Which columns stand in the picture: a block is one column until it is opened, and beyond seven only those around the one
// that is looked at are drawn, the others are slivers.

const MOST_COLUMNS = 7;

/**
 * → [{kind: 'column', column, frame} | {kind: 'block', key, name, last, first, size, frame} | {kind: 'sliver', item}],
 * from left to right; frame is the key of the opened block that it stands in.
 */
export function items(columns, opened, focus, roomy) {
  const all = grouped(columns.map((column, index) => ({column, index})), 0, '', opened);
  return roomy ? all : thinned(all, focus);
}

function grouped(entries, depth, frame, opened) {
  const result = [];
  for (let i = 0; i < entries.length;) {
    const name = entries[i].column.uses[depth];
    let end = i + 1;
    if (name !== undefined) while (end < entries.length && entries[end].column.uses[depth] === name) end++;
    const members = entries.slice(i, end), key = `${frame}/${name}@${entries[i].index}`;
    if (name === undefined || members.length === 1) members.forEach(({column, index}) => result.push({kind: 'column', column, first: index, last: index, frame}));
    else if (opened.has(key)) result.push(...grouped(members, depth + 1, key, opened));
    else result.push({kind: 'block', key, name, column: members.at(-1).column, first: members[0].index, last: members.at(-1).index, size: members.length, frame});
    i = end;
  }
  return result;
}

function thinned(all, focus) {
  if (all.length <= MOST_COLUMNS) return all;
  const found = all.findIndex(item => focus !== null && item.first <= focus && focus <= item.last), center = Math.max(2, Math.min(all.length - 3, found < 0 ? 2 : found));
  return all.map((item, i) => i === 0 || i === all.length - 1 || Math.abs(i - center) <= 1 ? item : {...item, kind: 'sliver', was: item.kind});
}

/** The name of a block, as it is read, of the key of its frame. */
export const nameOfFrame = key => key.split('/').at(-1).replace(/@\d+$/, '');
