import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { app } from '../src/lib/state.svelte';
import DataTable from '../src/parts/DataTable.svelte';
import NumberRow from '../src/parts/NumberRow.svelte';
import Problems from '../src/parts/Problems.svelte';
import { lease, number } from './lease';

beforeEach(() => {
  app.show(lease);
  app.numbers = [number({ bounds: [0, 100] })];
  app.reset();
});
afterEach(cleanup);

describe('a number', () => {
  const row = () => render(NumberRow, { number: app.numbers[0] as (typeof app.numbers)[0] });

  it('is moved by its slider and by its box', async () => {
    row();
    const slider = screen.getByRole('slider', { name: 'Owner: Rent, a high one, slider' });
    await fireEvent.input(slider, { target: { value: '46' } });
    expect(app.overrides).toEqual({ 'rent.high.owner': '46' });
    expect(screen.getByText('was 60')).toBeTruthy();
    const box = screen.getByRole('spinbutton', { name: 'Owner: Rent, a high one' });
    expect((box as HTMLInputElement).value).toBe('46');
    await fireEvent.change(box, { target: { value: '47.5' } });
    expect(app.overrides).toEqual({ 'rent.high.owner': '47.5' });
    await fireEvent.click(screen.getByRole('button', { name: 'Reset Owner: Rent, a high one' }));
    expect(app.overrides).toEqual({});
  });

  it('refuses what the field does not allow, in words', async () => {
    row();
    await fireEvent.change(screen.getByRole('spinbutton'), { target: { value: '101' } });
    expect(screen.getByRole('alert').textContent).toBe('Allowed: 0 to 100.');
    expect(app.overrides).toEqual({});
  });

  it('opens what it rests on', async () => {
    row();
    await fireEvent.click(screen.getByRole('button', { name: 'Owner: Rent, a high one' }));
    expect(app.open).toBe('rent.high.owner');
  });
});

describe('a table', () => {
  it('shows its beginning until asked for all', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => [`row ${at}`, at]);
    const { container } = render(DataTable, { title: 'Long', columns: ['Name', 'n'], rows });
    expect(container.querySelectorAll('tbody tr')).toHaveLength(40);
    await fireEvent.click(screen.getByRole('button', { name: 'All 50 rows' }));
    expect(container.querySelectorAll('tbody tr')).toHaveLength(50);
    expect(container.querySelectorAll('tbody th[scope="row"]')).toHaveLength(50);
  });
});

describe('problems', () => {
  it('say where, what and the way out', () => {
    render(Problems, {
      problems: [{ line: 7, column: 2, message: 'unknown actor', found: 'usaa', nearest: 'usa' }],
      title: '1 problem',
    });
    const said = screen.getByRole('alert').textContent.replace(/\s+/g, ' ');
    expect(said).toContain('1 problem');
    expect(said).toContain('Line 7, column 2. unknown actor (found: usaa) Did you mean usa?');
  });

  it('of a conflict and of a server that is gone name what to do', () => {
    const error = { message: 'x', problems: [], status: 409 };
    render(Problems, { error: { ...error, kind: 'conflict' } });
    expect(screen.getByRole('alert').textContent).toContain('Load the file again; your replaced numbers stay.');
    cleanup();
    render(Problems, { error: { ...error, kind: 'unreachable' } });
    expect(screen.getByRole('alert').textContent).toContain('Start `steelyard serve` again');
  });

  it('show a text as text, whatever it looks like', () => {
    const { container } = render(Problems, { problems: [{ message: '<img src=x onerror=alert(1)>' }], title: 'x' });
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>');
  });
});
