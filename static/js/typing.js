"use strict";
/* Puts text into a box in place of what stands between two points, as if typed: Ctrl+Z takes it back. */
const typeOver = (box, from, to, text) => {
    if (from === to && !text) return;
    box.focus();
    box.setSelectionRange(from, to);
    if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
    box.setRangeText(text, from, to, "end");
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
