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
    style: { halo: { stroke: isDark ? '#14171f' : '#ffffff', strokeWidth: 4, strokeJoin: 'round' } },
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

// One row of a data set, chosen by a click in any of its charts or by the buttons below them, and the
// commands that belong to it.
class Choice {
  constructor(rows) {
    this.rows = rows;
    this.position = 0;
    this.isOne = new Set(rows.map((row) => row.nr)).size < 2;
    this.views = new Map();
    this.boxes = new Map();
  }

  attach(target, view, texts) {
    if (this.views.size === 0) {
      this.position = Math.max(0, this.rows.findIndex((row) => row.nr === texts.first));
    }
    this.views.set(target, view);
    if (!this.boxes.has(target)) this.boxes.set(target, new CommandBox(target, this, texts));
    view.addEventListener('click', (event, item) => {
      const position = this.rows.findIndex((row) => row.nr === item?.datum?.nr);
      if (position >= 0) this.choose(position);
    });
    this.choose(this.position);
  }

  choose(position) {
    this.position = Math.max(0, Math.min(this.rows.length - 1, position));
    const row = this.rows[this.position];
    for (const box of this.boxes.values()) box.show(row);
    for (const view of this.views.values()) {
      // Charts that do not mark what is chosen have no such signal.
      try { view.signal('chosen', row.nr).runAsync(); } catch { /* nothing to mark */ }
    }
  }
}

class CommandBox {
  constructor(target, choice, texts) {
    const make = (name, attributes = {}, ...children) => {
      const element = Object.assign(document.createElement(name), attributes);
      element.append(...children);
      return element;
    };
    const step = (text, label, amount) => make('button', {
      type: 'button', ariaLabel: label, title: label,
      onclick: () => choice.choose(choice.position + amount),
    }, text);
    this.texts = texts;
    this.caption = make('span', { ariaLive: 'polite' });
    this.commands = make('pre', { tabIndex: 0 });
    this.status = make('span', { role: 'status' });
    const copy = make('button', { type: 'button', onclick: () => this.copy() }, 'Copy');
    this.box = make('div', { className: 'choice', role: 'group', ariaLabel: 'Commands' },
      make('p', {}, ...choice.isOne ? [] : [step('\u2039', 'previous', -1), step('\u203a', 'next', 1)],
        this.caption),
      this.commands, make('p', {}, copy, this.status));
    target.after(this.box);
  }

  show(row) {
    // Words in braces are fields of the row.
    const fill = (text) => text.replace(/\{(\w+)\}/g, (word, name) => row[name] ?? word);
    this.caption.textContent = fill(this.texts.caption);
    // A line may break between words, not in them.
    this.commands.replaceChildren(...fill(this.texts.commands).split(/(\s+)/).map((word) => {
      const span = document.createElement('span');
      span.textContent = word;
      return span;
    }));
    this.status.textContent = '';
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.commands.textContent);
      this.status.textContent = 'Copied.';
    } catch {
      // Without the permission: what is selected can be copied in the old way, or by hand.
      getSelection().selectAllChildren(this.commands);
      this.status.textContent = document.execCommand('copy') ? 'Copied.' : 'Selected: press Ctrl-C.';
    }
  }
}

// Vega shows the tooltip of a line near its points only; a reader points at any part of it.
function showTooltipsAlongLines(view) {
  const show = view.tooltip();
  view.tooltip((handler, event, item, value) => {
    const line = event.type === 'pointermove' ? event.target.__data__ : null;
    if (value === null && line?.mark?.marktype === 'line' && line.tooltip) {
      show(handler, event, line, line.tooltip);
    } else {
      show(handler, event, item, value);
    }
  });
}

// Rows that several charts draw, and what the reader chose among them.
const choices = {};
for (const element of document.querySelectorAll('script.dataset')) {
  choices[element.dataset.name] = new Choice(JSON.parse(element.textContent));
}

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
    const choice = choices[specification.data.name];
    if (choice) specification.data.values = choice.rows;
    try {
      const { view } = await window.vegaEmbed(target, specification, {
        config: theme(isDark), renderer: 'svg', tooltip: { theme: isDark ? 'dark' : 'light' },
        actions: { export: true, source: false, compiled: false, editor: false },
      });
      drawn += 1;
      showTooltipsAlongLines(view);
      if (specification.usermeta) choice.attach(target, view, specification.usermeta);
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
