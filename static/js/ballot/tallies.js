// The running figures of each ballot style, and what cannot be chosen any more. The server checks
// everything again; this only saves people from being told no.
const marks = (form) => [...new FormData(form)].filter(([name, value]) => name.startsWith("p-") && value !== "");
const pence = (input) => Number(input.dataset.pence);
const words = (form, name, values) =>
  Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), form.dataset[name] ?? "");

function money(form, amount) {
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: form.dataset.currency,
    maximumFractionDigits: amount % 100 ? 2 : 0,
  }).format(amount / 100);
}

const STYLES = {
  score(form) {
    const done = marks(form).length;
    const all = Number(form.dataset.ideas);
    for (const card of form.querySelectorAll("[data-idea]")) {
      card.classList.toggle("vote-card--done", Boolean(card.querySelector("input:checked")));
    }
    return [words(form, "tally", { done, all }), done, all];
  },

  approval(form) {
    const done = marks(form).length;
    const all = Number(form.dataset.most);
    block(form, (input) => !input.checked && done >= all);
    return [words(form, "tally", { done, all }), done, all];
  },

  budget(form) {
    const purses = JSON.parse(form.dataset.purses);
    const boxes = [...form.querySelectorAll("input[type=checkbox][name^='p-']")];
    const left = { ...purses };
    for (const box of boxes) if (box.checked) left[box.dataset.purse] -= pence(box);
    block(form, (input) => !input.checked && pence(input) > left[input.dataset.purse]);
    const all = Object.values(purses).reduce((sum, each) => sum + each, 0);
    const rest = Object.values(left).reduce((sum, each) => sum + each, 0);
    return [words(form, "tally", { done: money(form, all - rest), left: money(form, rest) }), all - rest, all];
  },

  points(form) {
    const given = marks(form).reduce((sum, [, value]) => sum + Number(value), 0);
    const all = Number(form.dataset.most);
    for (const button of form.querySelectorAll("[data-step='1']")) button.disabled = given >= all;
    return [words(form, "tally", { done: given, left: all - given }), given, all];
  },

  ranking(form) {
    const places = marks(form);
    const all = Number(form.dataset.most);
    ranked(form, places);
    return [words(form, "tally", { done: places.length, all }), places.length, all];
  },
};

function block(form, full) {
  for (const input of form.querySelectorAll("input[type=checkbox][name^='p-']")) {
    input.disabled = full(input);
    input.closest("[data-idea]").classList.toggle("vote-card--full", input.disabled);
    input.closest("[data-idea]").classList.toggle("vote-card--done", input.checked);
  }
}

// Two ideas in one place: the one that was there first moves to the place that the other left.
function ranked(form, places) {
  for (const select of form.querySelectorAll("select[name^='p-']")) {
    const before = select.dataset.before ?? "";
    if (select.value && select.value !== before) {
      const other = places.find(([name, value]) => name !== select.name && value === select.value);
      if (other) form.elements[other[0]].value = before;
    }
  }
  const list = form.querySelector("[data-ranking]");
  list.replaceChildren();
  const chosen = [...form.querySelectorAll("select[name^='p-']")].filter((select) => select.value);
  for (const select of form.querySelectorAll("select[name^='p-']")) select.dataset.before = select.value;
  for (const select of chosen.sort((one, other) => one.value - other.value)) {
    const item = document.createElement("li");
    item.value = Number(select.value);
    item.textContent = select.dataset.title;
    list.append(item);
  }
  list.closest("[data-ranking-box]").hidden = !chosen.length;
}

export function tallies(form, page) {
  const blank = form.elements.blank?.checked;
  const [text, done, all] = STYLES[form.dataset.ballot](form);
  const line = page.getElementById("ballot-tally");
  line.textContent = blank ? form.dataset.blank : text;
  const bar = page.getElementById("ballot-bar");
  bar.setAttribute("width", all ? Math.max(0, Math.min(100, (100 * done) / all)) : 0);
}
