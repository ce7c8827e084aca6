"use strict";
/* A voice message: warned of when nobody shall know who speaks, recorded, and made into the one format the server takes. */
(function () {
  const T = window.TEXTS;
  const { id, say, picked, voices, attach } = window.APP;
  const LONGEST = 60;
  const MOST = 3;
  const RATE = 8000;
  let recorder = null;
  function begin() {
    if (recorder) { recorder.stop(); return; }
    if (voices().length >= MOST) { say(T.tooManyVoices); return; }
    if (picked("mode") === "named") { record(); return; }
    id("voice-warning").hidden = false;
    id("voice-yes").focus();
  }
  async function record() {
    id("voice-warning").hidden = true;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream);
    } catch (e) {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      recorder = null;
      say(T.noMicrophone);
      return;
    }
    const parts = [];
    const began = Date.now();
    const clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - began) / 1000);
      if (seconds >= LONGEST - 1 && recorder) recorder.stop();
      id("record-note").textContent = T.recording(seconds);
    }, 1000);
    recorder.ondataavailable = (event) => parts.push(event.data);
    recorder.onstop = async () => {
      clearInterval(clock);
      stream.getTracks().forEach((track) => track.stop());
      recorder = null;
      id("record").textContent = T.record;
      id("record-note").textContent = T.uploading;
      try {
        const isSent = await attach(await plain(new Blob(parts)), "voice");
        id("record-note").textContent = isSent ? T.recorded : "";
      } catch (e) { say(T.noMicrophone); }
    };
    recorder.start();
    id("record").textContent = T.stop;
    id("record-note").textContent = T.recording(0);
    id("record").focus();
  }
  /* 8000 samples a second, 16 bits, one channel: telephone quality, a minute is under 1 MB */
  async function plain(recorded) {
    const context = new AudioContext();
    const sound = await context.decodeAudioData(await recorded.arrayBuffer());
    context.close();
    const length = Math.max(1, Math.min(Math.floor(sound.duration * RATE), LONGEST * RATE));
    const slow = new OfflineAudioContext(1, length, RATE);
    const source = slow.createBufferSource();
    source.buffer = sound;
    source.connect(slow.destination);
    source.start();
    const samples = (await slow.startRendering()).getChannelData(0);
    const wav = new DataView(new ArrayBuffer(44 + samples.length * 2));
    const write = (at, word) => Array.from(word).forEach((letter, step) => wav.setUint8(at + step, letter.charCodeAt(0)));
    write(0, "RIFF"); wav.setUint32(4, 36 + samples.length * 2, true); write(8, "WAVEfmt ");
    wav.setUint32(16, 16, true); wav.setUint16(20, 1, true); wav.setUint16(22, 1, true); wav.setUint32(24, RATE, true);
    wav.setUint32(28, RATE * 2, true); wav.setUint16(32, 2, true); wav.setUint16(34, 16, true);
    write(36, "data"); wav.setUint32(40, samples.length * 2, true);
    samples.forEach((sample, at) => wav.setInt16(44 + at * 2, Math.max(-1, Math.min(1, sample)) * 32767, true));
    return new Blob([wav], { type: "audio/wav" });
  }
  id("record").addEventListener("click", begin);
  id("voice-yes").addEventListener("click", record);
  id("voice-no").addEventListener("click", () => { id("voice-warning").hidden = true; id("record").focus(); });
})();
