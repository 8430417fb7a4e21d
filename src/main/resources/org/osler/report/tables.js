"use strict";
// Copying and downloading the tables for papers: their texts stand hidden beside the buttons.
function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Where the page may not write to the clipboard (some browsers, from a file), a selection is copied instead. */
function copyBySelection(text) {
  const area = h("textarea", { class: "spoken", readonly: "" });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

byId("tables").addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-do]");
  if (!button) return;
  const file = button.closest("[data-file]");
  const text = file.querySelector("span[hidden]").textContent;
  const done = button.closest(".formats").querySelector(".done");
  if (button.dataset.do === "download") {
    download(file.dataset.file, text);
    done.textContent = `${file.dataset.file} saved`;
  } else {
    done.textContent = (await copy(text)) ? "copied" : "this browser does not let the page copy: download instead";
  }
});
