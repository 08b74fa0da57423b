"use strict";
/* Choosing a firm from those the server finds while one types: a combobox for keyboard, mouse and
   screen reader (WAI-ARIA). Without it the box is plain text and the server decides. */
const startCombobox = (box) => {
    const input = box.querySelector("input");
    const list = box.querySelector("[role=listbox]");
    let marked = null;
    let chosen = null;

    const mark = (option) => {
        marked?.setAttribute("aria-selected", "false");
        marked = option ?? null;
        marked?.setAttribute("aria-selected", "true");
        marked?.scrollIntoView({ block: "nearest" });
        if (marked) input.setAttribute("aria-activedescendant", marked.id);
        else input.removeAttribute("aria-activedescendant");
    };
    const show = (open) => {
        mark(null);
        list.hidden = !open;
        input.setAttribute("aria-expanded", String(open));
    };
    const choose = (option) => {
        input.value = chosen = option.dataset.value;
        show(false);
    };
    const keys = {
        ArrowDown: () => mark(marked?.nextElementSibling ?? list.firstElementChild),
        ArrowUp: () => mark(marked?.previousElementSibling ?? list.lastElementChild),
        Escape: () => show(false),
        Enter: () => marked && choose(marked),
    };

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    show(false);
    input.addEventListener("keydown", (event) => {
        if (list.hidden || event.isComposing || !(event.key in keys)) return;
        if (event.key !== "Enter" || marked) event.preventDefault();
        keys[event.key]();
    });
    input.addEventListener("blur", () => show(false));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
    list.addEventListener("htmx:afterSwap", () => {
        const wanted = document.activeElement === input && input.value !== chosen;
        show(wanted && list.childElementCount > 0);
    });
};
document.querySelectorAll(".combobox").forEach(startCombobox);
