/* Reads the address again where a page had lost its server for a moment, perhaps to find another.
   The page stands as it was, but another process knows nothing of it: the first press of a button would be lost there.
   "popstate" is what a browser says of Back and Forward, upon which Streamlit runs the page at its address. */
(() => {
  if (window.connectionWatched) return;
  window.connectionWatched = true;
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
