// Figures, by hand, of a server that `lanewise play mnist-cnn.net --no-browser` has started. They need what run.mjs needs; PID is the server's process.
//   node measure.mjs stroke ADDRESS [STROKES]          from a pointer event to all layers redrawn
//   node measure.mjs training ADDRESS PID [PAIRS]      processor time of a training that a page shows, and of one that nobody looks at
//   node measure.mjs memory ADDRESS PID [MINUTES]      heaps of page and server, after a collection, while it trains

import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {loadavg} from 'node:os';
import {launch} from './browser.mjs';
import {until, untilEpochs, Visit} from './visit.mjs';

const EPOCHS = 5;

const [what, address, ...rest] = process.argv.slice(2);
const browser = await launch('--enable-precise-memory-info'), visit = new Visit(browser, address);

const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
const load = () => loadavg()[0].toFixed(1);

async function stroke(strokes = 200) {
  const page = await visit.open();
  await page.click('#clear');
  await until(page, async () => (await import('./store.js')).state.acts.numbers.every(pixel => pixel === 0));
  await page.evaluate(async () => {
    const {on} = await import('./store.js'), pad = document.querySelector('#pad'), after = new MessageChannel();
    window.times = [];
    window.asked = [];
    let begun = 0;
    pad.addEventListener('onpointerrawupdate' in pad ? 'pointerrawupdate' : 'pointermove', event => { begun = event.timeStamp; }, true);
    // Readers are called in the order in which they came: the columns are drawn before this one. What follows the frame comes after its pixels.
    on('acts', () => { if (begun) after.port2.postMessage(begun); begun = 0; });
    after.port1.onmessage = event => window.times.push(performance.now() - event.data);
    const fetched = window.fetch;
    window.fetch = async (...request) => {
      const start = performance.now(), reply = await fetched(...request);
      if (JSON.parse(request[1].body).do === 'show') window.asked.push(performance.now() - start);
      return reply;
    };
  });
  const box = await page.locator('#pad').boundingBox(), place = i => [box.x + box.width * (0.5 + 0.35 * Math.cos(i / 9)), box.y + box.height * (0.5 + 0.35 * Math.sin(i / 7))];
  await page.mouse.move(...place(0));
  await page.mouse.down();
  for (let i = 1; i <= strokes; i++) {
    await page.mouse.move(...place(i));
    await until(page, n => window.times.length >= n, i);
  }
  await page.mouse.up();
  for (const [name, list] of Object.entries(await page.evaluate(() => ({'to all layers redrawn': window.times, 'of it the server': window.asked})))) {
    const sorted = list.sort((a, b) => a - b);
    console.log(`${name}: ${sorted.length} strokes, p50 ${quantile(sorted, 0.5).toFixed(1)} ms, p95 ${quantile(sorted, 0.95).toFixed(1)} ms, most ${sorted.at(-1).toFixed(1)} ms`);
  }
  console.log('load', load());
}

/** Seconds of processor time that a process has had. */
function processorTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** One training, measured from the end of its first epoch to the end of its last. */
async function trained(pid, script, shown) {
  const page = await visit.open();
  if (!shown) await page.goto('about:blank');
  const id = Array.from({length: 16}, () => Math.floor(Math.random() * 16).toString(16)).join('');
  const marks = [];
  if (shown) {
    await page.exposeFunction('epochEnded', () => marks.push([performance.now(), processorTime(pid)]));
    await page.evaluate(async text => {
      const {on} = await import('./store.js'), {openFile} = await import('./commands.js');
      on('epochNow', () => window.epochEnded());
      let pictures = 0;
      on('acts', () => { window.pictures = ++pictures; });
      await openFile('measured.net', text);
    }, script);
    await until(page, async () => { const {state} = await import('./store.js'); return state.phase === 'ready' && state.name === 'measured.net' && state.acts?.net === state.net; });
    await page.click('#train');
    await until(page, async () => { const {state} = await import('./store.js'); return state.ended && state.phase === 'ready'; });
    const pictures = await page.evaluate(() => window.pictures);
    await page.context().close();
    return {...between(marks), pictures};
  }
  const post = body => fetch(`${address}do?page=${id}`, {method: 'POST', body: JSON.stringify(body)}).then(reply => reply.json());
  const events = await fetch(`${address}events?page=${id}&lang=en`), decoder = new TextDecoder();
  await post({do: 'open', name: 'measured.net', text: script});
  let rest = '', begun = false;
  for await (const chunk of events.body) {
    rest += decoder.decode(chunk, {stream: true});
    const parts = rest.split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const kind = part.match(/^event: (.*)$/m)?.[1], data = part.match(/^data: (.*)$/m)?.[1];
      if (kind === 'state' && !begun && data.includes('"phase":"ready"') && data.includes('measured.net')) { begun = true; await post({do: 'train'}); }
      if (kind === 'epoch') marks.push([performance.now(), processorTime(pid)]);
    }
    if (marks.length === EPOCHS) break;
  }
  await page.context().close();
  return between(marks);
}

async function training(pid, pairs = 6) {
  const page = await visit.open(), script = (await page.inputValue('#text')).replace(/epochs\s*=\s*\d+/, 'epochs = ' + EPOCHS).replace(/^expect test.*$/m, '').replace(/mnist\(([^)]*)\) \{/, 'mnist($1) { limit = 20_000;');
  await page.context().close();
  const ratios = [];
  for (let i = 0; i < pairs; i++) {
    const both = {};
    for (const shown of i % 2 ? [true, false] : [false, true]) both[shown] = await trained(pid, script, shown);
    ratios.push([both.true.processor / both.false.processor, both.true.wall / both.false.wall]);
    console.log(`pair ${i + 1}: shown ${both.true.processor.toFixed(2)} s of processor time an epoch (${both.true.wall.toFixed(2)} s, ${both.true.pictures} pictures), not ${both.false.processor.toFixed(2)} s (${both.false.wall.toFixed(2)} s); load ${load()}`);
  }
  const middle = k => quantile(ratios.map(r => r[k]).sort((a, b) => a - b), 0.5).toFixed(3);
  console.log(`shown / not shown, median of ${pairs}: processor time ${middle(0)}, time ${middle(1)}`);
}

async function memory(pid, minutes = 12) {
  const page = await visit.open(), tools = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    const field = document.querySelector('#text');
    field.value = field.value.replace(/epochs\s*=\s*\d+/, 'epochs = 1000');
    field.dispatchEvent(new Event('input'));
  });
  await until(page, async () => { const {state} = await import('./store.js'); return state.phase === 'ready' && state.text === state.draft && /epochs\s*= 1000/.test(state.text) && state.acts?.net === state.net; });
  await page.click('#train');
  await untilEpochs(page, 0);
  for (let minute = 0; minute <= minutes; minute++) {
    await tools.send('HeapProfiler.collectGarbage');
    const {metrics} = await tools.send('Performance.enable').then(() => tools.send('Performance.getMetrics')), metric = name => metrics.find(m => m.name === name).value;
    execFileSync('jcmd', [pid, 'GC.run']);
    const heap = execFileSync('jcmd', [pid, 'GC.heap_info'], {encoding: 'utf8'}).match(/used (\d+)K/)[1];
    console.log(`minute ${minute}: epoch ${await page.locator('#figures dd').first().innerText()}, page ${(metric('JSHeapUsedSize') / 1e6).toFixed(2)} MB, ${metric('Nodes')} nodes, ${metric('JSEventListeners')} listeners; server ${(heap / 1e3).toFixed(1)} MB; load ${load()}`);
    await new Promise(resolve => setTimeout(resolve, 60_000));
  }
  await page.click('#stop');
  await until(page, async () => (await import('./store.js')).state.phase === 'ready');
}

const between = marks => ({wall: (marks.at(-1)[0] - marks[0][0]) / 1000 / (marks.length - 1), processor: (marks.at(-1)[1] - marks[0][1]) / (marks.length - 1)});

await {stroke, training, memory}[what](...rest.map(Number));
await visit.end();
await browser.close();
