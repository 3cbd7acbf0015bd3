// The weights of one layer: kernels as small maps, a matrix as one map.

import {el, surface} from './dom.js';
import {plain, roundUp, shape} from './numbers.js';
import {signed} from './colors.js';
import {stamp, strip} from './raster.js';
import {t} from './words.js';

const MOST = 640, WIDTH = 640;

export function weightsView(layer, weights, back) {
  const none = weights?.none, head = el('div', {class: 'head'},
    el('h2', {id: 'dock-title', class: 'value'}, layer, weights && !none ? el('small', {}, t('weightsOf', shape(weights.shape))) : ''), el('span', {class: 'grow'}), el('button', {class: 'button', onclick: back, 'data-key': 'back'}, t('all')));
  if (!weights) return [head];
  if (none) return [head, el('p', {class: 'inset caption'}, none)];
  return [head, el('div', {class: 'inset weights'}, drawn(layer, weights))];
}

function drawn(layer, {shape: dims, max, data}) {
  const matrix = dims.length < 3, [h, w] = matrix ? [dims.length === 2 ? dims[0] : 1, dims.at(-1)] : dims.slice(-2), maps = Math.min(MOST, data.length / (h * w));
  const range = roundUp(max), cell = matrix ? Math.max(1, Math.min(12, Math.floor(WIDTH / w))) : Math.max(2, Math.min(8, Math.floor(40 / Math.max(h, w)))), gap = matrix ? 0 : 4;
  const per = matrix ? 1 : Math.max(1, dims.length > 3 && dims.at(-3) > 1 && dims.at(-3) * (w * cell + gap) <= WIDTH ? dims.at(-3) : Math.floor(WIDTH / (w * cell + gap)));
  const canvas = el('canvas', {role: 'img', 'aria-label': `${t('weightsOf', shape(dims))} ${layer}, ${t('weightsRange', plain(-range), plain(range))}`});
  const context = surface(canvas, Math.min(per, maps) * (w * cell + gap) - gap, Math.ceil(maps / per) * (h * cell + gap) - gap);
  const source = strip(data, maps, h, w, signed(range));
  for (let q = 0; q < maps; q++) stamp(context, source, q, h, w, q % per * (w * cell + gap), Math.floor(q / per) * (h * cell + gap), cell);
  return [canvas, el('div', {class: 'scale'}, plain(-range), el('i'), plain(range))];
}
