export const repository: string;
export const program: string;
export const chromium: string;
export const page: string;
export const screens: string;
export const images: string;
export const update: boolean;
