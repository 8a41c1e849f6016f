// Draws every specification of the page, again when the reader changes between light and dark.
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const printing = window.matchMedia('print');
const palette = {
  light: ['#2f6fb7', '#e08a1e', '#8a94a6', '#3f9a5b', '#b3485b', '#7a5ab5', '#1f9aa3', '#c2a11a',
    '#8c6239', '#d0699f', '#5b7f2b', '#4a4e9c'],
  dark: ['#6aa8f0', '#f2ab52', '#6f7a8d', '#69c287', '#e27a8d', '#a78be0', '#58c7cf', '#e0c552',
    '#c79a6b', '#f0a0ca', '#a5c96f', '#9096ea'],
};

function theme(isDark) {
  const ink = isDark ? '#e6e9f0' : '#1d2433';
  const quiet = isDark ? '#a4adc0' : '#566075';
  const line = isDark ? '#343c4d' : '#d5dbe6';
  const font = getComputedStyle(document.body).fontFamily;
  return {
    background: 'transparent', font,
    axis: { labelColor: ink, titleColor: quiet, gridColor: line, domainColor: line, tickColor: line,
      labelFontSize: 12, titleFontSize: 12, labelLimit: 260 },
    axisQuantitative: { tickCount: 8, labelOverlap: 'greedy', labelSeparation: 6 },
    legend: { labelColor: ink, titleColor: quiet, labelFontSize: 12, titleFontSize: 12 },
    title: { color: ink }, header: { labelColor: ink, titleColor: quiet },
    text: { color: ink }, rule: { color: quiet },
    mark: { color: isDark ? palette.dark[0] : palette.light[0] },
    range: { category: isDark ? palette.dark : palette.light },
    view: { stroke: 'transparent' },
  };
}

// What the browser was busy with for so long that a reader noticed: scripts/check-pages asks for it.
let longestTask = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) longestTask = Math.max(longestTask, task.duration);
}).observe({ type: 'longtask', buffered: true });

async function drawAll() {
  const isDark = dark.matches && !printing.matches;
  let drawn = 0;
  let firstScreen = null;
  for (const element of document.querySelectorAll('script.specification')) {
    const target = document.getElementById(element.dataset.chart);
    // Charts are drawn from the top down: from here on the reader sees whole ones, and can use them.
    if (firstScreen === null && target.getBoundingClientRect().top > window.innerHeight) {
      firstScreen = performance.now();
    }
    const specification = JSON.parse(element.textContent);
    try {
      await window.vegaEmbed(target, specification, {
        config: theme(isDark), renderer: 'svg', tooltip: { theme: isDark ? 'dark' : 'light' },
        actions: { export: true, source: false, compiled: false, editor: false },
      });
      drawn += 1;
      // The reader may scroll and click before the next chart.
      await new Promise((resume) => setTimeout(resume));
    } catch (error) {
      target.textContent = `This chart could not be drawn (${error.message}); its numbers are in the table.`;
      console.error(error);
    }
  }
  document.body.dataset.chartsDrawn = String(drawn);
  document.body.dataset.firstScreen = (firstScreen ?? performance.now()).toFixed(0);
  document.body.dataset.milliseconds = performance.now().toFixed(0);
  document.body.dataset.longestTask = longestTask.toFixed(0);
}

dark.addEventListener('change', drawAll);
drawAll();
