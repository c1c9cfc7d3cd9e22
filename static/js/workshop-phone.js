// The phone: looks again when the room moves, keeps what was typed, sends it when it can.
import { setSkew, startClock } from "./workshops/clock.js";
import { listen } from "./workshops/listen.js";
import { answersShown, apply, fetchPage } from "./workshops/regions.js";
import { sending } from "./workshops/sending.js";
import { nearness } from "./workshops/nearness.js";

const room = () => document.querySelector("[data-room]");
const isMine = (region) => region.dataset.live === "mine";
const ownWords = () => document.querySelector("#ws-own")?.textContent;

// Spread out: a hall of phones does not ask at the same moment.
// Nothing moves under a finger: what is new waits until it is lifted, and its press has counted.
let finger = null;
addEventListener("pointerdown", () => (finger = Date.now()), true);
for (const name of ["pointerup", "pointercancel"]) {
  addEventListener(name, () => setTimeout(() => (finger = null), 100), true);
}
async function lifted() {
  while (finger && Date.now() - finger < 3000) await new Promise((go) => setTimeout(go, 60));
}

const OWN_EVERY = 12000;
const later = (least, most) => least + Math.random() * (most - least);

function phone() {
  let step = room().dataset.step;
  let rev = 0;
  let timer = null;
  let lookedAt = Date.now();
  const sender = sending(room().dataset);

  // Whether the page is another than the one that is shown: the room has gone on, or we were let in.
  function moved(text) {
    const now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-room]");
    return now?.dataset.step !== step || now.dataset.view !== room().dataset.view;
  }

  async function look(wait, only) {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answers = answersShown();
        const text = await fetchPage();
        if (text === null) return;
        lookedAt = Date.now();
        await lifted();
        if (answers !== answersShown()) return look(0, only);
        if (only && !moved(text)) {
          const before = ownWords();
          apply(text, { only });
          // What became of them stands beside them now: what was said on sending is no longer so.
          if (ownWords() !== before) sender.unsay();
        } else {
          sender.keepUnsent();
          apply(text, { carry: false });
          step = room().dataset.step;
          sender.restore();
        }
      } catch {
        look(later(2000, 4000), only);
      }
    }, wait);
  }

  startClock();
  listen(
    room().dataset.room,
    ({ room: now, told, asked }) => {
      if (told) return look(later(100, 2500), isMine);
      if (!now || now.rev <= rev) return;
      setSkew(now.rev);
      const first = !rev;
      rev = now.rev;
      if (now.step !== step || room().dataset.view === "waiting") look(later(0, 700));
      else if (first) look(later(0, 700), isMine);
      else if (now.follow) look(later(500, 3000), () => true);
      // Where no stream tells what became of our words, we look now and then.
      else if (asked && Date.now() - lookedAt > OWN_EVERY) look(later(0, 2000), isMine);
      document.dispatchEvent(new CustomEvent("ws:room", { detail: now }));
    },
    () => look(0),
    // Nothing tells us of changes: look whether the room has moved, and what became of our words.
    () => look(later(0, 700), isMine),
  );
  nearness();
}

// Before the session begins there is nothing to listen to: look every few seconds.
function door() {
  const waiting = document.querySelector("[data-again]");
  if (!waiting) return;
  setInterval(async () => {
    try {
      const text = await fetchPage();
      if (text !== null && !text.includes("data-again")) location.reload();
    } catch {
      // The next time will do.
    }
  }, Number(waiting.dataset.again) * 1000);
}

if (room()) phone();
else door();
