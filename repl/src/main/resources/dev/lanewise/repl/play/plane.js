// The pad for points: the plane, coloured by the answer where the output is drawn, with the examples on it.

import {state, set} from './store.js';
import {el, surface} from './dom.js';
import {packed} from './numbers.js';
import {classColors, css, signed} from './colors.js';
import {ask} from './stream.js';
import {refused} from './notices.js';
import {take} from './sight.js';
import {isProbabilities, PLANE} from './places.js';
import {drawn} from './chips.js';
import {strip} from './raster.js';
import {t} from './words.js';

const SIDE = 168, MOST_POINTS = 600;

export function planePad() {
  const canvas = el('canvas', {role: 'img', tabindex: 0, id: 'pad', class: 'pad', 'aria-label': t('padPlane')});
  if (!state.plane) ask('plane').then(plane => set({plane})).catch(refused);
  const to = (x, y) => { const {left, right, bottom, top} = state.plane; return [(x - left) / (right - left) * SIDE, (top - y) / (top - bottom) * SIDE]; };
  const put = (x, y, drawing) => take({pixels: packed(Float32Array.of(x, y), state.net.input.shape)}, drawing);
  const from = event => { const {left, right, bottom, top} = state.plane, part = v => Math.max(0, Math.min(SIDE, v)) / SIDE; return [left + part(event.offsetX) * (right - left), top - part(event.offsetY) * (top - bottom)]; };
  let down = false;
  canvas.addEventListener('pointerdown', event => { if (!state.plane) return; down = true; canvas.setPointerCapture(event.pointerId); put(...from(event), true); });
  canvas.addEventListener('pointermove', event => { if (down) put(...from(event), true); });
  canvas.addEventListener('pointerup', event => { if (down) put(...from(event), false); down = false; });
  canvas.addEventListener('keydown', event => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]}[event.key];
    if (!step || !state.plane || !state.acts || event.altKey) return;
    event.preventDefault();
    const {left, right, bottom, top} = state.plane, [x, y] = state.acts.numbers;
    put(x + step[0] * (right - left) / 40, y + step[1] * (top - bottom) / 40, true);
  });

  function update() {
    const c = surface(canvas, SIDE, SIDE), {plane, acts} = state;
    if (!plane) return;
    background(c);
    const each = Math.ceil(plane.points.length / MOST_POINTS), radius = plane.points.length < 30 ? 4 : 1.8;
    plane.points.forEach(([x, y, kind], i) => { if (i % each === 0) point(c, ...to(x, y), radius, css(classColors[kind % classColors.length]), 0.5); });
    if (acts) point(c, ...to(acts.numbers[0], acts.numbers[1]), 5, acts.answer.says >= 0 ? css(classColors[acts.answer.says % classColors.length]) : '#fff', 2);
  }
  return {node: canvas, update};
}

function point(c, x, y, radius, color, line) {
  c.beginPath();
  c.arc(x, y, radius, 0, 7);
  c.fillStyle = color;
  c.fill();
  c.strokeStyle = '#fff';
  c.lineWidth = line;
  c.stroke();
}

/** The class that is largest at each place, paler where it is not sure; of one output its value. */
function background(c) {
  const chip = drawn(state.net.columns.at(-1)), layer = state.acts?.layers.get(chip.layer);
  c.fillStyle = '#858585';
  c.fillRect(0, 0, SIDE, SIDE);
  if (!layer || state.acts.direction !== 'forward') return;
  const units = layer.data.length / (PLANE * PLANE), small = units === 1 ? strip(layer.data, 1, PLANE, PLANE, signed(layer.range)) : regions(layer.data, units, isProbabilities(chip));
  c.imageSmoothingEnabled = true;
  c.drawImage(small, 0, 0, SIDE, SIDE);
}

function regions(data, units, areParts) {
  const size = PLANE * PLANE, canvas = new OffscreenCanvas(PLANE, PLANE), image = new ImageData(PLANE, PLANE);
  for (let i = 0; i < size; i++) {
    let best = 0, second = -Infinity;
    for (let u = 1; u < units; u++) if (data[u * size + i] > data[best * size + i]) best = u;
    for (let u = 0; u < units; u++) if (u !== best) second = Math.max(second, data[u * size + i]);
    const ahead = data[best * size + i] - second, sure = areParts ? ahead : Math.tanh(ahead / 2), color = classColors[best % classColors.length];
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = 235 + (color[k] - 235) * (0.2 + 0.5 * sure);
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}
