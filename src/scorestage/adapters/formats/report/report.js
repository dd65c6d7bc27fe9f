(() => {
  "use strict";
  const clock = seconds => {
    const tenths = Math.max(0, Math.round(seconds * 10));
    const minutes = Math.floor(tenths / 600);
    return minutes + ":" + ((tenths - minutes * 600) / 10).toFixed(1).padStart(4, "0");
  };
  const reelHead = document.querySelector(".reel .now");
  let sounding = null;
  for (const cue of document.querySelectorAll(".cue[data-seconds]")) {
    const audio = cue.querySelector("audio");
    const chart = cue.querySelector(".chart");
    const button = cue.querySelector(".play");
    if (!audio || !chart || !button) continue;
    const facts = cue.dataset;
    const seconds = +facts.seconds, lead = +facts.lead;
    const head = chart.querySelector(".played");
    const left = +chart.dataset.left, across = +chart.dataset.right - left;
    const shown = cue.querySelector(".clock b");
    audio.hidden = true;
    button.hidden = false;
    cue.querySelector(".clock").hidden = false;
    const show = () => {
      const at = audio.currentTime - lead;
      const share = Math.min(1, Math.max(0, at / seconds));
      shown.textContent = clock(at);
      head.style.display = "block";
      head.setAttribute("transform", "translate(" + (left + across * share) + " 0)");
      if (reelHead && facts.out > facts.in) {
        reelHead.style.display = "block";
        reelHead.style.left = 100 * (+facts.in + share * (facts.out - facts.in)) + "%";
      }
    };
    const follow = () => { show(); if (!audio.paused) requestAnimationFrame(follow); };
    const start = () => {
      if (sounding && sounding !== audio) sounding.pause();
      sounding = audio;
      audio.play();
    };
    audio.addEventListener("play", () => { cue.classList.add("playing"); follow(); });
    audio.addEventListener("pause", () => cue.classList.remove("playing"));
    button.addEventListener("click", () => audio.paused ? start() : audio.pause());
    chart.addEventListener("click", event => {
      const box = chart.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width * chart.viewBox.baseVal.width;
      audio.currentTime = lead + seconds * Math.min(1, Math.max(0, (x - left) / across));
      show();
      start();
    });
  }
})();
