// What is seen of the network: asked for when an example, a chip or the direction is chosen, and sent while it learns.

import {state, set} from './store.js';
import {ask, latest} from './stream.js';
import {packed, values} from './numbers.js';
import {write} from './address.js';
import {chipOf, drawnChips} from './chips.js';
import {mayShrink, ranged} from './ranges.js';
import {detail} from './walk.js';
import {refused} from './notices.js';

/** A reply of `show`, with its arrays as numbers; one that is older than the last, or of another network, is dropped. */
export function took(acts) {
  if (acts.number < state.acts?.number || !isOfThis(acts)) return;
  const layers = new Map(acts.layers.map(layer => [layer.layer, {...layer, data: values(layer), range: ranged(acts.direction + layer.layer, layer.max)}]));
  set({acts: {...acts, layers, numbers: values(acts.pixels), net: state.net}});
  detail();
}

const isOfThis = ({pixels, layers}) => state.net && pixels.shape.join() === state.net.input.shape.join() && layers.every(({layer}) => chipOf(layer));

const firstExample = ({examples, own, input: {shape}}) => examples || !own ? {index: 0} : {pixels: packed(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)};

const wanted = () => ({example: state.example ?? firstExample(state.net), chips: drawnChips(), direction: state.direction});

/** Asks for the pictures of what is chosen now. */
export const show = latest(async () => {
  if (!state.net?.seen || state.phase === 'reading') return;
  try {
    took(state.eps ? await ask('attack', {...wanted(), eps: state.eps}) : await ask('show', wanted()));
  } catch (refusal) {
    refused(refusal);
  }
});

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

/** Another example: {index} or {pixels}. Colours may take a new range, but not while one draws. */
export function take(example, drawing = false) {
  if (!drawing) mayShrink();
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
