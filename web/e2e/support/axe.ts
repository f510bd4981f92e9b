// The page as axe-core sees it. The script is evaluated by the debugger, so the page's own policy stays as strict as it is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each place that breaks a rule; of colours alone where the same page was looked at in other colours. */
export async function violations(page: Page, colours = false): Promise<string[]> {
  await page.evaluate(source);
  return page.evaluate(async (only) => {
    // What is laid out only when it is scrolled to is looked at too.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets = [sheet];
    interface Found {
      violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
    }
    const axe = (window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }).axe;
    const found = await axe.run(document, only ? { runOnly: { type: 'tag', values: ['cat.color'] } } : {});
    document.adoptedStyleSheets = [];
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`),
    );
  }, colours);
}
