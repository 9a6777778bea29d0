// Loaded only where the browser has no reader of its own. The module is served by us; its default would be a CDN.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

prepareZXingModule({ overrides: { locateFile: () => wasm } });

/** The text of the QR code in a picture or frame, or undefined. `thorough` for pictures, not for frames. */
export async function decode(source: Blob | ImageData, thorough: boolean): Promise<string | undefined> {
  const found = await readBarcodes(source, {
    formats: ["QRCode"],
    maxNumberOfSymbols: 1,
    tryHarder: thorough,
    tryRotate: thorough,
    tryInvert: thorough,
    tryDownscale: true,
  });
  return found.find((code) => code.isValid)?.text;
}
