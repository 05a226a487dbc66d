package org.riffloom.archive;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import javax.imageio.ImageIO;
import org.riffloom.audio.FlacWriter;
import org.riffloom.audio.InversionQuality;
import org.riffloom.audio.Mp3Writer;
import org.riffloom.audio.OpusWriter;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.ClipLoop;
import org.riffloom.clip.RecipeTags;
import org.riffloom.clip.SoundSettings;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;

/** What clips sound and look like one after the other, in every format. */
final class ClipMedia {

    private static final int NAME_LENGTH = 60;
    private static final int WAVE_BITS = 16;

    /** Formats of sound, by the endings of their names. */
    enum Format {
        WAV("audio/wav"),
        FLAC("audio/flac"),
        MP3("audio/mpeg"),
        OPUS("audio/ogg");

        final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        /** Such as {@code wav}. */
        String ending() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether its files can say that they are loops, and keep every sample of one. */
        boolean loops() {
            return this == WAV || this == FLAC;
        }

        /** The format with an ending. */
        static Optional<Format> of(String ending) {
            return Arrays.stream(values())
                    .filter(format -> format.ending().equals(ending))
                    .findFirst();
        }
    }

    private final ClipArchive archive;
    private final boolean compressed;

    /** @param compressed whether the loud and the quiet parts of loops are brought nearer to each other, as those of clips */
    ClipMedia(ClipArchive archive, boolean compressed) {
        this.archive = archive;
        this.compressed = compressed;
    }

    /**
     * The sound of all clips, end to end, as a file with tags.
     *
     * @param address of a link to them, for the tags; empty for none
     */
    byte[] sound(List<ArchivedClip> clips, Format format, String address) {
        try {
            List<Waveform> sounds = new ArrayList<>();
            for (ArchivedClip clip : clips) {
                sounds.add(SoundReader.read(archive.sound(clip)));
            }
            return encoded(Waveform.endToEnd(sounds), tags(clips, address), format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The clips as a loop, whose last leads into its first: made of their pictures anew, since their own sounds begin with what
     * came before them.
     *
     * @param format one that {@link Format#loops}
     */
    byte[] loop(List<ArchivedClip> clips, Format format) {
        try {
            List<SpectrogramImage> pictures = new ArrayList<>();
            for (ArchivedClip clip : clips) {
                pictures.add(SpectrogramImageFile.read(archive.picture(clip)));
            }
            Waveform loop = ClipLoop.ofPictures(pictures, new SoundSettings(InversionQuality.BEST, compressed));
            return encoded(loop, tags(clips, "").ofLoop(), format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(Waveform sound, SoundTags tags, Format format) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        switch (format) {
            case WAV -> WaveWriter.write(sound, tags, WAVE_BITS, file);
            case FLAC -> FlacWriter.write(sound, tags, file);
            case MP3 -> file.writeBytes(Mp3Writer.encode(sound, tags));
            case OPUS -> OpusWriter.write(sound, tags, file);
        }
        return file.toByteArray();
    }

    /** One wide spectrogram as PNG, from which the sound can be made again, with the recipe as texts. */
    byte[] picture(List<ArchivedClip> clips) {
        try {
            SoundTags tags = tags(clips, "");
            return SpectrogramImageFile.encodePng(
                    SpectrogramImage.endToEnd(pictures(clips)),
                    Map.of("Title", tags.title(), "Description", tags.comment()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture for previews, {@value LinkCard#WIDTH} × {@value LinkCard#HEIGHT}, as JPEG. */
    byte[] card(List<ArchivedClip> clips) {
        try {
            return LinkCard.jpeg(pictures(clips));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The recipe in words.
     *
     * @param address of a link to the clips; empty for none
     */
    static SoundTags tags(List<ArchivedClip> clips, String address) {
        ArchivedClip.Origin origin = clips.get(clips.size() - 1).origin();
        SoundTags tags =
                RecipeTags.of(clips.stream().map(clip -> clip.origin().recipe()).toList(), origin.model());
        StringJoiner lines = new StringJoiner("\n").add(tags.comment());
        if (!origin.fingerprint().isEmpty()) {
            lines.add("fingerprint: " + origin.fingerprint());
        }
        if (!address.isEmpty()) {
            lines.add("link: " + address);
        }
        return new SoundTags(tags.title(), lines.toString());
    }

    /** The prompt, as far as every system takes it for the name of a file. */
    static String fileName(List<ArchivedClip> clips) {
        String title = tags(clips, "").title().toLowerCase(Locale.ROOT);
        String name = title.replaceAll("[^\\p{L}\\p{N}]+", " ").strip().replace(' ', '-');
        int end = name.offsetByCodePoints(0, Math.min(NAME_LENGTH, name.codePointCount(0, name.length())));
        return name.isEmpty() ? "riff" : name.substring(0, end);
    }

    private List<BufferedImage> pictures(List<ArchivedClip> clips) throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        for (ArchivedClip clip : clips) {
            try (var in = Files.newInputStream(archive.picture(clip))) {
                pictures.add(ImageIO.read(in));
            }
        }
        return pictures;
    }
}
