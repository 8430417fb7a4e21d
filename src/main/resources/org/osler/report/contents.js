"use strict";
// The contents list: shows which section is on screen, and anchors open whatever they lie in.
function openAround(hash) {
  const target = hash.length > 1 ? byId(decodeURIComponent(hash.slice(1))) : null;
  if (!target) return;
  for (let part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
  target.scrollIntoView();
}

function followContents() {
  const links = [...document.querySelectorAll("#contents a")].filter((link) => link.hash !== "#top");
  const sections = new Map(links.map((link) => [byId(link.hash.slice(1)), link]));
  sections.forEach((link, section) => { link.hidden = section.hidden; });
  const shown = new Set();
  const observer = new IntersectionObserver((entries) => {
    entries.forEach(({ target, isIntersecting }) => (isIntersecting ? shown.add(target) : shown.delete(target)));
    const first = [...sections.keys()].find((section) => shown.has(section));
    sections.forEach((link, section) => (section === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  }, { rootMargin: "-60px 0px -55% 0px" });
  sections.forEach((_, section) => observer.observe(section));
  addEventListener("hashchange", () => openAround(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) openAround(link.hash);
  });
  if (location.hash) openAround(location.hash);
}
