// What the tests use of pngjs, which brings no types of its own.
declare module 'pngjs' {
  export class PNG {
    constructor(size: { width: number; height: number });
    width: number;
    height: number;
    data: Buffer;
    static readonly sync: {
      read(bytes: Buffer): PNG;
      write(picture: PNG, options?: { colorType?: number; deflateLevel?: number }): Buffer;
    };
  }
}
