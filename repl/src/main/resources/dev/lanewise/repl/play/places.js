// Which value a map, a row and a column of a picture are, and back.

import {state} from './store.js';
import {dimensions} from './shapes.js';

/** In a net of points every unit is drawn as a map of the plane; the value is still the unit's. */
export const ofPlane = () => state.net?.input.kind === 'plane';

export const PLANE = 24;

/** How a chip's values lie: maps of height x width. */
export function lie(chip) {
  return ofPlane() && chip.shape.length === 1 && chip.draws === 'maps' ? {maps: chip.shape[0], height: PLANE, width: PLANE, rank: 1, plane: true} : dimensions(chip.shape);
}

/** Map q, row y, column x → indices. */
export function indices(chip, q, y, x) {
  const {rank, plane} = lie(chip);
  if (plane) return [q];
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
  const {rank, plane} = lie(chip);
  if (plane) return {q: at[0], y: 0, x: 0};
  if (rank === 1) return {q: 0, y: 0, x: at[0]};
  if (rank === 2) return {q: 0, y: at[0], x: at[1]};
  let q = 0;
  for (let d = 0; d < at.length - 2; d++) q = q * chip.shape[d] + at[d];
  return {q, y: at.at(-2), x: at.at(-1)};
}

/** The next value in a direction, within the layer; channel is by how many maps. */
export function moved(chip, at, {channel = 0, y = 0, x = 0}) {
  const {maps, height, width, rank, plane} = lie(chip), here = spot(chip, at), clamp = (v, n) => Math.max(0, Math.min(n - 1, v));
  if (plane) return [clamp(at[0] + channel + x + y * 8, maps)];
  if (rank === 1) return [clamp(at[0] + x + y + channel, width)];
  return indices(chip, clamp(here.q + channel, maps), clamp(here.y + y, height), clamp(here.x + x, width));
}

export const symbol = (layer, at) => `${layer}[${at.join(', ')}]`;
