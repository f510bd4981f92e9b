// Marks of a chart by keyboard: the chart is one stop of the Tab key, arrows go from mark to mark, Home and End to the
// ends, Enter or Space does what a click does.
export function roving(root: SVGElement): () => void {
  const marks = () => [...root.querySelectorAll<SVGElement>('[data-mark]')];
  const only = (chosen: SVGElement | undefined) => {
    for (const mark of marks()) {
      const index = mark === chosen ? '0' : '-1';
      if (mark.getAttribute('tabindex') !== index) mark.setAttribute('tabindex', index);
    }
  };
  const settle = () => {
    const all = marks();
    only(all.find((mark) => mark.getAttribute('tabindex') === '0') ?? all[0]);
  };
  settle();
  const watcher = new MutationObserver(settle);
  watcher.observe(root, { childList: true, subtree: true });
  const key = (event: KeyboardEvent) => {
    const all = marks();
    const at = all.indexOf(event.target as SVGElement);
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    let next: SVGElement | undefined;
    if (step !== undefined) next = all[(at + step + all.length) % all.length];
    else if (event.key === 'Home') next = all[0];
    else if (event.key === 'End') next = all[all.length - 1];
    else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      all[at]?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      return;
    }
    if (!next) return;
    event.preventDefault();
    only(next);
    next.focus();
  };
  root.addEventListener('keydown', key);
  return () => {
    watcher.disconnect();
    root.removeEventListener('keydown', key);
  };
}
