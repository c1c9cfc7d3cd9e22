// What the room made, on a wall that does not scroll: type gets smaller while something is cut off, then
// the last cards are put away, and what is put away is counted.
const TYPES = ["1", "2", "3", "4"];

const boxOf = (part) => part.querySelector("[data-fit-box]") ?? part;
const cardsOf = (part) => [...part.querySelectorAll("[data-fit-card]")];
// Half a pixel of rounding is not a word cut off.
const isWhole = (part) => boxOf(part).scrollHeight <= boxOf(part).clientHeight + 1;

function count(part) {
  const note = part.querySelector("[data-fit-more]");
  const more = Number(part.dataset.total) - cardsOf(part).filter((card) => !card.hidden).length;
  note.hidden = more < 1;
  note.textContent = note.dataset.words.replace("#", more);
}

function showAll(part) {
  for (const card of cardsOf(part)) card.hidden = false;
  count(part);
}

function putAway(part) {
  for (const card of cardsOf(part).reverse()) {
    if (isWhole(part)) return;
    card.hidden = true;
    count(part);
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
    if (!isRoomy) parts.forEach(putAway);
  }
}

export function startFit() {
  fit();
  addEventListener("resize", fit);
  // Letters of another width may have been measured.
  document.fonts?.ready.then(fit);
}
