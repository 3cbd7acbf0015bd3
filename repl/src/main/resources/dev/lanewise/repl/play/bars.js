// Ten values or fewer: a bar each, with its name. Each is a button, for it can be looked at like any other value.

import {state} from './store.js';
import {el, fill} from './dom.js';
import {fixed} from './numbers.js';
import {gold} from './colors.js';
import {drawn, select} from './session.js';
import {symbol} from './places.js';

export const BARS_WIDTH = 128;

/** {node, width, draw()} of a column whose chips have at most ten values. */
export function bars(column) {
  const node = el('div', {class: 'bars'});
  const last = state.net.columns.at(-1) === column, names = last && state.net.classes.length ? state.net.classes : column.chips[0].shape.length ? Array.from({length: column.chips[0].shape[0]}, (_, i) => String(i)) : ['0'];
  const rows = names.map((name, i) => row(name, () => select(drawn(column).layer, [i])));
  fill(node, rows.map(r => r.button));
  node.classList.toggle('named', names.some(name => name.length > 2));

  function draw() {
    const chip = drawn(column), layer = state.acts?.layers.get(chip.layer);
    if (!layer) return;
    const parts = chip.word === 'softmax' && state.acts.direction === 'forward', full = parts ? 1 : layer.range;
    const top = parts || last ? layer.data.indexOf(Math.max(...layer.data)) : -1;
    rows.forEach((r, i) => {
      const value = layer.data[i] ?? 0, picked = state.selected?.layer === chip.layer && state.selected.at[0] === i;
      r.bar.style.width = Math.min(100, 100 * Math.abs(value) / full) + '%';
      r.bar.style.background = parts || value < 0 ? '' : gold;
      r.figure.textContent = fixed(value, parts ? 3 : 2);
      r.button.setAttribute('aria-label', `${names[i]}: ${symbol(chip.layer, [i])} ${fixed(value)}`);
      r.button.classList.toggle('top', i === top && state.acts.direction === 'forward');
      r.button.classList.toggle('picked', picked);
    });
  }
  return {node, width: BARS_WIDTH, height: names.length * 25.6, draw, boxes: () => []};
}

function row(name, chosen) {
  const bar = el('i'), figure = el('span', {class: 'figure'});
  return {bar, figure, button: el('button', {onclick: chosen, title: name}, el('span', {class: 'name'}, name), el('span', {class: 'track'}, bar), figure)};
}
