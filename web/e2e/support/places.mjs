// Where things are on this machine.
import { fileURLToPath } from 'node:url';

const from = (path) => fileURLToPath(new URL(path, import.meta.url));

export const repository = from('../../..');
export const program = process.env.STEELYARD_PROGRAM ?? from('../../../build/dev/src/cli/steelyard');
export const chromium = process.env.STEELYARD_CHROMIUM ?? '/usr/bin/chromium';
export const page = process.env.STEELYARD_PAGE ?? '';
export const screens = from('../screens');
export const images = from('../../../docs/images');
export const update = process.env.STEELYARD_PICTURES === 'update';
