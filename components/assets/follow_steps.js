/* The presenter's window says in this browser's storage which step of which presentation is on the screen; a window with the
   notes marks that step. Nothing else is stored, and nothing leaves the browser. */
(() => {
  if (window.stepsFollowed) return;
  window.stepsFollowed = true;
  const KEY = 'presented-step';
  const asked = name => new URLSearchParams(location.search).get(name);
  let last = '', shown = '';
  const tell = () => {
    const position = document.querySelector('.stage-position');
    // in a low window the buttons are below the drawing: the next one begins with its title
    if (position && shown && position.textContent !== shown) document.querySelector('[data-testid="stMain"]').scrollTop = 0;
    shown = position ? position.textContent : '';
    if (!position || !asked('path')) return;
    const now = JSON.stringify({ path: asked('path'), step: parseInt(position.textContent, 10) });
    if (now !== last) { last = now; localStorage.setItem(KEY, now); }
  };
  const mark = text => {
    const steps = document.querySelectorAll('.speaker-notes li');
    if (!steps.length || !text) return;
    const { path, step } = JSON.parse(text);
    if (path !== asked('path')) return;
    steps.forEach(one => one.removeAttribute('aria-current'));
    const current = document.querySelector(`.speaker-notes li[data-step="${step}"]`);
    if (!current) return;
    current.setAttribute('aria-current', 'step');
    current.scrollIntoView({ block: 'center' });
  };
  let marked = null;
  new MutationObserver(() => {
    tell();
    const notes = document.querySelector('.speaker-notes');
    if (notes && notes !== marked) { marked = notes; mark(localStorage.getItem(KEY)); }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
  window.addEventListener('storage', event => { if (event.key === KEY) mark(event.newValue); });
})();
