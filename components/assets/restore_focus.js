/* Gives the focus back to where it was when a dialog closes, and to its button when the choice of the day does. */
(() => {
  if (window.focusWatched) return;
  window.focusWatched = true;
  let last = null, home = null, open = false, inChoice = false;
  const remember = target => {
    if (open || !target.closest || !target.closest('[data-testid="stMain"]')) return;
    last = target;
    const box = target.closest('[class*="st-key-"]');
    home = box && [...box.classList].find(name => name.startsWith('st-key-'));
  };
  const restore = () => {
    const usable = last && last.isConnected && last.matches('button, input, a, [tabindex]');
    const target = usable ? last : home && document.querySelector('.' + CSS.escape(home) + ' :is(input, button)');
    if (target) target.focus({ preventScroll: true });
  };
  const note = event => {
    inChoice = Boolean(event.target.closest && event.target.closest('.st-key-view-choice'));
    remember(event.target);
  };
  document.addEventListener('focusin', note, true);
  document.addEventListener('pointerdown', note, true);
  new MutationObserver(() => {
    // what is hidden, or made anew, loses the focus to the page before the button is there again
    const toggle = document.querySelector('.view-toggle summary'), choice = document.querySelector('.st-key-view-choice');
    if (inChoice && toggle && choice && !choice.checkVisibility()) toggle.focus({ preventScroll: true });
    const now = Boolean(document.querySelector('[role="dialog"]'));
    if (open && !now) setTimeout(() => { if (document.activeElement === document.body) restore(); }, 80);
    open = now;
  }).observe(document.body, { childList: true, subtree: true });
})();
