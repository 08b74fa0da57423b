"use strict";
/* Choosing a firm from those the server finds while one types: a combobox for keyboard, mouse and
   screen reader (WAI-ARIA). The best hit is marked at once: Enter takes it, as does Tab where it is
   the only one. Without this file the box is plain text and the server decides. */
const startCombobox = (box) => {
    const input = box.querySelector("input");
    const list = box.querySelector("[role=listbox]");
    let marked = null;
    let chosen = input.value;
    let waiting = false; /* for the firms of what was typed last */
    let entered = false; /* while waiting, Enter was pressed */

    const mark = (option) => {
        marked?.setAttribute("aria-selected", "false");
        marked = option ?? null;
        marked?.setAttribute("aria-selected", "true");
        marked?.scrollIntoView({ block: "nearest" });
        if (marked) input.setAttribute("aria-activedescendant", marked.id);
        else input.removeAttribute("aria-activedescendant");
    };
    const show = (open) => {
        list.hidden = !open;
        if (!open) list.replaceChildren(); /* another box may have options of the same ids */
        input.setAttribute("aria-expanded", String(open));
        mark(open ? list.firstElementChild : null);
    };
    const choose = (option) => {
        input.value = chosen = option.dataset.value;
        show(false);
    };
    const keys = {
        ArrowDown: () => mark(marked?.nextElementSibling ?? list.firstElementChild),
        ArrowUp: () => mark(marked?.previousElementSibling ?? list.lastElementChild),
        Escape: () => show(false),
        Enter: () => choose(marked),
    };

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    show(false);
    /* What stands in the box was chosen for the purchase before: typing replaces it. */
    if (document.activeElement === input) input.select();
    input.addEventListener("focus", () => input.select());
    input.addEventListener("input", () => {
        waiting = true;
        entered = false;
    });
    for (const failure of ["htmx:responseError", "htmx:sendError"]) {
        input.addEventListener(failure, () => {
            waiting = false;
        });
    }
    input.addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (!list.hidden && event.key in keys) {
            event.preventDefault();
            keys[event.key]();
        } else if (!list.hidden && event.key === "Tab" && list.childElementCount === 1) {
            choose(marked);
        } else if (event.key === "Enter" && waiting) {
            event.preventDefault();
            entered = true;
        }
    });
    input.addEventListener("blur", () => show(false));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
    list.addEventListener("htmx:afterSwap", () => {
        waiting = false;
        const wanted = document.activeElement === input && input.value !== chosen;
        show(wanted && list.childElementCount > 0);
        if (entered && marked) choose(marked);
    });
};
document.querySelectorAll(".combobox").forEach(startCombobox);
