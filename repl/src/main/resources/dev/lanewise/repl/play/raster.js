// Values to pixels: every map is put down one pixel a value, then drawn larger with sharp edges.

/** Values of so many maps of h x w → a canvas with the maps below each other. */
export function strip(data, maps, h, w, colorOf) {
  const canvas = new OffscreenCanvas(Math.max(1, w), Math.max(1, h * maps)), image = new ImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colorOf(data[i]);
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

/** Three channels → one picture in colour. */
export function colored(data, h, w, [least, most]) {
  const canvas = new OffscreenCanvas(w, h), image = new ImageData(w, h), size = h * w;
  for (let i = 0; i < size; i++) {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = 255 * (data[c * size + i] - least) / (most - least || 1);
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

/** One map of a strip, at its place. */
export function stamp(context, source, q, h, w, x, y, cell) {
  context.imageSmoothingEnabled = cell * (devicePixelRatio || 1) < 1;
  context.drawImage(source, 0, q * h, w, h, x, y, w * cell, h * cell);
}
