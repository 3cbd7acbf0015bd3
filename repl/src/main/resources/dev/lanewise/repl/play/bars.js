// Ten values or fewer: a bar each, with its name. Each is a button, for it can be looked at like any other value.

import {state} from './store.js';
import {el, fill} from './dom.js';
import {fixed} from './numbers.js';
import {gold} from './colors.js';
import {drawn} from './chips.js';
import {select} from './walk.js';
import {inside, isProbabilities, seen, symbol} from './places.js';

const NARROW = 128, WIDE = 184;

/** Names of classes take more room than digits. */
export const barsWidth = column => namesOf(column).some(name => name.length > 2) ? WIDE : NARROW;

const isLast = column => state.net.columns.at(-1) === column;

const namesOf = column => isLast(column) && state.net.outputs === 'classes' ? state.net.classes : Array.from({length: column.chips[0].shape[0] ?? 1}, (_, i) => String(i));

/** {node, width, draw()} of a column whose chips have at most ten values. */
export function bars(column) {
  const node = el('div', {class: 'bars'});
  const last = isLast(column), names = namesOf(column);
  const rows = names.map((name, i) => row(name, () => select(inside(drawn(column), column).layer, [i])));
  fill(node, rows.map(r => r.button));
  node.classList.toggle('named', names.some(name => name.length > 2));

  function draw() {
    const chip = drawn(column), layer = seen(chip);
    if (!layer) return;
    const parts = isProbabilities(chip), full = parts ? 1 : layer.range;
    const top = parts || last ? layer.data.indexOf(Math.max(...layer.data)) : -1;
    rows.forEach((r, i) => {
      const value = layer.data[i] ?? 0, picked = state.selected?.layer === chip.layer && state.selected.at[0] === i;
      r.bar.style.width = Math.min(100, 100 * Math.abs(value) / full) + '%';
      r.bar.style.background = parts || value < 0 ? '' : gold;
      r.figure.textContent = parts ? value.toFixed(3) : fixed(value, 2);
      r.button.title = `${names[i]}: ${symbol(chip.layer, [i])} = ${fixed(value, 6)}`;
      r.button.classList.toggle('top', i === top && state.acts.direction === 'forward');
      r.button.classList.toggle('picked', picked);
    });
  }
  node.style.setProperty('--row', Math.min(25.6, 256 / names.length) + 'px');
  return {node, width: barsWidth(column), draw, spotOf: () => null, fieldsOf: () => []};
}

function row(name, chosen) {
  const bar = el('i'), figure = el('span', {class: 'figure'});
  return {bar, figure, button: el('button', {onclick: chosen}, el('span', {class: 'name'}, name), ' ', el('span', {class: 'track'}, bar), ' ', figure)};
}
