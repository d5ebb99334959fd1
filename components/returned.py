"""What becomes of a page whose server was away for a moment? It reads its address again, perhaps at another server."""

import streamlit as st

# The page stands as it was, but another process knows nothing of it: the first press of a button would be lost there.
# "popstate" is what a browser says of Back and Forward, upon which Streamlit runs the page at its address.
SCRIPT = """<script>
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


def put_in_place() -> None:
    """Puts the script on the page, out of sight."""
    with st.container(key="returned"):
        st.html(SCRIPT + "<style>.st-key-returned { display: none; }</style>", unsafe_allow_javascript=True)
