"use strict";
/* The sums of the departments' targets while they are typed. Without it ‘다시 계산’ adds them up. */
(() => {
    const form = document.querySelector("form[data-sums]");
    const units = { 원: 1, 천원: 1000, 백만원: 1000000, 억원: 100000000 };

    /* As the server reads an amount; what it would refuse counts nothing. */
    const won = (box) => {
        const found = /^[₩\\]?\s*(\d+|\d{1,3}(?:,\d{3})+)\s*(천원|백만원|억원|원)?$/.exec(box.value.trim());
        return found ? Number(found[1].replaceAll(",", "")) * units[found[2] ?? "원"] : null;
    };
    const shown = (amount) => amount.toLocaleString("ko-KR");

    const add = () => {
        for (const name of ["total", "mall"]) {
            const boxes = [...form.querySelectorAll(`input[name$="-${name}"]`)];
            const sum = boxes.reduce((total, box) => total + (won(box) ?? 0), 0);
            const whole = won(form.elements[name]);
            form.querySelector(`[data-sum="${name}"]`).textContent = shown(sum);
            form.querySelector(`[data-gap="${name}"]`).textContent = whole === null ? "-" : shown(sum - whole);
        }
    };
    form.addEventListener("input", add);
})();
