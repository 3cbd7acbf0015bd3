// What is wrong with how the page lies: it runs in the page.

/** Sentences: a page that scrolls sideways, what leaves its pane, words that are cut, controls that lie on each other or out of reach. */
export function faultsOfLayout() {
  const faults = [], slack = 1.5;
  const name = e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}${typeof e.className === 'string' && e.className ? '.' + e.className.trim().replace(/\s+/g, '.') : ''} "${(e.innerText ?? e.getAttribute('aria-label') ?? '').trim().slice(0, 30)}"`;
  const place = e => { const r = e.getBoundingClientRect(); return {left: r.left, top: r.top, right: r.right, bottom: r.bottom}; };
  const shows = ({left, top, right, bottom}) => right - left > 0.5 && bottom - top > 0.5;
  const within = (a, b) => ({left: Math.max(a.left, b.left), top: Math.max(a.top, b.top), right: Math.min(a.right, b.right), bottom: Math.min(a.bottom, b.bottom)});
  const hidden = e => !e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.closest('.sr, .skip, [popover]:not(:popover-open)');
  const told = r => [r.left, r.top, r.right, r.bottom].map(Math.round).join(' ');

  if (document.scrollingElement.scrollWidth > document.documentElement.clientWidth) faults.push(`the page scrolls sideways: ${document.scrollingElement.scrollWidth} of ${document.documentElement.clientWidth}`);

  /** What of an element can be scrolled into sight: cut by what hides, not by what scrolls. */
  const PANES = 'body > header, #script, #net, #dock, #training, #try, #tabs';
  for (const e of document.querySelectorAll('body *')) {
    if (hidden(e) || e.closest('svg') && e.tagName !== 'svg') continue;
    const r = place(e), pane = e.parentElement.closest(PANES);
    if (!shows(r) || !pane) continue;
    let above = e.parentElement, scrolled = false;
    for (; above && above !== pane.parentElement; above = above.parentElement) {
      const style = getComputedStyle(above), box = place(above);
      if (/auto|scroll/.test(style.overflowX) && above.scrollWidth > above.clientWidth + 1) { scrolled = true; break; }
      if (above === pane && (r.left < box.left - slack || r.right > box.right + slack)) faults.push(`leaves its pane sideways: ${name(e)} ${told(r)} of ${name(pane).split(' ')[0]} ${told(box)}`);
      if (/hidden|clip/.test(style.overflowY) && e.matches('button, input, select, canvas, a, output') && r.bottom > box.bottom + slack) faults.push(`out of reach: ${name(e)} ${told(r)} in ${name(above).split(' ')[0]} ${told(box)}`);
      if (/auto|scroll/.test(style.overflowY)) scrolled = true;
      if (scrolled) break;
    }
  }

  for (const e of document.querySelectorAll('button, h2, h3, dt, dd, label, output, figcaption, th, td, .says, .caption')) {
    if (!hidden(e) && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + slack && getComputedStyle(e).overflowX !== 'visible') faults.push(`words are cut: ${name(e)} ${e.scrollWidth} of ${e.clientWidth}`);
  }

  /** The part of an element that is on the screen now. */
  const seen = e => {
    let r = place(e);
    for (let above = e.parentElement; above; above = above.parentElement) if (getComputedStyle(above).overflow !== 'visible') r = within(r, place(above));
    return r;
  };
  const things = [...document.querySelectorAll('button, input, select, textarea, a, canvas, output, dt, dd, h2, .says')].filter(e => !hidden(e) && shows(seen(e)));
  for (let i = 0; i < things.length; i++) {
    for (let j = i + 1; j < things.length; j++) {
      const a = things[i], b = things[j], both = within(seen(a), seen(b));
      if (a.contains(b) || b.contains(a) || both.right - both.left <= 2 || both.bottom - both.top <= 2) continue;
      faults.push(`${name(a)} ${told(place(a))} lies on ${name(b)} ${told(place(b))}`);
    }
  }
  return faults.slice(0, 12);
}
