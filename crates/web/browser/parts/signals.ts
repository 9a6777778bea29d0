/** Notes of a verdict: pitch in hertz, length in milliseconds; and how the phone shakes, in milliseconds on and off. */
interface Signal {
  readonly notes: readonly (readonly [pitch: number, length: number])[];
  readonly shakes: readonly number[];
}

/** Rising is good, level asks, falling refuses: so that it is understood without looking, and each is its own. */
const SIGNALS: Record<string, Signal> = {
  admitted: { notes: [[880, 80], [1319, 140]], shakes: [60] },
  already_in: { notes: [[660, 120], [660, 120]], shakes: [120, 80, 120] },
  unpaid: { notes: [[587, 110], [494, 110], [587, 110]], shakes: [80, 60, 80, 60, 80] },
  not_included: { notes: [[523, 110], [440, 180]], shakes: [160, 80, 60] },
  too_early: { notes: [[523, 90], [523, 90], [622, 140]], shakes: [60, 60, 60, 60, 140] },
  too_late: { notes: [[523, 90], [523, 90], [415, 140]], shakes: [140, 60, 60] },
  void: { notes: [[311, 380]], shakes: [400] },
  refunded: { notes: [[311, 160], [277, 260]], shakes: [200, 80, 260] },
  transferred: { notes: [[330, 160], [262, 260]], shakes: [260, 80, 200] },
  reissued: { notes: [[349, 160], [294, 260]], shakes: [220, 80, 220] },
  forged: { notes: [[233, 140], [220, 140], [208, 320]], shakes: [300, 100, 300, 100, 300] },
  unknown: { notes: [[247, 220], [247, 220]], shakes: [240, 100, 100] },
  unreadable: { notes: [[196, 160]], shakes: [100] },
  wrong_event: { notes: [[262, 150], [196, 220]], shakes: [100, 80, 220] },
  failed: { notes: [[175, 300]], shakes: [60, 40, 60, 40, 60] },
};

let audio: AudioContext | undefined;

// A phone lets a page sound only after it was touched once.
addEventListener("pointerdown", () => {
  audio ??= new AudioContext();
  void audio.resume();
}, { passive: true });

/** Sounds and shakes a verdict by its name in the API; a name that is not known sounds as `unreadable`. */
export function announce(verdict: string): void {
  const signal = SIGNALS[verdict] ?? SIGNALS["unreadable"];
  if (!signal) return;
  navigator.vibrate?.([...signal.shakes]);
  if (!audio || audio.state !== "running") return;
  let at = audio.currentTime;
  for (const [pitch, length] of signal.notes) {
    const seconds = length / 1000;
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.type = pitch < 400 ? "sawtooth" : "triangle";
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.5, at + 0.01);
    volume.gain.linearRampToValueAtTime(0, at + seconds);
    note.connect(volume).connect(audio.destination);
    note.start(at);
    note.stop(at + seconds);
    at += seconds + 0.03;
  }
}
