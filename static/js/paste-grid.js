"use strict";
/* Pasting from Excel, and typing into the grid as in Excel: arrows and Enter move, F2 puts the cursor into
   the cell, a copied block spreads over the cells below, Ctrl+Z takes that back, Ctrl+Enter checks.
   Without it the box and the buttons do the same, a step slower. */

/* The cells of a copied table; the rule is that of apps/procurement/intake/clipboard.py. */
const copiedCells = (text) => {
    const rows = [[]];
    const cell = /(?:"((?:[^"\t\r\n]|"")*[\r\n](?:[^"\t]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n?|\n|$)/gy;
    for (const [, quoted, bare, end] of text.replace(/(\r\n?|\n)$/, "").matchAll(cell)) {
        rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
        if (!end) break;
        if (end !== "\t") rows.push([]);
    }
    return rows;
};

/* The first screen: what is pasted is read at once. */
const startPasteBox = (box) => {
    const read = () => box.form.requestSubmit();
    box.addEventListener("paste", () => box.value || setTimeout(read));
    document.addEventListener("paste", (event) => {
        if (event.target.matches("input, textarea")) return;
        box.value = event.clipboardData.getData("text").slice(0, box.maxLength);
        read();
    });
};

const startGrid = (form) => {
    const body = form.querySelector("tbody");
    const said = form.querySelector("[role=status]");
    const most = Number(form.dataset.most);
    const cellsOf = (row) => (row ? [...row.querySelectorAll(".paste__cell")] : []);
    const placeOf = (cell) => {
        const row = cell.closest("tr");
        return [row.sectionRowIndex, cellsOf(row).indexOf(cell)];
    };
    const verdict = form.querySelector("[data-paste-verdict] span");
    let spread = [];
    let before = "";
    let changed = Boolean(
        form.querySelector("[data-paste-verdict], .error-summary") && form.querySelector("[name=take]:checked")
    );
    form.querySelector("#paste-keys").hidden = false;

    const go = (cell) => {
        cell?.focus();
        cell?.select();
    };
    /* What is said above the sheet does not hold any more. */
    const change = () => {
        changed = true;
        if (verdict) verdict.textContent = "바뀌었습니다. 다시 확인해 주세요.";
    };
    const isEmpty = (row) => cellsOf(row).every((cell) => !cell.value);
    const toEnd = (cell) => cell.setSelectionRange(cell.value.length, cell.value.length);

    const addRow = () => {
        const row = body.rows[body.rows.length - 1].cloneNode(true);
        const number = body.rows.length;
        for (const extra of row.querySelectorAll(".paste__cell ~ *, .paste__remark")) extra.remove();
        for (const cell of cellsOf(row)) {
            cell.name = `c${number}`;
            cell.value = "";
            cell.removeAttribute("id");
            cell.removeAttribute("aria-invalid");
            cell.removeAttribute("aria-describedby");
            cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/^\d+/, number + 1));
        }
        const take = row.querySelector("[name=take]");
        take.value = number;
        take.checked = true;
        row.querySelector(".paste__number").textContent = `${number + 1}행`;
        body.append(row);
        form.elements.rows.value = number + 1;
    };

    const fill = (first, rows) => {
        const [top, left] = placeOf(first);
        spread = [];
        let rest = false;
        rows.forEach((values, down) => {
            if (!body.rows[top + down] && body.rows.length < most) addRow();
            const cells = cellsOf(body.rows[top + down]).slice(left);
            rest ||= values.length > cells.length;
            values.slice(0, cells.length).forEach((value, right) => {
                spread.push([cells[right], cells[right].value]);
                cells[right].value = value.replace(/\s+/g, " ").trim();
            });
        });
        change();
        said.textContent = rest
            ? "표보다 큰 부분은 넣지 못했습니다. 넘친 열이나 줄을 확인해 주세요."
            : `${rows.length}줄을 넣었습니다. ‘다시 확인’을 눌러 주세요.`;
    };

    const takeBack = () => {
        for (const [cell, before] of spread) cell.value = before;
        change();
        spread = [];
        said.textContent = "붙여 넣은 것을 되돌렸습니다.";
    };

    /* How far the key leads from the cell: rows down, cells right; nothing where it moves the cursor. */
    const step = (cell, { key, shiftKey }) => {
        const { selectionStart: from, selectionEnd: to, value } = cell;
        const whole = from === 0 && to === value.length;
        const at = (end) => whole || (from === to && from === end);
        if (key === "ArrowUp" || (key === "Enter" && shiftKey)) return [-1, 0];
        if (key === "ArrowDown" || key === "Enter") return [1, 0];
        if (key === "ArrowLeft" && !shiftKey && at(0)) return [0, -1];
        if (key === "ArrowRight" && !shiftKey && at(value.length)) return [0, 1];
        return null;
    };

    form.addEventListener("keydown", (event) => {
        if (event.isComposing || event.altKey || event.metaKey) return;
        const check = form.querySelector("[name=do][value=check]");
        const cell = event.target;
        if (event.ctrlKey && event.key === "Enter") {
            event.preventDefault();
            form.requestSubmit(check);
        }
        if (!cell.matches(".paste__cell")) return;
        if (event.ctrlKey && event.key === "z" && spread.length) {
            event.preventDefault();
            takeBack();
        }
        if (event.key === "F2") toEnd(cell);
        if (event.key === "Escape" && cell.value !== before) {
            cell.value = before;
            cell.select();
        }
        const way = event.ctrlKey ? null : step(cell, event);
        if (!way) return;
        event.preventDefault();
        const [row, column] = placeOf(cell);
        go(cellsOf(body.rows[row + way[0]])[column + way[1]]);
    });
    form.addEventListener("focusin", ({ target }) => {
        if (!target.matches(".paste__cell")) return;
        before = target.value;
        target.select();
    });
    /* The click that brings the cursor into a cell leaves all of it selected. */
    form.addEventListener("mousedown", (event) => {
        if (!event.target.matches(".paste__cell") || event.target === document.activeElement) return;
        event.preventDefault();
        event.target.focus();
    });
    form.addEventListener("input", () => {
        spread = [];
        change();
    });
    form.addEventListener("submit", () => (changed = false));
    addEventListener("beforeunload", (event) => changed && event.preventDefault());
    form.addEventListener("paste", (event) => {
        if (!event.target.matches(".paste__cell")) return;
        const text = event.clipboardData.getData("text");
        const rows = copiedCells(text);
        if (rows.length === 1 && rows[0].length === 1) return;
        event.preventDefault();
        if (!isEmpty(body)) return fill(event.target, rows);
        form.elements.text.value = text.slice(0, form.elements.text.maxLength);
        form.requestSubmit(form.querySelector("[name=do][value=read]"));
    });
    if (!form.querySelector("[autofocus], .error-summary")) go(cellsOf([...body.rows].find(isEmpty))[0]);
};

document.querySelectorAll("[data-paste-box]").forEach(startPasteBox);
document.querySelectorAll("[data-paste-grid]").forEach(startGrid);
