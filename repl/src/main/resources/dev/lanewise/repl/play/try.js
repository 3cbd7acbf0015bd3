// Trying the network: what one gives it, what it says, and the attack. What there is to give depends on the input: a picture to
// draw, a point in a plane, or numbers.

import {state, on} from './store.js';
import {$, el, fill, segments} from './dom.js';
import {look} from './heat.js';
import {notice} from './notices.js';
import {another, attack, take} from './sight.js';
import {packed} from './numbers.js';
import {range} from './places.js';
import {answer} from './answer.js';
import {drawingPad} from './pad.js';
import {planePad} from './plane.js';
import {fields} from './fields.js';
import {camera} from './camera.js';
import {chooseFile, startDrop} from './drop.js';
import {t} from './words.js';

let parts = [];

export function startTry() {
  const press = segments($('look'), look);
  on('look net lang', () => { press(state.look); methods(); });
  on('net lang theme', build);
  on('acts heat eps example plane theme', update);
  startDrop();
  press('plain');
  build();
}

/** Grad-CAM needs maps to be read from. */
function methods() {
  const image = state.net?.input.kind === 'image', maps = state.net?.columns.slice(1).some(c => c.chips.some(chip => chip.shape.length === 3));
  $('look').hidden = !image;
  $('look').querySelector('[data-value=grad_cam]').hidden = !maps;
}

function build() {
  const {net} = state, box = $('pad-box');
  parts.forEach(part => part.end?.());
  if (!net?.seen) { parts = []; fill(box); return; }
  methods();
  const {kind, shape} = net.input, isOwnImage = kind === 'image' && net.own, blank = range()[0], pad = kind === 'image' ? drawingPad() : kind === 'plane' ? planePad() : fields(), says = answer();
  const clear = isOwnImage && el('button', {class: 'button', id: 'clear', onclick: () => take({pixels: packed(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(blank), shape)})}, t('clear'));
  const cam = isOwnImage && camera();
  const tools = el('div', {class: 'tools'}, says.node, clear, el('button', {class: 'button', id: 'another', onclick: () => another().catch(error => notice(error.message))}, t('another')),
    isOwnImage && el('button', {class: 'button', id: 'picture', onclick: chooseFile}, t('picture')), cam && cam.button, isOwnImage && el('span', {class: 'caption'}, t('dropHint')), kind === 'other' && net.own && el('span', {class: 'caption'}, t('dropCsv')));
  const eps = net.attackable && kind === 'image' ? attackSlider() : null;
  parts = [pad, says, eps, cam].filter(Boolean);
  fill(box, el('div', {class: kind === 'other' ? 'tried numbers' : 'tried'}, pad.node, tools), eps && eps.node);
  update();
}

function attackSlider() {
  const input = el('input', {type: 'range', id: 'eps', min: 0, max: 40, step: 1, value: 0}), output = el('output', {for: 'eps'});
  const [least, most] = range(), of = () => +(input.value / 100 * (most - least)).toPrecision(3);
  input.addEventListener('input', () => { attack(of()); show(); });
  const show = () => { output.textContent = 'ε ' + of(); input.setAttribute('aria-valuetext', output.textContent); };
  show();
  return {
    node: el('div', {class: 'slider'}, el('label', {for: 'eps'}, t('attack')), input, output),
    update: () => { if (state.eps === 0 && +input.value !== 0) { input.value = 0; show(); } },
  };
}

const update = () => parts.forEach(part => part.update?.());
