/** Headless browsers have no voice. */

/** A speech engine that says nothing: it notes what it is given, and a test tells it when an utterance ends. */
export const VOICE = `
  const spoken = [];
  let now = null;
  class Utterance { constructor(text) { this.text = text; } }
  const synth = new EventTarget();
  Object.assign(synth, {
    voices: [{ lang: 'vi-VN', name: 'Thử', localService: true }],
    getVoices: () => synth.voices,
    speak(utterance) { spoken.push(utterance.text); now = utterance; },
    cancel() { const cut = now; now = null; if (cut) setTimeout(() => cut.onerror?.({ error: 'canceled' })); },
  });
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
  Object.defineProperty(window, 'speechSynthesis', { value: synth });
  window.voice = { spoken, synth, now: () => now, end() { const said = now; now = null; said.onend(); } };
`;
