/* Makes pictures of a chart: asks the server for the figure, draws it with the server's own copy of the library, saves it. */
(() => {
  if (window.picturesWatched) return;
  window.picturesWatched = true;
  const library = from => window.Plotly ? Promise.resolve() : new Promise((done, failed) => {
    const script = document.createElement('script');
    Object.assign(script, { src: from, onload: done, onerror: () => failed(new Error('the drawing library did not load')) });
    document.head.append(script);
  });
  const savePicture = async (link, report) => {
    report('1 of 3: asking for the figure …');
    const answer = await fetch(link.dataset.figure);
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    const { name, figure } = await answer.json();
    report('2 of 3: loading the drawing library …');
    await library(link.dataset.library);
    report('3 of 3: drawing …');
    const { width, height } = figure.layout;
    await window.Plotly.downloadImage(figure, { format: link.dataset.picture, width, height, scale: 2, filename: name });
    report('saved');
  };
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[data-picture]');
    if (!link) return;
    event.preventDefault();
    const status = link.parentElement.querySelector('[role="status"]');
    const report = text => { status.textContent = text; };
    if (link.dataset.busy) return;
    link.dataset.busy = 'yes';
    savePicture(link, report).catch(problem => report(`No picture: ${problem.message}`)).finally(() => delete link.dataset.busy);
  });
})();
