// The steps of the tutorial over this page: text at the foot of the script, what to do in it, and the way there.

import {state, set, on} from './store.js';
import {$, el, fill, sentence} from './dom.js';
import {ask} from './stream.js';
import {openFile, tellServer} from './commands.js';
import {notice, refused} from './notices.js';
import {write} from './address.js';
import {t} from './words.js';

export function startLessons() {
  $('lessons').addEventListener('click', toggle);
  on('lesson steps lang solved', draw);
  on('lang', () => { if (state.steps) load(); });
}

export async function toggle() {
  if (state.lesson) { close(); return; }
  await load();
  if (state.steps?.length) go(1); else notice(t('lessonsNone'));
}

async function load() {
  try {
    set({steps: (await ask('lessons')).steps});
  } catch (refusal) {
    refused(refusal);
  }
}

function close() {
  set({lesson: null});
  write();
}

function go(number) {
  const {given} = state.steps[number - 1];
  set({lesson: number, solved: false, tab: 'script', drawer: true});
  openFile(`lesson-${number}.net`, given ? given + '\n' : '');
}

/** Writes what the step asks for behind what is there, and runs it. */
async function solve({given, solution}) {
  await openFile(state.name, (given ? given + '\n' : '') + solution + '\n');
  await tellServer('run', {text: state.draft});
  set({solved: true});
}

/** Lines are paragraphs; those that are set in are code. */
const paragraphs = text => text.split('\n').filter(p => p.trim()).map(p => p.startsWith('  ') ? el('pre', {}, p.trim()) : el('p', {}, sentence(p)));

function draw() {
  const {lesson, steps, solved} = state, box = $('lesson');
  $('lessons').setAttribute('aria-pressed', !!lesson);
  if (lesson && !steps) { load(); return; }
  const step = lesson && steps[lesson - 1];
  box.hidden = !step;
  if (!step) return;
  const last = lesson === steps.length, dots = el('div', {class: 'steps', 'aria-hidden': true}, steps.map((_, i) => el('i', {class: i < lesson ? 'done' : ''})));
  fill(box,
    el('div', {class: 'row'}, el('h2', {}, step.title), el('span', {class: 'grow'}), el('span', {class: 'caption'}, t('lessonOf', lesson, steps.length)), el('button', {class: 'quiet tight', onclick: close, 'aria-label': t('close')}, '×')),
    el('div', {class: 'words', tabindex: 0, role: 'group', 'aria-label': step.title}, paragraphs(step.text), step.task && el('div', {class: 'task'}, paragraphs(step.task)), solved && step.done && el('div', {class: 'done'}, paragraphs(step.done))),
    el('div', {class: 'row'}, dots, step.solution && el('button', {class: 'quiet', onclick: () => solve(step)}, t('doIt')),
      el('button', {class: 'button', disabled: lesson === 1, onclick: () => go(lesson - 1)}, t('back')), el('button', {class: 'button first', onclick: last ? close : () => go(lesson + 1)}, t(last ? 'close' : 'next'))));
}
