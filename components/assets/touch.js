/* Lets a finger move the page past a chart and open a card by the first tap. Plotly would keep each touch to itself and take
   the first tap for a pointer passing by; without the touch the browser scrolls, and makes a click of a tap. */
(() => {
  if (window.touchWatched) return;
  window.touchWatched = true;
  document.addEventListener('touchstart', event => {
    if (event.target.closest && event.target.closest('.js-plotly-plot')) event.stopPropagation();
  }, { capture: true, passive: true });

  /* A slider would take the touch on its line for a choice, also where the finger then moves the page. Without it, the browser
     makes a click of a tap, which the slider hears; its thumbs are moved as ever. */
  const onLine = target => target.closest && target.closest('[data-testid="stSlider"]') &&
    !target.closest('[data-rac]:has(> [data-testid="stSliderThumbValue"])');
  ['touchstart', 'pointerdown'].forEach(type => document.addEventListener(type, event => {
    if ((event.pointerType || 'touch') === 'touch' && onLine(event.target)) event.stopPropagation();
  }, { capture: true, passive: true }));

  /* The map looks up what is under a finger as it comes down. The first time that can take longer than the map allows
     for a tap, which then goes unheard: a tap that was short by the clock of the events is sent to it once more. */
  const LONGEST_TAP = 250, MOST_PIXELS = 9;
  let down = null;
  const onMap = event => event.isTrusted && event.target.closest && event.target.closest('[data-testid=stDeckGlJsonChart]');
  const again = (type, event) => event.target.dispatchEvent(new PointerEvent(type, {
    bubbles: true, cancelable: true, composed: true, pointerId: event.pointerId, pointerType: event.pointerType,
    isPrimary: true, clientX: event.clientX, clientY: event.clientY, button: 0, buttons: type === 'pointerdown' ? 1 : 0,
  }));
  document.addEventListener('pointerdown', event => {
    down = onMap(event) && event.isPrimary ? { event, seen: Date.now() } : null;
  }, { capture: true });
  document.addEventListener('pointerup', event => {
    if (!down || !onMap(event) || event.pointerId !== down.event.pointerId) return;
    const { event: first, seen } = down;
    const moved = Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY);
    const wasTap = event.timeStamp - first.timeStamp < LONGEST_TAP && moved < MOST_PIXELS;
    down = null;
    if (wasTap && Date.now() - seen >= LONGEST_TAP) setTimeout(() => { again('pointerdown', event); again('pointerup', event); });
  }, { capture: true });
})();
