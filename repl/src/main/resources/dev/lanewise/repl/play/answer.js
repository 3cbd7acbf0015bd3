// What the network says of the example: a class and how sure it is, or numbers.

import {state} from './store.js';
import {el, fill} from './dom.js';
import {fixed, percent} from './numbers.js';
import {className} from './places.js';
import {t} from './words.js';

export function answer() {
  const node = el('div', {class: 'says'});
  const update = () => {
    const {acts} = state, given = acts?.answer;
    if (!given) { fill(node, t('says'), el('b', {}, '–')); return; }
    const numbers = !(given.says >= 0), name = numbers ? given.values.slice(0, 4).map(v => fixed(v, 2)).join('  ') : className(given.says), {label} = acts.example;
    fill(node, t('says'), el('b', {class: name.length > 8 ? 'small' : ''}, name),
      given.sure !== null && el('span', {}, t('sure', percent(given.sure))),
      el('span', {class: 'truth'}, label !== null ? t('isClass', className(label)) : acts.example.own ? t('own') : ' '),
      !acts.trained && el('span', {class: 'truth'}, t('random')));
  };
  return {node, update};
}
