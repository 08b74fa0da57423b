"use strict";
/* What is typed in a form is kept on the server a few seconds after typing stops, and when one leaves.
   An earlier draft that was found and neither taken nor dropped is not written over: keeping waits.
   When the session has ended or the line is down, the page says so and goes on trying; the form is
   not sent away into a sign-in page. */
const startAutosave = (form) => {
    const WAIT = 2000;
    const AGAIN = 10000;
    const HERE = "적은 글은 이 화면에 그대로 있습니다.";
    const status = document.createElement("p");
    status.className = "autosave";
    status.setAttribute("role", "status");
    form.querySelector(":scope > .form__buttons:last-of-type").append(status);

    const values = () => new URLSearchParams(new FormData(form));
    const typed = () => {
        const data = values();
        data.delete("csrfmiddlewaretoken");
        data.delete("draft");
        return String(data);
    };
    let asked = form.querySelector("[name=draft][value=unanswered]");
    let kept = typed();
    let timer = 0;
    let sending = false;

    const say = (text, tone = "", link = null) => {
        status.dataset.tone = tone;
        status.replaceChildren(text);
        if (!link) return;
        const anchor = document.createElement("a");
        Object.assign(anchor, { href: link, target: "_blank", textContent: "새 창에서 로그인" });
        status.append(" ", anchor);
    };
    const later = (wait) => {
        clearTimeout(timer);
        timer = setTimeout(() => keep(), wait);
    };

    /* A new sign-in has new keys for its forms; the page learns them from a fresh copy of itself. */
    const renew = async () => {
        const answer = await fetch(location.href, { redirect: "manual" });
        if (!answer.ok) return false;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const key = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
        if (!key) return false;
        for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = key;
        document.body.dataset.hxHeaders = JSON.stringify({ "x-csrftoken": key });
        return true;
    };
    const post = (extra = {}) => {
        const data = values();
        data.set("draft", asked ? "ask" : "keep");
        return fetch(location.pathname, { method: "POST", body: data, redirect: "manual", ...extra });
    };

    /* Whether what is typed is safe on the server now; ``sure`` asks even if it was a moment ago. */
    const keep = async (sure = false) => {
        clearTimeout(timer);
        const now = typed();
        if (now === kept && !sure) return true;
        if (asked && !sure) {
            say("먼저 적은 내용이 있어 임시 저장하지 않고 있습니다. 위에서 ‘불러오기’나 ‘버리기’를 골라 주세요.", "error");
            return false;
        }
        if (sending && !sure) {
            later(WAIT);
            return false;
        }
        sending = true;
        try {
            let answer = await post();
            if (answer.status === 403 && (await renew())) answer = await post();
            if (answer.ok && asked) return true;
            if (answer.ok) {
                kept = now;
                say(`임시 저장됨 ${(await answer.json()).at}`);
                return true;
            }
            if (answer.type === "opaqueredirect") {
                say(`로그인이 끝나 저장하지 못했습니다. ${HERE}`, "error", "/");
            } else if (answer.status === 403) {
                say(`지금은 고칠 수 없는 자료라 저장하지 못했습니다. ${HERE}`, "error");
            } else {
                say(`임시 저장하지 못했습니다. ${HERE} 곧 다시 시도합니다.`, "error");
            }
        } catch {
            say(`연결이 끊겨 저장하지 못했습니다. ${HERE} 곧 다시 시도합니다.`, "error");
        } finally {
            sending = false;
        }
        later(AGAIN);
        return false;
    };

    let going = false;
    form.addEventListener("input", () => later(WAIT));
    form.addEventListener("change", () => later(WAIT));
    addEventListener("online", () => keep());
    addEventListener("pageshow", () => (going = false));
    addEventListener("pagehide", () => {
        if (!going && !asked && typed() !== kept) post({ keepalive: true });
    });
    addEventListener("beforeunload", (event) => {
        if (!going && status.dataset.tone === "error" && typed() !== kept) event.preventDefault();
    });
    /* Dropping the earlier draft leaves what has been typed since on the page, to be kept. */
    document.querySelector("form.draft")?.addEventListener("submit", async (event) => {
        if (!asked) return;
        event.preventDefault();
        const earlier = event.target;
        const data = new FormData(earlier);
        data.set("draft", "drop");
        const answer = await fetch(location.pathname, { method: "POST", body: data, redirect: "manual" });
        if (answer.type !== "opaqueredirect") return;
        earlier.remove();
        asked.remove();
        asked = null;
        say("");
        keep();
    });
    /* Nothing is sent away before it is safe: a lost session would answer with a sign-in page. */
    form.addEventListener("submit", async (event) => {
        if (going) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (!(await keep(true))) return;
        going = true;
        form.requestSubmit(event.submitter ?? undefined);
    });
};
document.querySelectorAll("form[data-autosave]").forEach(startAutosave);
