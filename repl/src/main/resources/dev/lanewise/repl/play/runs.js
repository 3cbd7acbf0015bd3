// The trainings of this page, for the curves: kept small however long they last, and over a reload.

import {state, touch} from './store.js';

const MOST_POINTS = 2400, MOST_RUNS = 8;

/** A training has begun, or goes on. */
export function begin({run, net, epochs, rate, batch}) {
  let known = state.runs.find(r => r.run === run);
  if (!known) {
    known = {run, net, epochs, rate, batch, losses: [], each: 1, points: [], outcome: null, hidden: false};
    state.runs.push(known);
    if (state.runs.length > MOST_RUNS) state.runs.shift();
  }
  Object.assign(known, {epochs, outcome: null});
  touch('runs');
}

/** What a batch, an epoch or an end tells of it. */
export function note(event) {
  const run = state.runs.find(r => r.run === event.run);
  if (!run) return;
  if (event.losses) event.losses.forEach(([x, loss]) => add(run, x, loss));
  if (event.train) run.points = [...run.points.filter(p => p.epoch !== event.epoch), {epoch: event.epoch, train: event.train, validation: event.validation}];
  if (event.outcome) run.outcome = event.outcome;
  touch('runs');
}

/** Beyond so many points each two become one. */
function add(run, x, loss) {
  const end = run.losses.at(-1);
  if (end && x <= end[0]) return;
  if (!Number.isFinite(loss)) return;
  const sum = run.sum ??= [0, 0];
  sum[0] += loss;
  if (++sum[1] < run.each) return;
  run.losses.push([x, sum[0] / sum[1]]);
  run.sum = [0, 0];
  if (run.losses.length < MOST_POINTS) return;
  run.losses = run.losses.filter((_, i) => i % 2).map(([at, second], i) => [at, (run.losses[2 * i][1] + second) / 2]);
  run.each *= 2;
}

const key = () => 'lanewise.runs.' + sessionStorage.getItem('lanewise.page');

export function keepRuns() {
  try {
    sessionStorage.setItem(key(), JSON.stringify(state.runs));
  } catch {
    sessionStorage.removeItem(key());
  }
}

export function rememberRuns() {
  try {
    return JSON.parse(sessionStorage.getItem(key())) ?? [];
  } catch {
    return [];
  }
}

addEventListener('pagehide', keepRuns);
