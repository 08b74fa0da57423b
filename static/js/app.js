"use strict";
/* Small helps. Every page works without them. */

/* A table that fits its region needs no stop of the Tab key; one that scrolls does. */
const trimTabStops = () => {
    for (const region of document.querySelectorAll(".table-region")) {
        region.toggleAttribute("tabindex", false);
        if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    }
};
trimTabStops();
addEventListener("resize", trimTabStops);
document.addEventListener("htmx:afterSettle", trimTabStops);

/* After a refused form the reader starts at what is wrong. */
document.querySelector(".error-summary")?.focus();

/* A double click is one action: a form that changes something is sent once in two seconds. */
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (Date.now() - (sent.get(form) ?? 0) < 2000) event.preventDefault();
    else sent.set(form, Date.now());
});
