// Passkeys: the browser's own dialogue, started by a button, its answer sent with the form.
// Forms say what they want: data-passkey="create", "get" (options in #passkey-options) or "sign-in"
// (options fetched when the button is pressed). Without passkeys in the browser the button stays away.

function options() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function create() {
  const wanted = options().creation_options;
  Object.assign(wanted.publicKey.authenticatorSelection, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return window.webauthnJSON.create(wanted);
}

async function get() {
  return window.webauthnJSON.get(options().request_options);
}

async function signIn(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return window.webauthnJSON.get((await answer.json()).request_options);
}

const WAYS = { create, get, "sign-in": signIn };

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  if (!window.PublicKeyCredential || !window.webauthnJSON) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const credential = await WAYS[form.dataset.passkey](form);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Cancelled, timed out, no passkey here: the browser does not say which.
      form.querySelector("[data-passkey-status]").textContent = form.dataset.failed;
      button.disabled = false;
    }
  });
}
