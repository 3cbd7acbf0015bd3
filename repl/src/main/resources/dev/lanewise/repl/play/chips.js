// Which layer of a column is drawn, and which column a layer stands in.

import {state} from './store.js';
import {isProbabilities} from './places.js';

/** The layer of a column that is drawn. Probabilities have no gradient of their own: backward the layer before them is. */
export function drawn(column) {
  const {chips} = column, picked = chips.find(chip => chip.layer === state.chips[column.label]);
  if (state.direction === 'forward') return picked ?? chips.at(-1);
  return picked && !isProbabilities(picked) ? picked : chips.findLast(chip => !isProbabilities(chip)) ?? chips.at(-1);
}

/** Column → layer, as the server is asked. */
export const drawnChips = () => Object.fromEntries(state.net.columns.map(column => [column.label, drawn(column).layer]));

export const columnOf = layer => state.net?.columns.find(column => column.chips.some(chip => chip.layer === layer));

export const chipOf = layer => columnOf(layer)?.chips.find(chip => chip.layer === layer);
