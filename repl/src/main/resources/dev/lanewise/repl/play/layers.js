// The table of all layers on one example: sizes of values, and of what they do to the loss.

import {el} from './dom.js';
import {fixed, percent} from './numbers.js';
import {columnOf} from './chips.js';
import {pickChip} from './sight.js';
import {openLayer} from './walk.js';
import {isInput} from './places.js';
import {t} from './words.js';

/** A column's weights are those of its first layer. {node, update(rows)}; update says whether the rows are of the same layers, and then writes only the numbers. */
export function layersTable(rows) {
  const lines = rows.map(line), names = rows.map(row => row.layer).join();
  const update = now => {
    if (now?.map(row => row.layer).join() !== names) return false;
    const most = Math.max(...now.map(row => row.gradient ?? 0)) || 1;
    lines.forEach((l, i) => l.write(now[i], most));
    return true;
  };
  update(rows);
  const head = (name, cls) => el('th', {scope: 'col', class: cls}, t(name));
  return {
    update,
    node: el('table', {class: 'layers'},
      el('thead', {}, el('tr', {}, head('layer'), head('shape'), head('least', 'spare'), head('mean'), head('most', 'spare'), head('zeros'), head('gradient'), el('td', {class: 'spare'}))),
      el('tbody', {}, lines.map(l => l.node))),
  };
}

function line({layer, shape}) {
  const bar = el('i'), cells = ['spare', '', 'spare', '', ''].map(cls => el('td', {class: cls}));
  const column = columnOf(layer), own = column?.chips[0].layer === layer && !isInput(column.chips[0]);
  const open = () => {
    pickChip(column, layer);
    if (own) openLayer(layer);
  };
  const name = column ? el('button', {class: 'link', onclick: open, 'data-key': layer, title: own ? t('openLayer', layer) : t('sliver', layer)}, layer) : layer;
  return {
    node: el('tr', {}, el('th', {scope: 'row'}, name), el('td', {class: 'soft'}, shape.join('x')), cells, el('td', {class: 'spare bar'}, bar)),
    write({least, mean, most, zeros, gradient}, largest) {
      const texts = [fixed(least, 2), fixed(Math.abs(mean) < 1e-9 * (most - least) ? 0 : mean, 2), fixed(most, 2), zeros > 0 ? percent(zeros, 0) : '–', fixed(gradient, 4)];
      cells.forEach((cell, i) => { if (cell.textContent !== texts[i]) cell.textContent = texts[i]; });
      bar.style.width = 100 * (gradient ?? 0) / largest + '%';
    },
  };
}
