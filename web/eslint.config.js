import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['prebuilt/', 'node_modules/', 'e2e/pictures/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      // A text from a case is never HTML.
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'error',
      // Maps and sets here are built and thrown away inside one computation.
      'svelte/prefer-svelte-reactivity': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_$', argsIgnorePattern: '^_$' }],
      // The page's own links are #hash links.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
);
