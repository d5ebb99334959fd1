/* Closes the choice of the day and the sources when the reader goes on: by the focus, by a press elsewhere, by Escape. */
(() => {
  if (window.viewChoiceWatched) return;
  window.viewChoiceWatched = true;
  const toggle = () => document.querySelector('.view-toggle[open]');
  const leave = event => {
    const open = toggle();
    if (open && event.target.closest && event.target.closest('[data-testid="stMain"]') && !event.target.closest('.view-toggle, .st-key-view-choice')) open.open = false;
  };
  document.addEventListener('focusin', leave, true);
  document.addEventListener('pointerdown', leave, true);
  document.addEventListener('keydown', event => {
    const open = toggle();
    if (event.key !== 'Escape' || !open || document.querySelector('[role="dialog"]')) return;
    open.open = false;
    open.querySelector('summary').focus();
  });
})();
