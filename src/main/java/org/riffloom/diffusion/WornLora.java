package org.riffloom.diffusion;

import org.riffloom.checkpoint.Lora;

/**
 * A LoRA in use.
 *
 * @param weight how much it counts; not 0
 */
record WornLora(Lora lora, double weight) {}
