/**
 * Fills a slider's track up to its knob.
 *
 * @param {HTMLInputElement} slider
 */
export function fill(slider) {
  const [min, max] = [Number(slider.min), Number(slider.max)];
  slider.style.setProperty('--level', `${(100 * (slider.valueAsNumber - min)) / (max - min)}%`);
}
