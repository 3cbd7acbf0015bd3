// The pad for pictures: one draws on the very pixels that the network gets; over them lies what it looks at.

import {state} from './store.js';
import {el, surface, token} from './dom.js';
import {packed, shape, values} from './numbers.js';
import {blackToWhite, signed} from './colors.js';
import {colored, stamp, strip} from './raster.js';
import {take} from './sight.js';
import {range} from './places.js';
import {t} from './words.js';

const SIDE = 168, PEN = 1.7 / 28;

export function drawingPad() {
  const {input} = state.net, [channels, h, w] = input.shape.length === 3 ? input.shape : [1, ...input.shape], [least, most] = range();
  const cell = Math.max(h, w) <= SIDE ? Math.floor(SIDE / Math.max(h, w)) : SIDE / Math.max(h, w);
  const canvas = el('canvas', {role: 'img', tabindex: 0, id: 'pad', class: 'pad', 'aria-label': t('pad', shape(input.shape))});
  const pen = {x: w / 2, y: h / 2, shown: false, from: null};
  let base = new Float32Array(channels * h * w).fill(least);

  /** A stroke from the last point to this one: full inside, fading over the last pixel. */
  function stroke(x, y) {
    const radius = Math.max(1, PEN * Math.max(h, w)), from = pen.from ?? {x, y}, steps = Math.max(1, Math.ceil(2 * Math.hypot(x - from.x, y - from.y)));
    for (let k = 0; k <= steps; k++) dot(from.x + (x - from.x) * k / steps, from.y + (y - from.y) * k / steps, radius);
    pen.from = {x, y};
  }

  /** What is drawn so far is shown to the network. */
  function tell() {
    take({pixels: packed(base, input.shape)}, true);
    update();
  }

  function dot(cx, cy, radius) {
    for (let i = Math.max(0, Math.floor(cy - radius - 1)); i <= Math.min(h - 1, cy + radius + 1); i++) {
      for (let j = Math.max(0, Math.floor(cx - radius - 1)); j <= Math.min(w - 1, cx + radius + 1); j++) {
        const ink = least + (most - least) * Math.max(0, Math.min(1, radius + 0.3 - Math.hypot(j + 0.5 - cx, i + 0.5 - cy)));
        for (let c = 0; c < channels; c++) base[(c * h + i) * w + j] = Math.max(base[(c * h + i) * w + j], ink);
      }
    }
  }

  const spot = event => { const box = canvas.getBoundingClientRect(); return [(event.clientX - box.left) / cell, (event.clientY - box.top) / cell]; };
  canvas.addEventListener('pointerdown', event => {
    if (event.button || !state.net.own) return;
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
    canvas.focus();
    base = Float32Array.from(base);
    pen.shown = false;
    pen.from = null;
    pen.down = true;
    stroke(...spot(event));
    tell();
  });
  // Raw events come as the hand moves, others only before the next frame: the first of each frame is told at once, what follows it with that frame.
  canvas.addEventListener('onpointerrawupdate' in canvas ? 'pointerrawupdate' : 'pointermove', event => {
    if (!pen.down) return;
    const all = event.getCoalescedEvents?.() ?? [];
    for (const each of all.length ? all : [event]) stroke(...spot(each));
    if (pen.told) { pen.more = true; return; }
    pen.told = true;
    tell();
    requestAnimationFrame(() => {
      pen.told = false;
      if (pen.more && pen.down) tell();
      pen.more = false;
    });
  });
  const up = () => { if (!pen.down) return; pen.down = false; pen.from = null; take({pixels: packed(base, input.shape)}); };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('keydown', event => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || (!step && event.key !== ' ') || !state.net.own) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) { pen.x = Math.max(0.5, Math.min(w - 0.5, pen.x + step[0])); pen.y = Math.max(0.5, Math.min(h - 0.5, pen.y + step[1])); }
    pen.shown = true;
    if (event.key === ' ' || event.shiftKey) { stroke(pen.x, pen.y); tell(); } else { pen.from = null; update(); }
  });
  canvas.addEventListener('blur', () => { pen.shown = false; update(); });

  function update() {
    const {acts, example, heat, eps} = state;
    if (!pen.down) {
      if (eps && acts) base = acts.numbers;
      else if (example?.pixels) base = values(example.pixels);
      else if (acts) base = acts.numbers;
    }
    if (base.length !== channels * h * w) return;
    const c = surface(canvas, w * cell, h * cell);
    stamp(c, channels === 3 ? colored(base, h, w, [least, most]) : strip(base, 1, h, w, blackToWhite(least, most)), 0, h, w, 0, 0, cell);
    if (heat) over(c, heat, w * cell, h * cell);
    if (pen.shown) { c.strokeStyle = token('mark'); c.lineWidth = 2; c.strokeRect((pen.x - 1) * cell, (pen.y - 1) * cell, 2 * cell, 2 * cell); }
  }
  return {node: canvas, update};
}

/** The map over the darkened picture: the more it counts, the more gold. */
function over(c, {data, max, shape: [h, w]}, width, height) {
  c.fillStyle = '#000';
  c.globalAlpha = 0.45;
  c.fillRect(0, 0, width, height);
  const layer = new OffscreenCanvas(w, h), context = layer.getContext('2d'), image = new ImageData(w, h), color = signed(1), pixel = new Uint32Array(1), parts = new Uint8Array(pixel.buffer);
  data.forEach((value, i) => {
    const strength = Math.min(1, Math.abs(value) / (max || 1));
    pixel[0] = color(Math.sign(value));
    image.data.set([parts[0], parts[1], parts[2], 255 * strength], 4 * i);
  });
  context.putImageData(image, 0, 0);
  c.globalAlpha = 1;
  c.imageSmoothingEnabled = false;
  c.drawImage(layer, 0, 0, width, height);
}
