"use strict";
/* The meeting room on a line that may drop. Every tick and vote is kept on the tablet until the server
   has answered it: sent in order, one at a time, and again when the line is back. Whatever is sent
   twice is recorded once. What the server refuses is told, with what it was about. While nothing
   waits, what colleagues record on other screens comes in by itself. */
(() => {
    const AGAIN = 3000;
    const LOOK = 10_000;
    const TYPING = 3000;
    const page = () => document.getElementById("content");
    const place = document.querySelector("[data-room]").dataset.room;
    const read = () => JSON.parse(localStorage.getItem(place) ?? "[]");
    const write = (queue) => localStorage.setItem(place, JSON.stringify(queue));

    const bar = document.createElement("div");
    bar.className = "room-line";
    bar.setAttribute("role", "status");
    document.body.append(bar);
    let refused = [];
    const say = (text, link = null) => {
        bar.replaceChildren();
        if (text) bar.append(Object.assign(document.createElement("p"), { textContent: text }));
        if (link) {
            const words = { href: link, target: "_blank", textContent: "새 창에서 로그인" };
            bar.append(Object.assign(document.createElement("a"), words));
        }
        for (const words of refused)
            bar.append(Object.assign(document.createElement("p"), { textContent: words }));
        if (!refused.length) return;
        const close = { type: "button", className: "button button--secondary", textContent: "확인" };
        const button = Object.assign(document.createElement("button"), close);
        button.addEventListener("click", () => {
            refused = [];
            say("");
        });
        bar.append(button);
    };
    const waiting = (why, link) => {
        const labels = read().map(({ label }) => label);
        const last = `${labels.length > 3 ? "… " : ""}${labels.slice(-3).join(", ")}`;
        say(labels.length ? `${why} 보낼 것 ${labels.length}건: ${last}` : why, link);
    };

    /* The page as the server sees it takes the place of this one; what is typed and not sent stays,
       and so does the place one is at. */
    const aim = (form) => form?.getAttribute("action")?.split("?")[0] ?? "";
    const changed = (box) =>
        box.matches("select")
            ? [...box.options].some((option) => option.selected !== option.defaultSelected)
            : box.value !== box.defaultValue || box.checked !== box.defaultChecked;
    const typedIn = (of) =>
        [...page().querySelectorAll("input[id], textarea[id], select[id]")]
            .filter((box) => box.form?.dataset.send !== of && changed(box))
            .map((box) => [box.id, aim(box.form), box.value, box.checked]);
    const placeIn = (doc, [id, where]) => {
        const box = doc.getElementById(id);
        return box && aim(box.form) === where ? box : null;
    };
    const show = (answer, of) => {
        const old = page();
        const typed = typedIn(of);
        const open = [...old.querySelectorAll("details[open]")]
            .filter((part) => part.querySelector("form")?.dataset.send !== of)
            .map((part) => aim(part.querySelector("form")));
        const focus = document.activeElement?.id;
        seen = version(answer);
        old.replaceWith(document.adoptNode(answer.getElementById("content")));
        for (const [id, where, value, checked] of typed) {
            const box = placeIn(document, [id, where]);
            if (!box) continue;
            if (box.matches("[type=radio], [type=checkbox]")) box.checked = checked && !box.disabled;
            else box.value = value;
        }
        for (const part of page().querySelectorAll("details"))
            if (open.includes(aim(part.querySelector("form")))) part.open = true;
        settle();
        window.htmx?.process(page());
        if (typed.some(([id]) => id.startsWith("decision-")))
            document.getElementById("votes")?.dispatchEvent(new Event("input", { bubbles: true }));
        if (page().querySelector(".error-summary")) page().querySelector(".error-summary").focus();
        else if (focus && focus !== "content") document.getElementById(focus)?.focus();
        keep();
    };
    /* What the server says of the meeting, without the keys of its forms, which differ every time. */
    const version = (doc) => {
        const room = doc.querySelector("[data-room]").cloneNode(true);
        for (const field of room.querySelectorAll("[name=csrfmiddlewaretoken]")) field.remove();
        return room.outerHTML;
    };
    let seen = version(document);
    /* The server judges the votes while one types; nobody has to ask for it. */
    const settle = () => {
        if (window.htmx) for (const ask of page().querySelectorAll("[name=check]")) ask.remove();
    };
    /* Without the line nothing is judged: whatever is chosen, the server judges when it comes. */
    const unbar = () => {
        for (const barred of page().querySelectorAll("#verdicts :disabled, #unanimous:disabled"))
            barred.disabled = false;
    };

    const said = (answer) => {
        const words = answer.querySelectorAll(".error-summary li, .messages .alert--error");
        return [...words].map((each) => each.textContent.replace(/\s+/g, " ").trim()).join(" ");
    };
    const key = () => page().querySelector("[name=csrfmiddlewaretoken]")?.value;
    const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
    const post = ({ url, body }) => {
        const data = new URLSearchParams(body);
        data.set("csrfmiddlewaretoken", key());
        return fetch(url, { method: "POST", body: data });
    };
    /* A new sign-in has new keys for its forms: a fresh copy of the page knows them. */
    const renew = async () => {
        const answer = await fetch(location.href);
        const fresh = parsed(await answer.text());
        const found = fresh.querySelector("#content [name=csrfmiddlewaretoken]")?.value;
        if (!found || !fresh.querySelector("[data-room]")) return false;
        for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = found;
        document.body.dataset.hxHeaders = JSON.stringify({ "x-csrftoken": found });
        return true;
    };

    let sending = false;
    let timer = 0;
    const later = () => {
        clearTimeout(timer);
        timer = setTimeout(send, AGAIN);
    };
    const ended = () => {
        waiting("로그인이 끝났거나 권한이 바뀌었습니다. 적은 것은 이 기기에 그대로 있습니다.", "/accounts/login/");
        return false;
    };
    /* Sends the first of what waits. Whether it is off the list now. */
    const sendFirst = async (first) => {
        let answer = await post(first);
        if (answer.status === 403) {
            if (!(await renew())) return ended();
            answer = await post(first);
        }
        if (answer.status === 429 || answer.status >= 500) {
            waiting("서버가 답하지 않아 곧 다시 보냅니다.");
            return false;
        }
        const fresh = parsed(await answer.text());
        const isRoom = fresh.querySelector("[data-room]");
        if (!isRoom && new URL(answer.url).pathname.startsWith("/accounts/")) return ended();
        const rest = read().filter(({ id }) => id !== first.id);
        write(rest);
        const why = isRoom ? said(fresh) : "지금은 기록할 수 없습니다.";
        if (why && (rest.length || first.late || !isRoom)) refused.push(`저장하지 못함 - ${first.label}: ${why}`);
        if (!rest.length && isRoom) show(fresh, first.label);
        return true;
    };
    const send = async () => {
        if (sending || !read().length) return;
        sending = true;
        clearTimeout(timer);
        let gone = true;
        try {
            while (gone && read().length) gone = await sendFirst(read()[0]);
            if (gone) say("");
        } catch {
            gone = false;
            write(read().map((each) => ({ ...each, late: true })));
            waiting("연결이 끊겼습니다.");
            unbar();
        } finally {
            sending = false;
        }
        if (!gone) later();
        else if (read().length) send();
    };

    const marked = (form, button) => {
        const group = form.closest(".seat__ticks");
        if (!group || !button?.hasAttribute("aria-pressed")) return;
        for (const tick of group.querySelectorAll("[aria-pressed]"))
            tick.setAttribute("aria-pressed", String(tick === button));
    };
    document.addEventListener(
        "submit",
        (event) => {
            const form = event.target;
            if (!form.dataset.send) return;
            event.preventDefault();
            event.stopPropagation();
            const data = new FormData(form, event.submitter);
            data.delete("csrfmiddlewaretoken");
            if (data.has("seat") || data.has("move")) data.set("tapped", Date.now());
            const body = String(new URLSearchParams(data));
            const id = `${Date.now()}-${Math.random()}`;
            write([...read(), { id, url: form.getAttribute("action"), body, label: form.dataset.send }]);
            marked(form, event.submitter);
            if (sending || !navigator.onLine) waiting(navigator.onLine ? "보내는 중입니다." : "연결이 끊겼습니다.");
            send();
        },
        true,
    );
    addEventListener("offline", () => {
        waiting("연결이 끊겼습니다.");
        unbar();
    });
    document.addEventListener("htmx:sendError", unbar);
    addEventListener("beforeunload", (event) => {
        if (read().length) event.preventDefault();
    });

    /* Every so often the page is asked for again: what a colleague recorded elsewhere takes its
       place, but never while one types, and never what is typed. */
    let typedAt = 0;
    let kept = {};
    const asked = (query) => fetch(location.pathname + query, { headers: { accept: "text/html" } });
    const calling = 'a[href^="?item="]';
    const mayLook = () =>
        document.visibilityState === "visible" && navigator.onLine && !sending && !read().length
        && !page().querySelector(".error-summary") && Date.now() - typedAt > TYPING;
    const look = async () => {
        const room = page().querySelector("[data-live]");
        if (!room || !mayLook()) return;
        const item = room.dataset.live;
        const before = seen;
        const answer = await asked(item && `?item=${item}`);
        const fresh = parsed(await answer.text());
        if (!fresh.querySelector("[data-room]") || before !== seen || !mayLook()) return;
        if (version(fresh) === seen) return keep();
        if (typedIn().every((typed) => placeIn(fresh, typed))) {
            show(fresh);
            return say("");
        }
        say("다른 화면에서 이 회의의 기록이 바뀌었습니다. 적던 것을 마치거나 화면을 새로 고쳐 주세요.");
    };
    /* The next item's page is fetched beforehand: it can be called without the line. */
    const keep = async () => {
        const href = page().querySelector(calling)?.getAttribute("href");
        if (!href || kept.seen === seen || !navigator.onLine) return;
        try {
            const of = seen;
            const answer = await asked(href);
            const text = await answer.text();
            if (parsed(text).querySelector("[data-live]")) kept = { href, seen: of, text };
        } catch {
            /* Without the line there is nothing to fetch; the next look tries again. */
        }
    };
    document.addEventListener("click", (event) => {
        const href = event.target.closest(calling)?.getAttribute("href");
        if (!href || (navigator.onLine && !read().length)) return;
        event.preventDefault();
        if (href !== kept.href) return say("연결이 끊겨 이 안건은 이어진 뒤에 부를 수 있습니다.");
        show(parsed(kept.text));
        unbar();
    });
    document.addEventListener("input", () => {
        typedAt = Date.now();
    });
    const quietly = () => look().catch(() => {});
    document.addEventListener("visibilitychange", quietly);
    setInterval(quietly, LOOK);
    addEventListener("online", () => {
        if (read().length) return send();
        say("");
        return quietly();
    });
    settle();
    keep();
    if (read().length) send();
})();
