// A QR code opens /v/#CODE: the code is taken out of the address bar and sent at once.
const form = document.getElementById("vote-entry");
const line = document.getElementById("vote-wait");
const code = location.hash.slice(1);

function wait(seconds) {
  const button = form.querySelector("button");
  button.disabled = seconds > 0;
  line.textContent = seconds > 0 ? line.dataset.words.replace("{n}", Math.ceil(seconds)) : "";
  if (seconds > 0) setTimeout(() => wait(seconds - 1), 1000);
}

function arrive(typed) {
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = decodeURIComponent(typed);
  form.submit();
}

if (code) arrive(code);
else wait(Number(form.dataset.wait));
addEventListener("hashchange", () => location.hash.length > 1 && arrive(location.hash.slice(1)));
