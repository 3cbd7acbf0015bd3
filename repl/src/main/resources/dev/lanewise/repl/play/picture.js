// The picture of one column: a canvas for maps and cells. It draws what the chosen chip has, and marks the value that is looked at.

import {state} from './store.js';
import {el, surface, speak} from './dom.js';
import {fixed, plain, shape} from './numbers.js';
import {blackToWhite, chosen, signed} from './colors.js';
import {colored, stamp, strip} from './raster.js';
import {cellsLayout, extent, mapsLayout} from './shapes.js';
import {indices, inside, isInput, lie, moved, range, seen, spot, symbol} from './places.js';
import {drawn} from './chips.js';
import {select} from './walk.js';
import {t} from './words.js';

export const MOST_MAPS = 64;
const INPUT = 112;

/** {node, width, draw(), spotOf(), fieldsOf()} for the chips of a column; size is that of a map, space.width what a row of them may take. */
export function picture(column, size, space) {
  const layouts = layoutsOf(column, size, space);
  const width = Math.max(...[...layouts.values()].map(l => l.width)), height = Math.max(...[...layouts.values()].map(l => l.height));
  const canvas = el('canvas', {role: 'img', tabindex: 0});
  const now = () => { const chip = drawn(column); return {chip, layer: seen(chip), layout: layouts.get(chip.layer)}; };
  canvas.addEventListener('click', event => click(event, now(), column));
  canvas.addEventListener('keydown', event => key(event, now(), column));
  let before = null;

  function draw() {
    const {chip, layout} = now();
    let {layer} = now();
    canvas.setAttribute('aria-label', t('canvas', chip.layer, shape(chip.shape), ...rangeOf(chip, layer)));
    if (!layer && before?.chip === chip) ({layer} = before);
    const context = surface(canvas, width, height);
    if (!layer) return;
    before = {chip, layer};
    paint(context, chip, layer, layout);
    mark(context, chip, layer, layout);
  }

  /** Where on this canvas a value lies, if its layer is drawn. */
  function spotOf(name, at) {
    const {chip, layer, layout} = now();
    if (chip.layer !== name || !layer) return null;
    const {q, y, x, h, w} = windowOf(chip, at);
    return box(layout, shownAt(layer, q), y, x, h, w);
  }

  /** Where the window of a value lies: on one map, or on all. */
  function fieldsOf(window) {
    const {chip, layer, layout} = now();
    return chip.layer === window.layer && layer ? fields(layout, layer, chip, window) : [];
  }
  return {node: canvas, width, height, draw, spotOf, fieldsOf};
}

/** One picture alone may be larger: what the network takes, or a matrix. */
function wantedSize({chips}, size) {
  const {maps, plane, rank} = lie(chips[0]);
  if (isInput(chips[0]) && maps <= 4 && !plane) return Math.max(size, INPUT);
  return rank === 2 && maps === 1 ? size * INPUT / 48 : size;
}

export function layoutsOf(column, size, space) {
  const ratio = devicePixelRatio || 1;
  const want = wantedSize(column, size), spread = column.chips.filter(chip => !asCells(chip)).map(chip => extent(lie(chip), want, ratio));
  const pitch = {x: Math.max(0, ...spread.map(e => e.x)), y: Math.max(0, ...spread.map(e => e.y))};
  return new Map(column.chips.map(chip => {
    const form = lie(chip);
    if (asCells(chip)) return [chip.layer, cellsLayout(form.maps * form.height * form.width, space)];
    const shown = isColored(chip) ? 1 : Math.min(MOST_MAPS, form.maps);
    return [chip.layer, mapsLayout(form, want, pitch, shown, space, ratio)];
  }));
}

const asCells = chip => !lie(chip).plane && (chip.draws === 'cells' || chip.draws === 'bars' || lie(chip).rank === 1);
const isColored = chip => isInput(chip) && state.net.input.kind === 'image' && lie(chip).maps === 3;
const isPixels = chip => isInput(chip) && state.net.input.kind === 'image' && state.acts?.direction !== 'backward';

/** The ends of the scale below a picture. */
export function rangeOf(chip, layer) {
  if (isPixels(chip)) return range().map(plain);
  return layer ? [plain(-layer.range), plain(layer.range)] : ['–', '–'];
}

function paint(context, chip, layer, layout) {
  const pixels = isPixels(chip);
  if (pixels) layout = whole(chip, layout);
  const data = pixels ? state.acts.numbers : layer.data;
  if (isColored(chip)) {
    if (pixels) stamp(context, colored(data, layout.h, layout.w, range()), 0, layout.h, layout.w, 0, 0, layout.cell);
    else stamp(context, strip(summed(data, layout.h * layout.w), 1, layout.h, layout.w, signed(layer.range)), 0, layout.h, layout.w, 0, 0, layout.cell);
    return;
  }
  const color = pixels ? blackToWhite(...range()) : signed(layer.range), {h, w} = layout, maps = Math.min(layout.shown, data.length / (h * w));
  const source = strip(data, maps, h, w, color);
  for (let q = 0; q < maps; q++) {
    const {x, y} = layout.place(q);
    stamp(context, source, q, h, w, x, y, layout.cell);
  }
  if (lie(chip).plane) points(context, layout, maps);
}

/** The example comes in all its pixels, also where its layer comes coarser. */
function whole(chip, layout) {
  const [h, w] = chip.shape.slice(-2);
  return {...layout, h, w, cell: layout.cell * layout.w / w};
}

/** Of three channels the gradient that counts most, value by value, as one picture. */
function summed(data, size) {
  return Float32Array.from({length: size}, (_, i) => {
    const three = [data[i], data[size + i], data[2 * size + i]];
    return three.reduce((most, v) => Math.abs(v) > Math.abs(most) ? v : most, 0);
  });
}

/** Where the example lies in every map of the plane. */
function points(context, layout, maps) {
  if (!state.plane) return;
  const {left, right, bottom, top} = state.plane, [px, py] = state.acts.numbers, side = layout.cell * layout.w;
  const u = (px - left) / (right - left) * side, v = (top - py) / (top - bottom) * side;
  if (!(u >= 0 && u <= side && v >= 0 && v <= side)) return;
  for (let q = 0; q < maps; q++) {
    const {x, y} = layout.place(q);
    context.beginPath();
    context.arc(x + u, y + v, 2, 0, 7);
    context.fillStyle = '#fff';
    context.fill();
    context.strokeStyle = '#000';
    context.stroke();
  }
}

const shownAt = (layer, q) => layer.maps ? layer.maps.indexOf(q) : q;

function box(layout, q, y, x, h, w) {
  if (q < 0 || q >= layout.shown) return null;
  const corner = layout.place(q), {cell} = layout;
  if (layout.kind === 'cells') return {x: corner.x, y: corner.y, width: cell, height: cell};
  const top = Math.max(0, y), left = Math.max(0, x), bottom = Math.min(layout.h, y + h), right = Math.min(layout.w, x + w);
  return {x: corner.x + left * cell, y: corner.y + top * cell, width: (right - left) * cell, height: (bottom - top) * cell};
}

function fields(layout, layer, chip, {channel, top, left, height, width}) {
  if (layout.kind !== 'maps') return [];
  const {step} = lie(chip), [y, x, h, w] = [top, left, height, width].map(v => v / step);
  const maps = isColored(chip) ? [0] : channel === null ? Array.from({length: layout.shown}, (_, q) => q) : [shownAt(layer, channel)];
  return maps.map(q => box(layout, q, y, x, h, w)).filter(Boolean);
}

/** Where a value lies: which map, which rectangle in it. */
function windowOf(chip, at) {
  const {q, y, x} = spot(chip, at), form = lie(chip);
  if (form.plane) return {q, y: 0, x: 0, h: form.height, w: form.width};
  return asCells(chip) ? {q: flat(form, q, y, x), y: 0, x: 0, h: 1, w: 1} : {q, y, x, h: 1, w: 1};
}

const flat = (form, q, y, x) => (q * form.height + y) * form.width + x;

/** White 4 px, on it 2 px of the mark: seen on every value. */
function frame(context, {x, y, width, height}) {
  for (const [line, color] of [[4, '#fff'], [2, chosen]]) {
    context.lineWidth = line;
    context.strokeStyle = color;
    context.strokeRect(x - 1, y - 1, width + 2, height + 2);
  }
}

function mark(context, chip, layer, layout) {
  const {selected, value} = state;
  if (selected?.layer === chip.layer) {
    const {q, y, x, h, w} = windowOf(chip, selected.at), found = box(layout, shownAt(layer, q), y, x, h, w);
    if (found) frame(context, found);
  }
  const window = value && selected && value.layer === selected.layer && value.forward?.window;
  if (window?.layer !== chip.layer) return;
  for (const found of fields(layout, layer, chip, window)) frame(context, found);
}

function pickAt(chip, layer, hit) {
  const q = layer?.maps ? layer.maps[hit.q] : hit.q;
  if (!asCells(chip)) return indices(chip, q, hit.y, hit.x);
  const form = lie(chip), area = form.height * form.width;
  return indices(chip, Math.floor(q / area), Math.floor(q % area / form.width), q % form.width);
}

function click(event, {chip, layer, layout}, column) {
  const hit = layout.hit(event.offsetX, event.offsetY);
  if (hit && layer) select(inside(chip, column).layer, pickAt(chip, layer, hit));
}

const moves = {
  ArrowLeft: {x: -1}, ArrowRight: {x: 1}, ArrowUp: {y: -1}, ArrowDown: {y: 1}, PageUp: {channel: -1}, PageDown: {channel: 1},
};

/** Arrow keys walk among the values; the first of them begins where the walk was, or at the start. */
function key(event, {chip, layer}, column) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const here = state.selected?.layer === chip.layer ? state.selected.at : null;
  const go = at => { event.preventDefault(); select(inside(chip, column).layer, at, here === null); saySpot(chip, layer, at); };
  if (moves[event.key]) go(here ? moved(chip, here, moves[event.key]) : indices(chip, 0, 0, 0));
  else if (event.key === 'Enter') go(here ?? indices(chip, 0, 0, 0));
}

function saySpot(chip, layer, at) {
  if (!layer) return;
  const {q, y, x} = spot(chip, at), form = lie(chip), map = shownAt(layer, q);
  if (!form.plane && map >= 0) speak(`${symbol(chip.layer, at)} ${fixed(layer.data[flat(form, map, y, x)])}`);
  else speak(symbol(chip.layer, at));
}
