/* A one-file copy: a mark of the drawing shows the record of its row, from the table below, and the drawing can be made larger. */
(() => {
  const chart = document.getElementById('chart'), card = document.getElementById('card');
  const dashboard = chart.dataset.dashboard;
  const marks = [...chart.querySelectorAll('a')];
  let shown = [], isPinned = false, leaving = 0;

  const add = (parent, tag, text, more) => {
    const part = Object.assign(document.createElement(tag), {textContent: text}, more);
    parent.append(part);
    return part;
  };

  const idsOf = mark => {
    const address = mark.getAttribute('href');
    return (mark.dataset.rows || decodeURIComponent(address.slice(address.search(/#|=/) + 1))).split(';');
  };

  /* Pixels from a point to what is drawn of a mark; what can be pressed around it does not count. */
  const distance = (mark, x, y) => {
    const shapes = mark.querySelectorAll('path, rect');
    return Math.min(...[...(shapes.length ? shapes : mark.querySelectorAll('circle'))].map(shape => {
      const at = shape.getBoundingClientRect();
      return at.width || at.height ? Math.hypot(Math.max(at.left - x, 0, x - at.right), Math.max(at.top - y, 0, y - at.bottom)) : Infinity;
    }));
  };

  /* All marks under a point, or the nearest one within reach. */
  const marksAt = (x, y) => {
    const found = marks.map(mark => [distance(mark, x, y), mark]).filter(([far]) => far < 16).sort((a, b) => a[0] - b[0]);
    return found.filter(([far], place) => place === 0 || far < 1).map(([, mark]) => mark);
  };

  const addRow = id => {
    const row = document.getElementById(id), links = document.createElement('p');
    if (row) {
      const heads = row.closest('table').tHead.rows[0].cells, list = add(card, 'dl', '');
      [...row.cells].forEach((cell, place) => {
        if (!cell.textContent) return;
        add(list, 'dt', heads[place].textContent);
        add(list, 'dd', cell.textContent);
      });
      add(links, 'a', 'In the table below', {href: '#' + id, onclick: hide});
    }
    if (/^https?:/.test(dashboard)) add(links, 'a', 'On the dashboard', {href: dashboard + '/sources-and-data?figure=' + encodeURIComponent(id)});
    card.append(links);
  };

  const hide = () => {
    const mark = marks[shown[0]], hadFocus = card.contains(document.activeElement);
    card.hidden = true;
    shown = [];
    isPinned = false;
    if (mark && hadFocus) mark.focus({preventScroll: true});
  };

  /* Beside the mark, so that it stays in sight and the card does not come under the pointer; on a narrow screen below it. */
  const place = mark => {
    const at = mark.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    const right = at.right + 12, left = at.left - card.offsetWidth - 12;
    const isBeside = right + card.offsetWidth < wide || left > 8;
    const across = !isBeside ? 8 : right + card.offsetWidth < wide ? right : left;
    const down = isBeside ? at.top : at.bottom + 8;
    card.style.left = across + 'px';
    card.style.top = Math.max(8, Math.min(down, innerHeight - card.offsetHeight - 8)) + 'px';
  };

  const show = (chosen, pin) => {
    clearTimeout(leaving);
    if (isPinned && !pin) return;
    if (shown.join() !== chosen.map(mark => marks.indexOf(mark)).join()) {
      card.replaceChildren();
      add(card, 'button', 'Close', {type: 'button', onclick: hide});
      for (const mark of chosen) {
        const [first, ...lines] = mark.getAttribute('aria-label').split('\n');
        add(card, 'h3', first);
        if (!('rowSaysAll' in chart.dataset && document.getElementById(idsOf(mark)[0]))) add(card, 'p', lines.join(' '));
        idsOf(mark).forEach(addRow);
      }
      card.hidden = false;
      card.scrollTop = 0;
      place(chosen[0]);
    }
    shown = chosen.map(mark => marks.indexOf(mark));
    isPinned = pin;
    if (pin) card.querySelector('button').focus();
  };

  const leave = () => { clearTimeout(leaving); leaving = setTimeout(() => isPinned || hide(), 250); };

  card.setAttribute('aria-label', 'The record of the mark');
  card.addEventListener('pointerenter', () => clearTimeout(leaving));
  card.addEventListener('pointerleave', leave);
  marks.forEach(mark => {
    const title = mark.querySelector('title');
    mark.setAttribute('aria-label', title.textContent);
    title.remove();
  });
  chart.addEventListener('pointermove', event => {
    if (event.pointerType !== 'mouse') return;
    const found = marksAt(event.clientX, event.clientY);
    if (found.length) show(found, false);
    else if (!card.hidden) leave();
  });
  chart.addEventListener('pointerleave', leave);
  chart.addEventListener('click', event => {
    const mark = event.target.closest('a'), isKey = event.detail === 0;
    const found = isKey && mark ? [mark] : marksAt(event.clientX, event.clientY);
    if (mark) event.preventDefault();
    if (found.length) { event.preventDefault(); show(found, true); }
  });
  document.addEventListener('keydown', event => event.key === 'Escape' && hide());
  document.addEventListener('click', event => card.contains(event.target) || event.defaultPrevented || hide());
  addEventListener('scroll', () => isPinned || hide(), {passive: true});

  const zoom = document.getElementById('zoom'), frame = chart.parentElement;
  let size = 1;
  const resize = to => {
    const middle = (frame.scrollLeft + frame.clientWidth / 2) / chart.offsetWidth;
    size = Math.max(1, Math.min(4, to));
    chart.style.width = size * 100 + '%';
    frame.scrollLeft = middle * chart.offsetWidth - frame.clientWidth / 2;
  };
  for (const [text, by] of [['Larger', 1.5], ['Smaller', 1 / 1.5], ['Whole drawing', 0]]) add(zoom, 'button', text, {type: 'button', onclick: () => resize(size * by)});
  zoom.hidden = false;
})();
