/* Puts the copy for paper in the place of the page while it prints. The request holds up the print, not the reader: only so
   can the copy be that of the address as it is when the print begins. Where no copy comes, the page prints as it stands. */
(() => {
  if (window.printWatched) return;
  window.printWatched = true;
  const { home, pages } = JSON.parse(document.getElementById('page-list').textContent);
  const copyFromServer = () => {
    const parts = location.pathname.replace(/\/+$/, '').split('/');
    const page = pages.includes(parts[parts.length - 1]) ? parts.pop() : home;
    const request = new XMLHttpRequest();
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        request.open('GET', `${parts.join('/')}/print/${page}${location.search}`, false);
        request.send();
        const copy = new DOMParser().parseFromString(request.responseText, 'text/html');
        if (copy.querySelector('main')) return copy;
        console.warn(`no copy for paper: ${request.status}`);
      } catch (refused) { console.warn(`no copy for paper: ${refused}`); }
    }
    return null;
  };
  let printing = false;
  const showCopy = () => {
    if (document.getElementById('paper')) return;
    const copy = copyFromServer();
    if (!copy) return;
    copy.querySelector('[data-address]').textContent = location.href;
    const sheet = Object.assign(document.createElement('div'), { id: 'paper', lang: 'en' });
    sheet.append(copy.querySelector('style.sheet'));
    sheet.attachShadow({ mode: 'open' }).append(copy.querySelector('style.rules'), copy.querySelector('main'));
    document.body.append(sheet);
  };
  const removeCopy = () => { const sheet = document.getElementById('paper'); if (sheet) sheet.remove(); };
  addEventListener('beforeprint', () => { printing = true; showCopy(); });
  addEventListener('afterprint', () => { printing = false; removeCopy(); });
  matchMedia('print').addEventListener('change', print => { if (print.matches) showCopy(); else if (!printing) removeCopy(); });
})();
