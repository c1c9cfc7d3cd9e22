// The time that is left, by the server's clock: phones are often wrong.
let skew = 0;

export function setSkew(rev) {
  if (rev) skew = rev / 1000 - Date.now();
}

function words(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const text = clock.querySelector("[data-clock-text]");
    const until = Number(clock.dataset.until);
    const left = clock.dataset.left;
    if (!text) continue;
    if (until) text.textContent = words(until - (Date.now() + skew) / 1000);
    else if (left) text.textContent = words(Number(left));
  }
}

export function startClock() {
  tick();
  setInterval(tick, 1000);
}
