// What the page knows: one object. Whoever draws says which of its names it reads, and is called once a frame after one of
// them has changed; what came in between is never drawn.

export const state = {
  // of the server
  link: 'connecting', phase: 'empty', name: '', text: '', net: null, acts: null, batch: null, batchSize: null, tested: null, diagnosed: [],
  rate: null, written: {}, runs: [], said: [], files: null, plane: null,
  // of this page
  lang: 'en', theme: 'light', tab: 'net', drawer: false, direction: 'forward', example: null, chips: {}, selected: null,
  value: null, rows: null, layer: null, weights: null, opened: new Set(), focus: null, draft: '', checked: null, look: 'plain',
  heat: null, eps: 0, lesson: null, steps: null, judged: null, tour: null, worked: 0, size: 0, notice: '', cursor: null, named: null,
};

const readers = [];
const changed = new Set();
let due = false;

export function set(patch) {
  for (const [name, value] of Object.entries(patch)) {
    if (state[name] === value) continue;
    state[name] = value;
    changed.add(name);
  }
  if (changed.size && !due) {
    due = true;
    requestAnimationFrame(flush);
  }
}

/** Tells that what a name holds has changed inside, as a list that has grown. */
export function touch(...names) {
  names.forEach(name => changed.add(name));
  set({});
}

export function on(names, draw) {
  readers.push({names: names.split(' '), draw});
}

function flush() {
  due = false;
  const now = new Set(changed);
  changed.clear();
  for (const {names, draw} of readers) if (names.some(name => now.has(name))) draw(now);
}
