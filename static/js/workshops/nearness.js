// While somebody types: what others wrote that is much like it.
const PAUSE = 600;

export function nearness() {
  let timer = null;
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-near]");
    if (!form || event.target.name !== "text") return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const place = form.querySelector("#ws-near");
      if (!place || event.target.value.trim().length < 8) return place?.replaceChildren();
      try {
        const answer = await fetch(form.dataset.near, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        const text = answer.ok && answer.status !== 204 ? await answer.text() : "";
        const fresh = new DOMParser().parseFromString(text, "text/html").body;
        if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
      } catch {
        // A hint that does not come hinders nobody.
      }
    }, PAUSE);
  });
}
