// 核验页的离线助手: the server first; what was kept where it does not answer.
"use strict";
var KEPT = "henji-card-checker";

self.addEventListener("install", function () {
  self.skipWaiting();
});

self.addEventListener("activate", function (event) {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", function (event) {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request).catch(function () {
      return caches.open(KEPT).then(function (kept) {
        return kept.match(event.request, { ignoreSearch: true }).then(function (found) {
          return found || Response.error();
        });
      });
    })
  );
});
