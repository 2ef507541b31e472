/* Loads the page anew when the site was built anew, and says why it was not. "dbdoc serve" adds this
   to the pages that it shows; no published page has it. Their policy allows scripts of their own
   origin and no other requests, so the news comes as a script, which the server holds back until
   there is some. */
(function () {
  "use strict";
  var D = document, own = D.currentScript.dataset, moment = "", count = 0, waiting = false, leaving = false, box;

  function ask() {
    if (waiting || leaving || D.hidden) return;
    var s = D.createElement("script");
    function answered() { s.remove(); waiting = false; }
    s.src = "/.dbdoc/news.js?after=" + encodeURIComponent(moment) + "&n=" + (++count);
    s.onload = function () { answered(); ask(); };
    s.onerror = function () { answered(); setTimeout(ask, 1000); };
    waiting = true;
    D.head.append(s);
  }

  function show(problem) {
    if (box) box.remove();
    box = null;
    if (!problem) return;
    var title = D.createElement("b"), words = D.createElement("pre"), hide = D.createElement("button");
    title.textContent = "The site could not be built. This is the last good one.";
    words.textContent = problem;
    hide.textContent = "Hide";
    hide.type = "button";
    hide.addEventListener("click", function () { box.hidden = true; });
    box = D.createElement("div");
    box.id = "dbdoc-serve";
    box.setAttribute("role", "alert");
    D.body.append(box);
    box.append(title, hide, words);
  }

  addEventListener("dbdoc-news", function (e) {
    var news = e.detail, shown = own.moment !== undefined;
    moment = news.moment;
    if (shown ? own.moment !== news.moment : own.edition !== news.edition) { leaving = true; location.reload(); return; }
    if (!shown) show(news.problem);
  });
  D.addEventListener("visibilitychange", ask);
  if (D.readyState === "complete") ask(); else addEventListener("load", ask);
})();
