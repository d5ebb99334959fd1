/* What does a reader see until the live page is whole? The first view, which came with the answer. It leaves when the live page
   has everything in its place; focus, place in the page, and what was pressed meanwhile go over to it. Its scripts are fetched
   ahead, and begin when the reader does something, or when nothing has been done for a while and the browser is idle. */
(() => {
  const view = document.getElementById('first-view');
  if (!view) return;
  const AHEAD = 500, QUIET = 3000, LONG = 15000, AGAIN = 2000;
  const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'focusin'];
  const scripts = document.getElementById('live-page').content;
  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    SIGNS.forEach(sign => removeEventListener(sign, begin, { capture: true }));
    document.body.append(scripts.cloneNode(true));
    setTimeout(tellIfAlone, LONG);
  };
  SIGNS.forEach(sign => addEventListener(sign, begin, { passive: true, capture: true }));
  const whenIdle = todo => (window.requestIdleCallback || setTimeout)(todo);
  const fetchAhead = () => {
    if (begun || (navigator.connection && navigator.connection.saveData)) return;
    scripts.querySelectorAll('[rel="modulepreload"], script').forEach(one => {
      const ahead = document.createElement('link');
      Object.assign(ahead, { rel: 'prefetch', as: 'script', crossOrigin: '', href: one.getAttribute('href') || one.getAttribute('src') });
      document.head.append(ahead);
    });
  };
  // Nothing is fetched before the first view has been painted.
  new PerformanceObserver((entries, observer) => {
    observer.disconnect();
    setTimeout(() => whenIdle(fetchAhead), AHEAD);
    setTimeout(() => whenIdle(begin), QUIET);
  }).observe({ type: 'paint', buffered: true });

  let pressed;
  view.addEventListener('click', event => {
    const control = event.target.closest('[data-key], .view-toggle > summary, .filter-toggle > summary');
    if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    pressed = control;
    control.setAttribute('aria-busy', 'true');
  });

  const root = document.getElementById('root');
  const find = selector => root.querySelector(selector);
  const liveOf = element => {
    if (!element || !view.contains(element)) return null;
    if (element.matches('a[href]:not([data-key])')) return find(`a[href="${CSS.escape(element.getAttribute('href'))}"]`);
    const toggle = element.matches('summary') && element.closest('.view-toggle, .filter-toggle');
    if (toggle) return find(`.${toggle.classList[0]} > summary`);
    const control = element.closest('[data-key]');
    if (!control) return element.matches('main') ? find('[data-testid="stMain"]') : null;
    const inside = find(`.st-key-${CSS.escape(control.dataset.key)}`);
    const parts = inside ? [...inside.querySelectorAll('input:not([type="hidden"]), button, [role="radio"], [tabindex="0"]')] : [];
    return (control.dataset.nth ? parts.filter(part => part.matches('button'))[control.dataset.nth] : parts[0]) || null;
  };

  // Where the live page has no line to the server after a while, as behind a proxy that forbids one, or on a slow one.
  const tellIfAlone = () => {
    const state = find('[data-testid="stApp"]')?.dataset.testConnectionState;
    if (state !== 'CONNECTED') document.getElementById('first-alone')?.removeAttribute('hidden');
    else if (view.isConnected) setTimeout(tellIfAlone, AGAIN);
  };

  const isWhole = () => {
    const app = find('[data-testid="stApp"][data-test-script-state="notRunning"]');
    if (!app || !find('.st-key-footer, .st-key-stage') || find('[data-testid="stSkeleton"]')) return false;
    const charts = [...root.querySelectorAll('[data-testid="stPlotlyChart"]')].filter(chart => chart.offsetParent);
    const maps = [...root.querySelectorAll('[data-testid="stDeckGlJsonChart"]')].filter(map => map.offsetParent);
    return charts.every(chart => chart.querySelector('.main-svg')) && maps.every(map => map.querySelector('canvas'));
  };

  const leave = () => {
    const before = view.querySelector('.first-Main'), after = find('[data-testid="stMain"]');
    const place = before.scrollTop, focused = document.activeElement;
    const target = liveOf(focused), toPress = liveOf(pressed);
    view.remove();
    // rules for what has left cost the browser time with each change of what is there
    document.querySelector('link[href*="/assets/first-"]').remove();
    root.removeAttribute('inert');
    if (after) after.scrollTop = place;
    if (target) target.focus({ preventScroll: true });
    if (toPress) { toPress.focus({ preventScroll: true }); if (!toPress.matches('input')) { dispatchEvent(new Event('first-view-pressed')); toPress.click(); } }
  };

  const watcher = new MutationObserver(() => {
    if (!isWhole()) return;
    watcher.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(leave));
  });
  watcher.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-test-script-state'] });
})();
