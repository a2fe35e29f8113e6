/* Security keys: allauth's scripts talk to the key; this one joins them to the page and says calmly when it fails. */
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-key]");
  if (!form || !window.PublicKeyCredential) return;
  form.hidden = false;
  const kind = form.dataset.key;
  const credential = form.querySelector("input[name=credential]");
  const start = kind === "add" ? "addForm" : "authenticateForm";
  const button = kind === "add" ? "add" : "authenticate";
  window.allauth.webauthn.forms[start]({ ids: { [button]: "use-key", credential: credential.id, data: "js_data" } });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const problem = document.querySelector("[data-key-problem]");
    if (problem) problem.hidden = false;
  });
});
