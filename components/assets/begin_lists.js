/* A list that scrolls begins at its chosen row, also where a browser does not know scroll-initial-target (Firefox, WebKit). */
(() => {
  if (window.listsBegun || CSS.supports('scroll-initial-target', 'nearest')) return;
  window.listsBegun = true;
  const begun = new WeakSet();
  const begin = () => document.querySelectorAll('.disagreements').forEach(list => {
    const chosen = !begun.has(list) && list.clientHeight && list.querySelector('.chosen');
    if (!chosen) return;
    begun.add(list);
    list.scrollTop += chosen.getBoundingClientRect().top - list.getBoundingClientRect().top - parseFloat(getComputedStyle(list).scrollPaddingTop);
  });
  begin();
  new MutationObserver(begin).observe(document.body, { childList: true, subtree: true });
})();
