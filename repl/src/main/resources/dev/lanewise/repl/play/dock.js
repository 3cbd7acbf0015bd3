// Below the network: one value, the weights of one layer, or the table of all layers. Never empty.

import {state, set, on} from './store.js';
import {$, el, fill} from './dom.js';
import {select} from './walk.js';
import {layersTable} from './layers.js';
import {valueView} from './value.js';
import {weightsView} from './weights.js';
import {t} from './words.js';

let table = null;

export function startDock() {
  on('value rows layer weights selected net lang theme', draw);
  draw();
}

function draw(changed) {
  const dock = $('dock'), {selected, value, layer, rows} = state, waits = selected && value?.at !== selected.at;
  if (waits && dock.childElementCount) return;
  if (!selected && !layer && table && !changed?.has('lang') && table.update(rows)) return;
  const key = dock.contains(document.activeElement) && document.activeElement.dataset.key, scrolled = dock.scrollTop;
  table = null;
  if (selected && !waits) fill(dock, valueView(value, back));
  else if (layer) fill(dock, weightsView(layer, state.weights, back));
  else fill(dock, overview());
  if (scrolled) dock.scrollTop = scrolled;
  if (key) dock.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({preventScroll: true});
}

function back() {
  select(null);
  set({layer: null});
}

function overview() {
  const {rows, net} = state, subtitle = net ? t(net.input.kind === 'image' && net.outputs === 'classes' ? 'allText' : 'allPlain') : '';
  const title = el('div', {class: 'head'}, el('h2', {id: 'dock-title'}, t('all'), el('small', {}, subtitle)));
  if (net && !net.seen) return [title, el('p', {class: 'inset caption'}, t('notSeen'))];
  if (!rows || !net) return [title];
  table = layersTable(rows);
  return [title, table.node];
}
