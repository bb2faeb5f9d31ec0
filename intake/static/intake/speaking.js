// Offers to speak instead of writing where the browser can record. The recorder itself is fetched
// once somebody wants it: most reports are written. Else the field beside it stays, by which a
// telephone opens its own recorder.

const canRecord = () =>
  Boolean(window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);

/** `files` takes files in and out of the chosen ones, and fetches a script. */
export const offerSpeaking = (input, files) => {
  const box = document.querySelector(".speaking");
  if (!box || !canRecord()) return;
  const button = box.querySelector("button");
  const byPhone = box.querySelector(".speaking__phone");
  box.querySelector(".speaking__here").hidden = false;
  byPhone.hidden = true;
  // On the page after one that had recordings they are listed at once.
  if (window.recorderIn) {
    window.recorderIn(box, input, files);
    return;
  }
  button.addEventListener(
    "click",
    async () => {
      try {
        await files.fetched(box.dataset.recording);
        window.recorderIn(box, input, files).begin();
      } catch (error) {
        console.warn("no recorder:", error.message);
        byPhone.hidden = false;
      }
    },
    { once: true },
  );
};
