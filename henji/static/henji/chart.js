// Draws every [data-chart]: a line over days, the line to be reached, marks; or bars. The library comes when needed.
(function () {
  "use strict";

  var library = document.currentScript.getAttribute("data-library");
  var root = document.documentElement;
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  var waiting = null;

  function places() {
    return Array.prototype.slice.call(document.querySelectorAll("[data-chart]"));
  }

  function withLibrary(then) {
    if (window.echarts) {
      then();
      return;
    }
    if (!waiting) {
      waiting = [];
      var script = document.createElement("script");
      script.src = library;
      script.onload = function () {
        waiting.forEach(function (each) { each(); });
      };
      document.head.appendChild(script);
    }
    waiting.push(then);
  }

  function token(name) {
    return window.getComputedStyle(root).getPropertyValue("--" + name).trim();
  }

  function lineOf(data) {
    var few = data.points.length < 3;
    return {
      name: data.name, type: "line", data: data.points, symbol: "circle", symbolSize: few ? 7 : 4, showSymbol: few,
      lineStyle: { color: token("accent"), width: 2 }, itemStyle: { color: token("accent") }, z: 3,
    };
  }

  function targetOf(data) {
    return {
      symbol: "none", silent: true, animation: false,
      lineStyle: { color: token("ink-2"), type: "dashed", width: 1 },
      label: { formatter: data.target.name + " " + data.target.value + data.unit, position: "insideStartTop", color: token("ink-2") },
      data: [{ yAxis: data.target.value }],
    };
  }

  function marksOf(data) {
    return {
      name: data.marks.name, type: "scatter", data: data.marks.points, symbol: "diamond", symbolSize: 12, z: 4,
      itemStyle: { color: token("surface"), borderColor: token("ink"), borderWidth: 2 },
    };
  }

  // A round number of units between two lines, five of them at most.
  function stepFor(highest) {
    var power = Math.pow(10, Math.floor(Math.log10(highest || 1)));
    var fits = [0.2, 0.5, 1, 2, 5, 10].map(function (each) { return each * power; });
    return fits.filter(function (step) { return highest / step <= 5; })[0];
  }

  function optionOf(data) {
    var quiet = { color: token("ink-3") };
    var rule = { lineStyle: { color: token("line") } };
    var line = lineOf(data);
    var highest = Math.max.apply(null, data.points.map(function (each) { return each[1]; }).concat(0));
    if (data.target) {
      line.markLine = targetOf(data);
      highest = Math.max(highest, data.target.value);
    }
    var step = stepFor(highest);
    return {
      animation: !calm.matches, animationDuration: 200, animationDurationUpdate: 200,
      textStyle: { fontFamily: window.getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: 16, bottom: 4, containLabel: true },
      // Drawn as text, not as html: html would bring styles that the content security policy forbids.
      tooltip: {
        trigger: "axis", renderMode: "richText", backgroundColor: token("surface"), borderColor: token("line-strong"),
        textStyle: { color: token("ink") }, valueFormatter: function (value) { return value + data.unit; },
      },
      xAxis: { type: "time", axisLine: rule, axisTick: rule, splitLine: { show: false }, axisLabel: { color: quiet.color, hideOverlap: true, formatter: { year: "{yyyy}-{MM}", month: "{MM}", day: "{MM}-{dd}" } } },
      yAxis: { type: "value", min: 0, max: Math.ceil(highest / step) * step || step, interval: step, splitLine: rule, axisLabel: { color: quiet.color, formatter: "{value}" + (data.unit === "%" ? "%" : "") } },
      series: data.marks.points.length ? [line, marksOf(data)] : [line],
    };
  }

  // Bars along labels; mirrored: two series back to back, the first to the left.
  function barsOf(data) {
    var rule = { lineStyle: { color: token("line") } };
    var quiet = { color: token("ink-3") };
    var colours = [token("ink-2"), token("accent")];
    function plain(value) { return Math.abs(value) + data.unit; }
    var labels = {
      type: "category", data: data.bars, inverse: !data.upright && !data.mirrored, axisTick: { show: false },
      axisLine: Object.assign({ onZero: false }, rule), axisLabel: { color: quiet.color, hideOverlap: true },
    };
    var numbers = { type: "value", splitLine: rule, minInterval: 1, axisLabel: { color: quiet.color, hideOverlap: true, formatter: function (value) { return String(Math.abs(value)); } } };
    return {
      animation: !calm.matches, animationDuration: 200, animationDurationUpdate: 200,
      textStyle: { fontFamily: window.getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 16, top: data.series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
      legend: { show: data.series.length > 1, top: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: token("ink-2") } },
      tooltip: {
        trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", backgroundColor: token("surface"), borderColor: token("line-strong"),
        textStyle: { color: token("ink") }, valueFormatter: plain,
      },
      xAxis: data.upright ? labels : numbers,
      yAxis: data.upright ? numbers : labels,
      series: data.series.map(function (each, place) {
        var back = data.mirrored && place === 0;
        return {
          name: each.name, type: "bar", stack: data.mirrored ? "both" : null, barMaxWidth: 22,
          itemStyle: { color: data.mirrored ? colours[place % 2] : token("accent") },
          data: back ? each.numbers.map(function (value) { return -value; }) : each.numbers,
        };
      }),
    };
  }

  function draw(place) {
    var chart = window.echarts.getInstanceByDom(place) || window.echarts.init(place, null, { renderer: "svg" });
    var data = JSON.parse(place.getAttribute("data-chart"));
    chart.setOption(data.bars ? barsOf(data) : optionOf(data), true);
    return chart;
  }

  function drawAll() {
    if (places().length) {
      withLibrary(function () { places().forEach(draw); });
    }
  }

  function fitAll(width) {
    if (window.echarts) {
      places().forEach(function (place) { draw(place).resize(width ? { width: width } : {}); });
    }
  }

  // Paper is white, and narrower than the screen.
  var theme = null;
  window.addEventListener("beforeprint", function () {
    theme = root.getAttribute("data-bs-theme");
    root.setAttribute("data-bs-theme", "light");
    fitAll(640);
  });
  window.addEventListener("afterprint", function () {
    root.setAttribute("data-bs-theme", theme);
    fitAll();
  });

  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:beforeCleanupElement", function (event) {
    var chart = window.echarts && event.target.hasAttribute("data-chart") && window.echarts.getInstanceByDom(event.target);
    if (chart) {
      chart.dispose();
    }
  });
  document.addEventListener("htmx:afterSettle", drawAll);
  window.addEventListener("resize", function () { fitAll(); });
  new MutationObserver(drawAll).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
