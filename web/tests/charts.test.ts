import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import Bars from '../src/charts/Bars.svelte';
import { standalone } from '../src/charts/export';
import Graph from '../src/charts/Graph.svelte';
import Parallel from '../src/charts/Parallel.svelte';
import Scatter from '../src/charts/Scatter.svelte';

afterEach(cleanup);
const marks = (root: HTMLElement) => [...root.querySelectorAll<SVGElement>('[data-mark]')];
const cells = (root: HTMLElement) =>
  [...root.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent));
async function unfold(root: HTMLElement): Promise<void> {
  const details = root.querySelector('details');
  if (!details) throw new Error('nothing to unfold');
  details.open = true;
  await fireEvent(details, new Event('toggle'));
}

const bars = [
  { name: 'Belarus', to: 8 },
  { name: 'USA', to: -2, low: -4, high: 1 },
];
const scatter = {
  title: 'Deals',
  about: 'Every deal.',
  xName: 'Owner',
  yName: 'Tenant',
  joined: true,
  noDeal: { x: 40, y: 30 },
  marks: [{ name: 'nash', x: 60, y: 60, strong: true, label: 'nash: 60, 60' }],
};

describe('every picture', () => {
  it('has a name, a description, and its numbers as a table', async () => {
    const { container } = render(Bars, { title: 'Gains', about: 'Gain of every actor.', bars });
    const svg = container.querySelector('svg');
    expect(document.getElementById(svg?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('Gains');
    expect(document.getElementById(svg?.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Gain of every actor.',
    );
    expect(svg?.querySelector('desc')?.textContent).toBe('Gain of every actor.');
    await unfold(container);
    expect(cells(container)).toEqual([
      ['Belarus', '0', '8', '–', '–', '–'],
      ['USA', '0', '−2', '−4', '1', '–'],
    ]);
  });

  it('is one stop of the Tab key, with arrows from mark to mark', async () => {
    const { container } = render(Bars, { title: 'Gains', about: 'x', bars });
    const [first, second] = marks(container);
    expect(marks(container).map((mark) => mark.getAttribute('tabindex'))).toEqual(['0', '-1']);
    first?.focus();
    await fireEvent.keyDown(first as Element, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    await fireEvent.keyDown(second as Element, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(first);
    await fireEvent.keyDown(first as Element, { key: 'End' });
    expect(document.activeElement).toBe(second);
    expect(marks(container).map((mark) => mark.getAttribute('tabindex'))).toEqual(['-1', '0']);
  });

  it('does by Enter and Space what it does by a click', async () => {
    const pick = vi.fn();
    const { container } = render(Bars, { title: 'Gains', about: 'x', bars: [{ name: 'a', to: 1, pick }] });
    const [mark] = marks(container);
    expect(mark?.getAttribute('role')).toBe('button');
    await fireEvent.keyDown(mark as Element, { key: 'Enter' });
    await fireEvent.keyDown(mark as Element, { key: ' ' });
    await fireEvent.click(mark as Element);
    expect(pick).toHaveBeenCalledTimes(3);
  });

  it('can be taken along, without anything of the page that it would miss', async () => {
    const { container } = render(Bars, { title: 'Gains', about: 'x', bars });
    const text = standalone(container.querySelector('svg') as SVGSVGElement);
    expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(text).not.toMatch(/ (class|tabindex|data-mark|style)=/);
    expect(screen.getByRole('button', { name: 'SVG of Gains' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'PNG of Gains' })).toBeTruthy();
    await unfold(container);
    expect(screen.getByRole('button', { name: 'CSV of Gains' })).toBeTruthy();
  });
});

describe('bars', () => {
  it('grow from zero, to either side', () => {
    const { container } = render(Bars, { title: 'Gains', about: 'x', bars });
    const zero = Number(container.querySelector('line.zero')?.getAttribute('x1'));
    const gain = container.querySelector('rect.gain');
    const loss = container.querySelector('rect.loss');
    expect(Number(gain?.getAttribute('x'))).toBeCloseTo(zero, 3);
    expect(Number(loss?.getAttribute('x')) + Number(loss?.getAttribute('width'))).toBeCloseTo(zero, 3);
    expect(Number(gain?.getAttribute('width'))).toBeCloseTo(4 * Number(loss?.getAttribute('width')), 3);
  });
});

describe('the deal space', () => {
  const dots = [
    { x: 90, y: 40, strong: true, label: 'b' },
    { x: 50, y: 80, strong: false, label: 'a' },
  ];
  it('puts more points further to the right and further up', () => {
    const { container } = render(Scatter, { ...scatter, frontier: dots });
    const [a, b] = [...container.querySelectorAll('circle.front-dot')];
    expect(Number(a?.getAttribute('cx'))).toBeLessThan(Number(b?.getAttribute('cx')));
    expect(Number(a?.getAttribute('cy'))).toBeLessThan(Number(b?.getAttribute('cy')));
    expect(container.querySelectorAll('line.no-deal')).toHaveLength(2);
    expect(container.querySelector('path.front-line')).not.toBeNull();
  });

  it('joins no dots that are efficient only for others', () => {
    const { container } = render(Scatter, { ...scatter, joined: false, frontier: dots });
    expect(container.querySelector('path.front-line')).toBeNull();
  });

  it('stands even without a deal', () => {
    const { container } = render(Scatter, { ...scatter, frontier: [], marks: [], noDeal: null });
    expect(container.innerHTML).not.toContain('NaN');
  });
});

describe('many actors', () => {
  it('get a scale each, and a deal is a line across', () => {
    const { container } = render(Parallel, {
      title: 'All',
      about: 'x',
      axes: [
        { name: 'a', noDeal: 1 },
        { name: 'b', noDeal: null },
        { name: 'c', noDeal: 0 },
      ],
      threads: [{ name: 'nash', values: [1, 2, 3], strong: true, named: true }],
    });
    expect(container.querySelectorAll('line.zero')).toHaveLength(3);
    expect(container.querySelectorAll('line.no-deal-mark')).toHaveLength(2);
    expect(marks(container)[0]?.getAttribute('aria-label')).toBe('nash: a 1, b 2 and c 3');
  });
});

describe('states and moves', () => {
  it('stand in layers, from today to the right', () => {
    const node = (id: string) => ({ id, lines: [id], today: false, stands: false, label: id });
    const edge = (from: string, to: string) => ({ from, to, name: 'Belarus', path: true });
    const { container } = render(Graph, {
      title: 'Ways',
      about: 'x',
      nodes: ['today', 'middle', 'end'].map(node),
      edges: [edge('today', 'middle'), edge('middle', 'end')],
    });
    const x = [...container.querySelectorAll('rect.node')].map((rect) => Number(rect.getAttribute('x')));
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(new Set(x).size).toBe(3);
    expect(container.querySelectorAll('path.step.head')).toHaveLength(2);
  });

  it('may have a single state', () => {
    const { container } = render(Graph, {
      title: 'Ways',
      about: 'x',
      nodes: [{ id: 'a', lines: ['a'], today: true, stands: false, label: 'a' }],
      edges: [],
    });
    expect(container.innerHTML).not.toContain('NaN');
  });
});
