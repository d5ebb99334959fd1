/* Can this browser draw with WebGL? Where it cannot, or no longer, the flat map of the page's own answer stands in for the one
   that moves; where it can again, that one is drawn anew. The style sheet shows the one or the other. */
(() => {
  const root = document.documentElement;
  if (root.dataset.webgl) return;
  const ROOMS = ['map-map', 'map-phone'], MAP = '[data-testid="stDeckGlJsonChart"]', MOST_TRIES = 8;
  const draws = () => {
    const context = document.createElement('canvas').getContext('webgl2'), ending = context && context.getExtension('WEBGL_lose_context');
    if (ending) ending.loseContext();
    return Boolean(context);
  };
  const find = selector => document.querySelector(selector);
  root.dataset.webgl = draws() ? 'yes' : 'no';
  let lost = null, presses = 0, asked = '', waiting = 0;
  const clear = () => document.querySelectorAll('.flat-map').forEach(one => { delete one.parentElement.dataset.flat; one.remove(); });
  const standIn = async () => {
    const rooms = ROOMS.filter(room => find(`.st-key-${room}`));
    if (!rooms.length || (asked === location.href && rooms.every(room => find(`.st-key-${room} > .flat-map`)))) return;
    const address = asked = location.href;
    try {
      const answer = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
      if (address !== location.href || root.dataset.webgl === 'yes') return;
      clear();
      ROOMS.forEach(room => {
        const drawn = answer.querySelector(`.first-key-${room} [role="figure"]`), place = find(`.st-key-${room}`);
        if (!drawn || !place) return;
        drawn.className = 'flat-map static-chart';
        // by keys a place is chosen in the list beside it, as on the map that moves
        drawn.querySelectorAll('a').forEach(link => link.setAttribute('tabindex', '-1'));
        place.dataset.flat = '';
        place.append(document.adoptNode(drawn));
      });
    } catch (failed) { console.warn(`no flat map: ${failed}`); }
  };
  // A map has several drawings, which are lost one by one: they wait together, so that the button is pressed once for all.
  const drawAnew = tries => {
    clearTimeout(waiting);
    if (!lost) return;
    const button = find('.st-key-map-anew button');
    if (button && draws()) { presses += 1; button.click(); }
    else if (tries < MOST_TRIES) waiting = setTimeout(() => drawAnew(tries + 1), 500 * 2 ** tries);
  };
  document.addEventListener('webglcontextlost', event => {
    if (!event.target.closest(MAP)) return;
    event.preventDefault();
    lost = event.target;
    presses = 0;
    root.dataset.webgl = 'no';
    standIn();
    drawAnew(0);
  }, true);
  document.addEventListener('webglcontextrestored', () => drawAnew(MOST_TRIES), true);
  // A mark of the flat map leads to its place on this very page, as Back and Forward do.
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('.flat-map a');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    history.pushState({}, '', link.href.baseVal || link.href);
    dispatchEvent(new PopStateEvent('popstate'));
  });
  new MutationObserver(() => {
    if (root.dataset.webgl === 'yes') return;
    if (!lost || lost.isConnected || !draws()) { standIn(); return; }
    const button = find('.st-key-map-anew button'), canvas = find(`${MAP} canvas`);
    if (button && !canvas) return;
    // one press has it drawn anew as another kind of map, the second as it was
    if (button && presses === 1) { lost = canvas; drawAnew(MOST_TRIES); return; }
    lost = null;
    asked = '';
    root.dataset.webgl = 'yes';
    clear();
  }).observe(document.body, { childList: true, subtree: true });
})();
