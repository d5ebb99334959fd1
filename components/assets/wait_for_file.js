/* Below a list of files: what a file that was asked for waits for, until it comes; the browser itself says nothing before that. */
(() => {
  if (window.filesAwaited) return;
  window.filesAwaited = true;
  let turn = 0;
  const pause = ms => new Promise(done => setTimeout(done, ms));
  const sentenceOf = async address => {
    const answer = await fetch(address).catch(() => null);
    return answer && answer.ok ? answer.text() : '';
  };
  document.addEventListener('click', async event => {
    const link = event.target.closest && event.target.closest('.files a[data-waiting]');
    if (!link) return;
    const line = link.closest('.files').nextElementSibling, mine = ++turn;
    // the browser may need a moment to ask for the file
    for (let unsaid = 0; unsaid < 3 && mine === turn && line.isConnected;) {
      await pause(unsaid ? 300 : 700);
      const sentence = await sentenceOf(link.dataset.waiting);
      if (mine !== turn) return;
      line.textContent = sentence;
      unsaid = sentence ? 0 : unsaid + 1;
    }
  });
})();
