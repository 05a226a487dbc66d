package org.riffloom.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.WaveReader;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.Clip;
import org.riffloom.clip.ClipLoop;
import org.riffloom.clip.EncodedMedia;
import org.riffloom.clip.RecipeTags;
import org.riffloom.clip.SoundSettings;
import org.riffloom.prompt.Interpolation;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Clips laid end to end, as the file that the output's name asks for. */
sealed interface RiffFile {

    /**
     * The kind of file that a name asks for.
     *
     * @throws ParameterException if it is none that can be written
     */
    static RiffFile named(Path file, CommandLine line) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            return new Picture();
        }
        return new Sound(SoundFormat.named(file)
                .orElseThrow(() -> new ParameterException(
                        line, "--out must be named .png, " + SoundFormat.ENDINGS + "; " + file + " is not.")));
    }

    /**
     * A sound whose last clip leads into its first.
     *
     * @throws ParameterException if the name asks for a kind of file that would not keep it
     */
    static RiffFile loop(Path file, SoundSettings settings, CommandLine line) {
        SoundFormat format = SoundFiles.requireWritable(file, line);
        SoundFiles.requireLoops(format, file, line);
        return new Loop(format, settings);
    }

    /** Takes the next clip. */
    void add(Clip clip) throws IOException;

    /**
     * Writes all clips.
     *
     * @param model name of what made them
     */
    void write(Path file, String model) throws IOException;

    /** A sound, gapless. */
    final class Sound implements RiffFile {

        private final SoundFormat format;
        private final List<Waveform> clips = new ArrayList<>();
        private final List<Interpolation> recipes = new ArrayList<>();

        private Sound(SoundFormat format) {
            this.format = format;
        }

        @Override
        public void add(Clip clip) throws IOException {
            clips.add(WaveReader.read(open(clip.audio()), "clip " + clip.id(), WaveReader.DEFAULT_MAX_SAMPLES));
            recipes.add(clip.recipe());
        }

        @Override
        public void write(Path file, String model) throws IOException {
            format.write(Waveform.endToEnd(clips), RecipeTags.of(recipes, model), file);
        }
    }

    /** A sound without an end. */
    final class Loop implements RiffFile {

        private final SoundFormat format;
        private final SoundSettings settings;
        private final List<Clip> clips = new ArrayList<>();

        private Loop(SoundFormat format, SoundSettings settings) {
            this.format = format;
            this.settings = settings;
        }

        @Override
        public void add(Clip clip) {
            clips.add(clip);
        }

        @Override
        public void write(Path file, String model) throws IOException {
            SoundTags tags = RecipeTags.of(clips.stream().map(Clip::recipe).toList(), model);
            format.write(ClipLoop.of(clips, settings), tags.ofLoop(), file);
        }
    }

    /** One wide spectrogram. */
    final class Picture implements RiffFile {

        private final List<BufferedImage> clips = new ArrayList<>();
        private final List<Interpolation> recipes = new ArrayList<>();

        private Picture() {}

        @Override
        public void add(Clip clip) throws IOException {
            clips.add(ImageIO.read(open(clip.image())));
            recipes.add(clip.recipe());
        }

        @Override
        public void write(Path file, String model) throws IOException {
            SoundTags tags = RecipeTags.of(recipes, model);
            Files.write(
                    file,
                    SpectrogramImageFile.encodePng(
                            SpectrogramImage.endToEnd(clips),
                            Map.of("Title", tags.title(), "Description", tags.comment())));
        }
    }

    private static InputStream open(EncodedMedia media) {
        ByteBuffer buffer = media.bytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new ByteArrayInputStream(bytes);
    }
}
