import { Plan } from './plan.js';

/** Prompts that are shown of what comes after a moment. */
const COMING = 2;

/**
 * Which prompts were, are and come next at a moment that was heard before.
 *
 * @param {readonly import('./plan.js').Blend[]} before clips up to the one that is heard, that one at the end
 * @param {readonly import('./plan.js').Blend[]} after clips that follow
 * @param {readonly string[]} waiting prompts in line
 */
export function recall(before, after, waiting) {
  const plan = new Plan();
  before.forEach(clip => plan.heard(clip));
  // The next weights of a mix are no other prompt.
  const ends = [...before.slice(-1), ...after].filter(clip => !clip.endMix).map(clip => clip.endPrompt);
  plan.coming = ends.filter((prompt, i) => prompt !== (ends[i - 1] ?? plan.now)).slice(0, COMING);
  plan.waiting = [...waiting];
  return plan;
}
