package org.riffloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.riffloom.audio.InversionQuality;
import org.riffloom.audio.LoudnessLeveler;
import org.riffloom.audio.SoundFormat;
import org.riffloom.audio.SoundTags;
import org.riffloom.audio.SpectrogramInverter;
import org.riffloom.audio.Waveform;
import org.riffloom.clip.ClipLoop;
import org.riffloom.clip.SoundSettings;
import org.riffloom.spectrogram.MelSpectrogram;
import org.riffloom.spectrogram.SpectrogramImage;
import org.riffloom.spectrogram.SpectrogramImageFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code image-to-audio}: a spectrogram image to a sound file. */
@Command(
        name = "image-to-audio",
        description = "Turns a spectrogram image into sound.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar riffloom.jar image-to-audio --image clip.png --audio clip.wav",
            "  java -jar riffloom.jar image-to-audio --image clip.png --audio clip.mp3",
            "  java -jar riffloom.jar image-to-audio --image clip.png --loop --audio loop.wav"
        })
final class ImageToAudioCommand implements Callable<Integer> {

    @Option(
            names = {"-i", "--image"},
            required = true,
            paramLabel = "FILE",
            description = "PNG or JPEG image to read; without tags it is taken to be of the default format.")
    private Path image = Path.of("");

    @Option(
            names = {"-a", "--audio"},
            required = true,
            paramLabel = "FILE",
            description = "WAV, FLAC, MP3 or Ogg Opus file to write.")
    private Path audio = Path.of("");

    @Option(
            names = "--quality",
            paramLabel = "QUALITY",
            defaultValue = "standard",
            description =
                    "draft, standard or best: how long the sound is worked on to come close to the image (default: "
                            + "${DEFAULT-VALUE}).")
    private InversionQuality quality = InversionQuality.STANDARD;

    @Option(names = "--bits", paramLabel = "N", description = "Bits of a sample in a WAV file: 16 (default) or 24.")
    private @Nullable Integer bits;

    @Option(
            names = "--loop",
            description =
                    "Make a sound to be played again and again, whose end leads into its beginning, exactly as long as the "
                            + "image is wide (512 columns: 5.12 s). WAV files tell samplers so. WAV or FLAC only.")
    private boolean loop;

    @Option(
            names = "--compress",
            description = "Bring the loud and the quiet parts of the sound nearer to each other, gently (2:1).")
    private boolean compressed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        SoundFormat format = format();
        if (loop) {
            SoundFiles.requireLoops(format, audio, spec.commandLine());
            Waveform sound = ClipLoop.ofPictures(List.of(read()), new SoundSettings(quality, compressed));
            format.write(sound, SoundTags.NONE.ofLoop(), audio);
            return 0;
        }
        Waveform sound = invert(read().toMel());
        format.write(LoudnessLeveler.level(sound, compressed), SoundTags.NONE, audio);
        return 0;
    }

    /**
     * The image, whatever it says of how loud it is: the sound is as loud as all sounds, and other programs count from 1 where
     * the format counts from full scale, which would be taken for silence.
     */
    private SpectrogramImage read() throws IOException {
        SpectrogramImage read = SpectrogramImageFile.read(image);
        return new SpectrogramImage(read.image(), read.parameters(), SpectrogramImage.DEFAULT_MAXIMUM);
    }

    private Waveform invert(MelSpectrogram mel) {
        double columnsPerSecond =
                (double) mel.parameters().sampleRate() / mel.parameters().hop();
        try (StatusLine status = new StatusLine(spec.commandLine().getErr())) {
            SoundBar bar = new SoundBar(status);
            return new SpectrogramInverter(mel.parameters(), quality)
                    .invert(
                            mel,
                            columns -> bar.onProgress(columns / columnsPerSecond, mel.frames() / columnsPerSecond));
        }
    }

    private SoundFormat format() {
        SoundFormat named = SoundFiles.requireWritable(audio, spec.commandLine());
        if (bits == null || bits == 16) {
            return named;
        }
        if (bits != 24 || named != SoundFormat.WAV) {
            throw new ParameterException(
                    spec.commandLine(), "--bits is " + bits + "; it must be 16, or 24 with a WAV file.");
        }
        return SoundFormat.WAV_24;
    }
}
