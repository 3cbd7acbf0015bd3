// What the network takes for what, over the test examples, and its worst mistakes.

import {state, on} from './store.js';
import {$, el, fill, surface, token} from './dom.js';
import {count, percent, values} from './numbers.js';
import {blackToWhite} from './colors.js';
import {colored, stamp, strip} from './raster.js';
import {take} from './sight.js';
import {showTable} from './dialog.js';
import {className, range} from './places.js';
import {t} from './words.js';

const SIZE = 132, THUMB = 44, NAMES_UP_TO = 12;

export function startConfusion() {
  on('tested theme lang net', draw);
  $('confusion-title').addEventListener('click', table);
  draw();
}

function draw() {
  const {tested, net} = state, matrix = tested?.confusion.length ? tested.confusion : null;
  $('pair').hidden = !!net && net.outputs === 'numbers' && !matrix;
  $('confusion-title').textContent = tested ? t('confusion', count(tested.examples)) : t('confusionEmpty');
  $('confusion-title').disabled = !matrix;
  matrixOn($('confusion'), matrix, tested?.classes ?? net?.classes ?? []);
  worst(tested);
}

function matrixOn(canvas, matrix, classes) {
  const c = surface(canvas, SIZE, SIZE), n = classes.length || 10, named = n <= NAMES_UP_TO, edge = named ? 12 : 0, cell = (SIZE - edge) / n;
  const most = matrix ? Math.max(1, ...matrix.flatMap((row, i) => row.filter((_, j) => i !== j))) : 1, right = matrix?.reduce((sum, row, i) => sum + row[i], 0);
  c.font = '11px ' + token('mono');
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  for (let i = 0; i < n; i++) {
    if (named && classes.length) {
      c.fillStyle = token('soft');
      c.fillText(letter(classes, i), edge + (i + 0.5) * cell, 6);
      c.fillText(letter(classes, i), 5, edge + (i + 0.5) * cell);
    }
    const sum = matrix?.[i].reduce((a, b) => a + b, 0) || 1;
    for (let j = 0; j < n; j++) {
      const x = edge + j * cell, y = edge + i * cell, size = cell > 3 ? cell - 1 : cell, value = matrix?.[i][j] ?? 0;
      c.fillStyle = token('hair');
      c.fillRect(x, y, size, size);
      if (!value) continue;
      c.globalAlpha = i === j ? 0.15 + 0.7 * value / sum : Math.max(0.08, (value / most) ** 0.7);
      c.fillStyle = token(i === j ? 'accent' : 'val');
      c.fillRect(x, y, size, size);
      c.globalAlpha = 1;
    }
  }
  canvas.setAttribute('aria-label', matrix ? t('confusionLabel', count(state.tested.examples), percent(right / state.tested.examples)) : t('confusionEmpty'));
}

/** The first letter of a class's name, if that tells them apart, else its number. */
const letter = (classes, i) => new Set(classes.map(name => name[0])).size === classes.length ? classes[i][0] : String(i);

function table() {
  const {confusion, classes} = state.tested;
  showTable($('confusion-title').textContent, [t('confusionRow'), ...classes], confusion.map((row, i) => [classes[i], ...row]));
}

function worst(tested) {
  const found = tested?.mistakes ?? [];
  if (!found.length) { fill($('mistakes'), el('p', {class: 'caption'}, tested ? t('perfect') : t('noMistakesYet'))); return; }
  fill($('mistakes'), found.slice(0, 6).map(mistake));
}

function mistake({index, label, says, image}) {
  const names = [label, says].map(className), text = names.join(' → ');
  return el('button', {onclick: () => take({index}), title: t('mistake', index, ...names), 'aria-label': `${text}, ${t('mistake', index, ...names)}`}, image.shape.length >= 2 && thumb(image), el('span', {}, text));
}

function thumb(image) {
  const canvas = el('canvas', {'aria-hidden': true}), c = surface(canvas, THUMB, THUMB), data = values(image), [h, w] = image.shape.slice(-2);
  const cell = THUMB / Math.max(h, w), inColor = image.shape.length === 3 && image.shape[0] === 3;
  stamp(c, inColor ? colored(data, h, w, range()) : strip(data, 1, h, w, blackToWhite(...range())), 0, h, w, 0, 0, cell);
  return canvas;
}
