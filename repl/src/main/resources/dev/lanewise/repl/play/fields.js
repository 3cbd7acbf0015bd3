// Inputs that are no picture: a field for each number, as long as they are few.

import {state} from './store.js';
import {el} from './dom.js';
import {packed, plain, shape} from './numbers.js';
import {take} from './sight.js';
import {t} from './words.js';

const MOST_FIELDS = 40;

/** Letters stand beside each other, words apart. */
const spelled = words => words.join(words.every(word => [...word].length === 1) ? '' : ' ');

/** Texts, and what is too long: only to be read. */
function reading(dims) {
  const node = el('p', {class: 'example'});
  const update = () => { node.textContent = state.acts?.words.length ? spelled(state.acts.words) : t('noNumbers', shape(dims)); };
  update();
  return {node, update};
}

export function fields() {
  const {shape: dims, names} = state.net.input, length = dims.reduce((a, b) => a * b, 1);
  if (!state.net.own || dims.length !== 1 || length > MOST_FIELDS) return reading(dims);
  const inputs = Array.from({length}, (_, i) => el('input', {type: 'number', step: 'any', id: 'field-' + i}));
  const node = el('div', {class: 'fields'}, inputs.map((input, i) => [el('label', {for: input.id}, names[i] ?? `[${i}]`), input]).flat());
  node.addEventListener('input', () => {
    const numbers = inputs.map(input => input.valueAsNumber);
    if (numbers.every(Number.isFinite)) take({pixels: packed(numbers, dims)}, true);
  });
  const update = () => {
    if (!state.acts) return;
    inputs.forEach((input, i) => { if (input !== document.activeElement) input.value = plain(state.acts.numbers[i] ?? 0).replace('−', '-'); });
  };
  return {node, update};
}
