// Words for people, which the page carries in its own language: <body data-say-saved="Saved">.
export function say(name) {
  return document.body.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
}

// A strip at the top of the page that screen readers hear, once.
export function strip(id, words) {
  let element = document.getElementById(id);
  if (!words) {
    element?.remove();
    return;
  }
  if (!element) {
    element = document.createElement("div");
    element.id = id;
    element.className = "cc-offline";
    element.setAttribute("role", "status");
    document.querySelector("main")?.prepend(element);
  }
  element.textContent = words;
}
