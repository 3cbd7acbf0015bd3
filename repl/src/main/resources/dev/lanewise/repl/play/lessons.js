// The course as tours over this page: text at the foot of the script, which may be opened, and what to do in it.

import {state, set, on} from './store.js';
import {$, el, fill, sentence} from './dom.js';
import {ask} from './stream.js';
import {notice, openFile, refused} from './session.js';
import {write} from './address.js';
import {t} from './words.js';

export function startLessons() {
  $('lessons').addEventListener('click', toggle);
  on('lesson steps lang', draw);
  on('lang', () => { if (state.steps) load(); });
}

export async function toggle() {
  if (state.lesson) { go(null); return; }
  await load();
  if (!state.steps?.length) notice(t('lessonsNone'));
  else go(1);
}

async function load() {
  try {
    set({steps: (await ask('lessons')).steps});
  } catch (refusal) {
    refused(refusal);
  }
}

function go(number, open = true) {
  set({lesson: number, tab: 'script', drawer: number ? true : state.drawer});
  write();
  const step = number && state.steps[number - 1];
  if (step?.script && open) openFile(`${String(number).padStart(2, '0')}.net`, step.script);
}

function draw() {
  const {lesson, steps} = state, box = $('lesson');
  $('lessons').setAttribute('aria-pressed', !!lesson);
  if (lesson && !steps) { load(); return; }
  const step = lesson && steps[lesson - 1];
  box.hidden = !step;
  if (!step) return;
  const last = lesson === steps.length, dots = el('div', {class: 'steps', 'aria-hidden': true}, steps.map((_, i) => el('i', {class: i < lesson ? 'done' : ''})));
  fill(box,
    el('div', {class: 'row'}, el('h2', {}, step.title), el('span', {class: 'grow'}), el('span', {class: 'caption'}, t('lessonOf', lesson, steps.length)), el('button', {class: 'quiet tight', onclick: () => go(null), 'aria-label': t('close')}, '×')),
    el('div', {class: 'words', tabindex: 0}, step.text.map(p => el('p', {}, sentence(p)))),
    el('div', {class: 'row'}, dots, el('button', {class: 'button', disabled: lesson === 1, onclick: () => go(lesson - 1)}, t('back')), el('button', {class: 'button first', onclick: () => go(last ? null : lesson + 1)}, t(last ? 'close' : 'next'))));
}
