// The editor: a text field over the painted script. What is painted, and what is wrong, comes from the session's own checker.

import {state, set, on} from './store.js';
import {$, el, fill, sentence} from './dom.js';
import {count} from './numbers.js';
import {ask, latest} from './stream.js';
import {chipOf, columnOf} from './chips.js';
import {tellServer} from './commands.js';
import {refused} from './notices.js';
import {paint, shifted} from './paint.js';
import {startCompletion} from './complete.js';
import {write} from './address.js';
import {t} from './words.js';

const PATIENCE = 150;
let seen = '', marks = [], shapes = new Map(), waiting = 0;

export function startEditor() {
  const text = $('text');
  text.addEventListener('input', typed);
  $('run').addEventListener('click', run);
  $('format').addEventListener('click', format);
  on('draft lang', adopt);
  on('selected value theme size drawer tab', repaint);
  on('checked diagnosed net lang phase', told);
  on('said lang', log);
  on('name lang', () => text.setAttribute('aria-label', state.name || t('script')));
  startCompletion(text, $('completions'), replace);
  text.setAttribute('aria-label', t('script'));
  new ResizeObserver(repaint).observe($('editor'));
}

/** A text from elsewhere: a file that was opened, a link. */
function adopt(changed) {
  const text = $('text');
  if (text.value !== state.draft) {
    text.value = state.draft;
    marks = [];
    shapes = new Map();
    seen = state.draft;
    repaint();
    check();
  } else if (changed.has('lang')) {
    check();
  }
}

function typed() {
  const {value} = $('text');
  marks = shifted(marks, seen, value);
  if (value.split('\n').length !== seen.split('\n').length) shapes = new Map();
  seen = value;
  set({draft: value});
  repaint();
  clearTimeout(waiting);
  waiting = setTimeout(check, PATIENCE);
}

const check = latest(async () => {
  clearTimeout(waiting);
  const text = state.draft;
  if (!text.trim()) { set({checked: {diagnostics: [], text}}); return; }
  try {
    const checked = await ask('check', {text, told: text === state.text});
    if (text !== state.draft) return;
    marks = checked.highlights.map(([start, end, kind]) => ({start, end, kind})).concat(
      checked.diagnostics.filter(d => d.end > d.start).map(d => ({start: d.start, end: d.end, kind: d.severity === 'error' ? 'wave' : 'wave warn'})));
    shapes = new Map(checked.shapes.map(({line, text: shape}) => [line, shape]));
    set({checked: {...checked, text}});
    repaint();
    write();
  } catch (refusal) {
    refused(refusal);
  }
});

function repaint() {
  const line = state.selected && (chipOf(state.selected.layer) ?? columnOf(state.selected.layer)?.chips[0])?.line;
  paint($('paint'), $('text').value, marks, shapes, new Set(line ? [line] : []));
}

/** Puts text in place of a range, so that the editor's own undo knows of it. */
function replace(start, end, text) {
  const field = $('text');
  field.focus();
  field.setSelectionRange(start, end);
  if (!(text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text))) {
    field.setRangeText(text, start, end, 'end');
    typed();
  }
}

function told() {
  const {checked, net} = state, box = $('diagnostics'), all = [...checked?.diagnostics ?? [], ...later()];
  if (!checked || !state.draft.trim()) { fill(box, state.phase === 'reading' ? el('p', {class: 'fine'}, t('reading')) : null); return; }
  fill(box, all.map(diagnostic), all.some(d => d.severity === 'error') ? null : el('p', {class: 'fine'}, net ? t('noMistakesOf', count(net.parameters)) : t('noMistakes')));
}

/** What only came out when the script was taken or run. */
function later() {
  const {checked, diagnosed, draft, text} = state;
  return draft === text ? diagnosed.filter(d => !checked?.diagnostics.some(c => c.code === d.code && c.start === d.start)) : [];
}

function diagnostic({severity, code, message, remedy, edits, start, end, line}) {
  const go = () => { $('text').focus(); $('text').setSelectionRange(start, end); };
  return el('div', {class: 'diagnostic ' + severity},
    el('p', {}, el('button', {class: 'link', onclick: go, 'aria-label': `${code}, ${line}`}, code), ' ', sentence(message)),
    remedy && (edits?.length ? el('button', {class: 'button', onclick: () => mend(edits)}, sentence(remedy)) : el('p', {class: 'remedy'}, sentence(remedy))));
}

/** The edits of a remedy, from the last to the first, so that none moves another. */
function mend(edits) {
  [...edits].sort((a, b) => b.start - a.start).forEach(({start, end, text}) => replace(start, end, text));
}

async function run() {
  await check();
  tellServer('run', {text: state.draft});
}

async function format() {
  try {
    const {text} = await ask('format', {text: state.draft}), field = $('text'), at = field.selectionStart;
    if (text === field.value) return;
    replace(0, field.value.length, text);
    field.setSelectionRange(Math.min(at, text.length), Math.min(at, text.length));
  } catch (refusal) {
    refused(refusal);
  }
}

function log() {
  const box = $('said');
  box.hidden = state.said.length === 0;
  fill(box, state.said.map(({text, tone}) => el('pre', {class: tone}, text)));
  box.scrollTop = box.scrollHeight;
}

export {run};
