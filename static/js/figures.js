"use strict";
/* Putting a figure's name into the text at the cursor. Without it the names are there to copy. */
{
    const texts = "textarea, input[type=text]";
    const picker = document.querySelector(".figures--picker");
    const inForm = (box) => box.form?.classList.contains("form");
    const boxes = [...document.querySelectorAll(texts)].filter(inForm);
    let last = boxes.find((box) => box.matches("textarea")) ?? boxes[0];

    document.addEventListener("focusin", ({ target }) => {
        if (target.matches(texts) && inForm(target)) last = target;
    });
    picker.addEventListener("click", (event) => {
        const button = event.target.closest("[data-insert]");
        if (!button || !last) return;
        typeOver(last, last.selectionStart, last.selectionEnd, button.dataset.insert);
    });
}
