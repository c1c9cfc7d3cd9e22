// Hearing that the room changed: by a stream, and by asking again and again where streams fail.
const POLL = 5000;
const QUIET = 40000;
const AGAIN = 60000;

// heard({room, told, asked}) is called with what is new (asked: no stream said it); gone() when we may
// not listen any more; blind() when not even asking is answered, so that only the page itself can tell.
export function listen(channel, heard, gone = () => {}, blind = () => {}) {
  const address = `/live/${channel}/`;
  let source = null;
  let last = Date.now();
  let failures = 0;
  let polling = false;
  let stopped = false;

  function note(data) {
    last = Date.now();
    failures = 0;
    heard(data);
  }

  function open() {
    if (stopped || !("EventSource" in window)) return;
    source?.close();
    source = new EventSource(address);
    last = Date.now();
    source.addEventListener("room", (event) => {
      polling = false;
      note({ room: JSON.parse(event.data) });
    });
    source.addEventListener("told", (event) => note({ told: JSON.parse(event.data) }));
    source.addEventListener("ended", () => {
      source.close();
      ask();
    });
    source.addEventListener("error", () => {
      failures += 1;
      if (failures >= 2 || source.readyState === EventSource.CLOSED) polling = true;
    });
  }

  async function ask() {
    try {
      const answer = await fetch(`${address}now/`, { headers: { Accept: "application/json" } });
      if (answer.status === 404) {
        stopped = true;
        source?.close();
        gone();
      } else if (answer.ok) {
        const { room } = await answer.json();
        heard({ room, asked: true });
      } else {
        blind();
      }
    } catch {
      blind();
    }
  }

  setInterval(() => {
    if (!stopped && (polling || !source || Date.now() - last > QUIET)) ask();
  }, POLL);
  setInterval(() => {
    if (!stopped && polling) open();
  }, AGAIN);
  // A phone that wakes up looks at once.
  document.addEventListener("visibilitychange", () => {
    if (stopped || document.visibilityState !== "visible") return;
    ask();
    if (!source || source.readyState === EventSource.CLOSED) open();
  });
  addEventListener("online", () => {
    if (stopped) return;
    ask();
    open();
  });
  open();
  return { ask };
}
