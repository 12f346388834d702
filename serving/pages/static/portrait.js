// The portrait page without this script shows every item and opens records as pages of their own.
"use strict";

const dialog = document.getElementById("records");

for (const family of document.querySelectorAll("table.folds tbody.family")) {
  const name = family.querySelector(".name");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "open";
  button.textContent = name.textContent;
  button.setAttribute("aria-expanded", "false");
  family.classList.add("folded");
  button.addEventListener("click", () => {
    const folded = family.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
  });
  name.replaceWith(button);
}

async function show(link) {
  const address = new URL(link.href);
  address.searchParams.set("fragment", "1");
  const answer = await fetch(address, { credentials: "same-origin" });
  const type = answer.headers.get("content-type") || "";
  if (!answer.ok || answer.redirected || !type.startsWith("text/html")) {
    location.assign(link.href);
    return;
  }
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = dialog.querySelector(".content");
  content.replaceChildren(...parsed.body.childNodes);
  dialog.showModal();
  content.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.evidence");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  show(link).catch(() => location.assign(link.href));
});
