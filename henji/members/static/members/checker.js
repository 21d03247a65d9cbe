// 核验页: checks a card's code in the browser, by a signed list that is good for a day.
(function () {
  "use strict";
  var CODE = /HJ1\.([0-9a-f]{8})\.([\w-]{22})\.(\d{9,11})\.([\w-]{86})/;
  var KEPT = "henji-card-checker";
  var page = document.querySelector("[data-checker]");
  var words = read("words");
  var answer = page.querySelector("[data-answer]");
  var field = page.querySelector("[data-code]");
  var list = null; // what was signed, and by how many seconds this device's clock is behind the server's

  function read(id) {
    var element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : null;
  }

  function bytes(text) {
    var raw = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(raw, function (char) { return char.charCodeAt(0); });
  }

  function utf8(text) {
    return new TextEncoder().encode(text);
  }

  function signed(text, signature, key) {
    try {
      return nacl.sign.detached.verify(utf8(text), bytes(signature), bytes(key));
    } catch (error) {
      return false; // of another length than signatures and keys have
    }
  }

  function digest(token) {
    var hash = Array.from(nacl.hash(utf8(token)).slice(0, 16));
    return hash.map(function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  function now() {
    return Date.now() / 1000 + (list ? list.ahead : 0);
  }

  function opened(told, ahead) {
    if (!told) return null;
    var body = JSON.parse(told.body);
    return signed(told.body, told.signature, body.keys[told.key] || "") ? { body: body, ahead: ahead } : null;
  }

  function show(looks, text) {
    answer.setAttribute("data-looks", looks);
    answer.textContent = text;
  }

  function judged(text) {
    var found = CODE.exec(text);
    if (!found) return ["bad", words.unread];
    if (!list) return ["bad", words.nolist];
    if (now() > list.body.ends || now() < list.body.issued - 600) return ["bad", words.oldlist];
    var key = list.body.keys[found[1]];
    if (!key) return ["bad", words.unknown];
    if (!signed(found[0].slice(0, found[0].lastIndexOf(".")), found[4], key)) return ["bad", words.forged];
    if (list.body.stopped.indexOf(digest(found[2])) >= 0) return ["bad", words.stopped];
    var left = Math.floor(Number(found[3]) - now());
    if (left < 0) return ["bad", words.ended];
    return ["good", words.good + " · " + words.left.replace("{n}", left)];
  }

  function check(text) {
    var said = judged(text);
    show(said[0], said[1]);
  }

  function told(seconds) {
    return new Date((seconds - list.ahead) * 1000).toLocaleString();
  }

  function tellUntil() {
    page.querySelector("[data-until]").textContent = list
      ? words.until.replace("{at}", told(list.body.issued)).replace("{ends}", told(list.body.ends))
      : words.nolist;
  }

  function keep(raw, ahead) {
    try {
      window.localStorage.setItem(KEPT, JSON.stringify({ raw: raw, ahead: ahead }));
    } catch (error) {
      // storage may be forbidden: the list is then good as long as the page is open
    }
  }

  function kept() {
    try {
      return JSON.parse(window.localStorage.getItem(KEPT));
    } catch (error) {
      return null;
    }
  }

  function take(raw, ahead) {
    list = opened(raw, ahead) || list;
    tellUntil();
    if (CODE.test(window.location.hash)) check(window.location.hash);
  }

  function fetchList() {
    return fetch(page.getAttribute("data-list"), { cache: "no-store" })
      .then(function (response) { return response.json(); })
      .then(function (raw) {
        var body = JSON.parse(raw.body);
        var held = kept();
        // From the offline helper's store comes an old list; its clock says nothing of now.
        var isNew = !held || JSON.parse(held.raw.body).issued < body.issued;
        var ahead = isNew ? body.issued - Date.now() / 1000 : held.ahead;
        if (isNew) keep(raw, ahead);
        take(raw, ahead);
      });
  }

  function prepareOffline() {
    if (!("serviceWorker" in navigator) || !("caches" in window)) return;
    navigator.serviceWorker.register(page.getAttribute("data-worker"));
    var own = Array.from(document.querySelectorAll("script[src], link[rel=stylesheet]"));
    var urls = own.map(function (element) { return element.src || element.href; });
    caches.open(KEPT).then(function (store) {
      return store.addAll(urls.concat([window.location.pathname, page.getAttribute("data-list")]));
    }).catch(function () { /* offline already: what was kept stays */ });
  }

  function scan() {
    var video = page.querySelector("[data-video]");
    var detector = new window.BarcodeDetector({ formats: ["qr_code"] });
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (stream) {
      video.srcObject = stream;
      video.hidden = false;
      return video.play().then(function look() {
        return detector.detect(video).then(function (found) {
          if (!found.length) return new Promise(requestAnimationFrame).then(look);
          stream.getTracks().forEach(function (track) { track.stop(); });
          video.hidden = true;
          check(found[0].rawValue);
        });
      });
    }).catch(function () { show("bad", words.nocamera); });
  }

  page.querySelector("[data-form]").addEventListener("submit", function (event) {
    event.preventDefault();
    check(field.value);
  });
  window.addEventListener("hashchange", function () { check(window.location.hash); });
  var button = page.querySelector("[data-scan]");
  button.hidden = !("BarcodeDetector" in window && navigator.mediaDevices);
  button.addEventListener("click", scan);

  if (page.hasAttribute("data-list")) {
    var held = kept();
    if (held) take(held.raw, held.ahead);
    fetchList().catch(tellUntil);
    window.setInterval(function () { fetchList().catch(function () {}); }, 10 * 60 * 1000);
    prepareOffline();
  } else {
    var raw = read("held");
    take(raw, 0);
  }
})();
