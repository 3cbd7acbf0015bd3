// Numbers as they are read, and arrays as they travel (base64 of little-endian float16).

/** Decimals as asked for; fewer where the number is large, a power of ten where it would be only zeros. */
export function fixed(value, decimals = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 0.5 * 10 ** -decimals) return minus(value.toExponential(1).replace('e+', 'e'));
  return minus(value.toFixed(size >= 1000 ? 0 : size >= 100 ? Math.min(decimals, 1) : decimals));
}

/** As short as it can be told in a small cell: .37, −7.2, 12. */
export function brief(value) {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 0.005) return '0';
  const text = size >= 9.95 ? value.toFixed(0) : size >= 0.995 ? value.toFixed(1) : value.toFixed(2);
  return minus(text.replace(/^(-?)0\./, '$1.'));
}

/** A round figure as it is written: 0.5, 20, 1e−5. */
export function plain(value) {
  const size = Math.abs(value);
  return minus(size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(0).replace('e+', 'e') : String(+value.toPrecision(3)));
}

export const count = value => Math.round(value).toLocaleString('en-US');

export const percent = (value, decimals = 1) => (100 * value).toFixed(decimals) + ' %';

const minus = text => text.replaceAll('-', '−');

/** Rounded up to 1, 2 or 5 times a power of ten; 1 for nothing. */
export function roundUp(value) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const unit = 10 ** Math.floor(Math.log10(value) + 1e-9);
  for (const step of [1, 2, 5, 10]) if (value <= step * unit * (1 + 1e-6)) return +(step * unit).toPrecision(1);
  return value;
}

export const shape = dimensions => dimensions.join('x');

const halves = new Float32Array(65536);
for (let bits = 0; bits < 65536; bits++) {
  const exponent = bits >> 10 & 31, fraction = bits & 1023;
  const size = exponent === 31 ? (fraction ? NaN : Infinity)
    : exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : fraction * 2 ** -24;
  halves[bits] = bits >> 15 ? -size : size;
}

/** {shape, f16} as it came → Float32Array. */
export function values(array) {
  const bytes = atob(array.f16), result = new Float32Array(bytes.length >> 1);
  for (let i = 0; i < result.length; i++) result[i] = halves[bytes.charCodeAt(2 * i) | bytes.charCodeAt(2 * i + 1) << 8];
  return result;
}

const one = new Float32Array(1), bitsOfOne = new Uint32Array(one.buffer);

/** Rounded to the nearest float16. */
function half(value) {
  one[0] = value;
  const bits = bitsOfOne[0], sign = bits >>> 16 & 0x8000, exponent = (bits >>> 23 & 255) - 112, fraction = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    const shift = 14 - exponent;
    return sign | (fraction | 0x800000) + (1 << shift - 1) >> shift;
  }
  return sign | (exponent << 10 | fraction >> 13) + (fraction >> 12 & 1);
}

/** Float32Array → {shape, max, f16} as it travels. */
export function packed(numbers, dimensions) {
  let bytes = '', max = 0;
  for (const value of numbers) {
    const bits = half(value);
    max = Math.max(max, Math.abs(value));
    bytes += String.fromCharCode(bits & 255, bits >> 8);
  }
  return {shape: dimensions, max, f16: btoa(bytes)};
}
