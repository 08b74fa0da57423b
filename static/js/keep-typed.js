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
    /* In a line what was sent: a purchase typed, or how many rows were pasted or corrected. */
    const inWords = (fields) => {
        const typed = (name) => fields.find(([each]) => each === name)?.[1].trim() ?? "";
        const pasted = typed("text").split("\n").filter((line) => line.trim());
        const filled = fields.filter(([name, value]) => /^c\d+$/.test(name) && value.trim()).map(([name]) => name);
        const rows = pasted.length || new Set(filled).size;
        if (rows) {
            return `붙여넣은 ${rows}줄`;
        }
        return ["enterprise", "item", "amount"].map(typed).filter(Boolean).join(" · ");
    };
    offer?.addEventListener("submit", () => sessionStorage.removeItem(KEY));

    if (kept && kept.path === signIn?.value) {
        keep({ ...kept, lost: true });
    } else if (kept?.lost && kept.path === here && kept.user === form?.dataset.keep) {
        for (const [name, value] of kept.fields) {
            const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
            offer.append(field);
        }
        offer.querySelector("[data-kept-what]").textContent = inWords(kept.fields);
        offer.hidden = false;
    } else {
        sessionStorage.removeItem(KEY);
    }
})();
