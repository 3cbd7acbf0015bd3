// What comes of an event, and what a person wants of the network: example, chips, direction, value.

import {state, set, touch} from './store.js';
import {ask, latest, listen, Refusal} from './stream.js';
import {roundUp, values} from './numbers.js';
import {write} from './address.js';
import {isProbabilities, ofPlane} from './places.js';
import {begin, currentRun, knowAll, note} from './runs.js';
import {t} from './words.js';

let end = () => {};

export function connect() {
  end();
  end = listen(receive, link => {
    if (link === 'live' && state.link !== 'live') set({reason: ''});
    set({link});
  });
}

const heard = {
  state: ({phase, text, name}) => {
    set({phase, text, name: name ?? state.name});
    if (phase !== 'reading') nowKnown();
  },
  net: net => {
    if (net.name === null) { set({net: null, acts: null, value: null, rows: null}); return; }
    if (!sameLayers(state.net, net)) anotherNet(net);
    set({net, plane: null, eps: 0});
    write();
    show();
  },
  acts: acts => { if (!state.eps) took(acts); else show(); },
  diagnosed: ({diagnostics}) => set({diagnosed: diagnostics}),
  runs: ({runs}) => knowAll(runs),
  log: ({lines}) => set({said: lines}),
  started: run => { begin(run); set({batchSize: sizeOf(run), rate: null}); },
  batch: batch => { note(batch); set({batch, rate: batch.rate}); },
  epoch: epoch => { note(epoch); ranges.forEach(range => { range.mayShrink = true; }); set({epochNow: epoch}); },
  tested: tested => set({tested}),
  ended: ended => { note(ended); set({ended}); show(); },
  rate: ({rate}) => set({rate}),
  said: line => { state.said.push(line); if (state.said.length > 300) state.said.splice(0, 100); touch('said'); },
  gone: ({reason}) => set({link: 'gone', reason}),
};

/** The server tells the mean size of a batch: the power of two that makes so many, if one does. */
function sizeOf({examples, batches, batch}) {
  const power = 2 ** Math.round(Math.log2(batch));
  return Math.ceil(examples / power) === batches ? power : batch;
}

function receive(kind, data) {
  heard[kind](data);
}

let nowKnown;

/** Resolves when the server has told for the first time what it has. */
export const known = new Promise(resolve => { nowKnown = resolve; });

/** Of another network nothing stays chosen but what it has too, or what a link wished for it. */
function anotherNet(net) {
  const has = layer => net.columns.some(column => column.chips.some(chip => chip.layer === layer)), {selected, chips, example} = {...state, ...wished};
  ranges.clear();
  wished = null;
  set({
    selected: selected && has(selected.layer) ? selected : null, value: null, layer: null, opened: new Set(), focus: null, heat: null, rows: null,
    chips: Object.fromEntries(Object.entries(chips).filter(([, layer]) => has(layer))), example: fits(example, net) ? example : null,
  });
}

let wished = null;

/** What a link wants to see of the network that it brings. */
export function wishFor(wish) {
  wished = wish;
}

const sameLayers = (a, b) => a && b && JSON.stringify([a.name, a.columns]) === JSON.stringify([b.name, b.columns]);
const fits = (example, net) => example && (example.pixels ? example.pixels.shape.join() === net.input.shape.join() : example.index < net.examples);

// Pictures

/** layer → {max}: grows at once, shrinks only at the end of an epoch, so that colours keep their meaning while one looks. */
const ranges = new Map();

function ranged(name, max) {
  const range = ranges.get(name) ?? {max: 0, mayShrink: false}, now = roundUp(max);
  if (now > range.max || range.mayShrink) ranges.set(name, {max: now, mayShrink: false});
  return ranges.get(name).max;
}

/** A reply of `show`, with its arrays as numbers; an older one than the last is dropped. */
function took(acts) {
  if (state.acts && acts.number < state.acts.number && state.acts.net === state.net) return;
  const layers = new Map(acts.layers.map(layer => [layer.layer, {...layer, data: values(layer), range: ranged(acts.direction + layer.layer, layer.max)}]));
  set({acts: {...acts, layers, numbers: values(acts.pixels), net: state.net}});
  detail();
}

const wanted = () => ({example: state.example ?? {index: 0}, chips: drawnChips(), direction: state.direction});

/** Asks for the pictures of what is chosen now. */
export const show = latest(async () => {
  if (!state.net?.seen) return;
  try {
    took(state.eps ? await ask('attack', {...wanted(), eps: state.eps}) : await ask('show', wanted()));
    heat();
  } catch (refusal) {
    refused(refusal);
  }
});

/** The layer of a column that is drawn. Probabilities have no gradient of their own, and are no maps of a plane: there the layer before them is. */
export function drawn(column) {
  const {chips} = column, picked = chips.find(chip => chip.layer === state.chips[column.label]);
  if (picked && !(state.direction === 'backward' && isProbabilities(picked))) return picked;
  return state.direction === 'backward' || ofPlane() ? chips.findLast(chip => !isProbabilities(chip)) ?? chips.at(-1) : chips.at(-1);
}

const drawnChips = () => Object.fromEntries(state.net.columns.map(column => [column.label, drawn(column).layer]));

export const columnOf = layer => state.net?.columns.find(column => column.chips.some(chip => chip.layer === layer));

export const chipOf = layer => columnOf(layer)?.chips.find(chip => chip.layer === layer);

// The details below: a value, or the table of layers

let last = 0, later = 0;
const pause = () => state.phase === 'training' ? (state.selected ? 250 : 1000) : 0;

/** What the dock tells follows the pictures, but not ten times a second. */
function detail() {
  clearTimeout(later);
  later = setTimeout(() => { last = performance.now(); tell(); }, Math.max(0, last + pause() - performance.now()));
}

const tell = latest(async () => {
  const {selected, net} = state;
  if (!net?.seen) return;
  try {
    if (selected) {
      const value = await ask('value', selected);
      if (state.selected === selected) { const told = {...value, ...selected, forward: spread(value.forward)}; set({value: told}); reveal(told); }
    } else {
      set({rows: (await ask('layers')).rows});
    }
  } catch (refusal) {
    if (selected && state.selected === selected) set({selected: null, value: null});
    refused(refusal);
  }
});

/** The window of a value whose terms are of more than one channel lies on all of them. */
function spread(forward) {
  const {window, terms} = forward;
  return window && terms.some(term => term.at[0] !== window.channel) ? {...forward, window: {...window, channel: null}} : forward;
}

/** Draws the layer that a value was made of, if another chip of its column hides it. */
function reveal(value) {
  const window = value.forward?.window, column = window && columnOf(window.layer);
  if (!column || !columnOf(state.selected.layer) || column === columnOf(state.selected.layer) || drawn(column).layer === window.layer) return;
  set({chips: {...state.chips, [column.label]: window.layer}});
  show();
}

/** Chooses a value, as a step of the history, or none. */
export function select(layer, at, step = true) {
  if (!layer) {
    if (!state.selected && !state.layer) return;
    set({selected: null, value: null, layer: null});
    detail();
    write(step);
    return;
  }
  const column = columnOf(layer), hidden = column && drawn(column).layer !== layer;
  if (hidden) set({chips: {...state.chips, [column.label]: layer}});
  set({selected: {layer, at}, layer: null});
  if (hidden) show(); else detail();
  write(step);
}

export function pickChip(column, layer) {
  set({chips: {...state.chips, [column.label]: layer}});
  write();
  show();
}

export function turn(direction) {
  if (state.direction === direction) return;
  set({direction});
  write();
  show();
}

/** Another example: {part, index} or {pixels}. Colours may take a new range, but not while one draws. */
export function take(example, drawing = false) {
  if (!drawing) ranges.forEach(range => { range.mayShrink = true; });
  set({example, eps: 0});
  if (!drawing) write();
  show();
}

export async function another() {
  const {example} = await ask('example', {random: true});
  take({index: example.index});
}

export function attack(eps) {
  set({eps});
  show();
}

/** The map over the picture, if one is wanted. */
const heat = latest(async () => {
  if (state.look === 'plain') { set({heat: null}); return; }
  try {
    const {look: method} = state, map = await ask('look', {method});
    if (method === state.look) set({heat: {...map, data: values(map)}});
  } catch (refusal) {
    set({look: 'plain', heat: null});
    refused(refusal);
  }
});

export function look(method) {
  set({look: method});
  heat();
}

/** The weights of a layer, in the dock. */
export async function openLayer(layer) {
  set({layer, weights: null, selected: null, value: null});
  try {
    const weights = await ask('weights', {layer});
    if (state.layer === layer) set({weights: {...weights, data: values(weights)}});
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) return refused(refusal);
    if (state.layer === layer) set({weights: {none: refusal.message}});
  }
}

// Training

/** Train or pause, whichever there is to do. */
export const trainOrPause = () => tellServer(state.phase === 'training' ? 'pause' : state.phase === 'paused' ? 'go' : 'train');

export const tellServer = (what, body) => ask(what, body).catch(refused);

/** A sentence for the bar: what the server would not do, and what helps. A lost connection is told of elsewhere. */
export function refused(refusal) {
  if (refusal instanceof Refusal) notice(refusal.remedy ? `${refusal.message} ${refusal.remedy}` : refusal.message);
  else if (!(refusal instanceof TypeError)) throw refusal;
}

let fading = 0;

export function notice(text) {
  clearTimeout(fading);
  set({notice: text});
  fading = setTimeout(() => set({notice: ''}), 8000);
}

export async function openFile(name, text) {
  set({said: [], tested: null, batch: null, rate: null, diagnosed: []});
  try {
    const opened = await ask('open', text === undefined ? {name} : {name, text});
    set({name: opened.name, draft: opened.text, checked: null, selected: null, value: null, layer: null, chips: {}, example: null, opened: new Set()});
    write();
  } catch (refusal) {
    refused(refusal);
  }
}
