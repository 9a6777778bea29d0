/** A native reader of barcodes, where the browser has one. */
interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
interface DetectorType {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** What is looked at in one frame. */
export type Frame = ImageBitmap | ImageData;

let native: Promise<Detector | undefined> | undefined;

/** The browser's own reader, if it reads QR codes; asked once. */
export function nativeDetector(): Promise<Detector | undefined> {
  native ??= (async () => {
    const type = (globalThis as { BarcodeDetector?: DetectorType }).BarcodeDetector;
    if (!type) return undefined;
    try {
      return (await type.getSupportedFormats()).includes("qr_code") ? new type({ formats: ["qr_code"] }) : undefined;
    } catch {
      return undefined;
    }
  })();
  return native;
}

/** The text of the QR code in a picture, or undefined: the native reader first, then the thorough one. */
export async function decodePicture(picture: Blob): Promise<string | undefined> {
  const bitmap = await createImageBitmap(picture);
  const detector = await nativeDetector();
  const seen = await detector?.detect(bitmap).catch(() => []);
  bitmap.close();
  if (seen?.[0]?.rawValue) return seen[0].rawValue;
  const { decode } = await import("./zxing");
  return decode(picture, true);
}
