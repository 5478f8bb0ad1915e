(function () {
  "use strict";
  var link = function () { return document.querySelector(".leave__button"); };
  var presses = 0, timer = 0, title = "";

  function leave() {
    title = document.title || title;
    document.documentElement.hidden = true;
    document.title = "\u00a0";
    window.location.replace(link().href);
  }

  function say(text) {
    var status = document.querySelector(".leave__status");
    if (status) status.textContent = text;
  }

  function forget(text) {
    window.clearTimeout(timer);
    if (presses > 0) say(text);
    presses = 0;
  }

  function isBusy(event) {
    return event.isComposing || event.keyCode === 229 || event.defaultPrevented || document.fullscreenElement !== null ||
      document.querySelector("dialog[open], [role=dialog], [role=alertdialog], :popover-open") !== null;
  }

  function onEscape(event) {
    if (event.key !== "Escape" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isBusy(event)) return;
    event.preventDefault();
    leave();
  }

  var shiftIsAlone = false;
  function onDown(event) {
    shiftIsAlone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey && !isBusy(event);
    if (!shiftIsAlone) forget("");
  }

  function onUp(event) {
    if (event.key !== "Shift" || !shiftIsAlone) return;
    shiftIsAlone = false;
    presses += 1;
    if (presses === 3) return leave();
    say(presses === 1 ? "Shift, press 2 more times to leave this site." : "Shift, press 1 more time to leave this site.");
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { forget("Leaving this site was called off."); }, 5000);
  }

  function onClick(event) {
    var target = event.target.closest ? event.target.closest(".leave__link") : null;
    if (!target || event.button !== 0 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  }

  document.addEventListener("keydown", onDown, true);
  document.addEventListener("keyup", onUp, true);
  document.addEventListener("keydown", onEscape);
  document.addEventListener("click", onClick);
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.documentElement.hidden = false;
    if (title) document.title = title;
    presses = 0;
  });
})();
