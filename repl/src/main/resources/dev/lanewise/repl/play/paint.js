// The script as it is seen: the layer below the text field, with colours, waves under mistakes and shapes at the ends of lines.

import {el, fill} from './dom.js';

const clip = (ranges, from, to) => ranges.filter(r => r.start < to && r.end > from).map(r => ({...r, start: Math.max(from, r.start), end: Math.min(to, r.end)}));

/** Ranges after an edit: those behind it move along, those in which it was end where it begins. */
export function shifted(ranges, before, after) {
  let head = 0, tail = 0;
  const most = Math.min(before.length, after.length);
  while (head < most && before[head] === after[head]) head++;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const end = before.length - tail, by = after.length - before.length;
  const move = at => at <= head ? at : at >= end ? at + by : head;
  return ranges.map(r => ({...r, start: move(r.start), end: r.end < head ? r.end : move(r.end)})).filter(r => r.end > r.start);
}

/** Lines of text into the element; marks are [{start, end, kind}], shapes line → text, current the lines to be lit. */
export function paint(node, text, marks, shapes, current) {
  let start = 0;
  fill(node, text.split('\n').map((line, i) => {
    const end = start + line.length, inside = clip(marks, start, end), shape = shapes.get(i + 1);
    const div = el('div', {class: 'line' + (current.has(i + 1) ? ' on' : '')}, el('span', {class: 'code'}, pieces(text, start, end, inside), line ? null : '\u200b'), shape && el('span', {class: 'shape'}, shape));
    start = end + 1;
    return div;
  }));
  for (const shape of node.querySelectorAll('.shape')) room(shape);
}

function pieces(text, start, end, marks) {
  const cuts = [...new Set([start, end, ...marks.flatMap(m => [m.start, m.end])])].sort((a, b) => a - b), result = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const kinds = marks.filter(m => m.start <= cuts[i] && m.end >= cuts[i + 1]).map(m => m.kind), part = text.slice(cuts[i], cuts[i + 1]);
    result.push(kinds.length ? el('span', {class: [...new Set(kinds)].join(' ')}, part) : part);
  }
  return result;
}

/** A shape that would lie on the code is left out: the column shows it too. */
function room(shape) {
  const code = shape.previousSibling, rects = code.getClientRects(), last = rects[rects.length - 1];
  if (last && last.right + 6 > shape.getBoundingClientRect().left) shape.remove();
}
