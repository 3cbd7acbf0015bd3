// Below the network: one value, the weights of one layer, or the table of all layers. Never empty.

import {state, set, on} from './store.js';
import {$, el, fill} from './dom.js';
import {fixed, percent} from './numbers.js';
import {columnOf, openLayer, pickChip, select} from './session.js';
import {valueView} from './value.js';
import {weightsView} from './weights.js';
import {t} from './words.js';

export function startDock() {
  on('value rows layer weights selected net lang theme', draw);
  draw();
}

function draw() {
  const dock = $('dock'), {selected, value, layer} = state, focused = dock.contains(document.activeElement) && document.activeElement.dataset.key;
  const scrolled = dock.scrollTop;
  if (selected && value?.layer === selected.layer) fill(dock, valueView(value, back));
  else if (layer) fill(dock, weightsView(layer, state.weights, back));
  else fill(dock, table());
  dock.scrollTop = scrolled;
  if (focused) dock.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({preventScroll: true});
}

function back() {
  select(null);
  set({layer: null});
}

function table() {
  const {rows, net} = state, most = Math.max(...(rows ?? []).map(row => row.gradient ?? 0)) || 1;
  const title = el('div', {class: 'head'}, el('h2', {id: 'dock-title'}, t('all'), el('small', {}, net ? t(net.input.kind === 'image' && net.outputs === 'classes' ? 'allText' : 'allPlain') : '')));
  if (!rows || !net) return [title];
  const head = (name, cls) => el('th', {scope: 'col', class: cls}, t(name));
  return [title, el('table', {class: 'layers'},
    el('thead', {}, el('tr', {}, head('layer'), head('shape'), head('least', 'spare'), head('mean'), head('most', 'spare'), head('zeros'), head('gradient'), el('td', {class: 'spare'}))),
    el('tbody', {}, rows.map(row => line(row, most))))];
}

function line({layer, shape, least, mean, most, zeros, gradient}, largest) {
  const bar = el('i');
  bar.style.width = 100 * (gradient ?? 0) / largest + '%';
  const open = () => { const column = columnOf(layer); if (column) pickChip(column, layer); openLayer(layer); };
  return el('tr', {},
    el('th', {scope: 'row'}, columnOf(layer) && layer !== 'input' ? el('button', {class: 'link', onclick: open, 'data-key': layer, title: t('openLayer', layer)}, layer) : layer),
    el('td', {class: 'soft'}, Array.isArray(shape) ? shape.join('x') : shape), el('td', {class: 'spare'}, fixed(least, 2)), el('td', {}, fixed(mean, 2)), el('td', {class: 'spare'}, fixed(most, 2)),
    el('td', {}, zeros > 0 ? percent(zeros, 0) : '–'), el('td', {}, gradient === null ? '–' : fixed(gradient, 4)), el('td', {class: 'spare bar'}, bar));
}
