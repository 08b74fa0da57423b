"use strict";
/* Dragging a row of an order to its new place; the buttons beside it do the same without a mouse. */
(() => {
    let dragged = null;
    let home = null;
    const handles = document.querySelectorAll("[data-order] > li > .order__row");
    const places = (list) => [...list.children].filter((item) => item.dataset.row);

    for (const row of handles) {
        const handle = document.createElement("span");
        handle.className = "order__handle";
        handle.textContent = "⠿";
        handle.setAttribute("aria-hidden", "true");
        handle.draggable = true;
        handle.addEventListener("dragstart", (event) => {
            dragged = row.parentElement;
            home = { list: dragged.parentElement, next: dragged.nextElementSibling };
            dragged.classList.add("order__moving");
            event.dataTransfer.effectAllowed = "move";
            event.dataTransfer.setData("text/plain", dragged.dataset.row);
            event.dataTransfer.setDragImage(row, 10, 10);
        });
        handle.addEventListener("dragend", () => {
            dragged?.classList.remove("order__moving");
            if (home) home.list.insertBefore(dragged, home.next);
            dragged = home = null;
        });
        row.prepend(handle);
    }

    /* Where the dragged row may go: into a list of its own kind, before or after the row below. */
    document.addEventListener("dragover", (event) => {
        const list = event.target.closest?.("[data-order]");
        const kind = dragged?.parentElement.dataset.order;
        const into = list?.dataset.order === kind ? list : event.target.closest?.(`[data-order="${kind}"]`);
        if (!dragged || !into) return;
        event.preventDefault();
        const below = event.target.closest("li");
        const over = places(into).find((item) => item === below || item.contains(below));
        if (!over) into.append(dragged);
        else if (over !== dragged) {
            const box = over.getBoundingClientRect();
            const after = event.clientY > box.top + box.height / 2;
            into.insertBefore(dragged, after ? over.nextElementSibling : over);
        }
    });
    document.addEventListener("drop", (event) => {
        if (!dragged) return;
        event.preventDefault();
        home = null;
        const form = dragged.querySelector(".order__row");
        const list = dragged.parentElement;
        const send = (name, value) => {
            const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
            form.append(field);
        };
        send("to", places(list).indexOf(dragged) + 1);
        if (list.dataset.area) send("area", list.dataset.area);
        form.requestSubmit();
    });
})();
