/* Draws the figure of a one-file copy, which stands there as JSON. */
Plotly.newPlot('chart', JSON.parse(document.getElementById('figure').textContent), undefined, {responsive: true, displaylogo: false});
