// A screen that looks again when the room changes: the wall and the desk.
import { setSkew, startClock } from "./clock.js";
import { listen } from "./listen.js";
import { answersShown, apply, fetchPage } from "./regions.js";

export function screen({ every, drawn = () => {} }) {
  const channel = document.querySelector("[data-room]")?.dataset.room;
  if (!channel) return { look: () => {} };
  let rev = 0;
  let waiting = null;
  let looking = false;
  let again = false;

  async function look() {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      const answers = answersShown();
      const text = await fetchPage();
      // Drawn somewhere else: the room has gone on from here, and this screen goes with it.
      if (text === null) return;
      if (answers === answersShown()) {
        apply(text);
        drawn();
      } else again = true;
    } catch {
      again = true;
    }
    looking = false;
    if (again) {
      again = false;
      soon(1500);
    }
  }

  function soon(wait = every) {
    waiting ??= setTimeout(() => {
      waiting = null;
      look();
    }, wait);
  }

  startClock();
  listen(channel, ({ room }) => {
    if (!room || room.rev <= rev) return;
    setSkew(room.rev);
    // The first time too: the room may have gone on while this page was on its way.
    rev = room.rev;
    soon();
    // Not ours any more, or wiped: the page says so itself.
  }, () => location.reload(), soon);
  return { look };
}
