// What lies over the columns: arrows at one height, arcs of values that skip columns, and the field that a value was made of.

import {state} from './store.js';
import {svg} from './dom.js';
import {columnOf} from './chips.js';

const LEVEL = 14, MOST_BEAMS = 10;
let layer = null;

/** The element they are drawn in. */
export function wires() {
  layer = svg('svg', {class: 'wires', 'aria-hidden': 'true'});
  return layer;
}

/** [{from, to, level}] between parts that are not neighbours: an arc lies above all that it spans and touches. */
export function arcs(parts, net) {
  const holder = index => parts.findIndex(({item}) => item.first <= index && index <= item.last), found = [];
  parts.forEach(({item}, to) => {
    for (let index = item.first; index <= item.last; index++) for (const source of net.columns[index].from) {
      const from = holder(source);
      if (from >= 0 && from < to - 1 && !found.some(arc => arc.from === from && arc.to === to)) found.push({from, to, level: 0});
    }
  });
  found.sort((a, b) => a.to - a.from - (b.to - b.from));
  found.forEach((arc, i) => { while (found.some((other, j) => j < i && other.level === arc.level && other.from < arc.to && arc.from < other.to)) arc.level++; });
  return found;
}

wires.draw = (parts, net) => {
  const origin = layer.getBoundingClientRect();
  const at = node => { const r = node.getBoundingClientRect(); return {left: r.left - origin.left, right: r.right - origin.left, top: r.top - origin.top, bottom: r.bottom - origin.top}; };
  layer.replaceChildren(...arrows(parts, net, at), ...arcs(parts, net).map(arc => curve(arc, parts, at)), ...beams(parts, at));
};

const inner = part => part.view?.node ?? part.node;

function arrows(parts, net, at) {
  const result = [], body = at(parts[0].body), y = Math.round((body.top + body.bottom) / 2) + 0.5;
  for (let i = 0; i + 1 < parts.length; i++) {
    const {item} = parts[i + 1], reads = net.columns[item.first].from;
    if (!reads.some(source => parts[i].item.first <= source && source <= parts[i].item.last)) continue;
    const from = at(inner(parts[i])).right + 6, to = at(inner(parts[i + 1])).left - 6;
    if (to - from < 5) continue;
    result.push(svg('path', {class: 'arrow', d: `M${from} ${y}H${to}M${to - 4} ${y - 4}l4 4l-4 4`}));
  }
  return result;
}

/** From above the one label to above the other. */
function curve({from, to, level}, parts, at) {
  const a = at(parts[from].node), b = at(parts[to].node), base = Math.min(a.top, b.top) - 3, top = base - 6 - LEVEL * level;
  const x0 = a.left + 16, x1 = b.left + 10;
  return svg('path', {class: 'arc', d: `M${x0} ${base}V${top + 5}q0 -5 5 -5H${x1 - 5}q5 0 5 5V${base}M${x1 - 3} ${base - 4}l3 4l3 -4`});
}

/** From the window that a value reads to the value. */
function beams(parts, at) {
  const {selected, value} = state, window = selected && value?.layer === selected.layer && value.forward?.window;
  if (!window) return [];
  const source = parts.find(part => part.view && part.column === columnOf(window.layer)), target = parts.find(part => part.view && part.column === columnOf(selected.layer));
  if (!source || !target || source === target) return [];
  const end = target.view.spotOf(selected.layer, selected.at);
  if (!end) return [];
  const a = at(source.view.node), b = at(target.view.node), fields = source.view.fieldsOf(window);
  const right = Math.max(...fields.map(f => f.x + f.width)), near = fields.filter(f => f.x + f.width > right - 1).slice(0, MOST_BEAMS);
  const x1 = b.left + end.x, y1 = b.top + end.y + end.height / 2;
  return near.map(f => {
    const x0 = a.left + f.x + f.width, y0 = a.top + f.y;
    return svg('path', {class: 'beam', d: `M${x0} ${y0}L${x1} ${y1}L${x0} ${y0 + f.height}z`});
  });
}
