// The steps of the tutorial over this page: text at the foot of the script, what to do in it, and places of the page that it leads to. What has been done is judged by the server.

import {state, set, on} from './store.js';
import {$, el, fill, sentence} from './dom.js';
import {ask} from './stream.js';
import {openFile, tellServer} from './commands.js';
import {notice, refused} from './notices.js';
import {write} from './address.js';
import {lead} from './tour.js';
import {t} from './words.js';

/** The step that is drawn. */
let shown = 0;

export function startLessons() {
  $('lessons').addEventListener('click', toggle);
  on('lesson steps lang judged tour', draw);
  on('worked', judge);
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
  lead(null);
  set({lesson: null, judged: null});
  write();
}

function go(number) {
  const {script} = state.steps[number - 1];
  lead(null);
  set({lesson: number, judged: null, tab: 'script', drawer: true});
  openFile(`lesson-${number}.net`, script ? script + '\n' : '');
}

/** Writes what the step asks for behind what is there, and runs it. */
async function solve({script, solution}) {
  await openFile(state.name, (script ? script + '\n' : '') + solution + '\n');
  await tellServer('run', {text: state.draft});
}

/** Whether what has run is what the step asks for. */
async function judge() {
  const {lesson} = state;
  if (!lesson) return;
  try {
    const judged = await ask('lesson', {number: lesson});
    if (state.lesson === lesson) set({judged: judged.text ? judged : null});
  } catch (refusal) {
    refused(refusal);
  }
}

/** Lines are paragraphs; those that are set in are code, together. */
const paragraphs = text => text.match(/(?:^  .*(?:\n|$))+|^.*\S.*$/gm).map(p => p.startsWith('  ') ? el('pre', {tabindex: 0}, p.trimEnd().replace(/^  /gm, '')) : el('p', {}, sentence(p)));

function draw() {
  const {lesson, steps, judged, tour} = state, box = $('lesson');
  $('lessons').setAttribute('aria-pressed', !!lesson);
  if (lesson && !steps) { load(); return; }
  const step = lesson && steps[lesson - 1];
  box.hidden = !step;
  if (!step) return;
  const words = box.querySelector('.words'), place = words && !judged ? words.scrollTop : 0;
  const last = lesson === steps.length, dots = el('div', {class: 'steps', 'aria-hidden': true}, steps.map((_, i) => el('i', {class: i < lesson ? 'done' : ''})));
  fill(box,
    el('div', {class: 'row'}, el('h2', {}, step.title), el('span', {class: 'grow'}), el('span', {class: 'caption'}, t('lessonOf', lesson, steps.length)), el('button', {class: 'quiet tight', onclick: close, 'aria-label': t('close')}, '×')),
    el('div', {class: 'words', tabindex: 0, role: 'group', 'aria-label': step.title}, paragraphs(step.text), step.task && el('div', {class: 'task'}, paragraphs(step.task)),
      el('ul', {class: 'tour', 'aria-label': t('lookAt')}, step.tour.map(stop => el('li', {}, el('button', {'aria-pressed': tour === stop.place, onclick: () => lead(tour === stop.place ? null : stop.place)}, stop.text)))),
      judged && el('div', {class: judged.done ? 'done' : 'wrong', role: 'status'}, paragraphs(judged.text))),
    el('div', {class: 'row'}, dots, step.solution && el('button', {class: 'quiet', onclick: () => solve(step)}, t('doIt')),
      el('button', {class: 'button', disabled: lesson === 1, onclick: () => go(lesson - 1)}, t('back')), el('button', {class: 'button first', onclick: last ? close : () => go(lesson + 1)}, t(last ? 'close' : 'next'))));
  if (judged) box.querySelector('.words').lastElementChild.scrollIntoView({block: 'nearest'}); else box.querySelector('.words').scrollTop = step.number === shown ? place : 0;
  shown = step.number;
}
