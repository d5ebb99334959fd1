/* What does Back show? What the reader left, choice by choice. The frontend writes a choice over the address before it, and
   writes the old page without its choices before it writes the new one. Here the first address after something the reader did
   is an entry of its own, and what follows from the same act takes its place. A slider that is moved is one act. */
(() => {
  const ONE_ACT = '[data-testid="stSlider"], [data-testid="stDateInput"]';
  const write = { push: history.pushState, replace: history.replaceState };
  let hasActed = false, held = null;
  const act = event => {
    if (event.isTrusted === false || !event.target.closest || event.target.closest('#first-view')) return;
    const now = event.target.closest(ONE_ACT);
    if (!now || now !== held) hasActed = true;
    held = now;
  };
  const forget = () => { hasActed = false; held = null; };
  ['pointerdown', 'click', 'keydown'].forEach(type => addEventListener(type, act, { capture: true, passive: true }));
  // A choice is written to the address at once and sent a moment later. Where the reader goes back in between, the frontend would
  // ask for the address that he went back to and then for the choice, which would be shown: so that it is asked for last.
  const MOMENT = 10;
  let isLast = false;
  addEventListener('popstate', event => {
    forget();
    if (isLast) return;
    event.stopImmediatePropagation();
    setTimeout(() => {
      isLast = true;
      dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
      isLast = false;
    }, MOMENT);
  }, { capture: true });
  // What was pressed on the first view is pressed on the live page by a script.
  addEventListener('first-view-pressed', () => { hasActed = true; });
  const note = (state, title, address) => {
    const isNew = new URL(address, location.href).href !== location.href;
    (hasActed && isNew ? write.push : write.replace).call(history, state, title, address);
    if (isNew) hasActed = false;
  };
  history.pushState = note;
  history.replaceState = note;

  // A page that is opened in a window of its own begins with the day and the sources of this one, as it does here.
  const carry = event => {
    const link = event.target.closest && event.target.closest('header a[href], a.brand');
    if (!link) return;
    const address = new URL(link.href), here = new URLSearchParams(location.search);
    address.search = '';
    ['asof', 'source'].forEach(name => { if (here.has(name)) address.searchParams.set(name, here.get(name)); });
    link.href = address.href;
  };
  ['pointerover', 'pointerdown', 'focusin'].forEach(type => addEventListener(type, carry, { capture: true, passive: true }));
})();
