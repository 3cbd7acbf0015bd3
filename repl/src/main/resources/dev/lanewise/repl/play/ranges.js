// The ends of the scales.

import {roundUp} from './numbers.js';

/** layer → {max}: grows at once, shrinks only at the end of an epoch, so that colours keep their meaning while one looks. */
const ranges = new Map();

/** The range of a layer that has values of such a size now. */
export function ranged(name, max) {
  const range = ranges.get(name) ?? {max: 0, mayShrink: false}, now = roundUp(max);
  if (now > range.max || range.mayShrink) ranges.set(name, {max: now, mayShrink: false});
  return ranges.get(name).max;
}

/** An epoch has ended, or another example is looked at: what comes next may need less. */
export const mayShrink = () => ranges.forEach(range => { range.mayShrink = true; });

export const forgetRanges = () => ranges.clear();
