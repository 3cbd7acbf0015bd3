// The trainings of this page, for the curves: kept small however long they last.

import {state, set, touch} from './store.js';

const MOST_POINTS = 2400, MOST_RUNS = 12;

export const currentRun = () => state.runs.at(-1);

/** All of them, as the server knows them, when the page comes or comes back. */
export function knowAll(runs) {
  const hidden = new Set(state.runs.filter(run => run.hidden).map(run => run.run));
  set({runs: runs.map(run => ({...run, each: Math.max(1, Math.round(run.losses.length / MOST_POINTS)), hidden: hidden.has(run.run)}))});
}

/** A training has begun. */
export function begin(run) {
  state.runs = [...state.runs.filter(r => r.run !== run.run), {...run, losses: [], each: 1, points: [], outcome: '', hidden: false}].slice(-MOST_RUNS);
  touch('runs');
}

/** What a batch, an epoch or an end tells of it. */
export function note(event) {
  const run = state.runs.find(r => r.run === event.run);
  if (!run) return;
  event.losses?.forEach(([x, loss]) => add(run, x, loss));
  if (event.rate > 0) run.rate ??= event.rate;
  if (event.train) run.points = [...run.points.filter(p => p.epoch !== event.epoch), event];
  if (event.outcome) run.outcome = event.outcome;
  touch('runs');
}

/** Beyond so many points each two become one. */
function add(run, x, loss) {
  const end = run.losses.at(-1);
  if (!Number.isFinite(loss) || (end && x <= end[0])) return;
  const sum = run.sum ??= [0, 0];
  sum[0] += loss;
  if (++sum[1] < run.each) return;
  run.losses.push([x, sum[0] / sum[1]]);
  run.sum = [0, 0];
  if (run.losses.length < MOST_POINTS) return;
  run.losses = run.losses.filter((_, i) => i % 2).map(([at, second], i) => [at, (run.losses[2 * i][1] + second) / 2]);
  run.each *= 2;
}
