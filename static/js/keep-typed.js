"use strict";
/* What was sent after the session had run out: kept in this tab, and offered to the same person once signed in
   again. A form says by data-keep whose it is; the page then has components/kept.html for the offer. */
(() => {
    const KEY = "kept";
    const form = document.querySelector("form[data-keep]");
    const offer = document.querySelector("form[data-kept]");
    const signIn = document.querySelector("input[name=next]");
    const here = location.pathname + location.search;
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    const keep = (what) => {
        try {
            sessionStorage.setItem(KEY, JSON.stringify(what));
        } catch {
            sessionStorage.removeItem(KEY); /* too much for the browser */
        }
    };

    form?.addEventListener("submit", ({ submitter }) => {
        const fields = [...new FormData(form, submitter)];
        const typed = fields.filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
        keep({ path: here, user: form.dataset.keep, fields: typed });
    });
    offer?.addEventListener("submit", () => sessionStorage.removeItem(KEY));

    if (kept && kept.path === signIn?.value) {
        keep({ ...kept, lost: true });
    } else if (kept?.lost && kept.path === here && kept.user === form?.dataset.keep) {
        for (const [name, value] of kept.fields) {
            const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
            offer.append(field);
        }
        offer.hidden = false;
    } else {
        sessionStorage.removeItem(KEY);
    }
})();
