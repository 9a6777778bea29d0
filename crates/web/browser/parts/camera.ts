import { nativeDetector } from "./decode";

/** Between two looks at the picture; a look itself takes 5 to 150 ms. */
const PAUSE_MS = 90;
/** Frames are made this wide before they are read by zxing: enough for a code at arm's length. */
const FRAME_WIDTH = 720;

/** What the type library does not know yet. */
type Capabilities = MediaTrackCapabilities & { torch?: boolean };

/** The camera at the back of the phone, read again and again until the page is left or hidden. */
export class Camera {
  #stream: MediaStream | undefined;
  #isReading = false;
  readonly #canvas = document.createElement("canvas");

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly found: (text: string) => void,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.stop();
      else if (this.#stream) void this.start().catch(() => undefined);
    });
  }

  /** Shows the picture and begins to read; rejects when the camera is refused or absent. */
  async start(): Promise<void> {
    this.stop();
    this.#stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.video.srcObject = this.#stream;
    this.video.hidden = false;
    await this.video.play();
    this.#isReading = true;
    void this.#read();
  }

  /** Lets go of the camera; its lamp goes out. */
  stop(): void {
    this.#isReading = false;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  /** Whether this camera has a lamp that can be switched. */
  hasTorch(): boolean {
    const track = this.#stream?.getVideoTracks()[0];
    const capabilities: Capabilities | undefined = track?.getCapabilities?.();
    return capabilities?.torch === true;
  }

  /** Switches the lamp; false when it cannot be. */
  async setTorch(on: boolean): Promise<boolean> {
    const track = this.#stream?.getVideoTracks()[0];
    try {
      await track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
      return track !== undefined;
    } catch {
      return false;
    }
  }

  async #read(): Promise<void> {
    const stream = this.#stream;
    const detector = await nativeDetector();
    const zxing = detector ? undefined : await import("./zxing");
    while (this.#isReading && this.#stream === stream) {
      const text = detector
        ? (await detector.detect(this.video).catch(() => []))[0]?.rawValue
        : await zxing?.decode(this.#frame(), false).catch(() => undefined);
      if (text) this.found(text);
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
  }

  #frame(): ImageData {
    const scale = Math.min(1, FRAME_WIDTH / (this.video.videoWidth || FRAME_WIDTH));
    const width = Math.max(1, Math.round(this.video.videoWidth * scale));
    const height = Math.max(1, Math.round(this.video.videoHeight * scale));
    this.#canvas.width = width;
    this.#canvas.height = height;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (!context) return new ImageData(1, 1);
    context.drawImage(this.video, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }
}
