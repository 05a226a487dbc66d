package org.riffloom.clip;

import java.nio.file.Path;
import org.riffloom.checkpoint.CheckpointException;
import org.riffloom.checkpoint.ModelFolder;
import org.riffloom.checkpoint.ModelLocator;
import org.riffloom.checkpoint.ModelProfile;
import org.riffloom.checkpoint.hub.FetchListener;
import org.riffloom.diffusion.DiffusionPipeline;
import org.riffloom.diffusion.TorchRuntime;
import org.riffloom.prompt.Interpolation;
import org.riffloom.prompt.Prompt;
import org.riffloom.prompt.RiffPoint;
import org.riffloom.prompt.RiffSettings;
import org.riffloom.prompt.SchedulerName;
import org.riffloom.spectrogram.SpectrogramParameters;

/** Clips whose pictures a diffusion model paints. */
public final class DiffusionClips implements ClipStreams, AutoCloseable {

    /** The seed of a riff whose listener names none; any other would do. */
    private static final long DEFAULT_SEED = 42;

    /** Enough for every part to run, at every denoising strength. */
    private static final int WARM_UP_STEPS = 2;

    /** Settings that suit models of latent consistency, whatever the checkpoint was made for before. */
    private static final int CONSISTENCY_STEPS = 6;

    private static final double CONSISTENCY_GUIDANCE = 1;

    private final DiffusionPipeline pipeline;
    private final boolean consistency;
    private final Painter painter;
    private final SoundProcessors processors;

    private DiffusionClips(
            DiffusionPipeline pipeline, boolean consistency, Painter painter, SoundProcessors processors) {
        this.processors = processors;
        this.pipeline = pipeline;
        this.consistency = consistency;
        this.painter = painter;
    }

    /**
     * Loads the model that the settings name, after fetching it where it has to come from a hub, and makes a first clip
     * with it.
     *
     * @param own seed images of listeners, which recipes can name beside the model's
     * @param listener to the download, if there is one
     * @throws CheckpointException if there is no such model or it cannot be used, saying what is wrong
     * @throws org.riffloom.checkpoint.hub.HubException if the model cannot be fetched
     * @throws IllegalArgumentException if there is no such device
     */
    static DiffusionClips load(ModelProperties settings, OwnPictures own, FetchListener listener) {
        DiffusionClips clips = loadCold(settings, own, listener);
        try {
            clips.warmUp();
            return clips;
        } catch (RuntimeException e) {
            clips.close();
            throw e;
        }
    }

    /** The same, with those seed images of listeners that are where a server keeps them unless told otherwise. */
    public static DiffusionClips load(ModelProperties settings, FetchListener listener) {
        return load(settings, OwnPictures.usual(settings), listener);
    }

    /** The same without the first clip. */
    static DiffusionClips loadCold(ModelProperties settings, FetchListener listener) {
        return loadCold(settings, OwnPictures.usual(settings), listener);
    }

    private static DiffusionClips loadCold(ModelProperties settings, OwnPictures own, FetchListener listener) {
        Path data = settings.dataFolder();
        TorchRuntime.unpackInto(data.resolve("libtorch"));
        Path folder = new ModelLocator(data, settings.hub()::settings)
                .locate(settings.model(), () -> computesInHalf(settings), listener);
        // libtorch takes about as long to start as the rest that does not need it.
        TorchRuntime.begin(threads(settings));
        ModelFolder model = DiffusionPipeline.open(folder, settings.schedulerName());
        int side = imageSize(model);
        PictureFolder added = added(settings, side);
        SeedPictures seedPictures = SeedPictures.read(model.profile().seedImages(), side, added, own);
        MaskPictures masks = MaskPictures.read(model.profile().maskImages(), side, added);
        DiffusionPipeline pipeline = DiffusionPipeline.load(
                model, settings.device(), threads(settings), settings.addOns(), settings.batch());
        return new DiffusionClips(
                pipeline,
                settings.schedulerName() == SchedulerName.LCM,
                new Painter(pipeline, seedPictures, masks),
                // Those that the network leaves, for the same reason as defaultThreads().
                new SoundProcessors(
                        Math.max(1, Runtime.getRuntime().availableProcessors() - threads(settings)), settings.sound()));
    }

    /** The same, with nobody who follows the download. */
    public static DiffusionClips load(ModelProperties settings) {
        return load(settings, FetchListener.NONE);
    }

    /**
     * Whether the device that the settings name computes in half precision, so that weights stored in it lose nothing.
     * Starts libtorch.
     *
     * @throws IllegalArgumentException if there is no such device
     */
    public static boolean computesInHalf(ModelProperties settings) {
        TorchRuntime.unpackInto(settings.dataFolder().resolve("libtorch"));
        return DiffusionPipeline.computesInHalf(settings.device(), threads(settings));
    }

    private static PictureFolder added(ModelProperties settings, int side) {
        Path folder = settings.seedImages().isBlank()
                ? settings.dataFolder().resolve("seed_images")
                : Path.of(settings.seedImages());
        return new PictureFolder(folder, side);
    }

    static int threads(ModelProperties settings) {
        return settings.threads() > 0 ? settings.threads() : defaultThreads();
    }

    /**
     * Half the processors: twice as many as there are cores gain nothing, and libtorch's threads spin while they wait
     * for one that the browser of the same machine has displaced, which costs far more than it ever gains.
     */
    private static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /**
     * Makes a clip that nobody hears, so that the first listener does not pay for libtorch's first allocations and for
     * sound that the JVM still interprets.
     */
    private void warmUp() {
        pipeline.warmUp();
        RiffSettings settings = info().defaults();
        RiffPoint point = RiffPoint.of(new Prompt("warm up"), settings.seed(), settings);
        open().next(Interpolation.at(point, settings.seedImage(), WARM_UP_STEPS), (step, steps) -> {});
    }

    /** The side of the model's pictures in pixels, if they can be spectrograms. */
    private static int imageSize(ModelFolder model) {
        int bands = SpectrogramParameters.DEFAULT.bands();
        if (model.imageSize() != bands) {
            throw new CheckpointException.Unsupported(
                    model.path(),
                    "the model paints pictures of " + model.imageSize() + " pixels; a spectrogram has " + bands
                            + " bands.");
        }
        return model.imageSize();
    }

    /** What a listener may know of this model. */
    public ModelInfo info() {
        ModelProfile profile = pipeline.model().profile();
        SpectrogramParameters format = SpectrogramParameters.DEFAULT;
        return new ModelInfo(
                profile.name(),
                format.sampleRate(),
                (double) pipeline.imageSize() * format.hop() / format.sampleRate(),
                new RiffSettings(
                        DEFAULT_SEED,
                        profile.seedImage(),
                        profile.denoising(),
                        consistency ? CONSISTENCY_GUIDANCE : profile.guidance(),
                        consistency ? CONSISTENCY_STEPS : profile.steps(),
                        ""),
                profile.examplePrompts(),
                painter.masks().own(),
                pipeline.loras());
    }

    /** This model for a server. Takes the fingerprint of its weights anew each time, a quarter of a second for large ones. */
    public LoadedModel model() {
        return new LoadedModel(
                pipeline.model().fingerprint(),
                info(),
                painter.seedPictures(),
                painter.masks(),
                this,
                new DiffusionSingleClips(painter, processors));
    }

    /** Paints sounds anew with this model. */
    public SoundRepainter repainter() {
        return new SoundRepainter(painter, processors);
    }

    @Override
    public ClipStream open() {
        return stream();
    }

    DiffusionClipStream stream() {
        return new DiffusionClipStream(painter, processors);
    }

    DiffusionPipeline pipeline() {
        return pipeline;
    }

    /** Ends the clips being made after the step in hand and gives the model's memory back. */
    @Override
    public void close() {
        pipeline.close();
    }
}
