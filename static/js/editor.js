"use strict";
/* Boxes of □ ○ - · ※ text: Tab and Shift+Tab change the level of the lines one stands in, Enter goes on
   with the mark, buttons above the box do the same. Esc lets the next Tab leave the box. */
const startOutline = (box) => {
    const apply = (change) => {
        if (!change) return;
        typeOver(box, change.from, change.to, change.text);
        box.focus();
        box.setSelectionRange(change.start, change.end);
    };
    const now = () => [box.value, box.selectionStart, box.selectionEnd];

    let leaving = false;
    box.addEventListener("keydown", (event) => {
        if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === "Tab" && !leaving) {
            event.preventDefault();
            apply(event.shiftKey ? outline.higher(...now()) : outline.deeper(...now()));
        }
        if (event.key !== "Shift" && event.key !== "Tab") leaving = event.key === "Escape";
    });
    box.addEventListener("blur", () => (leaving = false));
    box.addEventListener("input", (event) => {
        if (event.inputType !== "insertLineBreak" || box.selectionStart !== box.selectionEnd) return;
        apply(outline.broken(box.value, box.selectionStart));
    });

    const bar = document.createElement("div");
    bar.className = "outline-bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "글머리");
    const button = (sign, name, change) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "outline-bar__button";
        made.textContent = sign;
        made.title = name;
        made.setAttribute("aria-label", name);
        made.addEventListener("click", () => {
            apply(change());
            box.focus();
        });
        bar.append(made);
    };
    for (const mark of ["□", "○", "-", "·", "※"])
        button(mark, `글머리 ${mark}`, () => outline.marked(...now(), mark));
    button("→", "한 단계 아래로", () => outline.deeper(...now()));
    button("←", "한 단계 위로", () => outline.higher(...now()));
    box.before(bar);
};
document.querySelectorAll("textarea.outline-input").forEach(startOutline);
/* The preview follows what is typed; nobody has to ask for it. */
if (window.htmx) for (const ask of document.querySelectorAll("button[name=preview]")) ask.remove();
