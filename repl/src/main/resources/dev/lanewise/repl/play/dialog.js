// The one dialog: a title and something to read. Escape closes it, the focus goes back by itself.

import {$, el, fill} from './dom.js';
import {t} from './words.js';

export function show(title, ...content) {
  const dialog = $('dialog'), close = el('button', {class: 'button', onclick: () => dialog.close()}, t('close'));
  fill(dialog, el('div', {class: 'head'}, el('h2', {id: 'dialog-title'}, title), el('span', {class: 'grow'}), close), el('div', {class: 'content', tabindex: 0}, content));
  dialog.showModal();
  close.focus();
}

export function showTable(title, heads, rows) {
  show(title, el('table', {class: 'plain'}, el('thead', {}, el('tr', {}, heads.map(h => el('th', {scope: 'col'}, h)))),
    el('tbody', {}, rows.map(([first, ...others]) => el('tr', {}, el('th', {scope: 'row'}, first), others.map(value => el('td', {}, value)))))));
}
