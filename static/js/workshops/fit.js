// What the room made, on a wall that does not scroll: type gets smaller while something is cut off (never
// too small for the back of the hall: the sheet sees to that), then the last cards are put away, and what
// is put away is counted.
const TYPES = ["1", "2", "3", "4", "5", "6"];

const boxOf = (part) => part.querySelector("[data-fit-box]") ?? part;
const cardsOf = (part) => [...part.querySelectorAll("[data-fit-card]")];
// Half a pixel of rounding is not a word cut off.
function isWhole(part) {
  const box = boxOf(part);
  return box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
}

const shownIn = (part) => cardsOf(part).filter((card) => !card.hidden);

function count(part) {
  const note = part.querySelector("[data-fit-more]");
  const shown = shownIn(part).length;
  const more = Number(part.dataset.total) - shown;
  note.hidden = more < 1;
  note.textContent = (shown ? note.dataset.words : note.dataset.wordsNone).replace("#", more);
}

function showAll(part) {
  for (const card of cardsOf(part)) card.hidden = false;
  count(part);
}

function put(part, card, isHidden) {
  card.hidden = isHidden;
  count(part);
}

// The last card of the part with most in it, again and again: parts that share the room share what is lost.
function putAway(parts) {
  for (;;) {
    const full = parts.filter((part) => !isWhole(part) && shownIn(part).length);
    if (!full.length) return;
    const largest = full.reduce((one, other) => (shownIn(other).length > shownIn(one).length ? other : one));
    put(largest, shownIn(largest).at(-1), true);
  }
}

// Where there is room now for what was put away while another part was too full.
function bringBack(parts) {
  for (const part of parts) {
    for (const card of cardsOf(part).filter((one) => one.hidden)) {
      put(part, card, false);
      if (parts.every(isWhole)) continue;
      put(part, card, true);
      break;
    }
  }
}

export function fit() {
  for (const wall of document.querySelectorAll("[data-fit]")) {
    const parts = [...wall.querySelectorAll("[data-fit-part]")];
    const isRoomy = TYPES.some((type) => {
      wall.dataset.fitType = type;
      parts.forEach(showAll);
      return parts.every(isWhole);
    });
    if (isRoomy) continue;
    putAway(parts);
    bringBack(parts);
  }
}

export function startFit() {
  fit();
  addEventListener("resize", fit);
  // Letters of another width may have been measured.
  document.fonts?.ready.then(fit);
}
