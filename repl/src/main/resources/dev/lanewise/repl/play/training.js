// Training: the buttons, the figures, the sliders.

import {state, on} from './store.js';
import {$, el, fill, speak} from './dom.js';
import {count, fixed, percent, plain} from './numbers.js';
import {step, tellServer, trainOrPause} from './commands.js';
import {currentRun} from './runs.js';
import {latest} from './stream.js';
import {t} from './words.js';

const working = () => ['training', 'paused', 'busy'].includes(state.phase);
let held = null;

export function startTraining() {
  $('train').addEventListener('click', trainOrPause);
  $('step').addEventListener('click', step);
  $('stop').addEventListener('click', () => tellServer('stop'));
  slider('rate', value => +(10 ** (value / 10)).toPrecision(2), value => tellServer('rate', {value}), plain);
  slider('batch', value => 2 ** value, value => tellServer('batch', {value}), String);
  on('phase net lang', buttons);
  on('runs batch tested lang net', figures);
  on('rate batchSize runs phase written', sliders);
  on('epochNow ended', said);
  buttons();
  figures();
}

function buttons() {
  $('train').textContent = t(state.phase === 'training' ? 'pause' : 'train');
  for (const id of ['train', 'step']) $(id).disabled = !state.net || !['ready', 'paused', 'training'].includes(state.phase);
  $('stop').disabled = !working();
  for (const id of ['rate', 'batch']) $(id).disabled = !['training', 'paused'].includes(state.phase) && !(state.phase === 'ready' && state.written.batch > 0);
}

/** What is sent arrives in its order: of values that come while one is on its way only the last follows. */
function slider(id, valueOf, tell, text) {
  const input = $(id), output = $(id + '-value'), send = latest(tell);
  const show = () => { output.textContent = text(valueOf(+input.value)); input.setAttribute('aria-valuetext', output.textContent); };
  input.addEventListener('input', () => { held = id; show(); });
  input.addEventListener('change', () => { held = null; send(valueOf(+input.value)); });
  output.textContent = '–';
  input.setAttribute('aria-valuetext', '–');
}

/** What the training at work has, or else the script says, unless a person is just moving the slider. */
function sliders() {
  const isAtWork = ['training', 'paused'].includes(state.phase), rate = isAtWork ? state.rate ?? currentRun()?.rate : state.written.rate, batchSize = isAtWork ? state.batchSize : state.written.batch;
  if (rate > 0 && held !== 'rate') { $('rate').value = 10 * Math.log10(rate); $('rate-value').textContent = plain(rate); $('rate').setAttribute('aria-valuetext', plain(rate)); }
  if (batchSize && held !== 'batch') { $('batch').value = Math.log2(batchSize); $('batch-value').textContent = batchSize; $('batch').setAttribute('aria-valuetext', batchSize); }
}

function figures() {
  const {batch, tested} = state, run = currentRun(), [at, loss] = run?.losses.at(-1) ?? [0, null], point = run?.points.at(-1), x = Math.max(at, point?.epoch ?? 0), check = point?.validation;
  const scored = check?.accuracy ?? null, epochs = run?.epochs;
  const third = scored !== null ? [percent(scored, 2), t('accuracy')] : check ? [fixed(check.loss, 4), t('valLoss')]
    : tested?.accuracy !== null && tested?.accuracy !== undefined ? [percent(tested.accuracy, 2), t('testAccuracy')]
    : point?.train.accuracy !== null && point?.train.accuracy !== undefined ? [percent(point.train.accuracy, 2), t('trainAccuracy')] : ['–', t(state.net?.outputs === 'numbers' ? 'valLoss' : 'accuracy')];
  const rows = [[run ? x.toFixed(x < 100 ? 2 : 1) : '0', epochs ? t('epochOf', epochs) : t('epoch')], [fixed(loss, 4), t('loss')], third, [batch?.perSecond ? count(batch.perSecond) : '–', t('perSecond')]];
  fill($('figures'), rows.map(([figure, name]) => el('div', {}, el('dt', {}, name), el('dd', {}, figure))));
  const part = epochs ? 100 * x / epochs : 0;
  $('progress').firstElementChild.style.width = part + '%';
  $('progress').setAttribute('aria-valuenow', Math.round(part));
}

/** Once an epoch, not ten times a second. */
function said(changed) {
  const {epochNow, ended} = state;
  if (changed.has('ended') && ended) speak(t({ok: 'trainingEnded', stopped: 'trainingStopped', mistake: 'trainingFailed'}[ended.outcome] ?? 'trainingEnded'));
  else if (epochNow) speak(t(epochNow.validation ? 'epochSaidBoth' : 'epochSaid', epochNow.epoch, epochNow.epochs, fixed(epochNow.train.loss, 4), fixed(epochNow.validation?.loss, 4)));
}
