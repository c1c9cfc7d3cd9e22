// Grouping by mouse, finger and keyboard. The board's own form does the work: this fills it in.
export function board(press) {
  let dragged = null;

  const column = (element) => element.closest(".ws-column");
  const columns = () => [...document.querySelectorAll(".ws-column")];

  function move(card, to) {
    const from = column(card);
    if (!to || to === from) return;
    const form = card.closest("form");
    const body = new FormData(form);
    body.delete("card");
    body.set("card", card.querySelector("input").value);
    body.set("to", to.dataset.theme);
    body.set("press", "move");
    press(form, body, () => {
      const said = document.getElementById("ws-board-said");
      const name = to.querySelector("legend")?.firstChild?.textContent.trim() ?? "";
      if (said) said.textContent = `${form.dataset.said} ${name}`;
      document.getElementById(card.querySelector("input").id)?.focus();
    });
  }

  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".ws-card");
    if (!dragged) return;
    dragged.dataset.dragging = "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.card);
  });
  document.addEventListener("dragover", (event) => {
    const to = dragged && event.target.closest?.(".ws-column");
    for (const one of columns()) one.classList.toggle("is-over", one === to);
    if (to) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const to = dragged && event.target.closest?.(".ws-column");
    if (!to) return;
    event.preventDefault();
    delete dragged.dataset.dragging;
    move(dragged, to);
  });
  document.addEventListener("dragend", () => {
    if (dragged) delete dragged.dataset.dragging;
    dragged = null;
    for (const one of columns()) one.classList.remove("is-over");
  });

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest?.(".ws-card");
    if (!card || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    event.preventDefault();
    const all = columns();
    move(card, all[all.indexOf(column(card)) + (event.key === "ArrowRight" ? 1 : -1)]);
  });
}
