/* Plays the years of the map: presses "Later" every two seconds, once the step before is drawn, until it is paused or
   there is no later year. It begins by a press alone. */
(() => {
  if (window.yearsWatched) return;
  window.yearsWatched = true;
  const EVERY = 2000;
  let timer = 0;
  const say = isPlaying => document.querySelectorAll('.play-years').forEach(button => {
    button.textContent = isPlaying ? 'Pause' : 'Play';
    button.setAttribute('aria-pressed', String(isPlaying));
  });
  const stop = () => { clearInterval(timer); timer = 0; say(false); };
  const step = () => {
    if (document.querySelector('[data-testid=stStatusWidget], [data-stale="true"]')) return;
    const next = document.querySelector('.st-key-year-next button');
    if (!next || next.disabled) stop(); else { next.click(); say(true); }
  };
  document.addEventListener('click', event => {
    if (!event.target.closest || !event.target.closest('.play-years')) return;
    if (timer) { stop(); return; }
    timer = setInterval(step, EVERY);
    say(true);
    step();
  });
})();
