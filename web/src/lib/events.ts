// The server's events: progress of long runs, and files changed by somebody else.
import { app } from './state.svelte';
import { progress, type Progress } from './jobs.svelte';

export function follow(): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  const source = new EventSource('/api/events');
  source.addEventListener('progress', (event) => {
    const said = read<Progress>(event);
    if (said) progress(said);
  });
  source.addEventListener('case', (event) => {
    const said = read<{ id: string; hash: string }>(event);
    if (said && app.file && said.id === app.file.id && said.hash !== app.file.hash) app.changedOnDisk = true;
  });
  return () => source.close();
}

function read<T>(event: MessageEvent<string>): T | null {
  try {
    return JSON.parse(event.data) as T;
  } catch {
    return null;
  }
}
