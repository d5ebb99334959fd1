/* Lets a finger move the page past a chart and open a card by the first tap. Plotly would keep each touch to itself and take
   the first tap for a pointer passing by; without the touch the browser scrolls, and makes a click of a tap. */
(() => {
  if (window.touchWatched) return;
  window.touchWatched = true;
  document.addEventListener('touchstart', event => {
    if (event.target.closest && event.target.closest('.js-plotly-plot')) event.stopPropagation();
  }, { capture: true, passive: true });
})();
