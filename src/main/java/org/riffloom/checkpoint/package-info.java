/**
 * Model folders in diffusers layout: their config files, and their tensors mapped from safetensors and torch files; LoRAs
 * and learned words that go on top.
 *
 * <p>It may use its sub-package {@code hub}, which brings folders from afar, Jackson for the config files, and Spring's resources to find the model that the program carries.
 *
 * <p>It never sees DJL: what it hands out are names, shapes and byte buffers.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.riffloom.checkpoint;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
