/* Says to screen readers what a choice has left: the lines on what is shown, and notices, where they differ from before. */
(() => {
  if (window.changesWatched) return;
  window.changesWatched = true;
  const region = Object.assign(document.createElement('div'), { className: 'visually-hidden' });
  region.setAttribute('role', 'status');
  document.body.append(region);
  const lines = () => new Map(
    [...document.querySelectorAll('[data-testid="stMain"] :is(h1, .showing, [class*="st-key-notice-"])')]
      .map(line => [`${line.closest('[class*="st-key-"]')?.className} ${line.tagName}`, line.textContent.trim()]));
  let before = null, waiting = 0;
  const compare = () => {
    if (document.querySelector('[data-testid="stStatusWidget"], [data-stale="true"]')) { later(); return; }
    const now = lines(), text = [...now].filter(([key, line]) => before && before.get(key) !== line).map(([, line]) => line);
    if (text.length) region.textContent = text.slice(0, 4).join(' ');
    before = now;
    region.dataset.lines = now.size;
  };
  const later = () => { clearTimeout(waiting); waiting = setTimeout(compare, 3e2); };
  new MutationObserver(changes => { if (changes.some(change => !region.contains(change.target))) later(); })
    .observe(document.body, { childList: true, subtree: true, characterData: true });
  later();
})();
