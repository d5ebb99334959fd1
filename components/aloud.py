"""How do readers who do not see the screen keep their place on it? The focus comes back, and what has changed is said."""

import streamlit as st

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


def put_in_place() -> None:
    """Puts both scripts on the page, out of sight."""
    with st.container(key="aloud"):
        st.html(LOST_FOCUS + CHANGES + "<style>.st-key-aloud { display: none; }</style>", unsafe_allow_javascript=True)
