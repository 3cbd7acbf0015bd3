// What the network says of the example: a class and how sure it is, or numbers.

import {state} from './store.js';
import {el, fill} from './dom.js';
import {fixed, percent} from './numbers.js';
import {t} from './words.js';

export function answer() {
  const node = el('div', {class: 'says'});
  const update = () => {
    const {acts} = state, given = acts?.answer;
    if (!given) { fill(node, t('says'), el('b', {}, '–')); return; }
    const numbers = given.says === null || given.says === undefined;
    fill(node, t('says'), el('b', {class: numbers || given.says.length > 6 ? 'small' : ''}, numbers ? (given.values ?? []).slice(0, 4).map(v => fixed(v, 2)).join('  ') : given.says),
      given.sure !== null && given.sure !== undefined && el('span', {}, t('sure', percent(given.sure))),
      el('span', {class: 'truth'}, acts.example.own ? t('own') : acts.example.label !== null && acts.example.label !== undefined ? t('isClass', acts.example.label) : ' '),
      !acts.trained && el('span', {class: 'truth'}, t('random')));
  };
  return {node, update};
}
