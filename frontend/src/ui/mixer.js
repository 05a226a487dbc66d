import { MAX_PROMPTS, percent, sameMix, sayMix, shares } from '../stream/mix.js';
import { Latest } from './latest.js';
import { Bindings, connectMidi } from './midi.js';
import { MixPad } from './mix-pad.js';
import { weightsAt } from './pad.js';
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
 */

const FULL = 100;

/** A hand moves a slider more often than anybody needs to hear of. */
const REST_MS = 250;

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** The panel in which a listener has several prompts at once, each as strong as its slider, or as the puck is near to it. */
export class Mixer {
  #panel = /** @type {HTMLDialogElement} */ (element('mixer'));
  #opener = /** @type {HTMLButtonElement} */ (element('open-mixer'));
  #pad = new MixPad(this.#panel, place => this.#moveTo(place));
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
    this.#rows = this.#voices.map((voice, i) => this.#row(voice, i));
    this.#list.replaceChildren(...this.#rows.map(row => row.item));
    this.#form.hidden = this.#voices.length >= MAX_PROMPTS;
    this.#panel.classList.toggle('alone', this.#voices.length < 2);
    this.#panel.classList.toggle('crowd', this.#voices.length > 3);
    this.#pad.offer(this.#voices.length);
    this.#pad.move(this.#voices.map(voice => voice.level));
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
    item.dataset.voice = String(i);
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
    return { item, slider, share: /** @type {HTMLOutputElement} */ (find('output')), heard: find('.heard') };
  }

  /**
   * @param {number} row
   * @param {number} level
   */
  #move(row, level) {
    const voice = this.#voices[row];
    if (voice && voice.level !== level) {
      voice.level = level;
      this.#pad.move(this.#voices.map(each => each.level));
      this.#show();
      this.#changed();
    }
  }

  /** @param {import('./pad.js').Place} place */
  #moveTo(place) {
    weightsAt(place, this.#voices.length).forEach((weight, i) => (this.#voices[i].level = Math.round(FULL * weight)));
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

  #show() {
    const { mix } = this;
    const share = new Map(mix.map(part => [part.prompt, part.weight]));
    this.#voices.forEach(({ prompt, level }, i) => {
      const { slider, share: output, item } = this.#rows[i];
      const part = share.get(prompt) ?? 0;
      slider.value = String(level);
      fill(slider);
      output.value = percent(part);
      item.style.setProperty('--part', String(part));
    });
    this.#pad.show(
      this.#voices.map(({ prompt }) => share.get(prompt) ?? 0),
      mix.length > 0 ? sayMix(mix) : words.mixer.nothing,
    );
    this.#sayValues();
  }

  #showHeard() {
    const heard = new Map(this.#heard.map(({ prompt, weight }) => [prompt, weight]));
    const ours = this.#voices.map(({ prompt }) => heard.get(prompt) ?? 0);
    ours.forEach((weight, i) => this.#rows[i].heard.style.setProperty('--heard', String(weight)));
    this.#pad.hear(ours);
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
