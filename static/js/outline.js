"use strict";
/* □ ○ - · ※ text as one types it in 한글. Pure functions: each takes the text of a box and where the
   selection starts and ends, and gives the change {from, to, text, start, end} to make, or null. */
const outline = (() => {
    const MARKS = ["□", "○", "-", "·"];
    const NOTE = "※";
    const SPELLINGS = {
        "■": "□", ㅁ: "□", "❍": "○", "◦": "○", "∘": "○", "●": "○", "–": "-", "—": "-",
        "‧": "·", ㆍ: "·", "∙": "·", "•": "·",
    };

    /* A line as its indentation, its mark ("" for plain text) and the words after it. */
    const read = (line) => {
        const [, indent, sign, words] = /^(\s*)(\S)(?:\s+(.*))?$/.exec(line) ?? [];
        const mark = SPELLINGS[sign] ?? sign;
        if ([...MARKS, NOTE].includes(mark)) return { indent, mark, words: words ?? "" };
        const plain = line.trimStart();
        return { indent: line.slice(0, line.length - plain.length), mark: "", words: plain };
    };
    const write = ({ indent, mark, words }) => indent + (mark ? `${mark} ` : "") + words;

    /* From the start of the first selected line to the end of the last. A selection that ends where
       a line begins does not reach into it. */
    const span = (text, start, end) => {
        const last = end > start && text[end - 1] === "\n" ? end - 1 : end;
        const from = text.lastIndexOf("\n", start - 1) + 1;
        const stop = text.indexOf("\n", last);
        return { from, to: stop < 0 ? text.length : stop };
    };

    /* Each selected line with the mark that remark() gives it; empty lines of many stay as they are. */
    const relevel = (text, start, end, remark) => {
        const { from, to } = span(text, start, end);
        const lines = text.slice(from, to).split("\n");
        const changed = lines.map((line) => {
            if (!line.trim() && lines.length > 1) return line;
            const parts = read(line);
            return write({ ...parts, mark: remark(parts.mark) });
        });
        const words = changed.join("\n");
        if (words === lines.join("\n")) return null;
        if (lines.length > 1) return { from, to, text: words, start: from, end: from + words.length };
        const shift = words.length - lines[0].length;
        const at = (point) => Math.max(from, point + shift);
        return { from, to, text: words, start: at(start), end: at(end) };
    };

    const deeper = (mark) => (mark === NOTE ? NOTE : MARKS[Math.min(MARKS.indexOf(mark) + 1, 3)]);
    const higher = (mark) =>
        MARKS.includes(mark) ? MARKS[Math.max(MARKS.indexOf(mark) - 1, 0)] : mark;

    /* After a line break at the caret: go on with the mark of the line before, or take that mark away
       when nothing was written after it. */
    const broken = (text, caret) => {
        const from = text.lastIndexOf("\n", caret - 2) + 1;
        const { indent, mark, words } = read(text.slice(from, caret - 1));
        if (!mark) return null;
        if (!words.trim()) return { from, to: caret, text: "", start: from, end: from };
        if (read(text.slice(caret).split("\n")[0]).mark) return null;
        const sign = `${indent}${mark} `;
        return { from: caret, to: caret, text: sign, start: caret + sign.length, end: caret + sign.length };
    };

    return {
        deeper: (text, start, end) => relevel(text, start, end, deeper),
        higher: (text, start, end) => relevel(text, start, end, higher),
        marked: (text, start, end, mark) => relevel(text, start, end, () => mark),
        broken,
    };
})();
