// Losses over epochs, on a logarithmic scale: this training, and earlier ones dotted below it. Both axes only ever grow.

import {state, touch, on} from './store.js';
import {$, el, fill, surface, token} from './dom.js';
import {fixed, plain} from './numbers.js';
import {currentRun} from './runs.js';
import {notice} from './notices.js';
import {showTable} from './dialog.js';
import {t} from './words.js';

const HEIGHT = 138, LEFT = 38, RIGHT = 4, TOP = 8, BOTTOM = 20, RUN_DASHES = [[2, 3], [1, 2], [5, 2, 1, 2], [3, 2]];
let low = null, high = null, place = null;

export function startCurve() {
  on('runs theme lang size tab', draw);
  on('runs lang', legend);
  on('net', changed => { if (changed.has('net') && !state.runs.length) low = high = null; });
  $('curve').addEventListener('click', nearest);
  draw();
  legend();
}

const others = () => state.runs.slice(0, -1).filter(run => !run.hidden);

function legend() {
  const now = currentRun(), key = (cls, name) => el('span', {}, el('i', {class: cls}), name);
  fill($('legend'), key('train', t('curveTrain')), key('validation', t('curveValidation')),
    state.runs.slice(0, -1).slice(-4).map(r => el('button', {class: 'link', 'aria-pressed': !r.hidden, title: named(r), onclick: () => { r.hidden = !r.hidden; touch('runs'); }}, el('i', {class: 'run'}), t('curveRun', r.run))),
    now?.points.length ? el('button', {class: 'link end', onclick: () => table(now)}, t('table')) : null);
}

const named = run => run.rate ? t('curveRunNamed', run.run, run.net, plain(run.rate)) : `${t('curveRun', run.run)}: ${run.net}`;

function table(run) {
  showTable(`${t('curveTable')} · ${named(run)}`, [t('epoch'), t('trainLoss'), t('validationLoss'), t('validationAccuracy')],
    run.points.map(p => [p.epoch, fixed(p.train.loss, 4), fixed(p.validation?.loss, 4), p.validation?.accuracy === undefined || p.validation.accuracy === null ? '–' : (100 * p.validation.accuracy).toFixed(2) + ' %']));
}

/** Ends of the scale at 1, 2 or 5 times a power of ten, so that what was drawn stays where it was as long as it can. */
function grow(runs) {
  const all = runs.flatMap(r => [...r.losses.map(p => p[1]), ...r.points.flatMap(p => [p.train.loss, p.validation?.loss])]).filter(v => v > 0 && Number.isFinite(v));
  if (!all.length) { low = high = null; return false; }
  let least = Infinity, most = 0;
  for (const v of all) { least = Math.min(least, v); most = Math.max(most, v); }
  low = Math.min(low ?? Infinity, below(least));
  high = Math.max(high ?? 0, above(most));
  return true;
}

const marks = Array.from({length: 40}, (_, i) => [1, 2, 5].map(m => m * 10 ** (i - 20))).flat();
const below = value => marks.findLast(m => m <= value * 1.0001) ?? 1e-20;
const above = value => marks.find(m => m >= value * 0.9999) ?? 1e20;

function draw() {
  const canvas = $('curve'), width = Math.max(200, canvas.parentElement.clientWidth - 32), now = currentRun(), runs = [...others(), ...(now ? [now] : [])];
  if (!canvas.parentElement.clientWidth) return;
  const c = surface(canvas, width, HEIGHT), epochs = Math.max(1, ...runs.map(r => r.epochs)), some = grow(runs);
  const [bottom, top] = some ? [low, high] : [0.1, 1];
  const x = e => LEFT + e / epochs * (width - LEFT - RIGHT), y = v => TOP + (Math.log(top) - Math.log(Math.max(v, bottom))) / (Math.log(top) - Math.log(bottom)) * (HEIGHT - TOP - BOTTOM);
  axes(c, x, y, bottom, top, epochs, width);
  place = {x, y};
  others().forEach((run, i) => line(c, shownOf(run), x, y, 'other', RUN_DASHES[i % 4]));
  if (now) {
    const batches = thinned(now.losses, x);
    c.globalAlpha = now.points.length ? 0.45 : 1;
    line(c, batches, x, y, 'train', [], 1);
    c.globalAlpha = 1;
    line(c, now.points.map(p => [p.epoch, p.train.loss]), x, y, 'train', []);
    line(c, now.points.filter(p => p.validation).map(p => [p.epoch, p.validation.loss]), x, y, 'val', [5, 3]);
    if (!now.outcome) head(c, batches.at(-1), x, y);
  }
  canvas.setAttribute('aria-label', now?.losses.length ? t('curve', fixed(now.losses.at(-1)[1], 4), now.losses.at(-1)[0].toFixed(2)) : t('curveEmpty'));
}

function axes(c, x, y, bottom, top, epochs, width) {
  c.font = '11px ' + token('sans');
  c.textBaseline = 'middle';
  c.textAlign = 'right';
  const shown = marks.filter(m => m >= bottom * 0.999 && m <= top * 1.001), each = Math.ceil(shown.length / 5);
  shown.forEach((value, i) => {
    if (i % each) return;
    c.strokeStyle = token('hair');
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(LEFT, Math.round(y(value)) + 0.5);
    c.lineTo(width - RIGHT, Math.round(y(value)) + 0.5);
    c.stroke();
    c.fillStyle = token('soft');
    c.fillText(plain(value), LEFT - 6, y(value));
  });
  c.textBaseline = 'alphabetic';
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find(s => epochs / s <= 6) ?? Math.ceil(epochs / 5);
  for (let e = 0; e <= epochs; e += step) {
    c.textAlign = e === 0 ? 'left' : e + step > epochs && e === epochs ? 'right' : 'center';
    c.fillText(e, x(e), HEIGHT - 4);
  }
}

function line(c, points, x, y, color, dash, width = 1.75) {
  c.strokeStyle = token(color);
  c.lineWidth = width;
  c.setLineDash(dash);
  c.beginPath();
  points.forEach(([e, v]) => { if (Number.isFinite(v)) c.lineTo(x(e), y(v)); });
  c.stroke();
  c.setLineDash([]);
  if (points.length === 1) { c.fillStyle = token(color); c.fillRect(x(points[0][0]) - 2, y(points[0][1]) - 2, 4, 4); }
}

/** A mean for every pixel across. */
function thinned(losses, x) {
  const result = [];
  let pixel = null, sum = 0, count = 0, last = 0;
  const put = () => { if (count) result.push([last, sum / count]); };
  for (const [e, loss] of losses) {
    if (Math.round(x(e)) !== pixel) { put(); pixel = Math.round(x(e)); sum = count = 0; }
    sum += loss;
    count++;
    last = e;
  }
  put();
  return result;
}

/** What is drawn of an earlier run: its validation, if there was one. */
function shownOf({points}) {
  const checked = points.filter(p => p.validation);
  return checked.length ? checked.map(p => [p.epoch, p.validation.loss]) : points.map(p => [p.epoch, p.train.loss]);
}

/** Where it is now. */
function head(c, end, x, y) {
  if (!end) return;
  c.fillStyle = token('train');
  c.beginPath();
  c.arc(x(end[0]), y(end[1]), 3, 0, 7);
  c.fill();
}

/** A click on a line names its run. */
function nearest({offsetX, offsetY}) {
  const far = run => Math.min(...shownOf(run).map(([e, v]) => Math.hypot(place.x(e) - offsetX, place.y(v) - offsetY)));
  const [run, distance] = [...others(), currentRun()].filter(Boolean).map(r => [r, far(r)]).sort((a, b) => a[1] - b[1])[0] ?? [];
  if (distance < 24) notice(named(run));
}
