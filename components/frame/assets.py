"""Which scripts of our own run on every page? All of them, put in place once and out of sight; the policy of content names them."""

import streamlit as st

from components.exports import print_view
from components.panels import download_dialog

# Gives the focus back to where it was when a dialog closes.
LOST_FOCUS = """<script>
(() => {
  if (window.cardFocus) return;
  window.cardFocus = true;
  let last = null, home = null, open = false;
  const remember = target => {
    if (open || !target.closest || !target.closest('[data-testid="stMain"]')) return;
    last = target;
    const box = target.closest('[class*="st-key-"]');
    home = box && [...box.classList].find(name => name.startsWith('st-key-'));
  };
  const back = () => {
    const usable = last && last.isConnected && last.matches('button, input, a, [tabindex]');
    const target = usable ? last : home && document.querySelector('.' + CSS.escape(home) + ' :is(input, button)');
    if (target) target.focus({ preventScroll: true });
  };
  document.addEventListener('focusin', event => remember(event.target), true);
  document.addEventListener('pointerdown', event => remember(event.target), true);
  new MutationObserver(() => {
    const now = Boolean(document.querySelector('[role="dialog"]'));
    if (open && !now) setTimeout(() => { if (document.activeElement === document.body) back(); }, 80);
    open = now;
  }).observe(document.body, { childList: true, subtree: true });
})();
</script>"""

# Says to screen readers what a choice has left: the lines on what is shown, and notices, where they differ from before.
CHANGES = """<script>
(() => {
  if (window.changesSaid) return;
  window.changesSaid = true;
  const region = Object.assign(document.createElement('div'), { className: 'said-aloud' });
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
</script>"""

# Reads the address again where a page had lost its server for a moment, perhaps to find another.
# The page stands as it was, but another process knows nothing of it: the first press of a button would be lost there.
# "popstate" is what a browser says of Back and Forward, upon which Streamlit runs the page at its address.
RETURNED = """<script>
(() => {
  if (window.returnWatched) return;
  window.returnWatched = true;
  let lost = false;
  new MutationObserver(() => {
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState;
    if (state && state !== 'CONNECTED') lost = true;
    else if (state && lost) {
      lost = false;
      window.dispatchEvent(new PopStateEvent('popstate'));
    }
  }).observe(document.body, { attributes: true, attributeFilter: ['data-test-connection-state'], subtree: true });
})();
</script>"""

ALL = (print_view.SCRIPT, LOST_FOCUS, CHANGES, RETURNED, download_dialog.PICTURES)


def put_in_place() -> None:
    """Puts the scripts on the page; the theme gives them no room.

    To be called before the page is run, so that a print that comes early is whole, too.
    """
    with st.container(key="scripts"):
        st.html("".join(ALL), unsafe_allow_javascript=True)
