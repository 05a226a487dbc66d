package org.riffloom.archive;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.riffloom.audio.FlacWriter;
import org.riffloom.audio.Mp3Writer;
import org.riffloom.audio.OpusWriter;
import org.riffloom.audio.SoundReader;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.WaveWriter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.RecipeTags;

/** What a link sounds and looks like, in every format. */
final class LinkMedia {

    /** The formats of a link's sound, by the endings of their names. */
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
    }

    private final ClipArchive archive;

    LinkMedia(ClipArchive archive) {
        this.archive = archive;
    }

    /**
     * The sound of all clips, end to end, as a file with tags.
     *
     * @param address of the link, for the tags
     */
    byte[] sound(SharedLink link, Format format, String address) {
        try {
            List<Waveform> sounds = new ArrayList<>();
            for (ArchivedClip clip : link.clips()) {
                sounds.add(SoundReader.read(archive.sound(clip)));
            }
            Waveform sound = Waveform.endToEnd(sounds);
            SoundTags tags = tags(link, address);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            switch (format) {
                case WAV -> WaveWriter.write(sound, tags, 16, file);
                case FLAC -> FlacWriter.write(sound, tags, file);
                case MP3 -> file.writeBytes(Mp3Writer.encode(sound, tags));
                case OPUS -> OpusWriter.write(sound, tags, file);
            }
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture for previews, {@value LinkCard#WIDTH} × {@value LinkCard#HEIGHT}, as PNG. */
    byte[] card(SharedLink link) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(LinkCard.draw(pictures(link)), "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recipe in words. */
    static SoundTags tags(SharedLink link, String address) {
        SoundTags tags = RecipeTags.of(
                link.clips().stream().map(clip -> clip.origin().recipe()).toList(),
                link.last().origin().model());
        String fingerprint = link.last().origin().fingerprint();
        return new SoundTags(
                tags.title(),
                tags.comment() + (fingerprint.isEmpty() ? "" : "\nfingerprint: " + fingerprint) + "\nlink: " + address);
    }

    private List<BufferedImage> pictures(SharedLink link) throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        for (ArchivedClip clip : link.clips()) {
            try (var in = Files.newInputStream(archive.picture(clip))) {
                pictures.add(ImageIO.read(in));
            }
        }
        return pictures;
    }
}
