// Leaving quickly: this page is replaced in the history, so that "back" does not lead to it.
// Without this script the link still leads away.
(() => {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = " ";
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < 2000);
    if (presses.length >= 3) leave();
  });
  // A page brought back from the browser's memory is shown again.
  window.addEventListener("pageshow", () => {
    document.documentElement.hidden = false;
  });
  const hint = document.querySelector("[data-leave-hint]");
  if (hint) hint.hidden = false;
})();
