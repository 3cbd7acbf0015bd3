// What every case needs: people with tabs that are watched, and waits that end with what they wait for, never with a time.

import {deflateRawSync} from 'node:zlib';

/** Longer than any busy machine needs. */
const PATIENCE = 120_000;

/** One case's visit at a server: whatever its pages say on the console, and whatever leaves the server's address, is a fault. */
export class Visit {
  faults = [];
  refusals = [];
  #browser;
  #contexts = [];
  #allowed = [];

  /** @param closeServer ends the server, as Ctrl-C does */
  constructor(browser, address, closeServer) {
    this.#browser = browser;
    this.address = address;
    this.closeServer = closeServer;
  }

  /** Somebody new: no cookie, no storage. Gives the context of the tabs. */
  async person({width = 1440, height = 900, locale = 'en-GB', theme = 'light', touch = false, permissions = []} = {}) {
    const context = await this.#browser.newContext({viewport: {width, height}, locale, colorScheme: theme, hasTouch: touch, reducedMotion: 'reduce', permissions});
    context.setDefaultTimeout(PATIENCE);
    context.on('console', message => this.#heard(message));
    context.on('weberror', fault => this.faults.push('uncaught: ' + (fault.error().stack ?? fault.error())));
    context.on('response', response => { if (response.status() >= 400) this.#refused(response); });
    context.on('request', request => this.#asked(request.url()));
    context.on('page', page => page.on('websocket', socket => this.#asked(socket.url())));
    this.#contexts.push(context);
    return context;
  }

  /** A tab of somebody new that shows what the address and its fragment say, once it can be worked with. */
  async open(who = {}, fragment = '') {
    return this.tab(await this.person(who), this.address + fragment);
  }

  async tab(context, url = this.address) {
    const page = await context.newPage();
    await page.goto(url);
    await usable(page);
    return page;
  }

  /** Console messages that belong to a case, as that the network is gone. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  async shoot(file) {
    const pages = this.#contexts.flatMap(context => context.pages());
    for (const [i, page] of pages.entries()) await page.screenshot({path: `${file}-${i}.png`, timeout: 10_000}).catch(() => {});
  }

  async end() {
    for (const context of this.#contexts) await context.close();
  }

  /** What was asked, and what the server said: told beside the console's line. */
  async #refused(response) {
    this.refusals.push(`${response.status()} to ${response.request().postData() ?? response.url()}: ${await response.text().catch(() => '')}`);
  }

  #heard(message) {
    const text = `${message.type()}: ${message.text()} ${message.location().url}`;
    if (['error', 'warning', 'assert'].includes(message.type()) && !this.#allowed.some(pattern => pattern.test(text))) this.faults.push(text);
  }

  /** A link that is shared has no token: it begins with the server's own root. */
  #asked(url) {
    const isOwn = url.startsWith(this.address) || new URL(url).href === new URL('/', this.address).href || url.split('#')[0] === new URL('/', this.address).href;
    if (!isOwn && !/^(blob|data):/.test(url)) this.faults.push('leaves the address: ' + url);
  }
}

/** The script is taken, the network drawn, and what it says of an example is there. */
export const usable = page => until(page, () => document.querySelector('#train')?.disabled === false && ![undefined, '–'].includes(document.querySelector('.says b')?.textContent));

/** Waits until a function of the page is true of what it is given; it may be asynchronous, and the page may be loaded anew meanwhile. */
export async function until(page, condition, given) {
  const end = performance.now() + PATIENCE;
  while (!await page.evaluate(condition, given).catch(gone)) {
    if (performance.now() > end) throw new Error(`not within ${PATIENCE / 1000} s: ${condition} of ${JSON.stringify(given)}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

function gone(fault) {
  if (!/context was destroyed|navigation/.test(fault.message)) throw fault;
  return false;
}

/** What stands there, as a person sees it. */
export const text = async (page, where) => (await page.locator(where).first().innerText()).trim();

export const untilText = (page, where, wanted) => until(page, ([place, words]) => document.querySelector(place)?.innerText.trim() === words, [where, wanted]);

/** How far the training is, in epochs. */
export const epochs = async page => Number(await text(page, '#figures dd'));

export const untilEpochs = (page, more) => until(page, least => Number(document.querySelector('#figures dd')?.textContent) > least, more);

/** Waits until the server itself says so: what it has told the page may be older. */
export const untilServer = (page, phase) => page.evaluate(async wanted => {
  const source = new EventSource(`events?page=${sessionStorage.getItem('lanewise.page')}&lang=${document.documentElement.lang.slice(0, 2)}`);
  await new Promise(resolve => source.addEventListener('state', ({data}) => { if (JSON.parse(data).phase === wanted) resolve(); }));
  source.close();
}, phase);

export const phase = (page, wanted) => until(page, async now => (await import('./store.js')).state.phase === now, wanted);

/** What the page knows of something: its own store. */
export const known = (page, name) => page.evaluate(async of => (await import('./store.js')).state[of], name);

export const openFile = async (page, name) => {
  await page.selectOption('#file', name);
  await until(page, async file => { const {state} = await import('./store.js'); return state.name === file && state.phase === 'ready' && state.draft === state.text && state.acts?.net === state.net; }, name);
};

/** What the page's address holds a script in. */
export const fragmentOf = (name, script, more = '') => `#name=${name}&script=${deflateRawSync(Buffer.from(script)).toString('base64url')}${more}`;

/** Where a canvas of the network is: that of the column with this label. */
export const canvasOf = (page, label) => page.locator(`#graph section.column[aria-label="${label}"] canvas`).first();

export function check(holds, ...told) {
  if (!holds) throw new Error(told.map(part => typeof part === 'string' ? part : JSON.stringify(part)).join(' '));
}

export const equal = (is, wanted, what) => check(JSON.stringify(is) === JSON.stringify(wanted), `${what}: ${JSON.stringify(is)}, and not ${JSON.stringify(wanted)}`);
