/* Can this browser draw with WebGL? The style sheet shows the flat map where it cannot. */
(() => {
  if (document.documentElement.dataset.webgl) return;
  document.documentElement.dataset.webgl = document.createElement('canvas').getContext('webgl2') ? 'yes' : 'no';
})();
