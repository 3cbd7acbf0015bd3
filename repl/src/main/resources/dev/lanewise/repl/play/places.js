// Which value a map, a row and a column of a picture are, and back.

import {state} from './store.js';
import {dimensions} from './shapes.js';
import {roundUp} from './numbers.js';

/** In a net of points every unit is drawn as a map of the plane; the value is still the unit's. */
export const ofPlane = () => state.net?.input.kind === 'plane';

export const PLANE = 24;

/** Maps larger than this come coarser, longer rows of cells are cut. */
const WIDEST = 96, MOST_CELLS = 1024;

/** The chip of what the network takes. */
export const isInput = chip => state.net.columns[0].chips.includes(chip);

/** What is drawn of a chip: what the server sent of its layer; of the input the example itself, or the plane's two axes. */
export function seen(chip) {
  const {acts} = state, layer = acts?.layers.get(chip.layer);
  if (layer || !acts || !isInput(chip) || acts.direction === 'backward') return layer;
  const data = ofPlane() ? state.plane && axes(state.plane) : acts.numbers;
  return data && {layer: chip.layer, data, range: roundUp(data.reduce((most, v) => Math.max(most, Math.abs(v)), 0))};
}

/** What x and y are at each place of the plane, as maps. */
function axes({left, right, bottom, top}) {
  const middle = i => (i + 0.5) / PLANE, data = new Float32Array(2 * PLANE * PLANE);
  for (let i = 0; i < PLANE * PLANE; i++) {
    data[i] = left + middle(i % PLANE) * (right - left);
    data[PLANE * PLANE + i] = top - middle(Math.floor(i / PLANE)) * (top - bottom);
  }
  return data;
}

/** What a network leaves to its loss: the server has no layer of that name to look into. */
export const isProbabilities = chip => chip.layer === 'softmax' && ['softmax', 'sigmoid'].includes(chip.word);

/** Probabilities are made outside of the network: what is looked at is what they were made of. */
export const inside = (chip, column) => isProbabilities(chip) ? column.chips.findLast(c => c !== chip && c.shape.join() === chip.shape.join()) ?? chip : chip;

export const range = () => state.net.input.range ?? [0, 1];

export const className = index => state.net?.classes[index] ?? String(index);

/** How a chip's values lie: maps of height x width. */
export function lie(chip) {
  if (ofPlane() && chip.shape.length === 1 && chip.draws === 'maps') return {maps: chip.shape[0], height: PLANE, width: PLANE, rank: 1, plane: true, step: 1};
  const whole = dimensions(chip.shape);
  if (whole.rank === 1) return {...whole, width: Math.min(MOST_CELLS, whole.width), step: 1};
  const step = Math.ceil(Math.max(whole.height, whole.width) / WIDEST);
  return {...whole, height: Math.ceil(whole.height / step), width: Math.ceil(whole.width / step), step};
}

/** Map q, row y, column x → indices. */
export function indices(chip, q, y, x) {
  const {rank, plane, step} = lie(chip);
  if (plane) return [q];
  y = Math.min(y * step, chip.shape.at(-2) - 1);
  x = rank === 1 ? x : Math.min(x * step, chip.shape.at(-1) - 1);
  if (rank === 1) return [x];
  if (rank === 2) return [y, x];
  const leading = [];
  for (let d = chip.shape.length - 3; d >= 0; d--) {
    leading.unshift(q % chip.shape[d]);
    q = Math.floor(q / chip.shape[d]);
  }
  return [...leading, y, x];
}

/** Indices → {q, y, x}; a unit of a plane is the whole map. */
export function spot(chip, at) {
  const {rank, plane, step} = lie(chip), small = v => Math.floor(v / step);
  if (plane) return {q: at[0], y: 0, x: 0};
  if (rank === 1) return {q: 0, y: 0, x: at[0]};
  if (rank === 2) return {q: 0, y: small(at[0]), x: small(at[1])};
  let q = 0;
  for (let d = 0; d < at.length - 2; d++) q = q * chip.shape[d] + at[d];
  return {q, y: small(at.at(-2)), x: small(at.at(-1))};
}

/** The next value in a direction, within the layer; channel is by how many maps. */
export function moved(chip, at, {channel = 0, y = 0, x = 0}) {
  const {maps, height, width, rank, plane} = lie(chip), here = spot(chip, at), clamp = (v, n) => Math.max(0, Math.min(n - 1, v));
  if (plane) return [clamp(at[0] + channel + x + y * 8, maps)];
  if (rank === 1) return [clamp(at[0] + x + y + channel, width)];
  return indices(chip, clamp(here.q + channel, maps), clamp(here.y + y, height), clamp(here.x + x, width));
}

export const symbol = (layer, at) => `${layer}[${at.join(', ')}]`;
