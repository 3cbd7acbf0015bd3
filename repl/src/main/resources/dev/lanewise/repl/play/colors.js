// The scale of every tensor: blue – grey – gold, straight lines in sRGB, the same in both themes. Its brightness only rises, so
// it is read without colours too. Zero is always grey.

const NEGATIVE = [0x16, 0x31, 0x8f], ZERO = [0x85, 0x85, 0x85], POSITIVE = [0xff, 0xe0, 0x7a];
const STEPS = 511;

export const gold = '#c99a1e';
export const chosen = '#c2005a';

/** From −1 to 1. */
export function mixed(part) {
  const t = Math.max(-1, Math.min(1, part)), end = t < 0 ? NEGATIVE : POSITIVE;
  return ZERO.map((zero, i) => Math.round(zero + (end[i] - zero) * Math.abs(t)));
}

const words = color => 255 << 24 | color[2] << 16 | color[1] << 8 | color[0];
const scale = Uint32Array.from({length: STEPS}, (_, i) => words(mixed(2 * i / (STEPS - 1) - 1)));
const grey = Uint32Array.from({length: 256}, (_, i) => words([i, i, i]));

/** value → pixel as a Uint32Array holds it, for a range of ±max. */
export const signed = max => {
  const factor = (STEPS - 1) / 2 / max;
  return value => scale[Math.max(0, Math.min(STEPS - 1, Math.round(value * factor + (STEPS - 1) / 2))) || 0];
};

export const blackToWhite = (least, most) => value => grey[Math.max(0, Math.min(255, Math.round(255 * (value - least) / (most - least || 1)))) || 0];

/** Black or white, whichever contrasts more with the colour. */
export function on(color) {
  const [r, g, b] = color.map(part => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}

export const css = color => `rgb(${color.join(' ')})`;

/** Colours of classes in a plane (Okabe and Ito), which every kind of eye tells apart. */
export const classColors = [[0, 114, 178], [230, 159, 0], [0, 158, 115], [204, 121, 167], [213, 94, 0], [86, 180, 233], [240, 228, 66], [110, 110, 110]];
