package org.riffloom.clip;

import org.riffloom.audio.InversionQuality;

/**
 * How pictures are made into sound.
 *
 * @param quality how close to its picture a sound is brought
 * @param compressed whether the loud and the quiet parts of a clip are brought nearer to each other
 */
public record SoundSettings(InversionQuality quality, boolean compressed) {}
