// Trainings that go on though their tabs were closed: whoever opens the page anew is asked what becomes of them.

import {el} from './dom.js';
import {ask, become} from './stream.js';
import {show} from './dialog.js';
import {refused} from './notices.js';
import {t} from './words.js';

export async function offerLeft() {
  const {left} = await ask('left').catch(fault => { refused(fault); return {left: []}; });
  if (left.length) show(t('leftTitle'), el('p', {}, t('leftText')), el('ul', {class: 'left'}, left.map(row)));
}

function row({page, name}) {
  const line = el('li', {}, el('b', {}, name || t('yourScript')), el('span', {class: 'grow'}),
    el('button', {class: 'button', onclick: () => become(page)}, t('leftGo')),
    el('button', {class: 'button', onclick: () => end()}, t('stop')));
  const end = () => ask('end', {page}).then(() => { line.replaceChildren(el('b', {}, name), el('span', {class: 'grow'}), t('trainingStopped')); }).catch(refused);
  return line;
}
