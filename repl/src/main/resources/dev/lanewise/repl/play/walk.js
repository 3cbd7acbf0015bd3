// The walk from value to value, and what the dock tells: a value, the weights of a layer, or the table of all layers.

import {state, set} from './store.js';
import {ask, latest, Refusal} from './stream.js';
import {values} from './numbers.js';
import {write} from './address.js';
import {columnOf, drawn} from './chips.js';
import {show} from './sight.js';
import {heat} from './heat.js';
import {refused} from './notices.js';

let last = 0, later = 0;
const pause = () => state.phase === 'training' ? (state.selected ? 500 : 3000) : 150;

/** What the dock tells follows the pictures, but not ten times a second. */
export function detail() {
  clearTimeout(later);
  later = setTimeout(() => {
    last = performance.now();
    tell();
    heat();
  }, Math.max(0, last + pause() - performance.now()));
}

/** Not while a script is read, nor before its pictures are there: what is chosen may be of the network that comes. */
const tell = latest(async () => {
  const {selected, net, acts, phase} = state;
  if (!net?.seen || phase === 'reading' || acts?.net !== net) return;
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
