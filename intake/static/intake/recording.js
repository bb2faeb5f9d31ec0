// Records what somebody says instead of writing, to be heard again, erased or said anew before it is
// sent. A recording is a file like any other and goes into the form's own field. Whatever ends one,
// what has been said until then is kept.

const BITS_PER_SECOND = 24000;
// What browsers record, and how the name of such a file ends.
const KINDS = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/mp4", "m4a"],
  ["audio/ogg;codecs=opus", "ogg"],
];
const NAME = /^录音(\d+)\.(?:webm|m4a|ogg)$/;
const OTHER_WAY = "也可以用下面手机的录音机，或者打字。";
const WHY_NOT = {
  NotAllowedError: `没有用上话筒，因为没有得到允许。要录，请在浏览器的设置里允许本站用话筒，再点一次。${OTHER_WAY}`,
  NotFoundError: `没有找到话筒。${OTHER_WAY}`,
};
const NOT_NOW = `话筒用不了，可能别的程序正在用。关掉那个程序，再点一次。${OTHER_WAY}`;
const KEPT = "录好的已经留下，请听一听。没说完，可以再录一段。";
const ENDED = {
  stopped: "录好了，请听一听。",
  full: `时间到了，录音停了。${KEPT}`,
  left: `您离开了这一页，录音停了。${KEPT}`,
  broken: `话筒断开了，录音停了。${KEPT}`,
};

let recorded = 0;
// By the names of the files, which no two have.
const lengths = new Map();

const minutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** The screen must not go dark while somebody speaks, for the page would be hidden then. */
const keepAwake = async () => {
  try {
    return await navigator.wakeLock.request("screen");
  } catch (error) {
    return null;
  }
};

/**
 * Records until somebody stops it, `most` seconds at the longest. `tell` hears the seconds; `done`
 * gets the file, or null where nothing was heard, and why it ended.
 */
const record = (stream, most, { tell, done }) => {
  const [type, ending] = KINDS.find(([known]) => MediaRecorder.isTypeSupported(known)) || KINDS[0];
  const options = { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND };
  const recorder = new MediaRecorder(stream, options);
  // Each second is handed over, so that nothing but the last is lost with the microphone.
  recorder.start(1000);
  const awake = keepAwake();
  const began = performance.now();
  const pieces = [];
  let why = "broken";
  const seconds = () => Math.min((performance.now() - began) / 1000, most);
  const stop = (reason) => {
    why = reason;
    if (recorder.state !== "inactive") recorder.stop();
  };
  const counting = setInterval(() => {
    tell(seconds());
    if (seconds() >= most) stop("full");
  }, 250);
  const leave = () => document.hidden && stop("left");
  document.addEventListener("visibilitychange", leave);
  recorder.addEventListener("dataavailable", (event) => event.data.size && pieces.push(event.data));
  recorder.addEventListener("stop", async () => {
    clearInterval(counting);
    document.removeEventListener("visibilitychange", leave);
    stream.getTracks().forEach((track) => track.stop());
    recorded += pieces.length ? 1 : 0;
    const name = `录音${recorded}.${ending}`;
    lengths.set(name, seconds());
    done(pieces.length ? new File(pieces, name, { type: type.split(";")[0] }) : null, why);
    const lock = await awake;
    if (lock) lock.release();
  });
  return stop;
};

const button = (words, label, does) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "chosen-files__remove";
  made.textContent = words;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", does);
  return made;
};

/** What was recorded does not say how long it is: a player that is sent to its end finds out. */
const learnLength = (player) => {
  if (player.duration !== Infinity) return;
  const back = () => {
    player.currentTime = 0;
  };
  player.addEventListener("seeked", back, { once: true });
  player.currentTime = 1e6;
};

/** A recording to hear, erase or say anew. */
const lineOf = (file, { erase, again }) => {
  const name = `第 ${NAME.exec(file.name)[1]} 段录音`;
  const line = document.createElement("li");
  const words = document.createElement("p");
  const length = lengths.get(file.name);
  words.textContent = length ? `${name}，${minutes(length)}` : name;
  const player = document.createElement("audio");
  player.controls = true;
  player.setAttribute("aria-label", `听${name}`);
  player.addEventListener("loadedmetadata", () => learnLength(player), { once: true });
  player.src = URL.createObjectURL(file);
  const pressed = document.createElement("p");
  pressed.append(
    button("擦掉", `擦掉${name}`, erase),
    button("重录", `擦掉${name}，重新录`, again),
  );
  line.append(words, player, pressed);
  return line;
};

window.recorderIn = (box, input, files) => {
  const press = box.querySelector("button");
  const time = box.querySelector("[role=timer]");
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("ol");
  const most = +box.dataset.longest;
  const atMost = time.textContent;
  const lines = new Map();
  let stop = null;
  let isAsking = false;

  const say = (words) => {
    status.textContent = words;
    status.hidden = !words;
  };

  const rest = () => {
    stop = null;
    press.textContent = lines.size ? "再录一段" : "开始录音";
    time.textContent = atMost;
  };

  const keep = async (file, why) => {
    if (file) await files.takeIn([file]);
    rest();
    say(file ? ENDED[why] : `没有录到声音，请再试一次。${OTHER_WAY}`);
  };

  const begin = async () => {
    if (isAsking) return;
    isAsking = true;
    say("请点“允许”，让这一页用话筒。");
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
      let ended = null;
      const whole = new Promise((done) => {
        ended = done;
      });
      const tell = (seconds) => {
        time.textContent = `${minutes(seconds)}，${atMost}`;
      };
      stop = record(stream, most, { tell, done: (file, why) => keep(file, why).then(ended) });
      // Whoever sends the form while recording sends what has been said.
      press.isReady = whole;
      press.textContent = "停止录音";
      say("正在录音，请说话。");
    } catch (error) {
      if (stream) stream.getTracks().forEach((track) => track.stop());
      box.querySelector(".speaking__phone").hidden = false;
      say(WHY_NOT[error.name] || NOT_NOW);
    }
    isAsking = false;
  };

  const takeOut = (file) => {
    files.takeOut(file);
    press.focus();
  };

  const erase = (file) => {
    takeOut(file);
    say("已经擦掉。");
  };

  const again = (file) => {
    takeOut(file);
    begin();
  };

  const show = (chosen) => {
    const ours = chosen.filter((file) => NAME.test(file.name));
    lines.forEach((line, file) => {
      if (ours.includes(file)) return;
      URL.revokeObjectURL(line.querySelector("audio").src);
      line.remove();
      lines.delete(file);
    });
    ours
      .filter((file) => !lines.has(file))
      .forEach((file) => {
        lines.set(file, lineOf(file, { erase: () => erase(file), again: () => again(file) }));
        list.append(lines.get(file));
      });
    if (!stop) rest();
  };

  input.addEventListener("files-changed", (event) => show(event.detail));
  press.addEventListener("click", () => (stop ? stop("stopped") : begin()));
  input.form.addEventListener("submit", () => stop && stop("stopped"));
  // Files can be chosen again, but nobody says the same twice.
  window.addEventListener("beforeunload", (event) => {
    if (!box.isConnected || (!stop && !lines.size)) return;
    event.preventDefault();
    event.returnValue = "";
  });
  return { begin };
};
