// Buttons that only a browser with JavaScript can serve; the page hides them until then.
export function copyButtons(scope) {
  if (!navigator.clipboard) return;
  for (const button of scope.querySelectorAll("[data-copy][hidden]")) {
    const before = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = before), 3000);
    });
  }
}

export function printButtons(scope) {
  for (const button of scope.querySelectorAll("[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

export function goBack(scope) {
  if (history.length < 2) return;
  for (const button of scope.querySelectorAll("[data-back][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => history.back());
  }
}

// A double tap sends a form once. The server would refuse the second as well; this spares the fright.
const DOUBLE_TAP = 1500;

export function sendOnce() {
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - (sent.get(event.target) ?? 0) < DOUBLE_TAP) event.preventDefault();
    else sent.set(event.target, now);
  });
}
