// Values to pixels: every map is put down one pixel a value, then drawn larger with sharp edges.

const scratch = new Map();

/** A sheet of that size to put pixels on: one for all, for what is on it is drawn at once. */
function sheet(w, h) {
  const key = w + 'x' + h;
  if (!scratch.has(key)) {
    const canvas = new OffscreenCanvas(w, h), context = canvas.getContext('2d', {willReadFrequently: true});
    if (scratch.size > 40) scratch.clear();
    scratch.set(key, {canvas, context, image: new ImageData(w, h)});
  }
  return scratch.get(key);
}

/** Values of so many maps of h x w → a canvas with the maps below each other. */
export function strip(data, maps, h, w, colorOf) {
  const {canvas, context, image} = sheet(Math.max(1, w), Math.max(1, h * maps));
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colorOf(data[i]);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Three channels → one picture in colour. */
export function colored(data, h, w, [least, most]) {
  const {canvas, context, image} = sheet(w, h), size = h * w;
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = 255 * (data[c * size + i] - least) / (most - least || 1);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** One map of a strip, at its place. */
export function stamp(context, source, q, h, w, x, y, cell) {
  context.imageSmoothingEnabled = cell * (devicePixelRatio || 1) < 1;
  context.drawImage(source, 0, q * h, w, h, x, y, w * cell, h * cell);
}
