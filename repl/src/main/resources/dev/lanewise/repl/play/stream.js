// How the page talks with the server: commands up as POST, events down as a stream that comes back by itself.

import {state} from './store.js';

const KEY = 'lanewise.page';
const KINDS = ['state', 'net', 'diagnosed', 'runs', 'log', 'acts', 'started', 'batch', 'epoch', 'tested', 'ended', 'rate', 'size', 'said', 'gone'];
const TRIES_BEFORE_GONE = 3;

let page = '';

/** Sixteen hex digits that a reload keeps; a copy of the tab gets its own, or two tabs would pull at one session. */
export async function knowPage() {
  const kept = sessionStorage.getItem(KEY);
  page = kept && await isFree(kept) ? kept : fresh();
  sessionStorage.setItem(KEY, page);
  if (page !== kept) await isFree(page);
  return {id: page, kept: page === kept};
}

/** Becomes the page of a session that nobody looks at, as after a reload. */
export function become(id) {
  sessionStorage.setItem(KEY, id);
  history.replaceState(null, '', location.pathname);
  location.reload();
}

const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => byte.toString(16).padStart(2, '0')).join('');

/** Whether no other tab holds this page; from now on this one does. After a reload the old page takes a moment to let go. */
async function isFree(id) {
  if (!navigator.locks) return true;
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await held(id)) return true;
    await new Promise(resolve => setTimeout(resolve, 40));
  }
  return false;
}

const held = id => new Promise(resolve => navigator.locks.request('lanewise.' + id, {ifAvailable: true}, lock => {
  resolve(lock !== null);
  return lock && new Promise(() => {});
}));

const address = path => `${path}?page=${page}&lang=${state.lang}`;

/** A mistake that the server tells of: a sentence and perhaps what helps. */
export class Refusal extends Error {
  constructor({error, remedy}, status) {
    super(error || 'HTTP ' + status);
    this.remedy = remedy || '';
  }
}

/** The server does not answer. */
export class Lost extends Error {}

const asked = new Set();

/** ask('show', {direction: 'forward'}) → what the server answers; a Refusal if it does not want to. */
export async function ask(what, body = {}) {
  const answer = sent(address('do'), JSON.stringify({do: what, ...body}), 'application/json');
  asked.add(answer);
  return answer.finally(() => asked.delete(answer));
}

/** Once all that has been asked so far is answered: what was asked of a network must not come to another one. */
export const answered = () => Promise.allSettled(asked);

/** A picture as bytes → {pixels, shape}, as the network wants to see it. */
export async function sendImage(blob) {
  return sent(address('image'), blob, blob.type);
}

/** A file to take along: {name, blob}. */
export async function fetchFile(path) {
  const response = await fetch(address(path)).catch(() => { throw new Lost(path); });
  if (!response.ok) throw new Refusal({error: await response.text()}, response.status);
  return {name: response.headers.get('content-disposition')?.match(/filename="([^"]+)"/)?.[1] ?? 'lanewise', blob: await response.blob()};
}

async function sent(to, body, type) {
  const response = await fetch(to, {method: 'POST', body, headers: {'content-type': type}}).catch(() => { throw new Lost(to); });
  const reply = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(reply, response.status);
  return reply;
}

/** One call at a time; of those that come meanwhile only the last is made. For whatever follows a pointer or a stream. */
export function latest(call) {
  let busy = false, waiting = null;
  return async function next(...parts) {
    if (busy) { waiting = parts; return; }
    busy = true;
    try {
      await call(...parts);
    } finally {
      busy = false;
      if (waiting) { const then = waiting; waiting = null; next(...then); }
    }
  };
}

/** The stream of events. receive(kind, data); link('live' | 'reconnecting' | 'gone'). Gives a function that ends it. */
export function listen(receive, link) {
  let source, failed = 0, timer = 0, ended = false;
  const open = () => {
    source = new EventSource(address('events'));
    source.onopen = () => { failed = 0; link('live'); };
    source.onerror = () => {
      failed++;
      link(failed > TRIES_BEFORE_GONE ? 'gone' : 'reconnecting');
      if (source.readyState === EventSource.CLOSED && !ended) timer = setTimeout(open, 1000);
    };
    for (const kind of KINDS) source.addEventListener(kind, event => receive(kind, JSON.parse(event.data)));
  };
  open();
  return () => { ended = true; clearTimeout(timer); source.close(); };
}
