/* A link of a drawing that chooses what stands beside it presses the hidden button of that choice, so that the page stays;
   with another key held, in another window and without this script it is a link as any other. */
(() => {
  if (window.rowChoiceWatched) return;
  window.rowChoiceWatched = true;
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[data-choice]');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const words = link.textContent.trim().toLowerCase();
    const buttons = document.querySelectorAll(`.st-key-${link.dataset.choice} button`);
    const button = [...buttons].find(one => one.textContent.trim().toLowerCase() === words);
    if (!button) return;
    event.preventDefault();
    if (link.getAttribute('aria-current') !== 'true') button.click();
  });
})();
