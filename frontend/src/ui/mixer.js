import { MAX_PROMPTS, percent, sameMix, sayMix, shares } from '../stream/mix.js';
import { Latest } from './latest.js';
import { Bindings, connectMidi } from './midi.js';
import { corners, placeOf, weightsAt, within } from './pad.js';
import { fill } from './slider.js';
import { words } from './words.js';

/**
 * @typedef {import('../stream/mix.js').Part} Part
 *
 * @typedef {object} Voice a prompt in the mixer
 * @property {string} prompt
 * @property {number} level of its slider, 0 to 100
 *
 * @typedef {object} Row what shows a voice
 * @property {HTMLElement} item
 * @property {HTMLInputElement} slider
 * @property {HTMLOutputElement} share
 * @property {HTMLElement} heard
 * @property {HTMLElement} handle on the pad
 */

const FULL = 100;

/** A hand moves a slider more often than anybody needs to hear of. */
const REST_MS = 250;

/** Of the pad's radius, with an arrow key; with Shift. */
const STEP = 0.1;
const FINE_STEP = 0.02;

/** Of half the pad's side: where the corners are. */
const RADIUS = 0.72;

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The panel in which a listener has several prompts at once, each as strong as its slider, or as the puck is near to it. */
export class Mixer {
  #panel = /** @type {HTMLDialogElement} */ (element('mixer'));
  #opener = /** @type {HTMLButtonElement} */ (element('open-mixer'));
  #pad = /** @type {HTMLElement} */ (this.#panel.querySelector('.pad'));
  #puck = /** @type {HTMLElement} */ (this.#panel.querySelector('.puck'));
  #echo = /** @type {HTMLElement} */ (this.#panel.querySelector('.echo'));
  #shape = /** @type {SVGPolygonElement} */ (this.#panel.querySelector('.shape'));
  #list = /** @type {HTMLElement} */ (this.#panel.querySelector('.voices'));
  #form = /** @type {HTMLFormElement} */ (this.#panel.querySelector('form'));
  #field = /** @type {HTMLInputElement} */ (this.#form.querySelector('input'));
  #examples = /** @type {HTMLDataListElement} */ (element('mixer-examples'));
  #midi = /** @type {HTMLButtonElement} */ (element('connect-midi'));
  #status = /** @type {HTMLElement} */ (this.#panel.querySelector('[role="status"]'));
  #template = /** @type {HTMLTemplateElement} */ (element('mixer-row'));

  /** @type {Voice[]} */
  #voices = [];
  /** @type {Row[]} in the order of the voices */
  #rows = [];
  /** @type {import('./pad.js').Place} */
  #place = { x: 0, y: 0 };
  /** @type {readonly Part[]} */
  #heard = [];
  /** @type {readonly Part[]} what was asked for last, here or elsewhere */
  #asked = [];
  #bindings = new Bindings();
  #connected = false;
  #latest;

  /** @param {(mix: Part[]) => void} ask */
  constructor(ask) {
    this.#latest = new Latest(REST_MS, mix => {
      this.#asked = mix;
      ask(mix);
    });
    this.#opener.addEventListener('click', () => (this.#panel.open ? this.close() : this.open()));
    element('close-mixer').addEventListener('click', () => this.close());
    this.#panel.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        event.preventDefault();
        this.close();
      }
    });
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#add(this.#field.value.trim());
    });
    this.#pad.addEventListener('pointerdown', event => this.#grab(event));
    this.#pad.addEventListener('pointermove', event => this.#pad.hasPointerCapture(event.pointerId) && this.#drag(event));
    this.#puck.addEventListener('keydown', event => this.#nudge(event));
    this.#midi.hidden = !('requestMIDIAccess' in navigator);
    this.#midi.addEventListener('click', () => void this.#connect());
  }

  /** What is asked for: shares of all prompts that have any. */
  get mix() {
    return shares(this.#voices.map(({ prompt, level }) => ({ prompt, weight: level })));
  }

  /** @param {string[]} examples */
  offer(examples) {
    this.#opener.disabled = false;
    this.#examples.replaceChildren(...examples.map(text => new Option(text)));
  }

  open() {
    // Not modal: what it changes is seen and heard beside it.
    this.#panel.show();
    this.#opener.ariaExpanded = 'true';
    this.#arrange();
    (this.#rows[0]?.slider ?? this.#field).focus();
  }

  close() {
    this.#panel.close();
    this.#opener.ariaExpanded = 'false';
    this.#opener.focus();
  }

  /**
   * Takes over what is asked for elsewhere, such as by a prompt that was typed. What was in the mixer stays there, silent.
   *
   * @param {readonly Part[]} asked
   */
  follow(asked) {
    // Told again what it asked for itself: by now the hand may have moved on.
    if (asked.length === 0 || sameMix(asked, this.#asked)) {
      return;
    }
    this.#asked = asked;
    if (sameMix(asked, this.mix)) {
      return;
    }
    const others = this.#voices.filter(({ prompt }) => asked.every(part => part.prompt !== prompt));
    this.#voices = [
      ...asked.map(({ prompt, weight }) => ({ prompt, level: FULL * weight })),
      ...others.map(({ prompt }) => ({ prompt, level: 0 })),
    ].slice(0, MAX_PROMPTS);
    this.#rebuild();
  }

  /**
   * Shows what is heard beside what is asked for.
   *
   * @param {readonly Part[]} heard
   */
  hear(heard) {
    if (!sameMix(heard, this.#heard) && heard.length + this.#heard.length > 0) {
      this.#heard = heard;
      this.#showHeard();
    }
  }

  /** @param {string} prompt */
  #add(prompt) {
    const there = this.#voices.findIndex(voice => voice.prompt === prompt);
    if (!prompt || (there < 0 && this.#voices.length >= MAX_PROMPTS)) {
      return;
    }
    this.#field.value = '';
    // Half as strong as the strongest one: heard, but it does not take over.
    const level = Math.max(...this.#voices.map(voice => voice.level), 0) / 2 || FULL;
    if (there < 0) {
      this.#voices.push({ prompt, level: Math.round(level) });
    } else {
      this.#voices[there].level = Math.max(this.#voices[there].level, Math.round(level));
    }
    this.#rebuild();
    this.#changed();
    this.#rows.at(there)?.slider.focus();
  }

  /** @param {Voice} voice */
  #remove(voice) {
    const place = this.#voices.indexOf(voice);
    this.#voices.splice(place, 1);
    if (this.#voices.every(({ level }) => level === 0)) {
      this.#voices[0].level = FULL;
    }
    this.#rebuild();
    this.#changed();
    (this.#rows[Math.min(place, this.#rows.length - 1)]?.slider ?? this.#field).focus();
  }

  #rebuild() {
    this.#rows.forEach(row => row.handle.remove());
    this.#rows = this.#voices.map((voice, i) => this.#row(voice, i));
    this.#list.replaceChildren(...this.#rows.map(row => row.item));
    this.#puck.before(...this.#rows.map(row => row.handle));
    this.#form.hidden = this.#voices.length >= MAX_PROMPTS;
    this.#panel.classList.toggle('alone', this.#voices.length < 2);
    this.#panel.classList.toggle('crowd', this.#voices.length > 3);
    this.#place = placeOf(this.#voices.map(voice => voice.level));
    this.#arrange();
    this.#show();
    this.#showHeard();
  }

  /**
   * @param {Voice} voice
   * @param {number} i
   * @returns {Row}
   */
  #row(voice, i) {
    const item = /** @type {HTMLElement} */ (/** @type {Element} */ (this.#template.content.firstElementChild).cloneNode(true));
    const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (item.querySelector(selector));
    const slider = /** @type {HTMLInputElement} */ (find('input'));
    const handle = document.createElement('span');
    handle.className = 'handle';
    handle.textContent = String(i + 1);
    item.dataset.voice = handle.dataset.voice = String(i);
    find('.number').textContent = String(i + 1);
    find('.name').textContent = voice.prompt;
    find('.name').title = voice.prompt;
    slider.ariaLabel = voice.prompt;
    slider.value = String(voice.level);
    slider.addEventListener('input', () => this.#move(i, slider.valueAsNumber));
    slider.addEventListener('focus', () => this.#learn(i));
    const remove = /** @type {HTMLButtonElement} */ (find('.remove'));
    remove.ariaLabel = words.remove(voice.prompt);
    remove.disabled = this.#voices.length < 2;
    remove.addEventListener('click', () => this.#remove(voice));
    return { item, slider, share: /** @type {HTMLOutputElement} */ (find('output')), heard: find('.heard'), handle };
  }

  /**
   * @param {number} row
   * @param {number} level
   */
  #move(row, level) {
    const voice = this.#voices[row];
    if (voice && voice.level !== level) {
      voice.level = level;
      this.#place = placeOf(this.#voices.map(each => each.level));
      this.#show();
      this.#changed();
    }
  }

  /** @param {import('./pad.js').Place} place */
  #moveTo(place) {
    this.#place = within(place, this.#voices.length);
    weightsAt(this.#place, this.#voices.length).forEach((weight, i) => (this.#voices[i].level = Math.round(FULL * weight)));
    this.#show();
    this.#changed();
  }

  #changed() {
    const { mix } = this;
    // Nothing at all cannot be played: until a slider rises again, the music stays as it is.
    if (mix.length > 0) {
      this.#latest.offer(mix);
    }
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (this.#voices.length > 1 && event.button === 0) {
      this.#pad.setPointerCapture(event.pointerId);
      this.#puck.focus();
      // The focus would go to what lies under the pointer.
      event.preventDefault();
      this.#drag(event);
    }
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const { left, top, width, height } = this.#pad.getBoundingClientRect();
    this.#moveTo({
      x: ((event.clientX - left) / width - 0.5) / (RADIUS / 2),
      y: ((event.clientY - top) / height - 0.5) / (RADIUS / 2),
    });
  }

  /** @param {KeyboardEvent} event */
  #nudge(event) {
    const step = event.shiftKey ? FINE_STEP : STEP;
    const moves = /** @type {Record<string, [number, number]>} */ ({
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    });
    if (this.#voices.length > 1 && (event.key in moves || event.key === 'Home')) {
      event.preventDefault();
      const [x, y] = moves[event.key] ?? [-this.#place.x, -this.#place.y];
      this.#moveTo({ x: this.#place.x + x, y: this.#place.y + y });
    }
  }

  /** Puts the corners where they belong. */
  #arrange() {
    const all = corners(this.#rows.length);
    all.forEach((corner, i) => put(this.#rows[i].handle, corner));
    this.#shape.setAttribute('points', all.map(({ x, y }) => `${100 * RADIUS * x},${100 * RADIUS * y}`).join(' '));
  }

  #show() {
    const { mix } = this;
    const share = new Map(mix.map(part => [part.prompt, part.weight]));
    this.#voices.forEach(({ prompt, level }, i) => {
      const { slider, share: output, handle, item } = this.#rows[i];
      const part = share.get(prompt) ?? 0;
      slider.value = String(level);
      fill(slider);
      output.value = percent(part);
      handle.style.setProperty('--part', String(part));
      item.style.setProperty('--part', String(part));
    });
    put(this.#puck, this.#place);
    this.#puck.ariaValueNow = String(Math.round(FULL * (share.get(this.#voices[0]?.prompt) ?? 0)));
    this.#puck.ariaValueText = mix.length > 0 ? sayMix(mix) : words.mixer.nothing;
    this.#showGlow(share);
    this.#sayValues();
  }

  /** @param {Map<string, number>} share */
  #showGlow(share) {
    this.#pad.style.backgroundImage = corners(this.#voices.length)
      .map(({ x, y }, i) => {
        const strength = Math.round(8 + 52 * (share.get(this.#voices[i].prompt) ?? 0));
        const at = `${50 + 50 * RADIUS * x}% ${50 + 50 * RADIUS * y}%`;
        return `radial-gradient(circle at ${at}, color-mix(in srgb, var(--voice-${i}) ${strength}%, transparent), transparent 62%)`;
      })
      .join(', ');
  }

  #showHeard() {
    const heard = new Map(this.#heard.map(({ prompt, weight }) => [prompt, weight]));
    const ours = this.#voices.map(({ prompt }) => heard.get(prompt) ?? 0);
    ours.forEach((weight, i) => this.#rows[i].heard.style.setProperty('--heard', String(weight)));
    this.#echo.hidden = ours.every(weight => weight === 0) || this.#voices.length < 2;
    put(this.#echo, placeOf(ours));
    this.#sayValues();
  }

  /** Sliders are heard as what they do to the mix. */
  #sayValues() {
    const heard = new Map(this.#heard.map(({ prompt, weight }) => [prompt, weight]));
    this.#voices.forEach(({ prompt }, i) => {
      const { slider, share } = this.#rows[i];
      slider.ariaValueText = words.mixer.valueOf(share.value, percent(heard.get(prompt) ?? 0));
    });
  }

  async #connect() {
    try {
      const devices = await connectMidi((controller, level) => {
        const row = this.#bindings.rowOf(controller);
        if (row !== null) {
          this.#move(row, Math.round(FULL * level));
        }
      });
      this.#connected = true;
      this.#status.textContent = words.mixer.connected(devices);
    } catch {
      this.#status.textContent = words.mixer.notConnected;
    }
  }

  /** @param {number} row that the next controller is bound to */
  #learn(row) {
    if (this.#connected) {
      this.#bindings.learning = row;
      this.#status.textContent = words.mixer.learning(this.#voices[row].prompt);
    }
  }
}

/**
 * @param {HTMLElement} target
 * @param {import('./pad.js').Place} place
 */
function put(target, { x, y }) {
  target.style.left = `${50 + 50 * RADIUS * x}%`;
  target.style.top = `${50 + 50 * RADIUS * y}%`;
}
